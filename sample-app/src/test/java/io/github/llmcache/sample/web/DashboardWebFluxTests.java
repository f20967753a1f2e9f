package io.github.llmcache.sample.web;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.sample.router.AssistantService;
import io.github.llmcache.sample.router.AssistantTask;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard on WebFlux, on a port of its own, where Spring Security wants a token
 * against forged requests.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.main.web-application-type=reactive", "llm-cache.semantic.enabled=false",
				"management.server.port=0", "management.server.base-path=/internal",
				"management.endpoints.web.base-path=/manage", "sample.models.swift.latency=1ms",
				"sample.models.swift.tokens-per-second=1000000" })
class DashboardWebFluxTests {

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	@LocalManagementPort
	private int managementPort;

	@LocalServerPort
	private int port;

	@Autowired
	private AssistantService assistant;

	@Test
	void pageAndItsFilesAreThereWithTheirHeaders() throws Exception {
		HttpResponse<String> page = get("");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("src=\"llmcachedashboard/dashboard.js\"");
		assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
		for (HttpResponse<String> response : List.of(page, get("/dashboard.js"), get("/history"))) {
			assertThat(header(response, "Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self'");
			assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
		}
		assertThat(header(get("/dashboard.js"), "Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
		assertThat(get("/nothing").statusCode()).isEqualTo(404);
		URI main = URI.create("http://localhost:" + this.port + "/manage/llmcachedashboard");
		assertThat(send(HttpRequest.newBuilder(main)).statusCode()).isEqualTo(404);
	}

	@Test
	void historyTellsWhatHappened() throws Exception {
		this.assistant.ask(AssistantTask.CODE, "Reverse a string in Java", null);
		assertThat(get("/history").body()).contains("\"code\":{\"outcomes\":{").contains("\"spanMillis\":21600000");
	}

	@Test
	void tokenAgainstForgedRequestsIsHandedToThePage() throws Exception {
		String prompt = "How do I get a refund?";
		this.assistant.ask(AssistantTask.SUPPORT, prompt, null);
		HttpRequest.Builder eviction = HttpRequest.newBuilder(uri("llmcache"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"task\": \"support\"}"));
		assertThat(send(eviction).statusCode()).isEqualTo(403);
		HttpResponse<String> history = get("/history");
		eviction.header(header(history, "LlmCache-Csrf-Header"), header(history, "LlmCache-Csrf-Token"));
		assertThat(send(eviction).body()).isEqualTo("{\"removed\":1}");
		assertThat(this.assistant.ask(AssistantTask.SUPPORT, prompt, null).outcome()).isEqualTo(Outcome.MISS);
	}

	private HttpResponse<String> get(String part) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri("llmcachedashboard" + part)));
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.managementPort + "/internal/manage/" + path);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	private static String header(HttpResponse<?> response, String name) {
		return response.headers().firstValue(name).orElseThrow();
	}

	@TestConfiguration(proxyBeanMethods = false)
	@EnableWebFluxSecurity
	static class SecurityConfiguration {

		@Bean
		SecurityWebFilterChain securityWebFilterChain(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll()).build();
		}

	}

}
