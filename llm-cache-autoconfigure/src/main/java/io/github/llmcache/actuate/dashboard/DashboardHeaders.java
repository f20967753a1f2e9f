package io.github.llmcache.actuate.dashboard;

import java.util.Map;

/**
 * Headers of the page and its files. Browsers run and show nothing but these files, so
 * that neither a prompt nor an answer can become a part of the page.
 */
final class DashboardHeaders {

	static final Map<String, String> ALWAYS = Map.of("Content-Security-Policy",
			"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
					+ "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "Cache-Control", "no-store");

	/** Tells the page which header takes the token against forged requests. */
	static final String TOKEN_NAME = "LlmCache-Csrf-Header";

	/** Tells the page the token against forged requests. */
	static final String TOKEN = "LlmCache-Csrf-Token";

	private DashboardHeaders() {
	}

}
