package io.github.llmcache.key;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.llmcache.store.CacheKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DigestPromptKeyGenerator}.
 */
class DigestPromptKeyGeneratorTests {

	@Test
	void partitionSaysWhatItIsEvictedBy() {
		CacheKey key = Keys.key("task", "type", "model", "template", "scope");
		assertThat(key.partition().task()).isEqualTo("task");
		assertThat(key.partition().model()).isEqualTo("model");
		assertThat(key.partition().template()).isEqualTo("template");
		assertThat(key.partition().scope()).isEqualTo("scope");
		assertThat(key.partition().id()).matches("[0-9a-f]{64}");
		assertThat(key.digest()).matches("[0-9a-f]{64}").isNotEqualTo(key.partition().id());
	}

	@Test
	void textThatMovesFromOnePartToTheNextMakesAnotherKey() {
		assertThat(Keys.key("a|b", "c", "d", "e", "f")).isNotEqualTo(Keys.key("a", "b|c", "d", "e", "f"));
		assertThat(Keys.key("t", "t", "ab", "c", "d")).isNotEqualTo(Keys.key("t", "t", "a", "bc", "d"));
		assertThat(Keys.key("t", "t", "a", "", "b")).isNotEqualTo(Keys.key("t", "t", "", "a", "b"));
		assertThat(Keys.ofAll(new Argument("ab", "c"))).isNotEqualTo(Keys.ofAll(new Argument("a", "bc")));
		assertThat(Keys.ofAll(new Argument("a", "b"), new Argument("c", "d")))
			.isNotEqualTo(Keys.ofAll(new Argument("a", "b\",\"c"), new Argument("c", "d")));
		assertThat(Keys.key("t", "t", null, null, "s", new Argument("p", "x")))
			.isNotEqualTo(Keys.key("t", "t", null, "s", "p", new Argument("", "x")));
	}

	@Test
	void nothingIsNotEmpty() {
		assertThat(Keys.key("task", "type", null, null, null)).isNotEqualTo(Keys.key("task", "type", "", null, null));
		assertThat(Keys.key("task", "type", null, null, null)).isNotEqualTo(Keys.key("task", "type", null, null, ""));
		assertThat(Keys.of((Object) null)).isNotEqualTo(Keys.of(""))
			.isNotEqualTo(Keys.of("null"))
			.isNotEqualTo(Keys.ofAll());
	}

	@Test
	void halfOfACharacterIsNotReplaced() {
		CacheIdentity identity = new CacheIdentity("task", "type", null, null, null, List.of());
		assertThat(Stream
			.of(Keys.key(identity, "", "cut \ud83d"), Keys.key(identity, "", "cut \ud83e"),
					Keys.key(identity, "", "cut ?"), Keys.key(identity, "", "cut \ufffd"))
			.map(CacheKey::digest)).doesNotHaveDuplicates();
		assertThat(Keys.key("task", "type", null, null, "a\ud83d"))
			.isNotEqualTo(Keys.key("task", "type", null, null, "a?"));
	}

	@Test
	void promptsAreComparedByCodePointOnly() {
		CacheIdentity identity = new CacheIdentity("task", "type", null, null, null, List.of());
		assertThat(Keys.key(identity, "", "a")).isNotEqualTo(Keys.key(identity, "", "A"))
			.isNotEqualTo(Keys.key(identity, "", "a "))
			.isEqualTo(Keys.key(identity, "", "a"));
	}

	@Test
	void partitionOfAnotherEmbedderIsThatOfTheSameIdentity() {
		DigestPromptKeyGenerator generator = new DigestPromptKeyGenerator();
		CacheIdentity identity = new CacheIdentity("task", "type", "model", "template", "scope",
				List.of(new Argument("a", 1)));
		CacheKey one = generator.generate(identity, "one", "prompt");
		CacheKey other = generator.generate(identity, "other", "prompt");
		assertThat(one.partition()).isNotEqualTo(other.partition());
		assertThat(generator.withEmbedder(one.partition(), "other")).isEqualTo(other.partition());
		assertThat(generator.withEmbedder(one.partition(), "one")).isEqualTo(one.partition());
		assertThat(generator.generate(other.partition(), "prompt")).isEqualTo(other);
		assertThat(generator.withEmbedder(one.partition(), "other").scope()).isEqualTo("scope");
	}

}
