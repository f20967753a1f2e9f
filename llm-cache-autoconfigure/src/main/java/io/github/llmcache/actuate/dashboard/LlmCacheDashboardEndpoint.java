package io.github.llmcache.actuate.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.util.HtmlUtils;

import io.github.llmcache.history.TrafficHistory;

/**
 * {@link WebEndpoint @WebEndpoint} of a page for operators, with its files, and with what
 * happened over time.
 * <p>
 * The page itself holds nothing of the cache. It asks the other endpoints of the cache,
 * as whoever looks at it, and offers what their access levels allow. The history holds
 * numbers, tasks and the ids of entries.
 */
@WebEndpoint(id = LlmCacheDashboardEndpoint.ID, defaultAccess = Access.READ_ONLY)
public class LlmCacheDashboardEndpoint {

	/** Id of the endpoint. */
	public static final String ID = "llmcachedashboard";

	private static final String PAGE = "dashboard.html";

	private static final String HISTORY = "history";

	private static final Map<String, MimeType> FILES = Map.of("dashboard.css", utf8("text", "css"), "dashboard.js",
			utf8("text", "javascript"), "charts.js", utf8("text", "javascript"), "endpoints.js",
			utf8("text", "javascript"), "figures.js", utf8("text", "javascript"), "forms.js",
			utf8("text", "javascript"), "html.js", utf8("text", "javascript"), "icon.svg", utf8("image", "svg+xml"));

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{(path|access):([a-z]+)}");

	private final TrafficHistory history;

	private final Function<EndpointId, String> paths;

	private final Function<EndpointId, Access> access;

	/**
	 * Create the endpoint.
	 * @param history what happened over time
	 * @param paths the paths of endpoints below the base path
	 * @param access how far an endpoint is there, so that the page offers nothing else;
	 * asked whenever the page is loaded
	 */
	public LlmCacheDashboardEndpoint(TrafficHistory history, Function<EndpointId, String> paths,
			Function<EndpointId, Access> access) {
		this.history = history;
		this.paths = paths;
		this.access = access;
	}

	/**
	 * The page.
	 * @return HTML
	 */
	@ReadOperation(produces = "text/html")
	public WebEndpointResponse<String> page() {
		String page = PLACEHOLDER.matcher(read(PAGE))
			.replaceAll((placeholder) -> Matcher
				.quoteReplacement(HtmlUtils.htmlEscape(value(placeholder.group(1), placeholder.group(2)))));
		return new WebEndpointResponse<>(page, utf8("text", "html"));
	}

	private String value(String name, String endpoint) {
		return name.equals("path") ? relative(endpoint)
				: this.access.apply(EndpointId.of(endpoint)).name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The path of an endpoint, seen from the page: what stands before both does not
	 * matter.
	 */
	private String relative(String endpoint) {
		String page = this.paths.apply(EndpointId.of(ID));
		return "../".repeat(StringUtils.countOccurrencesOf(page, "/")) + this.paths.apply(EndpointId.of(endpoint));
	}

	/**
	 * A file of the page, or the history.
	 * @param name its name
	 * @return the file, or {@code null} if there is no such
	 */
	@ReadOperation(produces = { "application/json", "text/javascript", "text/css", "image/svg+xml" })
	public @Nullable WebEndpointResponse<Object> part(@Selector String name) {
		if (name.equals(HISTORY)) {
			return new WebEndpointResponse<>(HistoryDescriptor.of(this.history), MimeTypeUtils.APPLICATION_JSON);
		}
		MimeType type = FILES.get(name);
		return (type != null) ? new WebEndpointResponse<>(read(name), type) : null;
	}

	private static MimeType utf8(String type, String subtype) {
		return new MimeType(type, subtype, StandardCharsets.UTF_8);
	}

	private static String read(String name) {
		try {
			return new ClassPathResource(name, LlmCacheDashboardEndpoint.class)
				.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
