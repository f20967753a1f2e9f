package io.github.llmcache.store;

import java.time.Duration;
import java.util.List;

/**
 * An {@link EntryStore} that remembers which scopes have an answer to the same prompt, so
 * that one that enough of them have may be served to the others.
 * <p>
 * A voice says where the answer of a scope is. The scope's own entry is the truth: a
 * voice counts only while that is there and holds the answer, which is up to whoever
 * reads voices. So an eviction need not know of them, and a voice that is lost costs
 * others a hit, and nothing else. Voices count neither as entries nor as a use of one.
 */
public interface VoiceStore extends EntryStore {

	/**
	 * How many voices there are at an address at most; those that would be gone first go
	 * first. Twice as many as may be asked for, and few enough to be read at once.
	 */
	int MOST_VOICES = 64;

	/**
	 * Remember that a scope has an answer, in place of what it had before at the same
	 * address: each scope has one voice.
	 * @param shared the address that is the same for all scopes
	 * @param voice where the scope has its answer, with its partition as for
	 * {@link #put}, of the same task
	 * @param ttl for how long; positive
	 * @return all voices at the address, this one included
	 */
	List<Voice> vouch(CacheKey shared, Voice voice, Duration ttl);

	/**
	 * Take the voice of a scope back, if it has one.
	 * @param shared the address that is the same for all scopes
	 * @param partition the scope's partition
	 */
	void withdraw(CacheKey shared, Partition partition);

	/**
	 * The voices at an address, one of each scope at most.
	 * @param shared the address that is the same for all scopes
	 * @return the voices that are not over, in any order
	 */
	List<Voice> voices(CacheKey shared);

	/**
	 * Where the answer of a scope is.
	 *
	 * @param entry the address of the scope's entry. In what a store returns, model,
	 * template and scope of the partition may be missing, so use it for
	 * {@link EntryStore#peek} only
	 * @param answer what tells the answer from others:
	 * {@link CacheEntry#groupOfEqualAnswers()}
	 */
	record Voice(CacheKey entry, String answer) {

	}

}
