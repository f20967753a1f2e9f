package io.github.llmcache.sample.web;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.store.EvictionSelector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the page in a browser; see {@link Browser} for what they need.
 */
@Tag("thorough")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.models.swift.latency=30ms", "sample.models.swift.tokens-per-second=100000" })
class PageTests {

	private static final String DARK_MODE_ON = "How do I turn on dark mode?";

	@LocalServerPort
	private int port;

	@TempDir
	Path profile;

	private ChromeDriver browser;

	@BeforeEach
	void openPage(@Autowired LlmCache cache) {
		this.browser = Browser.start(this.profile);
		cache.evict(EvictionSelector.all());
		this.browser.get("http://localhost:" + this.port + "/");
		// a browser just started may answer before the page has run its script
		await(ExpectedConditions.presenceOfElementLocated(By.cssSelector("#examples button")));
	}

	@AfterEach
	void closeBrowser() {
		if (this.browser != null) {
			this.browser.quit();
		}
	}

	@Test
	void badgeTurnsFromMissToExactToSemanticAndALookAlikeStaysAMiss() {
		ask(DARK_MODE_ON);
		assertThat(badgeAfter(1)).matches("miss \\d.* ms");
		ask(DARK_MODE_ON);
		assertThat(badgeAfter(2)).matches("exact \\d.* ms");
		assertThat(find("matched").isDisplayed()).isFalse();
		ask("How can I turn on dark mode?");
		assertThat(badgeAfter(3)).matches("semantic (0\\.\\d\\d|1\\.00) in \\d.* ms");
		assertThat(find("matched").getText()).contains(DARK_MODE_ON);
		assertThat(find("text").getText()).contains("Theme to Dark");
		await(ExpectedConditions.textToBePresentInElementLocated(By.id("reliability"),
				"support: 0 of 1 semantic hits that were compared"));
		ask("How do I turn off dark mode?");
		assertThat(badgeAfter(4)).startsWith("miss");
		assertThat(find("text").getText()).contains("Theme to Light");
		assertThat(find("requests").getText()).isNotEqualTo("0");
		assertThat(find("hit-rate").getText()).isNotEqualTo("0 %");
	}

	@Test
	void evictedAnswerIsAMissAgain() {
		ask(DARK_MODE_ON);
		badgeAfter(1);
		find("evict-task").click();
		await(ExpectedConditions.textToBe(By.id("notice"), "1 answer of task support evicted."));
		ask(DARK_MODE_ON);
		assertThat(badgeAfter(2)).startsWith("miss");
		find("evict-all").click();
		await(ExpectedConditions.textToBe(By.id("notice"), "1 answer of all tasks evicted."));
	}

	@Test
	void buttonExplainsAMissAndAHit() {
		ask(DARK_MODE_ON);
		badgeAfter(1);
		ask("How do I turn off dark mode?");
		badgeAfter(2);
		find("why").click();
		await(ExpectedConditions.textToBePresentInElementLocated(By.id("summary"), "refused (antonym)"));
		assertThat(find("candidates").getText()).contains(DARK_MODE_ON, "refused: antonym", "same by the model: ");
		assertThat(find("identity").getText()).contains("model swift");
		ask("How can I turn on dark mode?");
		badgeAfter(3);
		assertThat(find("explanation").isDisplayed()).isFalse();
		find("why").click();
		await(ExpectedConditions.textToBePresentInElementLocated(By.id("summary"), "another wording would be served"));
		assertThat(find("settings").getText()).contains("llm-cache.tasks.support.min-similarity=");
	}

	@Test
	void missOfAStreamIsExplainedWithinItsPartition() {
		ask(DARK_MODE_ON);
		badgeAfter(1);
		find("prompt").clear();
		find("prompt").sendKeys("How do I turn off dark mode?");
		find("stream").click();
		badgeAfter(2);
		find("why").click();
		await(ExpectedConditions.textToBePresentInElementLocated(By.id("identity"), "resultType java.util.List"));
	}

	@Test
	void nothingRunsThatIsNoFileOfThePage() {
		Object ran = this.browser.executeScript("""
				const script = document.createElement("script");
				script.textContent = "window.foreign = true";
				document.head.append(script);
				document.body.insertAdjacentHTML("beforeend", "<p id='styled' style='color: rgb(1, 2, 3)'></p>");
				return [Boolean(window.foreign), getComputedStyle(document.getElementById("styled")).color];
				""");
		assertThat(ran).asInstanceOf(InstanceOfAssertFactories.LIST).startsWith(false).doesNotContain("rgb(1, 2, 3)");
	}

	@Test
	void pageItselfBreaksNoRule() {
		ask(DARK_MODE_ON);
		badgeAfter(1);
		find("stream").click();
		badgeAfter(2);
		assertThat(this.browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
	}

	@Test
	void exampleAsksAndChoosesItsTask() {
		this.browser.findElement(By.xpath("//button[contains(., 'Reverse a string')]")).click();
		assertThat(badgeAfter(1)).startsWith("miss");
		assertThat(new Select(find("task")).getFirstSelectedOption().getAttribute("value")).isEqualTo("code");
	}

	@Test
	void keyboardIsEnough() {
		// the browser moves the focus some time after the page was loaded
		await((browser) -> browser.switchTo().activeElement().equals(find("prompt")));
		this.browser.switchTo().activeElement().sendKeys(DARK_MODE_ON, Keys.chord(Keys.CONTROL, Keys.ENTER));
		assertThat(badgeAfter(1)).startsWith("miss");
	}

	@Test
	void answerIsShownWhileItIsBeingWritten() {
		new Select(find("task")).selectByValue("code");
		find("prompt").sendKeys("Reverse a string in Java");
		find("stream").click();
		await((browser) -> find("badge").getText().equals("writing") && find("text").getText().startsWith("In Java"));
		assertThat(badgeAfter(1)).matches("miss \\d.* ms");
		String written = find("text").getText();
		assertThat(written).endsWith("is needed.");
		find("stream").click();
		assertThat(badgeAfter(2)).matches("exact \\d.* ms");
		assertThat(find("text").getText()).isEqualTo(written);
	}

	@Test
	void emptyPromptIsToldWhatToDo() {
		find("submit").click();
		await(ExpectedConditions.textToBe(By.id("badge"), "failed"));
		assertThat(find("text").getText()).contains("The prompt is missing.");
	}

	@Test
	void screenReadersAndWeakEyesCanUseIt() throws IOException {
		ask(DARK_MODE_ON);
		badgeAfter(1);
		find("why").click();
		await(ExpectedConditions.visibilityOfElementLocated(By.id("summary")));
		for (Screen screen : Screen.ALL) {
			screen.show(this.browser);
			assertThat(Accessibility.violations(this.browser)).as(screen.toString()).isEmpty();
		}
	}

	@Test
	void pictures() throws IOException {
		ask(DARK_MODE_ON);
		badgeAfter(1);
		ask(DARK_MODE_ON);
		badgeAfter(2);
		ask("How do I turn off dark mode?");
		badgeAfter(3);
		ask("How can I turn on dark mode?");
		badgeAfter(4);
		find("why").click();
		await(ExpectedConditions.visibilityOfElementLocated(By.id("summary")));
		await(ExpectedConditions.textToBePresentInElementLocated(By.id("reliability"), "support"));
		for (Screen screen : Screen.ALL) {
			screen.show(this.browser);
			long height = ((Number) this.browser.executeScript("return document.documentElement.scrollHeight"))
				.longValue();
			screen.picture(this.browser, "sample", Math.min(height, 1700));
		}
	}

	private void ask(String prompt) {
		WebElement field = find("prompt");
		field.clear();
		field.sendKeys(prompt);
		find("submit").click();
	}

	private String badgeAfter(int answers) {
		await(ExpectedConditions.numberOfElementsToBe(By.cssSelector("#history li"), answers));
		await(ExpectedConditions.attributeToBe(By.id("ask"), "aria-busy", "false"));
		return find("badge").getText();
	}

	private void await(ExpectedCondition<?> condition) {
		new WebDriverWait(this.browser, Duration.ofSeconds(20)).until(condition);
	}

	private WebElement find(String id) {
		return this.browser.findElement(By.id(id));
	}

}
