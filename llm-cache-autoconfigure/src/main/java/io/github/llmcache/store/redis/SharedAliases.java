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
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;

/**
 * Which entries other wordings were served, as a text for each: generation that the entry
 * was stored under, its digest, what distinguishes it from another one in its place,
 * similarity, what the decision rests on, and what was known then (probability, whether
 * the verifier accepts, features), with blanks in between. Scripts read and write the
 * generation. The entry itself lists the latest, so that there are never more.
 */
final class SharedAliases {

	private static final Log logger = LogFactory.getLog(RedisCacheStore.class);

	private static final byte[] MOST = RedisKeys.bytes(Integer.toString(AliasStore.MOST_ALIASES));

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
		PartitionKeys partition = this.keys.of(wording.partition());
		try {
			this.scripts.run(Script.REMEMBER,
					List.of(partition.state(), partition.entry(wording.digest()), partition.alias(wording.digest()),
							partition.entry(alias.digest())),
					RedisKeys.bytes(wording.digest()), RedisKeys.bytes(seal(wording, encode(alias))), MOST,
					partition.aliasPrefix());
		}
		catch (RuntimeException ex) {
			logger.debug("What a wording was served is not remembered", ex);
		}
	}

	/**
	 * Read an alias.
	 * @param reply its text and the fields of its entry, or {@code null} if there is none
	 * @return the alias, or {@code null} if the entry is another one by now
	 */
	@Nullable Alias read(CacheKey wording, @Nullable Reply reply) {
		if (reply == null) {
			return null;
		}
		String[] fields = open(wording, reply.text(0)).split(" ");
		CacheEntry entry = this.entries.read(new CacheKey(wording.partition(), fields[0]), reply.list(1));
		Alias alias = (entry != null) ? decode(fields, entry) : null;
		return (alias != null) ? withScope(alias, wording.partition().scope()) : null;
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
