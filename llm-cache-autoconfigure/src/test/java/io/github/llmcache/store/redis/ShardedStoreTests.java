package io.github.llmcache.store.redis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.lettuce.core.cluster.SlotHash;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisClusterConfiguration;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.store.Alias;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.EntryPage;
import io.github.llmcache.store.Erasure;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.LeaseStore.Lease;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.ScopeQuota;
import io.github.llmcache.store.StoreUnavailableException;
import io.github.llmcache.store.redis.server.RedisClusterServers;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;
import io.github.llmcache.test.contract.Entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Partitions that are spread over the three nodes of a cluster.
 */
class ShardedStoreTests {

	private static final Partition PARTITION = Entries.partition("support", "small", "v1", "tenant");

	private static final EvictionSelector SUPPORT = EvictionSelector.task("support");

	private static final int NODES = 3;

	private static final int MANY = 300;

	@AutoClose
	private final RedisStoreFixture fixture = new RedisStoreFixture(new RedisSetup(null, 3).configuration());

	private final Entries entries = new Entries(Clock.systemUTC());

	private int stored;

	@Test
	void oneShardIsWhereThePartitionWasBefore() {
		RedisKeys keys = new RedisKeys("any", 1);
		for (int i = 0; i < 100; i++) {
			Partition partition = Entries.partition("task " + i);
			assertThat(keys.shards(partition)).containsExactly(keys.home(partition));
			assertThat(keys.of(Entries.key(partition, "prompt"))).isEqualTo(keys.home(partition));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 4, 5, 6, 7, 8 })
	void eachShardIsInAnotherPartOfTheCluster(int shards) {
		RedisKeys keys = new RedisKeys("any", shards);
		for (int i = 0; i < 100; i++) {
			Partition partition = Entries.partition("task " + i);
			assertThat(keys.shards(partition)).contains(keys.home(partition))
				.extracting((shard) -> SlotHash.getSlot(shard.state()) * shards / SlotHash.SLOT_COUNT)
				.containsExactlyInAnyOrderElementsOf(IntStream.range(0, shards).boxed().toList());
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 9, 12, 16 })
	void manyShardsAreInSlotsOfTheirOwn(int shards) {
		RedisKeys keys = new RedisKeys("any", shards);
		for (int i = 0; i < 100; i++) {
			Partition partition = Entries.partition("task " + i);
			assertThat(keys.shards(partition)).contains(keys.home(partition)).doesNotHaveDuplicates().hasSize(shards);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 6 })
	void entriesAreSpreadEvenlyOverTheNodes(int shards) {
		RedisCacheStore store = store(SearchMode.AUTO, shards);
		for (int i = 0; i < 3 * MANY; i++) {
			put(store, PARTITION, "prompt " + i, i);
		}
		TreeMap<Integer, Integer> load = new TreeMap<>();
		this.fixture.keys().stream().filter((key) -> key.contains(":e:")).forEach((key) -> {
			int slot = SlotHash.getSlot(this.fixture.prefix() + key);
			load.merge(slot * NODES / SlotHash.SLOT_COUNT, 1, Integer::sum);
		});
		assertThat(load).hasSize(NODES);
		assertThat(load.values()).allSatisfy((number) -> assertThat(number).isBetween(MANY * 4 / 5, MANY * 6 / 5));
		assertThat(store.usage().get("support").entries()).isEqualTo(3 * MANY);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void searchFindsWhatItFindsInOneShard(SearchMode search) {
		RedisStoreSettings settings = this.fixture.settings(search);
		RedisCacheStore one = this.fixture.store(settings.withKeyPrefix(settings.keyPrefix() + ":one"));
		RedisCacheStore three = store(search, 3);
		RedisCacheStore other = store(search, 3);
		Random random = new Random(1);
		other.findSimilar(PARTITION, Entries.vector(0), 1, -1);
		for (int i = 0; i < MANY; i++) {
			double degrees = 360 * random.nextDouble();
			put(one, PARTITION, "prompt " + i, degrees);
			put(three, PARTITION, "prompt " + i, degrees);
		}
		for (int i = 0; i < 50; i++) {
			float[] query = Entries.vector(360 * random.nextDouble());
			List<String> expected = prompts(one.findSimilar(PARTITION, query, 5, 0.9));
			assertThat(expected).hasSize(5);
			assertThat(prompts(three.findSimilar(PARTITION, query, 5, 0.9))).isEqualTo(expected);
			assertThat(prompts(other.findSimilar(PARTITION, query, 5, 0.9))).isEqualTo(expected);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void evictionReachesAllShards(SearchMode search) {
		RedisCacheStore store = store(search, 3);
		RedisCacheStore other = store(search, 3);
		List<CacheKey> loading = IntStream.range(0, 20)
			.mapToObj((i) -> Entries.key(PARTITION, "loading " + i))
			.toList();
		List<Long> generations = loading.stream().map((key) -> store.find(key).generation()).toList();
		for (int i = 0; i < 20; i++) {
			put(store, PARTITION, "prompt " + i, 0);
		}
		assertThat(other.findSimilar(PARTITION, Entries.vector(0), 50, 0.9)).hasSize(20);
		assertThat(other.evict(SUPPORT)).isEqualTo(20);
		assertThat(store.findSimilar(PARTITION, Entries.vector(0), 50, 0.9)).isEmpty();
		assertThat(other.findSimilar(PARTITION, Entries.vector(0), 50, 0.9)).isEmpty();
		for (int i = 0; i < 20; i++) {
			assertThat(store.find(Entries.key(PARTITION, "prompt " + i)).entry()).isNull();
			assertThat(store.put(loading.get(i), this.entries.entry("loading " + i), generations.get(i))).isFalse();
		}
		assertThat(this.fixture.keys()).noneMatch((key) -> key.contains(":e:"));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void whatAnEvictionWouldNotFindIsNotFoundInAnyShard(SearchMode search) {
		RedisCacheStore store = store(search, 3);
		for (int i = 0; i < 20; i++) {
			put(store, PARTITION, "prompt " + i, 0);
		}
		assertThat(store.findSimilar(PARTITION, Entries.vector(0), 50, 0.9)).hasSize(20);
		this.fixture.deleteKey(":p");
		assertThat(store.findSimilar(PARTITION, Entries.vector(0), 50, 0.9)).isEmpty();
		assertThat(store(search, 3).findSimilar(PARTITION, Entries.vector(0), 50, 0.9)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void nothingEvictedComesBackWhenTheNumberOfShardsChanges(SearchMode search) {
		RedisCacheStore one = store(search, 1);
		for (int i = 0; i < 20; i++) {
			put(one, PARTITION, "prompt " + i, i);
		}
		RedisCacheStore many = store(search, 5);
		for (int i = 0; i < 20; i += 2) {
			put(many, PARTITION, "prompt " + i, i);
		}
		many.evict(SUPPORT.withPrompt("prompt 0"));
		assertThat(find(store(search, 1), "prompt 0")).isNull();
		assertThat(find(store(search, 1), "prompt 1")).isNotNull();
		many.evict(SUPPORT);
		for (int shards : new int[] { 1, 3, 5, 16 }) {
			RedisCacheStore store = store(search, shards);
			for (int i = 0; i < 20; i++) {
				assertThat(find(store, "prompt " + i)).isNull();
			}
			assertThat(store.findSimilar(PARTITION, Entries.vector(0), 50, -1)).isEmpty();
		}
		assertThat(this.fixture.keys()).noneMatch((key) -> key.contains(":e:"));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void entryOfAnotherNumberOfShardsIsFoundOnlyWhereItWouldBe(SearchMode search) {
		RedisCacheStore one = store(search, 1);
		for (int i = 0; i < 30; i++) {
			put(one, PARTITION, "prompt " + i, 0);
		}
		RedisCacheStore three = store(search, 3);
		Set<String> found = new HashSet<>();
		for (int i = 0; i < 30; i++) {
			if (find(three, "prompt " + i) != null) {
				found.add("prompt " + i);
			}
		}
		assertThat(found).hasSizeBetween(3, 17);
		assertThat(prompts(three.findSimilar(PARTITION, Entries.vector(0), 50, 0.9)))
			.containsExactlyInAnyOrderElementsOf(found);
		assertThat(listed(three)).containsExactlyInAnyOrderElementsOf(found);
	}

	@Test
	void listingHasEachEntryOnceInTheOrderOfRemoval() {
		RedisCacheStore store = store(SearchMode.AUTO, 3);
		for (int i = 0; i < 50; i++) {
			put(store, PARTITION, "prompt " + i, i);
		}
		assertThat(listed(store)).hasSize(50)
			.containsExactlyElementsOf(IntStream.range(0, 50).mapToObj((i) -> "prompt " + i).toList());
		assertThat(store.partitions(SUPPORT, null, 10)).containsExactly(PARTITION);
	}

	@Test
	void partitionsAreListedOnceEach() {
		RedisCacheStore store = store(SearchMode.AUTO, 3);
		Set<Partition> stored = new HashSet<>();
		for (int i = 0; i < 30; i++) {
			Partition partition = Entries.partition("support", "model " + i, null, null);
			stored.add(partition);
			for (int j = 0; j < 5; j++) {
				put(store, partition, "prompt " + j, j);
			}
		}
		List<Partition> listed = new ArrayList<>();
		String after = null;
		List<Partition> page;
		do {
			page = store.partitions(SUPPORT, after, 7);
			listed.addAll(page);
			after = page.isEmpty() ? null : page.get(page.size() - 1).id();
		}
		while (after != null);
		assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(stored);
	}

	@Test
	void entryIsLocatedInItsShard() {
		RedisCacheStore store = store(SearchMode.AUTO, 3);
		for (int i = 0; i < 10; i++) {
			put(store, PARTITION, "prompt " + i, i);
		}
		for (int i = 0; i < 10; i++) {
			CacheKey key = Entries.key(PARTITION, "prompt " + i);
			assertThat(store.locate("support", key.digest()).entry().prompt()).isEqualTo("prompt " + i);
		}
	}

	@Test
	void quotaHoldsOverAllShards() {
		RedisCacheStore store = this.fixture
			.store(this.fixture.settings(SearchMode.AUTO).withShards(3).withQuota(new ScopeQuota(20L, null)));
		for (int i = 0; i < 60; i++) {
			put(store, PARTITION, "prompt " + i, i);
		}
		assertThat(listed(store))
			.containsExactlyElementsOf(IntStream.range(40, 60).mapToObj((i) -> "prompt " + i).toList());
	}

	@Test
	void aliasLeadsToAnEntryInAnotherShard() {
		RedisCacheStore store = store(SearchMode.AUTO, 3);
		put(store, PARTITION, "prompt", 0);
		int distant = 0;
		for (String wording : wordings(10)) {
			remember(store, wording);
			assertThat(alias(store(SearchMode.AUTO, 3), wording).entry().prompt()).isEqualTo("prompt");
			distant += isDistant(wording) ? 1 : 0;
		}
		assertThat(distant).isBetween(1, 9);
		put(store, PARTITION, "prompt", 0);
		assertThat(wordings(10)).allSatisfy((wording) -> assertThat(alias(store, wording)).isNull());
	}

	@Test
	void aliasesInOtherShardsAreBoundedAndErased() {
		RedisCacheStore store = store(SearchMode.AUTO, 3);
		put(store, PARTITION, "prompt", 0);
		wordings(40).forEach((wording) -> remember(store, wording));
		assertThat(this.fixture.keys()).filteredOn((key) -> key.contains(":w:")).hasSize(16);
		assertThat(wordings(40).subList(24, 40)).allSatisfy((wording) -> assertThat(alias(store, wording)).isNotNull());
		Erasure erasure = store.erase("tenant");
		assertThat(erasure).isEqualTo(new Erasure(1, 1, 16, 0, 0, 0, 0));
		assertThat(this.fixture.keys()).noneMatch((key) -> key.contains(PARTITION.id()));
	}

	@Test
	void evictionOfAWholePartitionRemovesDistantAliasesPageByPage() {
		RedisCacheStore store = store(SearchMode.AUTO, 3);
		for (int i = 0; i < 200; i++) {
			put(store, PARTITION, "prompt " + i, i);
			for (int j = 0; j < 10; j++) {
				String wording = "wording " + i + " " + j;
				remember(store, "prompt " + i, wording);
			}
		}
		assertThat(store.evict(SUPPORT)).isEqualTo(200);
		assertThat(this.fixture.keys()).noneMatch((key) -> key.contains(":w:") || key.endsWith(":d"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void refusalsAreKnownToALookupInAnyShard(int before) {
		store(SearchMode.AUTO, before).refuse(PARTITION, Set.of("a~b"));
		for (int i = 0; i < 10; i++) {
			RedisCacheStore other = store(SearchMode.AUTO, 3);
			other.find(Entries.key(PARTITION, "prompt " + i));
			assertThat(other.refusals(PARTITION)).containsExactly("a~b");
		}
	}

	@Test
	void laterRefusalsAreKnownToTheNextLookupInAnyShard() {
		RedisCacheStore store = store(SearchMode.AUTO, 3);
		RedisCacheStore other = store(SearchMode.AUTO, 3);
		assertThat(other.refusals(PARTITION)).isEmpty();
		Set<String> refused = new HashSet<>();
		for (int i = 0; i < 10; i++) {
			store.refuse(PARTITION, Set.of("a~" + i));
			refused.add("a~" + i);
			other.find(Entries.key(PARTITION, "prompt " + i));
			assertThat(other.refusals(PARTITION)).isEqualTo(refused);
		}
		assertThat(store(SearchMode.AUTO, 1).erase("tenant").refusals()).isEqualTo(10);
		assertThat(this.fixture.keys()).noneMatch((key) -> key.endsWith(":n"));
	}

	@Test
	void leasesAreInTheShardOfTheirEntry() {
		RedisCacheStore store = store(SearchMode.AUTO, 3);
		RedisCacheStore other = store(SearchMode.AUTO, 3);
		for (int i = 0; i < 10; i++) {
			CacheKey key = Entries.key(PARTITION, "prompt " + i);
			long generation = store.find(key).generation();
			assertThat(store.lease(key, generation, "a", Entries.TTL)).isEqualTo(Lease.GRANTED);
			assertThat(other.lease(key, generation, "b", Entries.TTL)).isEqualTo(Lease.HELD);
			store.release(key, "a");
			assertThat(other.lease(key, generation, "b", Entries.TTL)).isEqualTo(Lease.GRANTED);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void wholeEngineServesFromAllShards(SearchMode search) {
		EngineOnRedis one = new EngineOnRedis(store(search, 3), LlmCacheListener.NO_OP);
		EngineOnRedis other = new EngineOnRedis(store(search, 3), LlmCacheListener.NO_OP);
		for (int i = 0; i < 20; i++) {
			assertThat(one.ask(i + " a").outcome()).isEqualTo(Outcome.MISS);
			assertThat(other.ask(i + " a").outcome()).isEqualTo(Outcome.EXACT);
			assertThat(other.ask(i + " b").outcome()).isEqualTo(Outcome.SEMANTIC);
			assertThat(one.ask(i + " b").outcome()).isEqualTo(Outcome.SEMANTIC);
		}
		other.evict(SUPPORT);
		assertThat(one.ask("1 b").outcome()).isEqualTo(Outcome.MISS);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
	void serversThatHaveForgottenTheScriptsGetThemAgain(SearchMode search) {
		RedisCacheStore store = store(search, 3);
		put(store, PARTITION, "prompt", 0);
		store.findSimilar(PARTITION, Entries.vector(0), 1, 0.9);
		RedisServers.sharedCluster().servers().forEach((server) -> server.command("SCRIPT", "FLUSH"));
		assertThat(prompts(store.findSimilar(PARTITION, Entries.vector(0), 1, 0.9))).containsExactly("prompt");
	}

	@Test
	void searchFailsInTimeWhenOneServerDoesNotAnswer() {
		try (RedisClusterServers cluster = RedisClusterServers.start(RedisKind.REDIS_8);
				RedisStoreFixture own = new RedisStoreFixture(new RedisClusterConfiguration(cluster.nodes()))) {
			RedisCacheStore store = own.store(own.settings(SearchMode.VECTOR_SET).withShards(3), Duration.ofMillis(500),
					LlmCacheListener.NO_OP);
			for (int i = 0; i < 10; i++) {
				put(store, PARTITION, "prompt " + i, 0);
			}
			assertThat(store.findSimilar(PARTITION, Entries.vector(0), 10, 0.9)).hasSize(10);
			cluster.servers().get(1).pause();
			assertThatExceptionOfType(StoreUnavailableException.class)
				.isThrownBy(() -> store.findSimilar(PARTITION, Entries.vector(0), 10, 0.9));
			cluster.servers().get(1).resume();
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.ignoreExceptions()
				.until(() -> store.findSimilar(PARTITION, Entries.vector(0), 10, 0.9).size() == 10);
		}
	}

	private RedisCacheStore store(SearchMode search, int shards) {
		return this.fixture.store(this.fixture.settings(search).withShards(shards));
	}

	/**
	 * Entries go one after the other, in the order in which they are stored.
	 */
	private void put(RedisCacheStore store, Partition partition, String prompt, double degrees) {
		CacheKey key = Entries.key(partition, prompt);
		CacheEntry entry = new CacheEntry(prompt, new byte[] { 1 }, Entries.vector(degrees), Instant.now(),
				Entries.TTL.plusSeconds(this.stored++), Duration.ofMillis(800), Set.of());
		assertThat(store.put(key, entry, store.find(key).generation())).isTrue();
	}

	private static CacheEntry find(RedisCacheStore store, String prompt) {
		return store.find(Entries.key(PARTITION, prompt)).entry();
	}

	private static Alias alias(RedisCacheStore store, String wording) {
		return store.find(Entries.key(PARTITION, wording)).alias();
	}

	private static void remember(RedisCacheStore store, String wording) {
		remember(store, "prompt", wording);
	}

	private static void remember(RedisCacheStore store, String prompt, String wording) {
		CacheKey key = Entries.key(PARTITION, wording);
		store.find(key);
		store.remember(key,
				new Alias(Entries.key(PARTITION, prompt).digest(), find(store, prompt), 0.9, "basis", null));
	}

	private static List<String> wordings(int number) {
		return IntStream.range(0, number).mapToObj((i) -> "wording " + i).toList();
	}

	private static boolean isDistant(String wording) {
		RedisKeys keys = new RedisKeys("any", 3);
		return keys.slotOf(Entries.key(PARTITION, wording)) != keys.slotOf(Entries.key(PARTITION, "prompt"));
	}

	private static List<String> listed(RedisCacheStore store) {
		List<String> prompts = new ArrayList<>();
		String after = null;
		do {
			EntryPage page = store.entries(PARTITION, after, 7, false);
			assertThat(page.entries()).hasSizeLessThanOrEqualTo(7);
			page.entries().forEach((kept) -> prompts.add(kept.entry().prompt()));
			after = page.next();
		}
		while (after != null);
		return prompts;
	}

	private static List<String> prompts(List<Candidate> candidates) {
		return candidates.stream().map((candidate) -> candidate.entry().prompt()).toList();
	}

}
