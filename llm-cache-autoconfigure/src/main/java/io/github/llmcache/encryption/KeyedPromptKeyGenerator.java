package io.github.llmcache.encryption;

import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.platform.RecentValues;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;

/**
 * Keys of which nobody can find out the scope or the prompt by trying, who does not have
 * the key for digests: HMAC over what another generator computes.
 * <p>
 * A partition's id still tells identity and embedder apart, if that of the other
 * generator does. Recent keys are remembered, as long as the garbage collector lets them.
 * Safe for use by many threads.
 */
public final class KeyedPromptKeyGenerator implements PromptKeyGenerator {

	/** An id of 32 bytes tells identity and embedder apart, by 24 and 8 of them. */
	private static final int ID_DIGITS = 64;

	private static final int IDENTITY_DIGITS = 48;

	private final PromptKeyGenerator keys;

	private final ValueCipher cipher;

	private final RecentValues<CacheKey, CacheKey> recent = new RecentValues<>(4096);

	/**
	 * Create a generator.
	 * @param keys what computes keys without a secret
	 * @param cipher makes keyed digests
	 */
	public KeyedPromptKeyGenerator(PromptKeyGenerator keys, ValueCipher cipher) {
		this.keys = keys;
		this.cipher = cipher;
	}

	@Override
	public CacheKey generate(CacheIdentity identity, String embedder, String prompt) {
		CacheKey plain = this.keys.generate(identity, embedder, prompt);
		// partitions are equal by their ids, and what else is in them is the caller's
		return this.recent.computeIfAbsent(plain, (key) -> generate(keyed(key.partition()), prompt));
	}

	@Override
	public CacheKey generate(Partition partition, String prompt) {
		return new CacheKey(partition, this.cipher.digest("prompt", partition.id() + prompt));
	}

	@Override
	public Partition withEmbedder(Partition partition, String embedder) {
		Partition plain = this.keys.withEmbedder(partition, embedder);
		return with(partition,
				plain.id().substring(0, IDENTITY_DIGITS) + embedderOf(plain.id().substring(IDENTITY_DIGITS)));
	}

	/**
	 * What tells keys of another secret from these.
	 * @return 16 hexadecimal digits
	 */
	public String fingerprint() {
		return this.cipher.digest("fingerprint", "").substring(0, 16);
	}

	private Partition keyed(Partition partition) {
		String id = partition.id();
		return with(partition,
				(id.length() != ID_DIGITS) ? this.cipher.digest("partition", id)
						: this.cipher.digest("identity", id.substring(0, IDENTITY_DIGITS)).substring(0, IDENTITY_DIGITS)
								+ embedderOf(id.substring(IDENTITY_DIGITS)));
	}

	private String embedderOf(String digits) {
		return this.cipher.digest("embedder", digits).substring(0, ID_DIGITS - IDENTITY_DIGITS);
	}

	private static Partition with(Partition partition, String id) {
		return new Partition(id, partition.task(), partition.model(), partition.template(), partition.scope());
	}

}
