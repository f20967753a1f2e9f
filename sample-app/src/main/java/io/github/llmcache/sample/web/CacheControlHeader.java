package io.github.llmcache.sample.web;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.CallControl;

/**
 * Reads from the {@code Cache-Control} header what a request wants of the cache (RFC
 * 9111, section 5.2.1). Of several directives, the strictest counts.
 */
final class CacheControlHeader {

	private CacheControlHeader() {
	}

	static @Nullable CallControl parse(String header) {
		CallControl control = null;
		for (String part : header.toLowerCase(Locale.ROOT).split(",")) {
			String directive = part.strip();
			if (directive.equals("no-store")) {
				return CallControl.bypass();
			}
			if (directive.equals("no-cache")) {
				control = CallControl.refresh();
			}
			else if (control == null && directive.startsWith("max-age=")) {
				control = CallControl.maxAge(Duration.ofSeconds(seconds(directive)));
			}
		}
		return control;
	}

	private static long seconds(String directive) {
		try {
			return Integer.parseUnsignedInt(directive.substring("max-age=".length()));
		}
		catch (NumberFormatException ex) {
			throw new BadRequestException("Cache-Control: '" + directive + "' needs a number of seconds");
		}
	}

}
