package io.github.llmcache.transfer;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.core.TestCaches;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.entries.EntryBrowser;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.store.redis.RedisStoreFixture;
import io.github.llmcache.store.redis.SearchMode;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EntryExport} and {@link EntryImport}, between both stores.
 */
class TransferTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private final AngleEmbedder embedder = embedder("angles");

	private final DigestPromptKeyGenerator keys = new DigestPromptKeyGenerator();

	private final RedisStoreFixture redis = new RedisStoreFixture(
			new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(RedisKind.REDIS_8).port()));

	@AfterEach
	void close() {
		this.redis.close();
	}

	private static AngleEmbedder embedder(String fingerprint) {
		return new AngleEmbedder(fingerprint).at(0, "How do I pay?").at(5, "how can i pay").at(90, "Where are you?");
	}

	@ParameterizedTest
	@EnumSource(Direction.class)
	void importedEntriesAreServedToTheSameAndToOtherWordings(Direction direction) {
		SemanticCacheStore from = store(direction.fromRedis);
		SemanticCacheStore to = store(direction.toRedis);
		LlmCache source = cache(from, this.embedder);
		ask(source, "How do I pay?", "acme");
		ask(source, "Where are you?", "globex");
		String lines = export(source, from, null);
		from.evict(EvictionSelector.all());
		ImportResult result = restore(to, this.embedder, lines);
		assertThat(result).isEqualTo(new ImportResult(2, 0, 0, 0, 0, true));
		assertThat(restore(to, this.embedder, lines)).isEqualTo(new ImportResult(0, 0, 2, 0, 0, true));
		LlmCache target = cache(to, this.embedder);
		// what hits save is moved along
		assertThat(lines).contains("\"tokens\":{\"input\":4,");
		assertThat(export(target, to, null)).contains("\"tokens\":{\"input\":4,");
		assertThat(ask(target, "HOW do I pay?", "acme").outcome()).isEqualTo(Outcome.EXACT);
		assertThat(ask(target, "how can i pay", "acme").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(ask(target, "Where are you?", "acme").outcome()).isEqualTo(Outcome.MISS);
		assertThat(target.evict(EvictionSelector.task("support").withScope("globex").withModel("small"))).isOne();
	}

	@ParameterizedTest
	@EnumSource(Direction.class)
	void entriesOfAnotherEmbedderAreEmbeddedAgain(Direction direction) {
		SemanticCacheStore from = store(direction.fromRedis);
		SemanticCacheStore to = store(direction.toRedis);
		LlmCache source = cache(from, this.embedder);
		ask(source, "How do I pay?", "acme");
		AngleEmbedder other = embedder("other angles");
		assertThat(restore(to, other, export(source, from, null))).isEqualTo(new ImportResult(1, 1, 0, 0, 0, true));
		LlmCache target = cache(to, other);
		assertThat(ask(target, "how can i pay", "acme").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(ask(target, "How do I pay?", "acme").outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void whatIsLeftOfTheTimeIsKept() {
		SemanticCacheStore from = store(false);
		LlmCache source = cache(from, this.embedder);
		ask(source, "How do I pay?", "acme");
		String lines = export(source, from, null);
		SemanticCacheStore to = store(true);
		Clock later = Clock.offset(Clock.systemUTC(), HOUR.minusMinutes(5));
		new EntryImport(to, this.keys, this.embedder, later).read("support", new StringReader(lines));
		this.redis.elapse(Duration.ofMinutes(6));
		assertThat(new EntryBrowser(to).list("support", null, 10, false).entries()).isEmpty();
		Clock tooLate = Clock.offset(Clock.systemUTC(), HOUR);
		assertThat(new EntryImport(to, this.keys, this.embedder, tooLate).read("support", new StringReader(lines)))
			.isEqualTo(new ImportResult(0, 0, 0, 1, 0, true));
	}

	@Test
	void lineThatIsCutOffIsNamedAndNothingBeforeItIsLost() {
		SemanticCacheStore from = store(false);
		LlmCache source = cache(from, this.embedder);
		ask(source, "How do I pay?", "acme");
		ask(source, "Where are you?", "acme");
		String lines = export(source, from, null);
		SemanticCacheStore to = store(false);
		int second = lines.indexOf('\n') + 1;
		for (String broken : List.of(lines.substring(0, second + 100), lines.replace("you?", "we?"),
				lines.substring(0, second) + "{}\n")) {
			assertThatExceptionOfType(TransferException.class).isThrownBy(() -> restore(to, this.embedder, broken))
				.satisfies((ex) -> assertThat(ex.line()).isEqualTo(2))
				.withMessageStartingWith("Line 2 is cut off, or was changed. Everything before it is imported.")
				.withMessageContaining("from this line on");
		}
		assertThat(to.usage().get("support").entries()).isOne();
		assertThat(restore(to, this.embedder, lines).imported()).isOne();
		assertThat(restore(to, this.embedder, lines.substring(0, second)).complete()).isFalse();
	}

	@Test
	void exportThatWasBrokenOffGoesOnFromItsLastCursor() {
		SemanticCacheStore from = store(false);
		LlmCache source = cache(from, null);
		for (int i = 0; i < 250; i++) {
			ask(source, "prompt " + i, "acme");
		}
		List<String> all = export(source, from, null).lines().toList();
		List<String> cursors = all.stream().filter((line) -> line.startsWith("{\"cursor\"")).toList();
		assertThat(cursors).hasSize(2);
		int broken = all.indexOf(cursors.get(1));
		String cursor = JsonMapper.shared().readTree(cursors.get(1)).get("cursor").asString();
		String rest = export(source, from, cursor);
		assertThat(rest.lines().count()).isEqualTo(51);
		SemanticCacheStore to = store(false);
		String lines = Stream.concat(all.stream().limit(broken + 1), rest.lines())
			.collect(Collectors.joining("\n", "", "\n"));
		assertThat(new EntryImport(to, this.keys, null, Clock.systemUTC()).read("support", new StringReader(lines)))
			.isEqualTo(new ImportResult(250, 0, 0, 0, 0, true));
	}

	@Test
	void linesOfAnotherTaskAreRefused() {
		SemanticCacheStore from = store(false);
		LlmCache source = cache(from, this.embedder);
		ask(source, "How do I pay?", "acme");
		String lines = export(source, from, null);
		assertThat(lines).doesNotContain("acme");
		assertThatExceptionOfType(TransferException.class)
			.isThrownBy(() -> new EntryImport(from, this.keys, this.embedder, Clock.systemUTC()).read("other",
					new StringReader(lines)))
			.withMessage("Line 1 is of another task. Import it there");
	}

	private SemanticCacheStore store(boolean inRedis) {
		return inRedis ? this.redis.store(this.redis.settings(SearchMode.AUTO)) : TestCaches.store();
	}

	private LlmCache cache(SemanticCacheStore store, AngleEmbedder textEmbedder) {
		LlmCacheBuilder builder = new LlmCacheBuilder(store, new JacksonPayloadCodec(JsonMapper.builder().build()),
				this.keys);
		return ((textEmbedder != null) ? builder.semantic(textEmbedder, (match) -> Verdict.accept()) : builder).build();
	}

	private CachedAnswer<String> ask(LlmCache cache, String prompt, String scope) {
		return cache.get(CacheRequest.forTask("support", String.class)
			.prompt(prompt)
			.model("small")
			.scope(scope)
			.semantic(true)
			.ttl(HOUR)
			.policy((policy) -> policy.minSimilarity(0.9))
			.build(), () -> "answer");
	}

	private String export(LlmCache cache, SemanticCacheStore store, String cursor) {
		EntryExport export = new EntryExport(new EntryBrowser(store), this.keys,
				(partition) -> cache.known(partition).partition());
		try {
			return new String(export.read("support", cursor).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private ImportResult restore(SemanticCacheStore store, AngleEmbedder textEmbedder, String lines) {
		return new EntryImport(store, this.keys, textEmbedder, Clock.systemUTC()).read("support",
				new StringReader(lines));
	}

	enum Direction {

		MEMORY_TO_MEMORY(false, false), MEMORY_TO_REDIS(false, true), REDIS_TO_MEMORY(true, false),
		REDIS_TO_REDIS(true, true);

		private final boolean fromRedis;

		private final boolean toRedis;

		Direction(boolean fromRedis, boolean toRedis) {
			this.fromRedis = fromRedis;
			this.toRedis = toRedis;
		}

	}

}
