package io.github.llmcache.actuate.dashboard;

import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.util.ClassUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Sets the headers of the page and its files in a reactive server. If Spring Security
 * wants a token against forged requests, hands it to the page.
 */
public final class DashboardWebFilter implements WebFilter {

	private static final boolean SECURITY = ClassUtils
		.isPresent("org.springframework.security.web.server.csrf.CsrfToken", DashboardWebFilter.class.getClassLoader());

	private final String path;

	/**
	 * Create the filter.
	 * @param path where the page is, within the application
	 */
	public DashboardWebFilter(String path) {
		this.path = path;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String requested = exchange.getRequest().getPath().pathWithinApplication().value();
		if (!requested.equals(this.path) && !requested.startsWith(this.path + "/")) {
			return chain.filter(exchange);
		}
		DashboardHeaders.ALWAYS.forEach(exchange.getResponse().getHeaders()::set);
		return SECURITY ? Token.add(exchange).then(chain.filter(exchange)) : chain.filter(exchange);
	}

	private static final class Token {

		static Mono<Void> add(ServerWebExchange exchange) {
			Object token = exchange.getAttribute(CsrfToken.class.getName());
			return (token instanceof Mono<?> mono)
					? mono.cast(CsrfToken.class).doOnNext((present) -> add(present, exchange.getResponse())).then()
					: Mono.empty();
		}

		private static void add(CsrfToken token, ServerHttpResponse response) {
			response.getHeaders().set(DashboardHeaders.TOKEN_NAME, token.getHeaderName());
			response.getHeaders().set(DashboardHeaders.TOKEN, token.getToken());
		}

	}

}
