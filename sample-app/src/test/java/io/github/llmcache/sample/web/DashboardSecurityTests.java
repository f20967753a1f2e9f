package io.github.llmcache.sample.web;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.sample.router.AssistantService;
import io.github.llmcache.sample.router.AssistantTask;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard behind an application's own security, in a browser.
 */
@Tag("thorough")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "llm-cache.semantic.enabled=false", "sample.models.swift.latency=1ms",
				"sample.models.swift.tokens-per-second=1000000",
				"management.endpoint.llmcachesettings.access=read-only",
				"management.endpoints.web.exposure.include=llmcache,llmcachedashboard,llmcachesettings" })
class DashboardSecurityTests {

	private static final String PROMPT = "How do I get a refund?";

	@LocalServerPort
	private int port;

	@Autowired
	private AssistantService assistant;

	@TempDir
	Path profile;

	private ChromeDriver browser;

	@BeforeEach
	void startBrowser() {
		this.browser = Browser.start(this.profile);
	}

	@AfterEach
	void closeBrowser() {
		if (this.browser != null) {
			this.browser.quit();
		}
	}

	@Test
	void operatorLogsInAndEvictsWithTheTokenAgainstForgedRequests() {
		this.assistant.ask(AssistantTask.SUPPORT, PROMPT, null);
		login("operator");
		evict();
		await("invalidate-result", "1 entry removed.");
		assertThat(this.assistant.ask(AssistantTask.SUPPORT, PROMPT, null).outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void requestWithoutTheTokenIsRefused() {
		login("operator");
		Object status = this.browser.executeAsyncScript("""
				const done = arguments[arguments.length - 1];
				fetch("llmcache", { method: "POST", headers: { "Content-Type": "application/json" },
					body: JSON.stringify({ all: true }) }).then((response) => done(response.status));
				""");
		assertThat(status).isEqualTo(403L);
	}

	@Test
	void whoMayOnlyLookIsToldSo() {
		this.assistant.ask(AssistantTask.SUPPORT, PROMPT, null);
		login("visitor");
		evict();
		await("invalidate-result", "The application's security does not let you use llmcache.");
		assertThat(this.assistant.ask(AssistantTask.SUPPORT, PROMPT, null).outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void whoseSessionHasEndedIsToldSo() {
		login("operator");
		this.browser.manage().deleteAllCookies();
		authenticate("nobody");
		this.browser.executeScript("document.getElementById('live').dispatchEvent(new Event('change'))");
		await("alert", "You are not logged in, or not any more.");
	}

	@Test
	void closedEndpointIsNamedWithThePropertyThatOpensIt() {
		login("operator");
		type("explain", "task", "support");
		type("explain", "prompt", PROMPT);
		submit("explain");
		await("explain-result",
				"The endpoint llmcacheexplain is not there, or may only be read. "
						+ "Add llmcacheexplain to management.endpoints.web.exposure.include, "
						+ "and set management.endpoint.llmcacheexplain.access=unrestricted.");
		type("settings", "ttl", "5m");
		submit("settings");
		await("settings-result", "The endpoint llmcachesettings may only be read. "
				+ "Set management.endpoint.llmcachesettings.access=unrestricted to allow this.");
	}

	private void login(String user) {
		authenticate(user);
		this.browser.get("http://localhost:" + this.port + "/actuator/llmcachedashboard");
		new WebDriverWait(this.browser, Duration.ofSeconds(60))
			.until(ExpectedConditions.attributeToBe(By.tagName("html"), "data-ready", "true"));
	}

	private void authenticate(String user) {
		String credentials = HttpHeaders.encodeBasicAuth(user, "secret", StandardCharsets.UTF_8);
		this.browser.executeCdpCommand("Network.enable", Map.of());
		this.browser.executeCdpCommand("Network.setExtraHTTPHeaders",
				Map.of("headers", Map.of("Authorization", "Basic " + credentials)));
	}

	private void evict() {
		type("invalidate", "task", "support");
		submit("invalidate");
		new WebDriverWait(this.browser, Duration.ofSeconds(60))
			.until(ExpectedConditions.elementToBeClickable(By.id("confirm-yes")))
			.click();
	}

	private void type(String form, String name, String text) {
		this.browser.findElement(By.cssSelector("#" + form + "-form [name=" + name + "]")).sendKeys(text);
	}

	private void submit(String form) {
		this.browser.findElement(By.cssSelector("#" + form + "-form > button")).click();
	}

	private void await(String id, String text) {
		new WebDriverWait(this.browser, Duration.ofSeconds(60))
			.until(ExpectedConditions.textToBePresentInElementLocated(By.id(id), text));
	}

	/**
	 * Everybody who is known may look, and operators may do something.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class SecurityConfiguration {

		@Bean
		SecurityFilterChain securityFilterChain(HttpSecurity http) throws Exception {
			return http
				.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.GET, "/**")
					.authenticated()
					.anyRequest()
					.hasRole("OPERATOR"))
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("operator").password("{noop}secret").roles("OPERATOR").build(),
					User.withUsername("visitor").password("{noop}secret").roles("VISITOR").build());
		}

	}

}
