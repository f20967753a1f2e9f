package io.github.llmcache.actuate.dashboard;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page over HTTP, in a reactive server.
 */
@Tag("thorough")
class DashboardWebFluxTests {

	private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(llmcachedashboard/[^\"]+)\"");

	private DashboardApplication application;

	@AfterEach
	void stop() {
		this.application.close();
	}

	private void start(String... properties) {
		this.application = DashboardApplication.start(WebApplicationType.REACTIVE, List.of(),
				StringUtils.addStringToArray(properties, "llm-cache.dashboard.enabled=true"));
		assertThat(this.application.context()).isInstanceOf(ReactiveWebServerApplicationContext.class);
	}

	@Test
	void pageIsThereWithAllItsFilesAndTheirHeaders() throws Exception {
		start();
		HttpResponse<String> page = this.application.get("/actuator/llmcachedashboard");
		assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
		List<String> files = FILE.matcher(page.body()).results().map((file) -> "/actuator/" + file.group(1)).toList();
		assertThat(files).contains("/actuator/llmcachedashboard/dashboard.js");
		assertProtected(page);
		for (String file : files) {
			assertProtected(this.application.get(file));
		}
		assertProtected(this.application.get("/actuator/llmcachedashboard/history"));
		assertThat(this.application.get("/actuator/llmcache").headers().firstValue("Content-Security-Policy"))
			.isEmpty();
	}

	private static void assertProtected(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.uri().getPath()).isEqualTo(200);
		DashboardHeaders.ALWAYS.forEach((name, value) -> assertThat(response.headers().allValues(name))
			.as(response.uri().getPath() + " " + name)
			.containsExactly(value));
	}

	@Test
	void onlyFilesOfThePageAreShown() throws Exception {
		start();
		for (String name : List.of("dashboard.html", "package-info.class", "nothing.js", "%2e%2e%2fhistory")) {
			assertThat(this.application.get("/actuator/llmcachedashboard/" + name).statusCode()).as(name)
				.isBetween(400, 404);
		}
	}

	@Test
	void dataTellsWhatHappened() throws Exception {
		start();
		this.application.call(3);
		JsonNode history = json("/actuator/llmcachedashboard/history");
		assertThat(history.at("/tasks/greeting/outcomes/exact").valueStream().mapToLong(JsonNode::asLong).sum())
			.isEqualTo(2);
		assertThat(history.at("/entries/0/hits").asLong()).isEqualTo(2);
		assertThat(json("/actuator/llmcache").at("/tasks/greeting/hits").asLong()).isEqualTo(2);
	}

	@Test
	void pathsAreThoseOfTheApplication() throws Exception {
		start("spring.webflux.base-path=/shop", "management.endpoints.web.base-path=/manage",
				"management.endpoints.web.path-mapping.llmcachedashboard=cache/page");
		HttpResponse<String> page = this.application.get("/shop/manage/cache/page");
		assertProtected(page);
		assertThat(page.body()).contains("src=\"../cache/page/dashboard.js\"", "data-llmcache=\"../llmcache\"",
				"data-llmcache-access=\"read-only\"", "data-llmcacheexplain-access=\"none\"");
		assertProtected(this.application.get("/shop/manage/cache/page/dashboard.js"));
	}

	@Test
	void separatePortHasThePageAndTheMainOneHasNot() throws Exception {
		start("management.server.port=0", "management.server.base-path=/internal");
		assertThat(this.application.get("/internal/actuator/llmcachedashboard").statusCode()).isEqualTo(404);
		assertProtected(this.application.getByManagementPort("/internal/actuator/llmcachedashboard"));
		assertProtected(this.application.getByManagementPort("/internal/actuator/llmcachedashboard/history"));
	}

	private JsonNode json(String path) throws Exception {
		return JsonMapper.shared().readTree(this.application.get(path).body());
	}

}
