package io.github.llmcache.autoconfigure.properties;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.redis.RedisStoreSettings;

/**
 * Range checks of properties.
 */
final class Checks {

	private Checks() {
	}

	static void ttl(String property, Duration value) {
		if (value.isNegative()) {
			throw new InvalidPropertyException(property, value,
					"Give a duration such as 30m, 12h or 7d, or 0 to disable caching.");
		}
	}

	static void refreshAfter(String property, Duration value) {
		if (value.isNegative()) {
			throw new InvalidPropertyException(property, value,
					"Give an age below the TTL, such as 10m, or 0 to disable refreshing.");
		}
	}

	static void staleIfError(String property, Duration value) {
		if (value.isNegative()) {
			throw new InvalidPropertyException(property, value, "Give a duration such as 1h, or 0 to disable it.");
		}
	}

	static void positive(String property, Duration value) {
		if (value.toMillis() < 1) {
			throw new InvalidPropertyException(property, value, "Give a duration such as 250ms or 5s.");
		}
	}

	static void history(String property, Duration value) {
		if (value.compareTo(Duration.ofMinutes(6)) < 0 || value.compareTo(Duration.ofDays(30)) > 0) {
			throw new InvalidPropertyException(property, value, "Give a duration from 6m to 30d, such as 6h.");
		}
	}

	static void keyPrefix(String property, String value) {
		if (!RedisStoreSettings.isKeyPrefix(value)) {
			throw new InvalidPropertyException(property, value,
					"Give a prefix that is not blank and contains none of {}*?[]\\, such as my-app:llm-cache.");
		}
	}

	static void share(String property, double value) {
		if (!(value >= 0 && value <= 1)) {
			throw new InvalidPropertyException(property, value, "Give a share between 0 and 1, such as 0.1.");
		}
	}

	static void budget(String property, double value) {
		if (!(value > 0 && value < 1)) {
			throw new InvalidPropertyException(property, value,
					"Give a share above 0 and below 1, such as 0.01 for one wrong hit in a hundred.");
		}
	}

	static void similarity(String property, double value) {
		if (!(value >= 0 && value <= 1)) {
			throw new InvalidPropertyException(property, value, "Give a cosine similarity between 0 and 1.");
		}
	}

	static void size(String property, DataSize value) {
		if (value.toBytes() < 1) {
			throw new InvalidPropertyException(property, value, "Give a positive size such as 512KB or 1MB.");
		}
	}

	static void price(String property, double value) {
		if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
			throw new InvalidPropertyException(property, value, "Give a price that is not negative, such as 2.50.");
		}
	}

	static void scopes(String property, int value) {
		if (!CachePolicy.isShareable(value)) {
			throw new InvalidPropertyException(property, value, "Give a number of scopes from 2 to "
					+ CachePolicy.MOST_SCOPES + ", or 0 not to serve answers of one scope to another.");
		}
	}

	static void range(String property, long value, long min, long max) {
		if (value < min || value > max) {
			throw new InvalidPropertyException(property, value, "Give a whole number from " + min + " to " + max + ".");
		}
	}

}
