package io.github.llmcache.transfer;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.encryption.KeyedPromptKeyGenerator;
import io.github.llmcache.encryption.TestKeys;
import io.github.llmcache.encryption.ValueCipher;
import io.github.llmcache.entries.EntryBrowser;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.redis.RedisCacheStore;
import io.github.llmcache.store.redis.RedisStoreFixture;
import io.github.llmcache.store.redis.SearchMode;
import io.github.llmcache.store.redis.server.RedisDump;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServer;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Entries that are encrypted at rest leave as they were stored, and are encrypted with
 * the key of where they arrive.
 */
class EncryptedTransferTests {

	private static final String PROMPT = "how do i cancel my order";

	private static final String REWORDED = "how can i cancel an order";

	private static final String ANSWER = "Open Settings and choose Appearance";

	private static final String SCOPE = "tenant-of-the-east";

	@AutoClose
	private static RedisServer server;

	private final AngleEmbedder embedder = new AngleEmbedder("angles").at(0, PROMPT).at(2, REWORDED);

	private final List<RedisStoreFixture> fixtures = new ArrayList<>();

	@BeforeAll
	static void start() {
		server = RedisServer.start(RedisKind.REDIS_8, RedisDump.OPTIONS);
	}

	@AfterEach
	void close() {
		this.fixtures.forEach((fixture) -> {
			fixture.deleteKeys();
			fixture.close();
		});
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void linesArePlainAndWhatIsImportedIsEncryptedWithTheKeyThere(SearchMode search) throws IOException {
		ValueCipher first = TestKeys.cipher("first");
		RedisStoreFixture source = fixture();
		String lines = export(source, first, search);
		assertThat(RedisDump.of(server).holds(PROMPT)).isFalse();
		assertThat(lines).contains(PROMPT, base64('"' + ANSWER + '"'), "red-tag", "chat-model", "v1-template")
			.doesNotContain(SCOPE);
		source.deleteKeys();

		ValueCipher second = TestKeys.cipher("second");
		RedisStoreFixture target = fixture();
		RedisCacheStore store = store(target, second, search);
		assertThat(restore(store, second, lines)).isEqualTo(new ImportResult(1, 0, 0, 0, 0, true));

		RedisDump dump = RedisDump.of(server);
		assertThat(target.keys()).anyMatch((key) -> key.contains(":e:"));
		assertThat(List.of(PROMPT, ANSWER, "red-tag", "chat-model", "v1-template", SCOPE)).noneMatch(dump::holds);
		LlmCache cache = cache(store, second);
		CachedAnswer<String> exact = ask(cache, PROMPT);
		assertThat(exact.outcome()).isEqualTo(Outcome.EXACT);
		assertThat(exact.value()).isEqualTo(ANSWER);
		assertThat(ask(cache, REWORDED).outcome()).isEqualTo(Outcome.SEMANTIC);
		// the key that they left with opens nothing here
		assertThat(ask(cache(store(target, first, search), first), PROMPT).outcome()).isEqualTo(Outcome.MISS);
		assertThat(cache.evict(EvictionSelector.task("support").withScope(SCOPE))).isOne();
	}

	@Test
	void importWithTheKeyThatEntriesLeftWithAndANewOneReadsBoth() throws IOException {
		String lines = export(fixture(), TestKeys.cipher("first"), SearchMode.IN_PROCESS);
		ValueCipher rotated = TestKeys.cipher("second", "first");
		RedisCacheStore store = store(fixture(), rotated, SearchMode.IN_PROCESS);
		assertThat(restore(store, rotated, lines).imported()).isOne();
		assertThat(ask(cache(store, rotated), PROMPT).outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void linesThatWouldNeverBeFoundAreRefused() throws IOException {
		ValueCipher cipher = TestKeys.cipher("first");
		String sealed = export(fixture(), cipher, SearchMode.IN_PROCESS);
		String plain = export(fixture(), null, SearchMode.IN_PROCESS);
		ValueCipher stranger = TestKeys.cipherWithDigestKey(1, "first");
		for (Import attempt : List.of(new Import(sealed, null), new Import(plain, cipher),
				new Import(sealed, stranger))) {
			RedisStoreFixture target = fixture();
			RedisCacheStore store = store(target, attempt.cipher(), SearchMode.IN_PROCESS);
			assertThatExceptionOfType(TransferException.class)
				.isThrownBy(() -> restore(store, attempt.cipher(), attempt.lines()))
				.withMessageContaining("llm-cache.encryption.digest-key");
			assertThat(target.keys()).noneMatch((key) -> key.contains(":e:"));
		}
	}

	private String export(RedisStoreFixture fixture, @Nullable ValueCipher cipher, SearchMode search)
			throws IOException {
		RedisCacheStore store = store(fixture, cipher, search);
		LlmCache cache = cache(store, cipher);
		assertThat(ask(cache, PROMPT).outcome()).isEqualTo(Outcome.MISS);
		EntryExport export = new EntryExport(new EntryBrowser(store), keys(cipher),
				(partition) -> cache.known(partition).partition());
		return new String(export.read("support", null).readAllBytes(), StandardCharsets.UTF_8);
	}

	private ImportResult restore(RedisCacheStore store, @Nullable ValueCipher cipher, String lines) {
		return new EntryImport(store, keys(cipher), this.embedder, Clock.systemUTC()).read("support",
				new StringReader(lines));
	}

	private RedisStoreFixture fixture() {
		RedisStoreFixture fixture = new RedisStoreFixture(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
		this.fixtures.add(fixture);
		return fixture;
	}

	private static RedisCacheStore store(RedisStoreFixture fixture, @Nullable ValueCipher cipher, SearchMode search) {
		return fixture.encrypting(cipher).store(fixture.settings(search));
	}

	private LlmCache cache(RedisCacheStore store, @Nullable ValueCipher cipher) {
		return new LlmCacheBuilder(store, new JacksonPayloadCodec(JsonMapper.builder().build()), keys(cipher))
			.semantic(this.embedder, (match) -> Verdict.accept())
			.build();
	}

	private static PromptKeyGenerator keys(@Nullable ValueCipher cipher) {
		DigestPromptKeyGenerator keys = new DigestPromptKeyGenerator();
		return (cipher != null) ? new KeyedPromptKeyGenerator(keys, cipher) : keys;
	}

	private static CachedAnswer<String> ask(LlmCache cache, String prompt) {
		return cache.get(CacheRequest.forTask("support", String.class)
			.prompt(prompt)
			.model("chat-model")
			.template("v1-template")
			.scope(SCOPE)
			.tag("red-tag")
			.semantic(true)
			.policy((policy) -> policy.minSimilarity(0.9))
			.build(), () -> ANSWER);
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private record Import(String lines, @Nullable ValueCipher cipher) {

	}

}
