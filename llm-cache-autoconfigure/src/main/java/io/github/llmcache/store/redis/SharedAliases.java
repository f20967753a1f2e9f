package io.github.llmcache.store.redis;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.encryption.SealedValueException;
import io.github.llmcache.store.Alias;
import io.github.llmcache.store.AliasStore;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;

/**
 * Which entries other wordings were served, as a text for each: generation that the entry
 * was stored under, its digest, what distinguishes it from another one in its place,
 * similarity, what the decision rests on, and what was known then (probability, whether
 * the verifier accepts, features), with blanks in between. Scripts read and write the
 * generation. The entry itself lists the latest, so that there are never more.
 * <p>
 * The alias is in the shard of the wording, and its entry may be in another, where a
 * lookup reads it in a second round trip. What is left of such an alias when its entry is
 * gone serves nothing, and expires when the entry would have.
 */
final class SharedAliases {

	private static final Log logger = LogFactory.getLog(RedisCacheStore.class);

	private static final byte[] MOST = RedisKeys.bytes(Integer.toString(AliasStore.MOST_ALIASES));

	/** How many aliases that are gone are forgotten when another one is remembered. */
	private static final byte[] SWEEP = RedisKeys.bytes("8");

	/** Digest, three that distinguish the entry, similarity and basis. */
	private static final int FIXED_FIELDS = 6;

	private final RedisKeys keys;

	private final RedisScripts scripts;

	private final StoredEntries entries;

	private final Sealing sealing;

	private final Executor background;

	SharedAliases(RedisKeys keys, RedisScripts scripts, StoredEntries entries, Sealing sealing, Executor background) {
		this.keys = keys;
		this.scripts = scripts;
		this.entries = entries;
		this.sealing = sealing;
		this.background = background;
	}

	void remember(CacheKey wording, Alias alias) {
		try {
			this.background.execute(() -> store(wording, alias));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("What a wording was served is not remembered", ex);
		}
	}

	/**
	 * A failure costs the next call with the same wording a search, and nothing else.
	 */
	private void store(CacheKey wording, Alias alias) {
		CacheKey entry = new CacheKey(wording.partition(), alias.digest());
		PartitionKeys shard = this.keys.of(wording);
		byte[] digest = RedisKeys.bytes(wording.digest());
		String text = seal(wording, encode(alias));
		try {
			if (!this.keys.isInPlace(entry, shard)) {
				storeDistant(wording, text, entry);
				return;
			}
			Reply surplus = this.scripts
				.run(Script.REMEMBER,
						List.of(shard.state(), shard.entry(wording.digest()), shard.alias(wording.digest()),
								shard.entry(alias.digest())),
						digest, RedisKeys.bytes(text), MOST, shard.aliasPrefix())
				.requiredList(0);
			forget(surplus, shard, wording.partition());
		}
		catch (RuntimeException ex) {
			logger.debug("What a wording was served is not remembered", ex);
		}
	}

	/**
	 * The entry lists the wording first, or else nothing is remembered.
	 */
	private void storeDistant(CacheKey wording, String text, CacheKey entry) {
		PartitionKeys shard = this.keys.of(entry);
		byte[] digest = RedisKeys.bytes(wording.digest());
		Reply listed = this.scripts.run(Script.LIST_ALIAS, List.of(shard.state(), shard.entry(entry.digest())), digest,
				MOST, shard.aliasPrefix());
		if (listed.size() == 0) {
			return;
		}
		PartitionKeys distant = this.keys.of(wording);
		this.scripts.run(Script.REMEMBER_DISTANT,
				List.of(distant.state(), distant.entry(wording.digest()), distant.alias(wording.digest()),
						distant.distantAliases(), distant.partitions(), distant.tasks()),
				digest, RedisKeys.bytes(listed.text(0) + ' ' + text), listed.requiredBytes(1),
				RegisteredPartition.of(wording.partition(), this.sealing).encode(),
				RedisKeys.bytes(wording.partition().task()), SWEEP);
		forget(listed.requiredList(2), shard, wording.partition());
	}

	/**
	 * Forget what an entry lists no more and its shard does not have.
	 */
	private void forget(Reply surplus, PartitionKeys shard, Partition partition) {
		for (int i = 0; i < surplus.size(); i++) {
			CacheKey wording = new CacheKey(partition, surplus.text(i));
			if (!this.keys.isInPlace(wording, shard)) {
				PartitionKeys distant = this.keys.of(wording);
				this.scripts.run(Script.FORGET_ALIAS,
						List.of(distant.alias(wording.digest()), distant.distantAliases()),
						RedisKeys.bytes(wording.digest()));
			}
		}
	}

	/**
	 * Read an alias.
	 * @param reply its text, the fields of its entry unless that is not there, and the
	 * generation that the entry was stored under; {@code null} if there is no alias
	 * @return the alias, or {@code null} if the entry is another one by now
	 */
	@Nullable Alias read(CacheKey wording, @Nullable Reply reply) {
		if (reply == null) {
			return null;
		}
		String[] fields = open(wording, reply.text(0)).split(" ");
		CacheKey key = new CacheKey(wording.partition(), fields[0]);
		Reply found = reply.list(1);
		if (found == null && !this.keys.isInPlace(key, this.keys.of(wording))) {
			found = readDistant(key, reply.requiredBytes(2));
		}
		CacheEntry entry = this.entries.read(key, found);
		Alias alias = (entry != null) ? decode(fields, entry) : null;
		return (alias != null) ? withScope(alias, wording.partition().scope()) : null;
	}

	private @Nullable Reply readDistant(CacheKey key, byte[] generation) {
		PartitionKeys shard = this.keys.of(key);
		return this.scripts
			.run(Script.ALIASED, List.of(shard.state(), shard.entry(key.digest()), shard.partitions(), shard.tasks()),
					generation, RegisteredPartition.of(key.partition(), this.sealing).encode(),
					RedisKeys.bytes(key.partition().task()))
			.list(0);
	}

	/**
	 * All but the digest of the entry, which scripts read.
	 */
	private String seal(CacheKey wording, String text) {
		int blank = text.indexOf(' ');
		return text.substring(0, blank + 1)
				+ this.sealing.sealText(text.substring(blank + 1), Sealing.context(wording, "alias"));
	}

	/**
	 * What cannot be decrypted is no alias.
	 */
	private String open(CacheKey wording, String text) {
		int blank = text.indexOf(' ');
		try {
			return (blank < 0) ? text : text.substring(0, blank + 1)
					+ this.sealing.openText(text.substring(blank + 1), Sealing.context(wording, "alias"));
		}
		catch (SealedValueException | IllegalArgumentException ex) {
			return text.substring(0, blank);
		}
	}

	/**
	 * The key tells the scope, so that the text need not.
	 */
	private static Alias withScope(Alias alias, @Nullable String scope) {
		MatchRecord known = alias.matchRecord();
		return (known == null || scope == null) ? alias : new Alias(alias.digest(), alias.entry(), alias.similarity(),
				alias.decidedBy(), known.withScope(scope));
	}

	static String encode(Alias alias) {
		String text = alias.digest() + ' ' + identity(alias.entry()) + ' ' + alias.similarity() + ' '
				+ alias.decidedBy();
		MatchRecord known = alias.matchRecord();
		return (known == null) ? text : text + ' ' + known.probability() + ' ' + known.accepted() + ' '
				+ known.features().stream().map(String::valueOf).collect(Collectors.joining(" "));
	}

	/**
	 * Returns {@code null} for a text that is not an alias of the entry: anybody may have
	 * written it.
	 */
	static @Nullable Alias decode(String[] fields, CacheEntry entry) {
		if (fields.length < FIXED_FIELDS
				|| !identity(entry).equals(String.join(" ", Arrays.asList(fields).subList(1, 4)))) {
			return null;
		}
		try {
			return new Alias(fields[0], entry, Double.parseDouble(fields[4]), fields[5], matchRecord(fields));
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable MatchRecord matchRecord(String[] fields) {
		if (fields.length < FIXED_FIELDS + 2) {
			return null;
		}
		List<Double> features = Arrays.stream(fields, FIXED_FIELDS + 2, fields.length).map(Double::valueOf).toList();
		return new MatchRecord(features, Double.parseDouble(fields[FIXED_FIELDS]),
				Boolean.parseBoolean(fields[FIXED_FIELDS + 1]));
	}

	/**
	 * What distinguishes an entry from one that is stored in its place, and from itself
	 * in another group.
	 */
	private static String identity(CacheEntry entry) {
		return entry.created().toEpochMilli() + " " + entry.loadTime().toNanos() + ' ' + entry.group();
	}

}
