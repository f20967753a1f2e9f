package io.github.llmcache.sample.web;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.llmcache.sample.router.AssistantService;
import io.github.llmcache.sample.router.AssistantTask;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the dashboard with the access levels that the endpoints have by default; see
 * {@link Browser} for what they need.
 */
@Tag("thorough")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoint.llmcache.access=read-only",
				"management.endpoint.llmcachesettings.access=read-only",
				"management.endpoint.llmcacheentries.access=none", "management.endpoint.llmcacheexplain.access=none",
				"llm-cache.semantic.enabled=false", "sample.models.swift.latency=1ms",
				"sample.models.swift.tokens-per-second=1000000" })
class DashboardAccessTests {

	private static final String PROMPT = "How do I turn on dark mode?";

	@LocalServerPort
	private int port;

	@Autowired
	private AssistantService assistant;

	@TempDir
	Path profile;

	private ChromeDriver browser;

	@BeforeEach
	void open() {
		this.browser = Browser.start(this.profile);
		this.assistant.ask(AssistantTask.SUPPORT, PROMPT, null);
		this.assistant.ask(AssistantTask.SUPPORT, PROMPT, null);
		this.browser.get("http://localhost:" + this.port + "/actuator/llmcachedashboard");
		new WebDriverWait(this.browser, Duration.ofSeconds(60))
			.until(ExpectedConditions.attributeToBe(By.tagName("html"), "data-ready", "true"));
	}

	@AfterEach
	void closeBrowser() {
		if (this.browser != null) {
			this.browser.quit();
		}
	}

	@Test
	void figuresAreShownWithoutPrompts() {
		assertThat(find("figures").getText()).contains("hit rate\n");
		assertThat(find("tasks-table").getText()).contains("support");
		assertThat(find("entries-table").getText()).contains("support");
		assertThat(find("entries-note").getText()).contains("Prompts are not shown: ",
				"management.endpoint.llmcacheentries.access=read-only");
		assertThat(this.browser.getPageSource()).doesNotContain(PROMPT);
	}

	@Test
	void nothingThatIsClosedIsOfferedAndThePageSaysWhatOpensIt() {
		for (String section : new String[] { "feedback", "invalidate" }) {
			assertThat(find(section + "-form").isDisplayed()).as(section).isFalse();
			assertThat(find(section).getText()).contains(
					"The endpoint llmcache may only be read. management.endpoint.llmcache.access=unrestricted allows more.");
		}
		assertThat(find("explain-form").isDisplayed()).isFalse();
		assertThat(find("explain").getText())
			.contains("It takes management.endpoint.llmcacheexplain.access=unrestricted, "
					+ "and llmcacheexplain in management.endpoints.web.exposure.include.");
		assertThat(this.browser.findElements(By.cssSelector("main button")).stream().filter(WebElement::isDisplayed))
			.extracting(WebElement::getText)
			.isNotEmpty()
			.allMatch((name) -> name.startsWith("Settings"));
	}

	@Test
	void settingsAreShownAndCannotBeChanged() {
		find("tasks-table").findElement(By.tagName("button")).click();
		new WebDriverWait(this.browser, Duration.ofSeconds(60))
			.until((browser) -> find("settings-rows").getText().contains("Minimum similarity"));
		assertThat(find("settings").getText())
			.contains("management.endpoint.llmcachesettings.access=unrestricted allows more.")
			.doesNotContain("Change to");
		assertThat(this.browser.findElements(By.cssSelector("#settings input, #settings-rows select"))).isEmpty();
	}

	@Test
	void nothingIsAskedThatIsNotThere() {
		assertThat(this.browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
	}

	@Test
	void closedSectionsFitAPhoneAndAreAccessible() throws Exception {
		for (Screen screen : Screen.ALL) {
			screen.show(this.browser);
			assertThat((Long) this.browser.executeScript("return document.documentElement.scrollWidth"))
				.isLessThanOrEqualTo(screen.width());
			assertThat(Accessibility.violations(this.browser)).as(screen.toString()).isEmpty();
		}
	}

	private WebElement find(String id) {
		return this.browser.findElement(By.id(id));
	}

}
