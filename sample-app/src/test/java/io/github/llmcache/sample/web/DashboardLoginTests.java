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
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.sample.router.AssistantService;
import io.github.llmcache.sample.router.AssistantTask;
import io.github.llmcache.store.EvictionSelector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the dashboard in a browser behind a form to log in; see {@link Browser} for
 * what they need.
 */
@Tag("thorough")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.autoconfigure.exclude=", "llm-cache.semantic.enabled=false",
				"sample.models.swift.latency=1ms", "sample.models.swift.tokens-per-second=1000000" })
class DashboardLoginTests {

	private static final String PROMPT = "How do I turn on dark mode?";

	@LocalServerPort
	private int port;

	@Autowired
	private AssistantService assistant;

	@Autowired
	private LlmCache cache;

	@TempDir
	Path profile;

	private ChromeDriver browser;

	@BeforeEach
	void startBrowser() {
		this.browser = Browser.start(this.profile);
		this.cache.evict(EvictionSelector.all());
		ask();
	}

	@AfterEach
	void closeBrowser() {
		if (this.browser != null) {
			this.browser.quit();
		}
	}

	@Test
	void whoHasNotLoggedInIsShownTheFormAndNothingOfTheCache() {
		for (String path : new String[] { "", "/history", "/dashboard.js" }) {
			this.browser.get(page() + path);
			assertThat(this.browser.getCurrentUrl()).as(path).endsWith("/login");
			assertThat(this.browser.getPageSource()).doesNotContain("LlmCache", "support", "steps");
		}
		assertThat(send("DELETE", "/actuator/llmcache?all=true")).isEqualTo(403);
		assertThat(ask()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void wrongPasswordShowsTheFormAgain() {
		logIn("operator", "a guess");
		assertThat(this.browser.getCurrentUrl()).contains("/login?error");
	}

	@Test
	void userWithoutTheRightIsShownNothing() {
		logIn("guest", "secret");
		assertThat(this.browser.getTitle()).isNotEqualTo("LlmCache dashboard");
		assertThat(this.browser.getPageSource()).doesNotContain("LlmCache", "support");
		assertThat(send("GET", "/actuator/llmcache")).isEqualTo(403);
	}

	@Test
	void operatorIsShownThePageAndChangesWhatItOffers() {
		logIn("operator", "secret");
		awaitPage();
		assertThat(find("tasks-table").getText()).contains("support");
		field("invalidate", "task").sendKeys("support");
		this.browser.findElement(By.cssSelector("#invalidate-form > button")).click();
		await(ExpectedConditions.elementToBeClickable(By.id("confirm-yes"))).click();
		await(textOf("invalidate-result", "1 entry removed."));
		assertThat(ask()).isEqualTo(Outcome.MISS);
		field("explain", "task").sendKeys("support");
		field("explain", "prompt").sendKeys(PROMPT);
		this.browser.findElement(By.cssSelector("#explain-form > button")).click();
		await(textOf("explain-result", "The entry of the very same prompt would be served."));
		field("settings", "minSimilarity").sendKeys("0.9");
		this.browser.findElement(By.cssSelector("#settings-form > button")).click();
		await(textOf("settings-rows", "Minimum similarity 0.9 live"));
		this.browser.findElement(By.xpath("//tr[contains(., 'Minimum similarity')]//button")).click();
		await(textOf("settings-result", "is taken back."));
	}

	@Test
	void requestWithTheCookieOfTheSessionAndWithoutTheTokenIsRefused() {
		logIn("operator", "secret");
		awaitPage();
		assertThat(send("GET", "/actuator/llmcache")).isEqualTo(200);
		assertThat(send("DELETE", "/actuator/llmcache?all=true")).isEqualTo(403);
		assertThat(ask()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void pageSaysThatTheSessionIsOver() {
		logIn("operator", "secret");
		awaitPage();
		this.browser.manage().deleteAllCookies();
		this.browser.executeScript("document.getElementById('live').dispatchEvent(new Event('change'))");
		await(textOf("alert", "You are not logged in, or not any more. Load the page again."));
	}

	private Outcome ask() {
		return this.assistant.ask(AssistantTask.SUPPORT, PROMPT, null).outcome();
	}

	private String page() {
		return "http://localhost:" + this.port + "/actuator/llmcachedashboard";
	}

	private void logIn(String user, String password) {
		this.browser.get(page());
		this.browser.findElement(By.name("username")).sendKeys(user);
		this.browser.findElement(By.name("password")).sendKeys(password);
		WebElement form = this.browser.findElement(By.tagName("form"));
		this.browser.findElement(By.cssSelector("button[type=submit]")).click();
		await(ExpectedConditions.stalenessOf(form));
	}

	private void awaitPage() {
		await(ExpectedConditions.attributeToBe(By.tagName("html"), "data-ready", "true"));
		assertThat(this.browser.getTitle()).isEqualTo("LlmCache dashboard");
	}

	/**
	 * The status of what a script of the browser gets, with its cookies.
	 */
	private long send(String method, String path) {
		return (Long) this.browser.executeAsyncScript(
				"const done = arguments[2]; fetch(arguments[1], { method: arguments[0] }).then((response) => done(response.status))",
				method, path);
	}

	private WebElement field(String form, String name) {
		return this.browser.findElement(By.cssSelector("#" + form + "-form [name=" + name + "]"));
	}

	private WebElement find(String id) {
		return this.browser.findElement(By.id(id));
	}

	private ExpectedCondition<Boolean> textOf(String id, String text) {
		return (browser) -> find(id).getText().contains(text);
	}

	private <T> T await(ExpectedCondition<T> condition) {
		return new WebDriverWait(this.browser, Duration.ofSeconds(60)).until(condition);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Security {

		@Bean
		SecurityFilterChain operators(HttpSecurity http) throws Exception {
			return http
				.authorizeHttpRequests((requests) -> requests.requestMatchers(EndpointRequest.toAnyEndpoint())
					.hasRole("OPERATOR")
					.anyRequest()
					.permitAll())
				.formLogin(Customizer.withDefaults())
				.build();
		}

		@Bean
		InMemoryUserDetailsManager users() {
			return new InMemoryUserDetailsManager(user("operator", "OPERATOR"), user("guest"));
		}

		private static UserDetails user(String name, String... roles) {
			return User.withUsername(name).password("{noop}secret").roles(roles).build();
		}

	}

}
