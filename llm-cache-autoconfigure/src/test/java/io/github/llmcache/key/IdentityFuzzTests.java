package io.github.llmcache.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.llmcache.store.CacheKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random arguments, found again by their keys: never by the key of an unequal one, and
 * always by that of an equal one. {@code -Dllm-cache.test.seed} repeats a run.
 */
@Tag("thorough")
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

	@Test
	void rememberedKeysAreThoseThatAreDigested() {
		Random random = new Random(SEED);
		List<Object> values = Arrays.asList(null, "", "1", "a", '1', 1, 1L, (short) 1, (byte) 1, 1.0, 0.0, -0.0,
				Double.NaN, 1.0f, true, "true", List.of(1), "\ud83d", "\ude00");
		DigestPromptKeyGenerator remembering = new DigestPromptKeyGenerator();
		Map<CacheKey, String> seen = new HashMap<>();
		for (int i = 0; i < LOOKUPS / 4; i++) {
			List<Argument> arguments = new ArrayList<>();
			for (int a = random.nextInt(3); a > 0; a--) {
				arguments.add(new Argument("a" + a, values.get(random.nextInt(values.size()))));
			}
			CacheIdentity identity = new CacheIdentity("task" + random.nextInt(2), "type", text(random), null,
					text(random), arguments);
			String prompt = "prompt" + random.nextInt(3);
			CacheKey key = remembering.generate(identity, "embedder" + random.nextInt(2), prompt);
			CacheKey again = remembering.generate(identity, "other", prompt);
			CacheKey digested = new DigestPromptKeyGenerator().generate(identity, "other", prompt);
			assertThat(again).isEqualTo(digested).isNotEqualTo(key);
			assertThat(again.partition().scope()).isEqualTo(identity.scope());
			String description = prompt + identity.task() + identity.model() + identity.scope() + arguments.stream()
				.map((argument) -> argument.name() + ((argument.value() != null) ? argument.value().getClass() : "")
						+ escaped(argument.value()))
				.toList();
			assertThat(seen.computeIfAbsent(again, (first) -> description)).isEqualTo(description);
		}
		assertThat(seen.values()).doesNotHaveDuplicates();
	}

	private static @Nullable String text(Random random) {
		return (random.nextInt(3) == 0) ? null : "text" + random.nextInt(4);
	}

	private static String escaped(@Nullable Object value) {
		return ("" + value).chars().mapToObj(Integer::toHexString).toList().toString();
	}

}
