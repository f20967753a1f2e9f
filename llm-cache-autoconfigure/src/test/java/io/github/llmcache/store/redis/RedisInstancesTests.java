package io.github.llmcache.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.EvictionEvent.Cause;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.test.RecordingListener;
import io.github.llmcache.test.contract.Entries;
import io.github.llmcache.test.contract.StoreRace;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances that share a server see what the others do, at once.
 */
@Tag("thorough")
class RedisInstancesTests {

	private static final Partition PARTITION = Entries.partition("support", "small", "v1", "tenant-a");

	private final RedisStoreFixture fixture = new RedisStoreFixture(
			new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(RedisKind.REDIS_8).port()));

	private final Entries entries = new Entries(Clock.systemUTC());

	private final RecordingListener events = new RecordingListener();

	private RedisCacheStore one;

	private RedisCacheStore other;

	void open(SearchMode search) {
		RedisStoreSettings settings = this.fixture.settings(search);
		this.one = this.fixture.store(settings, RedisStoreFixture.TIMEOUT, this.events);
		this.other = this.fixture.store(settings);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void entryOfOneInstanceIsAnExactHitOfTheOther(SearchMode search) {
		open(search);
		put(this.one, "prompt", 0);
		assertThat(Entries.answer(find(this.other, "prompt"))).isEqualTo("answer to prompt");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void entryOfOneInstanceIsASemanticHitAtTheNextLookupOfTheOther(SearchMode search) {
		open(search);
		for (int degrees = 0; degrees < 90; degrees++) {
			find(this.other, "something else");
			assertThat(similar(this.other, degrees)).hasSize(Math.min(1, degrees));
			put(this.one, degrees + " degrees", degrees);
			find(this.other, "something else");
			assertThat(similar(this.other, degrees)).first()
				.extracting((candidate) -> candidate.entry().prompt())
				.isEqualTo(degrees + " degrees");
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void manyEntriesThatOthersAddedAtOnceAreAllFound(SearchMode search) {
		open(search);
		similar(this.other, 0);
		for (int i = 0; i < 500; i++) {
			put(this.one, i + "", i / 10.0);
		}
		find(this.other, "something else");
		for (int i = 0; i < 500; i += 50) {
			assertThat(similar(this.other, i / 10.0)).isNotEmpty();
		}
		List<Candidate> all = this.other.findSimilar(PARTITION, Entries.vector(49.9), 20, 0.999);
		assertThat(all).extracting((candidate) -> candidate.entry().prompt()).contains("499", "490");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void evictionByOneInstanceHoldsForTheOther(SearchMode search) {
		open(search);
		put(this.one, "prompt", 0);
		find(this.other, "prompt");
		assertThat(similar(this.other, 0)).hasSize(1);
		assertThat(this.one.evict(EvictionSelector.task("support"))).isOne();
		assertThat(similar(this.other, 0)).isEmpty();
		assertThat(find(this.other, "prompt")).isNull();
		put(this.other, "prompt", 0);
		assertThat(similar(this.one, 0)).hasSize(1);
		assertThat(similar(this.other, 0)).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void answerThatIsBeingLoadedElsewhereIsNotStoredAfterAnEviction(SearchMode search) {
		open(search);
		CacheKey key = Entries.key(PARTITION, "prompt");
		long before = this.other.find(key).generation();
		assertThat(this.one.evict(EvictionSelector.all().withScope("tenant-a"))).isZero();
		assertThat(this.other.put(key, this.entries.entry("prompt"), before)).isFalse();
		assertThat(find(this.one, "prompt")).isNull();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void noAnswerIsOlderThanTheLastEvictionOnAnyInstance(SearchMode search) throws Exception {
		open(search);
		Duration duration = Duration.ofSeconds(Long.getLong("llm-cache.race.seconds", 2));
		long hits = new StoreRace(List.of(this.one, this.other), this.entries, duration).run();
		System.out.println("Eviction race on two instances, " + search + ", " + duration.toSeconds() + " s: " + hits
				+ " answers served, none outdated");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void serverThatWasEmptiedIsFilledAnew(SearchMode search) {
		open(search);
		put(this.one, "old", 0);
		put(this.one, "older", 10);
		similar(this.other, 0);
		this.fixture.deleteKeys();
		assertThat(find(this.other, "old")).isNull();
		assertThat(similar(this.other, 0)).isEmpty();
		put(this.one, "new", 0);
		find(this.other, "something else");
		assertThat(similar(this.other, 0)).hasSize(1);
		assertThat(this.one.evict(EvictionSelector.task("support"))).isOne();
		assertThat(find(this.other, "new")).isNull();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void lookupBeforeTheServerWasEmptiedStoresNothing(SearchMode search) {
		open(search);
		CacheKey key = Entries.key(PARTITION, "prompt");
		long before = this.one.find(key).generation();
		this.fixture.deleteKeys();
		assertThat(this.one.put(key, this.entries.entry("prompt"), before)).isFalse();
		this.other.find(key);
		assertThat(this.one.put(key, this.entries.entry("prompt"), before)).isFalse();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void entryThatTheServerDroppedIsSkipped(SearchMode search) {
		open(search);
		for (int degrees = 0; degrees < 5; degrees++) {
			put(this.one, degrees + " degrees", degrees);
		}
		similar(this.other, 0);
		for (int degrees = 0; degrees < 4; degrees++) {
			this.fixture.deleteKey(":e:" + Entries.key(PARTITION, degrees + " degrees").digest());
		}
		assertThat(this.other.findSimilar(PARTITION, Entries.vector(0), 2, 0.9))
			.extracting((candidate) -> candidate.entry().prompt())
			.containsExactly("4 degrees");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void entryExpiresByTheClockOfTheServer(SearchMode search) {
		open(search);
		CacheEntry entry = new CacheEntry("prompt", new byte[] { 1 }, Entries.vector(0), Clock.systemUTC().instant(),
				Duration.ofMillis(300), Duration.ofSeconds(1), Set.of());
		assertThatItGoes(entry);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void partitionThatNobodyUsesLeavesNothing(SearchMode search) {
		open(search);
		put(this.one, "prompt", 0);
		assertThat(this.fixture.keys()).hasSize(6);
		this.fixture.elapse(Duration.ofDays(2));
		assertThat(this.fixture.keys()).containsExactly(registryKey(), slot() + "tasks");
		this.fixture.elapse(Duration.ofDays(2));
		put(this.one, Entries.partition("support", "small", "v1", "tenant-b"), "prompt", 0);
		assertThat(this.fixture.members(registryKey())).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void entryThatIsKeptIsRemovedByTheClockOfTheServer(SearchMode search) {
		open(search);
		CacheEntry entry = new CacheEntry("prompt", new byte[] { 1 }, Entries.vector(0), Clock.systemUTC().instant(),
				Duration.ofMillis(1), Duration.ofMillis(500), Duration.ofSeconds(1), Set.of());
		assertThatItGoes(entry);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void partitionWithKeptEntriesIsThereUntilTheyAreGone(SearchMode search) {
		open(search);
		CacheKey key = Entries.key(PARTITION, "prompt");
		Duration retention = Duration.ofDays(30);
		CacheEntry entry = new CacheEntry("prompt", new byte[] { 1 }, Entries.vector(0), Clock.systemUTC().instant(),
				Entries.TTL, retention, Duration.ofSeconds(1), Set.of());
		assertThat(this.one.put(key, entry, this.one.find(key).generation())).isTrue();
		this.fixture.elapse(retention);
		put(this.other, Entries.partition("support", "small", "v1", "tenant-b"), "prompt", 0);
		assertThat(similar(this.other, 0)).hasSize(1);
		assertThat(this.other.evict(EvictionSelector.all().withScope("tenant-a"))).isOne();
		assertThat(similar(this.other, 0)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void storingForgetsExpiredEntries(SearchMode search) {
		open(search);
		for (int i = 0; i < 8; i++) {
			put(this.one, "old " + i, i);
		}
		this.fixture.elapse(Entries.TTL.minusMinutes(1));
		put(this.one, "new", 50);
		this.fixture.elapse(Duration.ofMinutes(2));
		assertThat(this.fixture.members(partitionKey("x"))).hasSize(9);
		put(this.one, "newer", 60);
		assertThat(this.fixture.members(partitionKey("x"))).hasSize(2);
		if (search == SearchMode.IN_PROCESS) {
			assertThat(this.fixture.members(partitionKey("a"))).hasSize(2);
		}
		assertThat(this.events.evictions()).containsExactly(new EvictionEvent("support", Cause.EXPIRED, 8));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void evictionsAreReported(SearchMode search) {
		open(search);
		put(this.one, "prompt", 0);
		put(this.other, "other", 0);
		this.one.evict(EvictionSelector.all().withTag("none"));
		this.one.evict(EvictionSelector.all());
		assertThat(this.events.evictions()).containsExactly(new EvictionEvent("support", Cause.EXPLICIT, 2));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void thousandsOfEntriesAreEvictedPageByPage(SearchMode search) {
		open(search);
		for (int i = 0; i < 2_000; i++) {
			put(this.one, "prompt " + i, i % 90);
		}
		assertThat(this.other.evict(EvictionSelector.all().withPromptPattern("prompt *7"))).isEqualTo(200);
		assertThat(this.one.usage().get("support").entries()).isEqualTo(1_800);
		assertThat(this.other.evict(EvictionSelector.task("support"))).isEqualTo(1_800);
		assertThat(this.one.usage().get("support").entries()).isZero();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void scopeIsNowhereInTheKeysOrTheRegistry(SearchMode search) {
		open(search);
		put(this.one, Entries.partition("support", "small", "v1", "jane@example.org"), "prompt", 0);
		assertThat(this.fixture.keys()).noneMatch((key) -> key.contains("jane"));
		assertThat(this.fixture.members(registryKey())).noneMatch((member) -> member.contains("jane"));
		assertThat(this.other.evict(EvictionSelector.all().withScope("jane@example.org"))).isOne();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void taskMayHaveAnyName(SearchMode search) {
		open(search);
		for (String task : List.of("}", "{", "a b", "*", "[x]", "ä:ö", "%7D")) {
			Partition partition = Entries.partition(task, "m,=%", null, "s");
			put(this.one, partition, "prompt", 0);
			assertThat(find(this.other, partition, "prompt")).isNotNull();
			assertThat(this.other.evict(EvictionSelector.task(task).withModel("m,=%"))).as(task).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void largePayloadIsCompressed(SearchMode search) {
		RedisCacheStore plain = this.fixture.store(this.fixture.settings(search));
		RedisCacheStore compressing = this.fixture.store(this.fixture.settings(search).withCompressAbove(1_000L));
		byte[] payload = "repeat ".repeat(5_000).getBytes(StandardCharsets.UTF_8);
		CacheKey key = Entries.key(PARTITION, "prompt");
		CacheEntry entry = new CacheEntry("prompt", payload, null, Clock.systemUTC().instant(), Entries.TTL,
				Duration.ofSeconds(1), Set.of("tag"));
		compressing.put(key, entry, compressing.find(key).generation());
		assertThat(plain.find(key).entry().payload()).isEqualTo(payload);
		assertThat(plain.usage().get("support").bytes()).isLessThan(5_000);
		assertThat(plain.evict(EvictionSelector.all().withTag("other"))).isZero();
		assertThat(plain.evict(EvictionSelector.all().withTag("tag"))).isOne();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void otherPrefixIsAnotherCache(SearchMode search) {
		open(search);
		RedisStoreSettings settings = this.fixture.settings(search);
		RedisCacheStore foreign = this.fixture.store(settings.withKeyPrefix(settings.keyPrefix() + ":b"));
		put(this.one, "prompt", 0);
		assertThat(find(foreign, "prompt")).isNull();
		assertThat(foreign.evict(EvictionSelector.all())).isZero();
		assertThat(find(this.one, "prompt")).isNotNull();
	}

	/**
	 * Without anybody's doing, on all instances.
	 */
	private void assertThatItGoes(CacheEntry entry) {
		CacheKey key = Entries.key(PARTITION, "prompt");
		assertThat(this.one.put(key, entry, this.one.find(key).generation())).isTrue();
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> this.one.find(key).entry() == null && similar(this.other, 0).isEmpty());
	}

	private static String partitionKey(String name) {
		return slot() + "support:" + PARTITION.id() + ":" + name;
	}

	private static String registryKey() {
		return slot() + "support:p";
	}

	private static String slot() {
		String registry = new String(new RedisKeys("", 1).home(PARTITION).tasks(), StandardCharsets.UTF_8);
		return registry.substring(0, registry.length() - "tasks".length());
	}

	private void put(RedisCacheStore store, String prompt, double degrees) {
		put(store, PARTITION, prompt, degrees);
	}

	private void put(RedisCacheStore store, Partition partition, String prompt, double degrees) {
		CacheKey key = Entries.key(partition, prompt);
		long generation = store.find(key).generation();
		assertThat(store.put(key, this.entries.entry(prompt, Entries.vector(degrees)), generation)).isTrue();
	}

	private static CacheEntry find(RedisCacheStore store, String prompt) {
		return find(store, PARTITION, prompt);
	}

	private static CacheEntry find(RedisCacheStore store, Partition partition, String prompt) {
		return store.find(Entries.key(partition, prompt)).entry();
	}

	private static List<Candidate> similar(RedisCacheStore store, double degrees) {
		return store.findSimilar(PARTITION, Entries.vector(degrees), 1, 0.9);
	}

}
