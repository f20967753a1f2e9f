package io.github.llmcache.settings;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A setting that can be changed while the application runs.
 */
public enum Setting {

	/** How long an answer may be served. */
	TTL,

	/** Whether other wordings are matched. */
	SEMANTIC,

	/** The lowest cosine similarity of a candidate. */
	MIN_SIMILARITY,

	/** The probability from which on the paraphrase model outweighs the verifier. */
	MIN_PROBABILITY,

	/** The highest share of wrong answers among the semantic hits. */
	ERROR_BUDGET;

	/**
	 * The name, as in properties.
	 * @return the name in lower case, with dashes
	 */
	public String text() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Find a setting by its name.
	 * @param text the name as in properties, or as in Java and JSON
	 * @return the setting, or {@code null} if there is none of that name
	 */
	public static @Nullable Setting of(String text) {
		for (Setting setting : values()) {
			if (setting.text().replace("-", "").equalsIgnoreCase(text.replace("-", ""))) {
				return setting;
			}
		}
		return null;
	}

	/**
	 * Read a value as it is stored.
	 * @throws RuntimeException if it is not a value of this setting
	 */
	Object read(String value) {
		return switch (this) {
			case TTL -> Duration.parse(value);
			case SEMANTIC -> Boolean.valueOf(value);
			case MIN_SIMILARITY, MIN_PROBABILITY, ERROR_BUDGET -> Double.valueOf(value);
		};
	}

}
