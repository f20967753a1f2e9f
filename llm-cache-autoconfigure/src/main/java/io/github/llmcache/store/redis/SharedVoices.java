package io.github.llmcache.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.llmcache.encryption.SealedValueException;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.VoiceStore;
import io.github.llmcache.store.VoiceStore.Voice;
import io.github.llmcache.store.redis.RedisKeys.PartitionKeys;

/**
 * Which scopes have an answer to the same prompt, as a sorted set for each prompt: where
 * the entry of each scope is (id of the partition, digest), and what tells the answer
 * from others. Beside the entry, a scope's partition has a sorted set of where its voices
 * are (id of the partition, digest, slot), so that an erasure finds them: they may be in
 * any slot.
 */
final class SharedVoices {

	private static final byte[] MOST = RedisKeys.bytes(Integer.toString(VoiceStore.MOST_VOICES));

	private static final byte[] NOTHING = new byte[0];

	/** How many voices of a scope are looked for at once. */
	private static final byte[] PAGE = RedisKeys.bytes("500");

	/** Partition, digest, and answer or slot. */
	private static final int FIELDS = 3;

	private static final Pattern SLOT = Pattern.compile("\\d{1,2}");

	private final RedisKeys keys;

	private final RedisScripts scripts;

	private final StoredEntries entries;

	private final Sealing sealing;

	SharedVoices(RedisKeys keys, RedisScripts scripts, StoredEntries entries, Sealing sealing) {
		this.keys = keys;
		this.scripts = scripts;
		this.entries = entries;
		this.sealing = sealing;
	}

	/**
	 * First where the voice will be is noted, and then the voice: an erasure in between
	 * finds both or none.
	 */
	List<Voice> add(CacheKey shared, Voice voice, Duration ttl) {
		byte[] millis = RedisKeys.bytes(Long.toString(Math.max(1, ttl.toMillis())));
		byte[] place = RedisKeys
			.bytes(shared.partition().id() + ' ' + shared.digest() + ' ' + this.keys.slotOf(shared));
		Partition partition = voice.entry().partition();
		this.scripts.run(Script.VOUCH, List.of(this.keys.of(voice.entry()).vouched()), place, place, millis, NOTHING);
		String member = partition.id() + ' ' + voice.entry().digest() + ' '
				+ this.sealing.sealTextRepeatably(voice.answer(), Sealing.context(shared, "voice"));
		return read(shared, this.scripts.run(Script.VOUCH, List.of(voicesOf(shared)), RedisKeys.bytes(member),
				of(partition), millis, MOST));
	}

	void remove(CacheKey shared, Partition partition) {
		this.scripts.run(Script.WITHDRAW, List.of(voicesOf(shared)), of(partition));
	}

	List<Voice> of(CacheKey shared) {
		return read(shared, this.scripts.run(Script.VOICES, List.of(voicesOf(shared)), MOST, NOTHING));
	}

	/**
	 * Remove all voices whose entries are in one shard of a scope's partition, and what
	 * they have helped to share, also where it was with another number of shards.
	 * @return how many there were
	 */
	long erase(PartitionKeys shard) {
		byte[] vouched = shard.vouched();
		Partition partition = shard.partition();
		long removed = 0;
		for (Reply page = page(vouched); page.size() > 0; page = page(vouched)) {
			byte[][] places = new byte[page.size()][];
			for (int i = 0; i < page.size(); i++) {
				String[] place = page.text(i).split(" ");
				if (place.length == FIELDS && SLOT.matcher(place[2]).matches()) {
					PartitionKeys shared = this.keys.of(partition(place[0], partition.task()),
							Integer.parseInt(place[2]));
					removed += this.scripts.run(Script.WITHDRAW, List.of(shared.voices(place[1])), of(partition))
						.number(0);
					this.entries.remove(shared, place[1]);
				}
				places[i] = page.requiredBytes(i);
			}
			this.scripts.run(Script.UNREGISTER, List.of(vouched), places);
		}
		return removed;
	}

	private Reply page(byte[] vouched) {
		return this.scripts.run(Script.VOICES, List.of(vouched), PAGE, RedisKeys.bytes("1"));
	}

	/**
	 * What somebody else has written is no voice.
	 */
	private List<Voice> read(CacheKey shared, Reply members) {
		List<Voice> voices = new ArrayList<>();
		for (int i = 0; i < members.size(); i++) {
			String[] fields = members.text(i).split(" ");
			if (fields.length == FIELDS) {
				try {
					voices.add(new Voice(new CacheKey(partition(fields[0], shared.partition().task()), fields[1]),
							this.sealing.openText(fields[2], Sealing.context(shared, "voice"))));
				}
				catch (SealedValueException | IllegalArgumentException ex) {
					// or with a key that is not known here
				}
			}
		}
		return voices;
	}

	private byte[] voicesOf(CacheKey shared) {
		return this.keys.of(shared).voices(shared.digest());
	}

	private static byte[] of(Partition partition) {
		return RedisKeys.bytes(partition.id() + ' ');
	}

	private static Partition partition(String id, String task) {
		return new Partition(id, task, null, null, null);
	}

}
