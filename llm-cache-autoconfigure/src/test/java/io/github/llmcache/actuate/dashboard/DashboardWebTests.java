package io.github.llmcache.actuate.dashboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.llmcache.history.TrafficHistory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page over HTTP, in a servlet container.
 */
@ExtendWith(OutputCaptureExtension.class)
class DashboardWebTests {

	private static final Pattern FILE = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");

	private static final Pattern IMPORT = Pattern.compile("from \"\\./([^\"]+)\"");

	private DashboardApplication application;

	@AfterEach
	void stop() {
		this.application.close();
	}

	private void start(String... properties) {
		this.application = DashboardApplication.start(properties);
	}

	@Test
	void pageIsThereOnlyIfItsPropertySaysSo() throws Exception {
		start();
		assertThat(this.application.context().getBeansOfType(TrafficHistory.class)).isEmpty();
		assertThat(get("/actuator/llmcachedashboard").statusCode()).isEqualTo(404);
	}

	@Test
	void pageIsThereWithAllItsFilesAndTheirTypes() throws Exception {
		start("llm-cache.dashboard.enabled=true");
		HttpResponse<String> page = get("/actuator/llmcachedashboard");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(type(page)).isEqualTo("text/html;charset=UTF-8");
		List<String> files = find(FILE, page.body());
		assertThat(files).allMatch((file) -> file.startsWith("llmcachedashboard/"))
			.contains("llmcachedashboard/dashboard.js", "llmcachedashboard/dashboard.css");
		List<String> scripts = new ArrayList<>(files);
		for (int i = 0; i < scripts.size(); i++) {
			HttpResponse<String> file = get("/actuator/" + scripts.get(i));
			assertThat(file.statusCode()).as(scripts.get(i)).isEqualTo(200);
			assertThat(type(file)).isEqualTo(scripts.get(i).endsWith(".js") ? "text/javascript;charset=UTF-8"
					: scripts.get(i).endsWith(".css") ? "text/css;charset=UTF-8" : "image/svg+xml;charset=UTF-8");
			find(IMPORT, file.body()).stream()
				.map((name) -> "llmcachedashboard/" + name)
				.filter((name) -> !scripts.contains(name))
				.forEach(scripts::add);
		}
		assertThat(scripts).contains("llmcachedashboard/charts.js", "llmcachedashboard/forms.js");
	}

	@Test
	void headersForbidWhatIsNotOfThePage() throws Exception {
		start("llm-cache.dashboard.enabled=true");
		for (String path : List.of("", "/dashboard.js", "/history")) {
			HttpResponse<String> response = get("/actuator/llmcachedashboard" + path);
			assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
				.startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
				.contains("frame-ancestors 'none'")
				.doesNotContain("unsafe", "http", "*");
			assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
		}
		assertThat(get("/actuator/llmcache").headers().firstValue("Content-Security-Policy")).isEmpty();
		assertThat(get("/actuator/llmcachedashboard").body()).doesNotContain("<style", "style=", "javascript:")
			.doesNotContainPattern("<script[^>]*>[^<]")
			.doesNotContainPattern("\\son[a-z]+=");
	}

	@Test
	void onlyFilesOfThePageAreShown() throws Exception {
		start("llm-cache.dashboard.enabled=true");
		for (String name : List.of("dashboard.html", "package-info.class", "nothing.js", "..", "%2e%2e%2fhistory")) {
			assertThat(get("/actuator/llmcachedashboard/" + name).statusCode()).as(name).isBetween(400, 404);
		}
	}

	@Test
	void historyTellsWhatHappened() throws Exception {
		start("llm-cache.dashboard.enabled=true", "llm-cache.dashboard.history=12h");
		this.application.call(3);
		JsonNode history = JsonMapper.shared().readTree(get("/actuator/llmcachedashboard/history").body());
		assertThat(history.at("/stepMillis").asLong()).isEqualTo(120_000);
		assertThat(history.at("/spanMillis").asLong()).isEqualTo(12 * 3_600_000L);
		assertThat(history.at("/start").asString()).endsWith("Z");
		assertThat(sum(history.at("/tasks/greeting/outcomes/exact"))).isEqualTo(2);
		assertThat(sum(history.at("/tasks/greeting/outcomes/miss"))).isOne();
		assertThat(history.at("/tasks/greeting/outcomes").has("semantic")).isFalse();
		assertThat(history.at("/entries/0/hits").asLong()).isEqualTo(2);
		assertThat(history.at("/entries/0/entry").asString()).matches("[0-9a-f]{64}");
	}

	@Test
	void pathsAreThoseOfTheApplication() throws Exception {
		start("llm-cache.dashboard.enabled=true", "server.servlet.context-path=/shop",
				"management.endpoints.web.base-path=/manage",
				"management.endpoints.web.path-mapping.llmcachedashboard=cache/page",
				"management.endpoints.web.path-mapping.llmcache=cache/state");
		HttpResponse<String> page = get("/shop/manage/cache/page");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
		URI address = page.uri();
		assertThat(find(FILE, page.body())).allSatisfy(
				(file) -> assertThat(get(address.resolve(file).getPath()).statusCode()).as(file).isEqualTo(200));
		Matcher state = Pattern.compile("data-llmcache=\"([^\"]+)\"").matcher(page.body());
		assertThat(state.find()).isTrue();
		assertThat(get(address.resolve(state.group(1)).getPath()).body()).contains("\"store\"");
	}

	@Test
	void separatePortHasThePageAndTheMainOneHasNot() throws Exception {
		start("llm-cache.dashboard.enabled=true", "management.server.port=0", "management.server.base-path=/internal");
		assertThat(get("/internal/actuator/llmcachedashboard").statusCode()).isEqualTo(404);
		HttpResponse<String> page = this.application.getByManagementPort("/internal/actuator/llmcachedashboard");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
		assertThat(this.application.getByManagementPort("/internal/actuator/llmcachedashboard/history").body())
			.contains("\"steps\"");
		assertThat(this.application.getByManagementPort("/internal/actuator/llmcache").statusCode()).isEqualTo(200);
	}

	@Test
	void accessOfTheEndpointCloses(CapturedOutput output) throws Exception {
		start("llm-cache.dashboard.enabled=true", "management.endpoint.llmcachedashboard.access=none");
		assertThat(get("/actuator/llmcachedashboard").statusCode()).isEqualTo(404);
		assertThat(output).contains("the dashboard is enabled, but not exposed");
	}

	@Test
	void pageKnowsHowFarEachEndpointIsThere() throws Exception {
		start("llm-cache.dashboard.enabled=true", "management.endpoints.web.exposure.include=*");
		assertThat(access(get("/actuator/llmcachedashboard"))).containsExactly("dashboard read-only", " read-only",
				"entries none", "explain none", "settings read-only");
	}

	@Test
	void pageKnowsWhatIsOpenedAndWhatIsNotExposed() throws Exception {
		start("llm-cache.dashboard.enabled=true", "management.server.port=0",
				"management.endpoints.web.exposure.include=llmcachedashboard,llmcache,llmcacheexplain,llmcacheentries",
				"management.endpoint.llmcache.access=unrestricted",
				"management.endpoint.llmcacheexplain.access=unrestricted",
				"management.endpoint.llmcacheentries.access=read-only",
				"management.endpoint.llmcachesettings.access=unrestricted");
		assertThat(access(this.application.getByManagementPort("/actuator/llmcachedashboard"))).containsExactly(
				"dashboard read-only", " unrestricted", "entries read-only", "explain unrestricted", "settings none");
	}

	private static List<String> access(HttpResponse<String> page) {
		return Pattern.compile("data-llmcache([a-z]*)-access=\"([a-z-]+)\"")
			.matcher(page.body())
			.results()
			.map((match) -> match.group(1) + " " + match.group(2))
			.toList();
	}

	@Test
	void pageThatNobodyCanSeeIsReported(CapturedOutput output) throws Exception {
		start("llm-cache.dashboard.enabled=true", "management.endpoints.web.exposure.include=llmcache");
		assertThat(get("/actuator/llmcachedashboard").statusCode()).isEqualTo(404);
		assertThat(output).contains("add llmcachedashboard to management.endpoints.web.exposure.include");
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.application.get(path);
	}

	private static String type(HttpResponse<?> response) {
		return response.headers().firstValue("Content-Type").orElseThrow();
	}

	private static List<String> find(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((result) -> result.group(1)).toList();
	}

	private static long sum(JsonNode counts) {
		return counts.valueStream().mapToLong(JsonNode::asLong).sum();
	}

}
