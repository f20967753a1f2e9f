package io.github.llmcache.actuate.dashboard;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;

/**
 * A running application that may have the dashboard, and a client with cookies.
 */
final class DashboardApplication implements AutoCloseable {

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	private final ConfigurableApplicationContext context;

	private DashboardApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static DashboardApplication start(String... properties) {
		return start(WebApplicationType.SERVLET, List.of(), properties);
	}

	static DashboardApplication start(WebApplicationType type, List<Class<?>> configurations, String... properties) {
		return new DashboardApplication(
				new SpringApplicationBuilder(Empty.class).sources(configurations.toArray(Class<?>[]::new))
					.web(type)
					.properties("server.port=0", "management.endpoints.web.exposure.include=llmcache,llmcachedashboard",
							"llm-cache.semantic.enabled=false", "llm-cache.store=memory", "spring.main.banner-mode=off")
					.run(Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new)));
	}

	/**
	 * Call a task that is called {@code greeting}, always with the same prompt.
	 */
	void call(int times) {
		CacheRequest<String> request = CacheRequest.forTask("greeting", String.class).prompt("Hello").build();
		for (int i = 0; i < times; i++) {
			cache().get(request, () -> "Hi");
		}
	}

	LlmCache cache() {
		return bean(LlmCache.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	/**
	 * The address of a path within the server.
	 */
	URI at(String path) {
		return at("local.server.port", path);
	}

	private URI at(String port, String path) {
		return URI.create("http://localhost:" + this.context.getEnvironment().getProperty(port) + path);
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(at(path)));
	}

	HttpResponse<String> getByManagementPort(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(at("local.management.port", path)));
	}

	HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Empty {

	}

}
