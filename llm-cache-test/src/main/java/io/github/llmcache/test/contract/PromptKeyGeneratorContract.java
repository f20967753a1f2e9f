package io.github.llmcache.test.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.llmcache.key.Argument;
import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link PromptKeyGenerator} must keep.
 */
public abstract class PromptKeyGeneratorContract {

	private static final CacheIdentity BARE = identity("task", "type", null, null, null);

	/**
	 * The generator under test; may be the same for every test.
	 * @return a generator
	 */
	protected abstract PromptKeyGenerator generator();

	@Test
	void equalRequestsHaveOneKey() {
		assertThat(key(identity("task", "type", "model", "template", "scope", new Argument("a", List.of(1, 2)))))
			.isEqualTo(key(identity("task", "type", "model", "template", "scope", new Argument("a", List.of(1, 2)))));
	}

	@Test
	void everyDifferenceMakesAnotherKey() {
		List<CacheKey> keys = Stream
			.of(BARE, identity("x", "type", null, null, null), identity("task", "x", null, null, null),
					identity("task", "type", "x", null, null), identity("task", "type", null, "x", null),
					identity("task", "type", null, null, "x"), identity("task", "type", "", null, null),
					identity("task", "type", null, null, null, new Argument("x", "x")),
					identity("task", "type", null, null, null, new Argument("x", null)),
					identity("task", "type", null, null, null, new Argument("x", "")),
					identity("task", "type", null, null, null, new Argument("y", "x")))
			.map(this::key)
			.toList();
		assertThat(keys).doesNotHaveDuplicates();
		assertThat(keys.stream().map(CacheKey::digest)).doesNotHaveDuplicates();
		assertThat(keys.stream().map(CacheKey::partition)).doesNotHaveDuplicates();
		assertThat(generator().generate(BARE, "embedder", "prompt")).isNotEqualTo(key(BARE));
	}

	@Test
	void textThatMovesFromOnePartToTheNextMakesAnotherKey() {
		assertThat(key(identity("a|b", "c", "d", "e", "f"))).isNotEqualTo(key(identity("a", "b|c", "d", "e", "f")));
		assertThat(key(identity("t", "t", "ab", "c", "d"))).isNotEqualTo(key(identity("t", "t", "a", "bc", "d")));
		assertThat(key(identity("t", "t", null, null, null, new Argument("ab", "c"))))
			.isNotEqualTo(key(identity("t", "t", null, null, null, new Argument("a", "bc"))));
	}

	@Test
	void promptsOfOneIdentityShareAPartition() {
		CacheKey one = generator().generate(BARE, "", "one");
		CacheKey two = generator().generate(BARE, "", "two");
		assertThat(one.partition()).isEqualTo(two.partition());
		assertThat(one.digest()).isNotEqualTo(two.digest());
	}

	@Test
	void partitionTellsWhatItsEntriesAreEvictedBy() {
		Partition partition = key(identity("task", "type", "model", "template", "scope")).partition();
		assertThat(partition.task()).isEqualTo("task");
		assertThat(partition.model()).isEqualTo("model");
		assertThat(partition.template()).isEqualTo("template");
		assertThat(partition.scope()).isEqualTo("scope");
	}

	@Test
	void orderOfArgumentsAndOfMapEntriesDoesNotMatter() {
		assertThat(key(identity("t", "t", null, null, null, new Argument("a", 1), new Argument("b", 2))))
			.isEqualTo(key(identity("t", "t", null, null, null, new Argument("b", 2), new Argument("a", 1))));
		Map<String, Integer> map = new LinkedHashMap<>();
		map.put("a", 1);
		map.put("b", 2);
		Map<String, Integer> reversed = new LinkedHashMap<>();
		reversed.put("b", 2);
		reversed.put("a", 1);
		assertThat(key(identity("t", "t", null, null, null, new Argument("map", map))))
			.isEqualTo(key(identity("t", "t", null, null, null, new Argument("map", reversed))));
	}

	private CacheKey key(CacheIdentity identity) {
		return generator().generate(identity, "", "prompt");
	}

	private static CacheIdentity identity(String task, String type, @Nullable String model, @Nullable String template,
			@Nullable String scope, Argument... arguments) {
		return new CacheIdentity(task, type, model, template, scope, List.of(arguments));
	}

}
