package io.github.llmcache.key;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.llmcache.store.CacheKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random calls, out of few and nasty values so that they are often equal or nearly so:
 * equal ones have the same key, others never.
 */
class RandomKeyTests {

	private static final List<String> TEXTS = List.of("", "a", "b", "ab", "a|b", "|", "\"", "null", "[]", "{}",
			"a\",\"b", "\u0000", "\u0000\u0000\u0000\u0001", "1", "@class");

	private final Random random = new Random(20261101);

	@Test
	void keysAreEqualExactlyIfTheCallsAre() {
		Map<List<Object>, CacheKey> keys = new HashMap<>();
		Map<CacheKey, List<Object>> calls = new HashMap<>();
		Map<String, List<Object>> partitions = new HashMap<>();
		int repeated = 0;
		for (int i = 0; i < 30_000; i++) {
			List<Argument> arguments = arguments();
			CacheIdentity identity = new CacheIdentity(pick("t", "u"), pick("", "a"), text(), text(), text(),
					arguments);
			String embedder = pick("", "a");
			String prompt = TEXTS.get(this.random.nextInt(TEXTS.size()));
			List<Object> partition = new ArrayList<>();
			Collections.addAll(partition, identity.task(), identity.resultType(), identity.model(), identity.template(),
					identity.scope(), embedder, values(arguments));
			List<Object> call = List.of(partition, prompt);
			CacheKey key = Keys.key(identity, embedder, prompt);
			CacheKey known = keys.putIfAbsent(call, key);
			if (known != null) {
				repeated++;
				assertThat(key.digest()).isEqualTo(known.digest());
			}
			assertThat(Objects.requireNonNullElse(calls.putIfAbsent(key, call), call)).isEqualTo(call);
			assertThat(Objects.requireNonNullElse(partitions.putIfAbsent(key.partition().id(), partition), partition))
				.isEqualTo(partition);
		}
		assertThat(repeated).isGreaterThan(100);
		assertThat(calls.keySet().stream().map(CacheKey::digest).distinct()).hasSize(calls.size());
	}

	private List<Argument> arguments() {
		List<Argument> arguments = new ArrayList<>();
		for (String name : List.of("a", "b")) {
			if (this.random.nextInt(3) == 0) {
				arguments.add(new Argument(name, value(2)));
			}
		}
		Collections.shuffle(arguments, this.random);
		return arguments;
	}

	private static Map<String, Object> values(List<Argument> arguments) {
		Map<String, Object> values = new HashMap<>();
		arguments.forEach((argument) -> values.put(argument.name(), argument.value()));
		return values;
	}

	private @Nullable Object value(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 8 : 4)) {
			case 0 -> text();
			case 1 -> this.random.nextInt(2);
			case 2 -> this.random.nextBoolean();
			case 3 -> null;
			case 4 -> list(depth);
			case 5 -> new LinkedHashMap<>(map(depth));
			case 6 -> new Pair(value(depth - 1), value(depth - 1));
			default -> new OtherPair(value(depth - 1), set(depth));
		};
	}

	private List<Object> list(int depth) {
		List<Object> list = new ArrayList<>();
		for (int i = this.random.nextInt(3); i > 0; i--) {
			list.add(value(depth - 1));
		}
		return list;
	}

	private Set<Object> set(int depth) {
		return new LinkedHashSet<>(list(depth));
	}

	private Map<String, Object> map(int depth) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (Object element : list(depth)) {
			map.put(pick("a", "b"), element);
		}
		return map;
	}

	private @Nullable String text() {
		return (this.random.nextInt(3) == 0) ? null : TEXTS.get(this.random.nextInt(TEXTS.size()));
	}

	private String pick(String one, String other) {
		return this.random.nextBoolean() ? one : other;
	}

	record Pair(@Nullable Object a, @Nullable Object b) {

	}

	record OtherPair(@Nullable Object a, Set<Object> b) {

	}

}
