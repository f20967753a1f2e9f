package io.github.llmcache.actuate.dashboard;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.readme.Documents;
import io.github.llmcache.readme.OperatorSecurity;
import io.github.llmcache.readme.ReactiveOperatorSecurity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page behind the application's own Spring Security, whose rules are those of
 * docs/operations.md.
 */
@Tag("thorough")
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
class DashboardSecurityTests {

	private static final String PAGE = "/actuator/llmcachedashboard";

	private static final String CRITERIA = "{\"task\": \"greeting\"}";

	@Parameter
	WebApplicationType type;

	private DashboardApplication application;

	@BeforeEach
	void start() {
		List<Class<?>> configurations = (this.type == WebApplicationType.SERVLET)
				? List.of(OperatorSecurity.class, Users.class)
				: List.of(ReactiveOperatorSecurity.class, ReactiveUsers.class);
		this.application = DashboardApplication.start(this.type, configurations, "llm-cache.dashboard.enabled=true",
				"management.endpoint.llmcache.access=unrestricted",
				"spring.autoconfigure.exclude=org.springframework.boot.tomcat.autoconfigure.reactive."
						+ "TomcatReactiveWebServerAutoConfiguration,org.springframework.boot.tomcat.autoconfigure."
						+ "actuate.web.server.TomcatReactiveManagementContextAutoConfiguration");
		this.application.call(2);
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void nobodyIsShownAnything() throws Exception {
		for (String path : List.of(PAGE, PAGE + "/dashboard.js", PAGE + "/history", "/actuator/llmcache")) {
			HttpResponse<String> response = this.application.get(path);
			assertThat(response.statusCode()).as(path).isEqualTo(401);
			assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic");
			assertThat(response.headers().map()).doesNotContainKeys("llmcache-csrf-token");
			assertThat(response.body()).doesNotContain("greeting", "<title>");
		}
	}

	@Test
	void userWithoutTheRightIsShownNothing() throws Exception {
		for (String path : List.of(PAGE, PAGE + "/history", "/actuator/llmcache")) {
			assertThat(get("guest", path).statusCode()).as(path).isEqualTo(403);
		}
	}

	@Test
	void operatorIsShownThePageAndItsData() throws Exception {
		HttpResponse<String> page = get("operator", PAGE);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<title>LlmCache dashboard</title>");
		DashboardHeaders.ALWAYS
			.forEach((name, value) -> assertThat(page.headers().allValues(name)).as(name).containsExactly(value));
		assertThat(get("operator", PAGE + "/dashboard.js").statusCode()).isEqualTo(200);
		assertThat(get("operator", PAGE + "/history").body()).contains("greeting");
		assertThat(get("operator", "/actuator/llmcache").body()).contains("greeting");
	}

	@Test
	void requestWithoutATokenIsRefused() throws Exception {
		get("operator", PAGE);
		assertThat(post("operator", null, null).statusCode()).isEqualTo(403);
		assertThat(post("operator", "X-CSRF-TOKEN", "a guess").statusCode()).isEqualTo(403);
		assertThat(isCached()).isTrue();
	}

	@Test
	void requestWithTheTokenThatThePageGotIsCarriedOut() throws Exception {
		HttpResponse<String> data = get("operator", PAGE + "/history");
		String header = data.headers().firstValue("LlmCache-Csrf-Header").orElseThrow();
		String token = data.headers().firstValue("LlmCache-Csrf-Token").orElseThrow();
		assertThat(post("guest", header, token).statusCode()).isEqualTo(403);
		assertThat(isCached()).isTrue();
		HttpResponse<String> response = post("operator", header, token);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("{\"removed\":1}");
		assertThat(isCached()).isFalse();
	}

	@Test
	void documentedCommandsAreCarriedOut(@TempDir Path directory) throws Exception {
		String commands = Documents.blocks(Documents.ROOT.resolve("docs/operations.md"), "sh")
			.stream()
			.filter((block) -> block.contains("LlmCache-Csrf-Token"))
			.findFirst()
			.orElseThrow()
			.replace("http://localhost:8080", this.application.at("").toString())
			.replace("support", "greeting");
		Process process = new ProcessBuilder("sh", "-e", "-c", commands).directory(directory.toFile())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(output).endsWith("{\"removed\":1}");
		assertThat(isCached()).isFalse();
	}

	private boolean isCached() {
		return this.application.cache()
			.get(CacheRequest.forTask("greeting", String.class).prompt("Hello").build(), () -> "Hi")
			.outcome() == Outcome.EXACT;
	}

	private HttpResponse<String> get(String user, String path) throws IOException, InterruptedException {
		return this.application.send(as(user, path));
	}

	private HttpResponse<String> post(String user, @Nullable String header, @Nullable String token)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = as(user, "/actuator/llmcache").header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(CRITERIA));
		if (header != null) {
			request.header(header, token);
		}
		return this.application.send(request);
	}

	private HttpRequest.Builder as(String user, String path) {
		String credentials = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
		return HttpRequest.newBuilder(this.application.at(path)).header("Authorization", "Basic " + credentials);
	}

	private static UserDetails user(String name, String... roles) {
		return User.withUsername(name).password("{noop}secret").roles(roles).build();
	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		InMemoryUserDetailsManager users() {
			return new InMemoryUserDetailsManager(user("operator", "OPERATOR"), user("guest"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReactiveUsers {

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(user("operator", "OPERATOR"), user("guest"));
		}

	}

}
