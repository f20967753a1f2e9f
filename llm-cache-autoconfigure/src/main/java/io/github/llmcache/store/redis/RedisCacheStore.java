package io.github.llmcache.store.redis;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.encryption.ValueCipher;
import io.github.llmcache.event.CompositeLlmCacheListener;
import io.github.llmcache.event.EvictionEvent;
import io.github.llmcache.event.EvictionEvent.Cause;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.Alias;
import io.github.llmcache.store.AliasStore;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.DescribedStore;
import io.github.llmcache.store.EntryPage;
import io.github.llmcache.store.ErasableStore;
import io.github.llmcache.store.Erasure;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.store.LabelledMatch;
import io.github.llmcache.store.LeaseStore;
import io.github.llmcache.store.MatchRecordStore;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.store.SettingsStore;
import io.github.llmcache.store.StoreRefusedException;
import io.github.llmcache.store.StoreUnavailableException;
import io.github.llmcache.store.VoiceStore;
import io.github.llmcache.store.redis.EntryFormat.Stored;
import io.github.llmcache.store.redis.LocalIndex.Additions;
import io.github.llmcache.store.redis.RedisKeys.LookupPlaces;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;
import io.github.llmcache.store.redis.connection.CacheConnection;

/**
 * Keeps entries on Redis or Valkey, from version 6.2 on, where all instances of an
 * application share them.
 * <p>
 * A lookup is one round trip, and so is storing; another one finds similar prompts. Every
 * step is one Lua script on keys of one hash tag, so that it is atomic and works on a
 * cluster. If partitions are spread over shards, a lookup and what is stored concern one
 * shard, and a search, an eviction or feedback concerns all. The clock of the server
 * decides when an entry is removed. Entries are returned without their embedding.
 * <p>
 * As long as the server does not answer, all methods throw
 * {@link StoreUnavailableException}, most of them at once: a circuit breaker lets a call
 * through now and then to find out. The beginning and the end of an outage are logged
 * here.
 * <p>
 * Safe for use by many threads, and by many instances at once.
 */
public final class RedisCacheStore implements SemanticCacheStore, AliasStore, LeaseStore, MatchRecordStore,
		FeedbackStore, SettingsStore, VoiceStore, ErasableStore, DescribedStore {

	/** The longest load whose answer can still be stored. */
	private static final long MAX_LOAD = Duration.ofDays(1).toMillis();

	static final byte[] STATE_LIFETIME = number(MAX_LOAD);

	/** How many additions to an index a lookup brings along. */
	private static final int ADDITIONS = 32;

	private static final byte[] MOST_ADDITIONS = number(ADDITIONS);

	/** How many entries that are gone are forgotten when another one is stored. */
	private static final byte[] SWEEP = number(8);

	/** How many partitions that are gone are forgotten when another one is registered. */
	private static final byte[] PARTITION_SWEEP = number(100);

	private static final byte[] NOTHING = new byte[0];

	private final RedisKeys keys;

	private final LookupPlaces places;

	private final RedisScripts scripts;

	private final Sealing sealing;

	private final EntryFormat format;

	private final StoredEntries entries;

	private final PartitionRegistry registry;

	private final SearchSelection search;

	private final Eviction eviction;

	private final Eviction.Missed missed = new Eviction.Missed();

	private final SharedMatchRecords matchRecords;

	private final SharedRefusals refusals;

	private final SharedAliases aliases;

	private final SharedVoices voices;

	private final SharedQuotas quotas;

	private final ScopeErasure erasure;

	private final UsageSample usage;

	private final LlmCacheListener listener;

	/**
	 * Create a store; nothing is sent yet.
	 * @param connection where entries live; it is not closed here
	 * @param settings how Redis is used
	 * @param retryAfter how long a server that does not answer is left alone; positive
	 * @param indexes makes the index of a partition, if prompts are searched in process
	 * @param background fills an index that is too large for one lookup, and stores
	 * aliases
	 * @param listener is notified of evictions; what it throws is logged once and
	 * otherwise ignored
	 */
	public RedisCacheStore(CacheConnection connection, RedisStoreSettings settings, Duration retryAfter,
			VectorIndexFactory indexes, Executor background, LlmCacheListener listener) {
		this(connection, settings, retryAfter, indexes, background, listener, null);
	}

	/**
	 * Create a store that encrypts what it keeps; nothing is sent yet.
	 * @param connection where entries live; it is not closed here
	 * @param settings how Redis is used
	 * @param retryAfter how long a server that does not answer is left alone; positive
	 * @param indexes makes the index of a partition, if prompts are searched in process
	 * @param background fills an index that is too large for one lookup, and stores
	 * aliases
	 * @param listener is notified of evictions; what it throws is logged once and
	 * otherwise ignored
	 * @param cipher encrypts prompts, answers and what else tells of them. Keys of
	 * entries have to be made by a
	 * {@link io.github.llmcache.encryption.KeyedPromptKeyGenerator
	 * KeyedPromptKeyGenerator} then. {@code null} to store them as they are
	 */
	public RedisCacheStore(CacheConnection connection, RedisStoreSettings settings, Duration retryAfter,
			VectorIndexFactory indexes, Executor background, LlmCacheListener listener, @Nullable ValueCipher cipher) {
		this.sealing = (cipher != null) ? new Sealing(cipher) : Sealing.NONE;
		this.keys = new RedisKeys(settings.keyPrefix(), settings.shards());
		this.places = new LookupPlaces(this.keys, this.sealing);
		this.scripts = new RedisScripts(connection, retryAfter);
		this.format = new EntryFormat(settings.compressAbove(), settings.maxUnpackedBytes(), this.sealing);
		this.entries = new StoredEntries(this.keys, this.scripts, this.format, this.sealing);
		this.registry = new PartitionRegistry(this.keys, this.scripts, this.sealing);
		LocalIndexes localIndexes = new LocalIndexes(indexes, settings.maxIndexBytes());
		this.search = new SearchSelection(settings.search(), this.keys.detection(), this.scripts,
				new VectorSetSearch(this.keys, this.scripts, this.entries, settings.quantization()),
				new InProcessSearch(this.keys, this.scripts, this.entries, this.format, localIndexes, background));
		this.scripts.onUnknownCommand(this.search::forget);
		this.eviction = new Eviction(this.scripts, this.format);
		this.matchRecords = new SharedMatchRecords(this.keys, this.scripts, this.sealing);
		this.refusals = new SharedRefusals(this.keys, this.scripts, this.sealing);
		this.aliases = new SharedAliases(this.keys, this.scripts, this.entries, this.sealing, background);
		this.voices = new SharedVoices(this.keys, this.scripts, this.entries, this.sealing);
		this.usage = new UsageSample(this.scripts, this.registry, settings.quantization());
		this.listener = CompositeLlmCacheListener.of(listener);
		this.quotas = new SharedQuotas(this.keys, this.scripts, this.sealing, settings.quota(), background,
				this::notifyListener);
		this.erasure = new ScopeErasure(this.keys, this.scripts, this.sealing, this.registry, this.eviction,
				this.voices, this.matchRecords, this.quotas, this::notifyListener);
		this.erasure.onErasure(localIndexes::forget);
		this.erasure.onErasure(this.refusals::forget);
	}

	/**
	 * Connect now and ask the server what it can do, which otherwise happens with the
	 * first call. May take some seconds.
	 * @throws StoreUnavailableException if it does not answer; it is asked again later
	 * @throws StoreRefusedException if its user may not use it
	 * @throws IllegalStateException if it has no vector sets, although the settings
	 * demand them
	 */
	public void connect() {
		this.search.open();
	}

	@Override
	public Finding find(CacheKey key) {
		this.missed.run(this::evictNow);
		Partition partition = key.partition();
		LookupPlaces.Place place = this.places.of(key);
		PartitionKeys partitionKeys = place.shard();
		SimilaritySearch current = this.search.get();
		LocalIndex.Position known = current.position(partitionKeys);
		Reply reply = this.scripts.run(Script.FIND, place.keys(key.digest()), STATE_LIFETIME,
				(known != null) ? number(known.sequence()) : NOTHING, MOST_ADDITIONS, place.entryPrefix(),
				number((known != null) ? this.format.embeddingSize(known.embeddingBytes()) : 0), place.registered(),
				place.task(), PARTITION_SWEEP);
		current.lookedUp(partitionKeys, reply.number(1), additions(partitionKeys, known, reply.list(3)));
		this.refusals.lookedUp(partition, reply.number(4));
		CacheEntry entry = this.entries.read(key, reply.list(2));
		return new Finding(entry, reply.number(0), this.aliases.read(key, reply.list(5)));
	}

	@Override
	public void remember(CacheKey wording, Alias alias) {
		this.aliases.remember(wording, alias);
	}

	@Override
	public @Nullable CacheEntry peek(CacheKey key) {
		PartitionKeys partitionKeys = this.keys.of(key);
		Reply reply = this.scripts.run(Script.PEEK,
				List.of(partitionKeys.state(), partitionKeys.entry(key.digest()), partitionKeys.refusals()));
		this.refusals.lookedUp(key.partition(), reply.number(1));
		return this.entries.read(key, reply.list(0));
	}

	@Override
	public List<Partition> partitions(EvictionSelector selector, @Nullable String after, int limit) {
		return this.registry.page(selector, after, limit);
	}

	@Override
	public EntryPage entries(Partition partition, @Nullable String after, int limit, boolean embeddings) {
		return this.entries.page(partition, after, limit, embeddings);
	}

	@Override
	public boolean restore(CacheKey key, CacheEntry entry, long generation, Duration left) {
		RegisteredPartition.of(key.partition(), this.sealing).requireTexts();
		return put(key, entry, generation, Math.max(1, left.toMillis()));
	}

	@Override
	public boolean put(CacheKey key, CacheEntry entry, long generation) {
		return put(key, entry, generation, EntryFormat.lifetimeMillis(entry));
	}

	private boolean put(CacheKey key, CacheEntry entry, long generation, long lifetime) {
		this.missed.run(this::evictNow);
		Partition partition = key.partition();
		PartitionKeys partitionKeys = this.keys.of(key);
		SimilaritySearch current = this.search.get();
		Quantization quantization = current.quantization();
		float[] embedding = entry.embedding();
		Stored stored = this.format.encode(key, entry);
		String counted = this.quotas.countedAs(partition);
		Reply reply = this.scripts.run(Script.PUT,
				List.of(partitionKeys.state(), partitionKeys.entry(key.digest()), partitionKeys.expiries(),
						partitionKeys.additions(), partitionKeys.vectors(), partitionKeys.lease(key.digest()),
						partitionKeys.partitions(), partitionKeys.tasks(), partitionKeys.alias(key.digest())),
				number(generation), RedisKeys.bytes(key.digest()), number(lifetime), stored.prompt(), stored.payload(),
				stored.metadata(),
				(embedding != null && quantization == null) ? this.format.sealEmbedding(key, stored.embedding())
						: stored.embedding(),
				(quantization != null) ? RedisKeys.bytes(quantization.option()) : NOTHING, number(lifetime + MAX_LOAD),
				partitionKeys.entryPrefix(), SWEEP, RegisteredPartition.of(partition, this.sealing).encode(),
				RedisKeys.bytes(partition.task()), stored.group(), RedisKeys.bytes(counted));
		if (reply.number(0) == 0) {
			return false;
		}
		current.stored(partitionKeys, key.digest(), embedding, reply.number(1));
		notifyListener(partition.task(), Cause.EXPIRED, reply.number(2));
		this.quotas.stored(partitionKeys.slot(), counted, reply.number(3), reply.number(4));
		return true;
	}

	@Override
	public List<Candidate> findSimilar(Partition partition, float[] embedding, int limit, double minSimilarity) {
		this.missed.run(this::evictNow);
		return this.search.get().find(partition, embedding, limit, minSimilarity);
	}

	@Override
	public boolean regroup(CacheKey key, String group, String newGroup, long generation) {
		PartitionKeys partitionKeys = this.keys.of(key);
		return this.scripts
			.run(Script.REGROUP, List.of(partitionKeys.state(), partitionKeys.entry(key.digest())), number(generation),
					this.format.group(key, group), this.format.group(key, newGroup))
			.number(0) != 0;
	}

	@Override
	public void remove(CacheKey key) {
		this.entries.remove(key);
	}

	@Override
	public Lease lease(CacheKey key, long generation, String owner, Duration duration) {
		PartitionKeys partitionKeys = this.keys.of(key);
		long state = this.scripts
			.run(Script.LEASE, List.of(partitionKeys.entry(key.digest()), partitionKeys.lease(key.digest())),
					RedisKeys.bytes(owner), number(generation), number(Math.max(1, duration.toMillis())),
					this.entries.isUnreadable(key) ? number(1) : NOTHING)
			.number(0);
		return (state == 0) ? Lease.HELD : (state == 1) ? Lease.GRANTED : Lease.STORED;
	}

	@Override
	public void release(CacheKey key, String owner) {
		this.scripts.run(Script.RELEASE, List.of(this.keys.of(key).lease(key.digest())), RedisKeys.bytes(owner));
	}

	@Override
	public MatchRecords exchange(String task, List<LabelledMatch> added, String since) {
		return this.matchRecords.exchange(task, added, since);
	}

	@Override
	public void refuse(Partition partition, Set<String> newRefusals) {
		this.refusals.add(partition, newRefusals);
	}

	@Override
	public Set<String> refusals(Partition partition) {
		return this.refusals.of(partition);
	}

	@Override
	public List<Voice> vouch(CacheKey shared, Voice voice, Duration ttl) {
		return this.voices.add(shared, voice, ttl);
	}

	@Override
	public void withdraw(CacheKey shared, Partition partition) {
		this.voices.remove(shared, partition);
	}

	@Override
	public List<Voice> voices(CacheKey shared) {
		return this.voices.of(shared);
	}

	@Override
	public @Nullable Located locate(String task, String digest) {
		CacheKey key = this.registry.locate(task, digest);
		CacheEntry entry = (key != null) ? this.entries.read(key) : null;
		return (key != null && entry != null) ? new Located(key, entry) : null;
	}

	@Override
	public String settings() {
		Reply reply = this.scripts.run(Script.SETTINGS, List.of(this.keys.settings(), this.keys.erasures()),
				this.erasure.position());
		this.erasure.heard(reply.number(1), reply.requiredList(2));
		return reply.text(0);
	}

	@Override
	public boolean replaceSettings(String expected, String text) {
		return this.scripts
			.run(Script.REPLACE_SETTINGS, List.of(this.keys.settings()), RedisKeys.bytes(expected),
					RedisKeys.bytes(text))
			.number(0) != 0;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * If this fails, the scope is evicted before this instance serves or stores anything;
	 * to forget it, erase again.
	 * @throws RuntimeException if it failed
	 */
	@Override
	public Erasure erase(String scope) {
		try {
			return this.erasure.erase(scope);
		}
		catch (StoreUnavailableException | StoreRefusedException ex) {
			this.missed.add(EvictionSelector.all().withScope(scope), ex);
			throw ex;
		}
	}

	/**
	 * {@inheritDoc} Erasures by other instances are heard of when {@linkplain #settings()
	 * settings are read}.
	 */
	@Override
	public void onErasure(Consumer<Predicate<Partition>> listener) {
		this.erasure.onErasure(listener);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * If this fails, the eviction is made up for before this instance serves or stores
	 * anything.
	 * @throws RuntimeException if it failed
	 */
	@Override
	public long evict(EvictionSelector selector) {
		try {
			return evictNow(selector);
		}
		catch (RuntimeException ex) {
			this.missed.add(selector, ex);
			throw ex;
		}
	}

	private long evictNow(EvictionSelector selector) {
		Map<String, Long> removed = new HashMap<>();
		try {
			this.registry.forEach(selector, (partition) -> removed.merge(partition.partition().task(),
					this.eviction.evict(partition, selector), Long::sum));
		}
		finally {
			removed.forEach((task, count) -> notifyListener(task, Cause.EXPLICIT, count));
		}
		return removed.values().stream().mapToLong(Long::longValue).sum();
	}

	@Override
	public Map<String, StoreUsage> usage() {
		return this.usage.take();
	}

	@Override
	public String describe() {
		return "Redis (" + this.search + (this.scripts.isBroken() ? ", does not answer)" : ")");
	}

	private void notifyListener(String task, Cause cause, long entries) {
		if (entries > 0) {
			this.listener.onEviction(new EvictionEvent(task, cause, entries));
		}
	}

	private @Nullable Additions additions(PartitionKeys shard, LocalIndex.@Nullable Position known,
			@Nullable Reply reply) {
		return (known != null && reply != null) ? new Additions(known.sequence(), ADDITIONS, reply,
				(digest, stored) -> this.entries.embedding(shard, digest, stored)) : null;
	}

	private static byte[] number(long number) {
		return RedisKeys.bytes(Long.toString(number));
	}

}
