package io.github.llmcache.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.entries.EntryBrowser;
import io.github.llmcache.store.CacheStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation of the endpoints that changes or reveals something is there only if the
 * Actuator's access levels say so. All endpoints are exposed here.
 */
class EndpointAccessTests {

	private static final String ENTRY = "0".repeat(64);

	@Test
	void onlyFiguresAndSettingsAreThereByDefault() throws Exception {
		try (Server server = new Server()) {
			assertThat(server.send("GET", "llmcache", null)).isEqualTo(200);
			assertThat(server.send("GET", "llmcache/greeting", null)).isEqualTo(200);
			assertThat(server.send("DELETE", "llmcache?all=true", null)).isEqualTo(405);
			assertThat(server.send("DELETE", "llmcache/greeting", null)).isEqualTo(405);
			assertThat(server.send("POST", "llmcache", "{\"all\": true}")).isEqualTo(405);
			assertThat(server.send("POST", "llmcache/greeting/" + ENTRY, "{\"right\": false}")).isEqualTo(404);
			assertThat(server.send("GET", "llmcachesettings", null)).isEqualTo(200);
			assertThat(server.send("POST", "llmcachesettings/greeting", "{\"ttl\": \"1h\"}")).isEqualTo(405);
			assertThat(server.send("DELETE", "llmcachesettings/greeting", null)).isEqualTo(405);
			assertThat(server.send("POST", "llmcacheexplain", "{\"task\": \"greeting\", \"prompt\": \"Hello\"}"))
				.isEqualTo(404);
			assertThat(server.send("GET", "llmcacheentries/greeting", null)).isEqualTo(404);
			assertThat(server.send("GET", "llmcacheentries/greeting/" + ENTRY, null)).isEqualTo(404);
			assertThat(server.send("DELETE", "llmcacheentries/greeting/" + ENTRY, null)).isEqualTo(404);
			assertThat(server.send("GET", "llmcachetransfer/greeting", null)).isEqualTo(404);
			assertThat(server.send("POST", "llmcachetransfer/greeting", "{\"lines\": \"\"}")).isEqualTo(404);
			assertThat(server.send("POST", "llmcacheerasure", "{\"scope\": \"acme\"}")).isEqualTo(404);
			assertThat(server.entries()).isOne();
		}
	}

	@Test
	void whatMayOnlyBeReadIsListedAndExportedAndNothingElse() throws Exception {
		try (Server server = new Server("management.endpoints.access.default=read-only")) {
			assertThat(server.send("GET", "llmcache", null)).isEqualTo(200);
			assertThat(server.send("GET", "llmcacheentries/greeting", null)).isEqualTo(200);
			assertThat(server.send("GET", "llmcachetransfer/greeting", null)).isEqualTo(200);
			assertThat(server.send("DELETE", "llmcache/greeting", null)).isEqualTo(405);
			assertThat(server.send("DELETE", "llmcacheentries/greeting/" + ENTRY, null)).isEqualTo(405);
			assertThat(server.send("POST", "llmcachetransfer/greeting", "{\"lines\": \"\"}")).isEqualTo(405);
			assertThat(server.send("POST", "llmcacheexplain", "{\"task\": \"greeting\", \"prompt\": \"Hello\"}"))
				.isEqualTo(404);
			assertThat(server.send("POST", "llmcacheerasure", "{\"scope\": \"acme\"}")).isEqualTo(404);
			assertThat(server.entries()).isOne();
		}
	}

	@Test
	void everyEndpointIsOpenedByItsAccess() throws Exception {
		try (Server server = new Server("management.endpoint.llmcache.access=unrestricted",
				"management.endpoint.llmcachesettings.access=unrestricted",
				"management.endpoint.llmcacheexplain.access=unrestricted",
				"management.endpoint.llmcacheentries.access=unrestricted",
				"management.endpoint.llmcachetransfer.access=unrestricted",
				"management.endpoint.llmcacheerasure.access=unrestricted")) {
			assertThat(server.send("POST", "llmcacheexplain", "{\"task\": \"greeting\", \"prompt\": \"Hello\"}"))
				.isEqualTo(200);
			assertThat(server.send("GET", "llmcacheentries/greeting", null)).isEqualTo(200);
			assertThat(server.send("DELETE", "llmcacheentries/greeting/" + ENTRY, null)).isEqualTo(200);
			assertThat(server.send("GET", "llmcachetransfer/greeting", null)).isEqualTo(200);
			assertThat(server.send("POST", "llmcachesettings/greeting", "{\"ttl\": \"1h\"}")).isEqualTo(200);
			assertThat(server.send("DELETE", "llmcachesettings/greeting", null)).isEqualTo(200);
			assertThat(server.send("POST", "llmcacheerasure", "{\"scope\": \"acme\"}")).isEqualTo(200);
			assertThat(server.send("POST", "llmcache/greeting/" + ENTRY, "{\"right\": false}")).isEqualTo(200);
			assertThat(server.entries()).isOne();
			assertThat(server.send("DELETE", "llmcache/greeting", null)).isEqualTo(200);
			assertThat(server.entries()).isZero();
		}
	}

	/** A running application with an entry of the task {@code greeting}. */
	private static final class Server implements AutoCloseable {

		private final HttpClient http = HttpClient.newHttpClient();

		private final ConfigurableApplicationContext context;

		Server(String... properties) {
			this.context = new SpringApplicationBuilder(Empty.class).web(WebApplicationType.SERVLET)
				.properties("server.port=0", "management.endpoints.web.exposure.include=*",
						"llm-cache.semantic.enabled=false", "llm-cache.store=memory", "spring.main.banner-mode=off")
				.run(Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new));
			this.context.getBean(LlmCache.class)
				.get(CacheRequest.forTask("greeting", String.class).prompt("Hello").build(), () -> "Hi");
		}

		/** The status of the response. */
		int send(String method, String path, @Nullable String body) throws IOException, InterruptedException {
			String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + path))
				.header("Content-Type", "application/json")
				.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody())
				.build();
			return this.http.send(request, BodyHandlers.discarding()).statusCode();
		}

		int entries() {
			return new EntryBrowser(this.context.getBean(CacheStore.class)).list("greeting", null, 10, false)
				.entries()
				.size();
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Empty {

	}

}
