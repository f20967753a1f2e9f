package io.github.llmcache.key;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random arguments, found again by their keys: never by the key of an unequal one, and
 * always by that of an equal one. {@code -Dllm-cache.test.seed} repeats a run.
 */
class IdentityFuzzTests {

	private static final long SEED = Long.getLong("llm-cache.test.seed", 20261125);

	private static final int LOOKUPS = Integer.getInteger("llm-cache.test.lookups", 200_000);

	@Test
	void keysAreEqualExactlyIfTheArgumentsAre() {
		RandomArguments arguments = new RandomArguments(new Random(SEED));
		Map<String, Object> stored = new HashMap<>();
		Map<Object, String> keys = new HashMap<>();
		int wrong = 0;
		int lost = 0;
		int found = 0;
		int refused = 0;
		String example = "";
		for (int i = 0; i < LOOKUPS; i++) {
			RandomArguments.Sample sample = arguments.next(3);
			try {
				String key = Keys.of(sample.value());
				Object other = stored.putIfAbsent(key, sample.description());
				String known = keys.putIfAbsent(sample.description(), key);
				if (other != null && !other.equals(sample.description())) {
					wrong++;
					example = other + " and " + sample.description();
				}
				else if (known != null && !known.equals(key)) {
					lost++;
					example = sample.description().toString();
				}
				found += (other != null) ? 1 : 0;
			}
			catch (UncacheableArgumentException ex) {
				refused++;
				example = "" + ex.getCause();
			}
		}
		assertThat(new int[] { wrong, lost, refused })
			.as("hits between unequal arguments, equal arguments that missed, arguments refused; seed %d, e.g. %s",
					SEED, example)
			.containsOnly(0);
		assertThat(found).isGreaterThan(LOOKUPS / 10);
	}

}
