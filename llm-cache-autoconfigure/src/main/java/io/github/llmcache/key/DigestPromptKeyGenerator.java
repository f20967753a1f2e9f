package io.github.llmcache.key;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.platform.RecentValues;
import io.github.llmcache.platform.Sha256;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;

/**
 * Keys by SHA-256 over length-prefixed parts.
 * <p>
 * Every part is preceded by its length in bytes, four bytes, big-endian; {@code null} is
 * the length -1. A partition's id is 24 bytes of the digest of the identity, and 8 of
 * that of the embedder's fingerprint. So {@code a|b} and {@code c} never look like
 * {@code a} and {@code b|c}, and {@code null} never looks like an empty text. Arguments
 * are ordered by name and written as canonical JSON. The other parts are written in
 * UTF-16.
 * <p>
 * Canonical JSON is complete, or the argument is refused. Texts, truth values,
 * {@code Integer}, finite {@code Double}, lists and maps with text keys are written as
 * JSON writes them. Other values of the platform are written in a form of their own
 * together with their type, so that {@code 1}, {@code 1L} and {@code "1"} differ. The
 * type is left out in a field that allows no other. Map entries are ordered by key and
 * sets by their elements' JSON; collections and maps of the platform consist of their
 * content, and of their comparator if it is not the natural order. An object of any other
 * class is its class name and all fields of its class and superclasses, whatever its
 * annotations say, the outer instance and captured variables included, except transient
 * ones and those annotated with {@code @LlmCacheIgnore}; of a collection or map also the
 * content. Other classes of the platform and their subclasses are refused, and so are
 * lambdas, classes without fields, fields that cannot be read, and whatever is used up by
 * reading it.
 * <p>
 * Recent keys are remembered, as long as the garbage collector lets them, and recent
 * partitions where all arguments are texts, numbers and truth values. Safe for use by
 * many threads.
 */
public final class DigestPromptKeyGenerator implements PromptKeyGenerator {

	private static final String LAYOUT = "llm-cache:2";

	/** Bytes of the digest of an identity in a partition's id. */
	private static final int IDENTITY_BYTES = 24;

	/** Bytes of the digest of an embedder in a partition's id. */
	private static final int EMBEDDER_BYTES = 8;

	/** Values of these classes are equal if and only if their canonical JSON is. */
	private static final Set<Class<?>> DEFINED_BY_EQUALS = Set.of(String.class, Boolean.class, Character.class,
			Byte.class, Short.class, Integer.class, Long.class, Double.class);

	private final RecentValues<Origin, DigestedPartition> recentPartitions = new RecentValues<>(1024);

	private final RecentValues<Question, CacheKey> recentKeys = new RecentValues<>(4096);

	@Override
	public CacheKey generate(CacheIdentity identity, String embedder, String prompt) {
		DigestedPartition partition = partition(identity, embedder);
		return this.recentKeys.computeIfAbsent(new Question(partition, prompt),
				(question) -> key(question.partition(), question.prompt()));
	}

	@Override
	public CacheKey generate(Partition partition, String prompt) {
		return key(new DigestedPartition(partition, HexFormat.of().parseHex(partition.id())), prompt);
	}

	@Override
	public Partition withEmbedder(Partition partition, String embedder) {
		byte[] id = HexFormat.of().parseHex(partition.id());
		if (id.length != IDENTITY_BYTES + EMBEDDER_BYTES) {
			throw new IllegalArgumentException("the partition is not one of this version");
		}
		return new Partition(HexFormat.of().formatHex(withEmbedder(id, embedder)), partition.task(), partition.model(),
				partition.template(), partition.scope());
	}

	/**
	 * The first bytes of an id are of the identity, the last ones of the embedder.
	 */
	private static byte[] withEmbedder(byte[] identity, String embedder) {
		MessageDigest digest = Sha256.begin();
		update(digest, embedder);
		byte[] id = Arrays.copyOf(identity, IDENTITY_BYTES + EMBEDDER_BYTES);
		System.arraycopy(digest.digest(), 0, id, IDENTITY_BYTES, EMBEDDER_BYTES);
		return id;
	}

	private static CacheKey key(DigestedPartition partition, String prompt) {
		MessageDigest digest = Sha256.begin();
		update(digest, partition.digest());
		update(digest, prompt);
		return new CacheKey(partition.partition(), HexFormat.of().formatHex(digest.digest()));
	}

	/**
	 * Requests differ in the prompt, and seldom in anything else: digesting the rest
	 * takes three quarters of a key.
	 */
	private DigestedPartition partition(CacheIdentity identity, String embedder) {
		if (!isDefinedByEquals(identity)) {
			return digest(identity, embedder);
		}
		return this.recentPartitions.computeIfAbsent(new Origin(identity, embedder),
				(origin) -> digest(origin.identity(), origin.embedder()));
	}

	private static boolean isDefinedByEquals(CacheIdentity identity) {
		for (Argument argument : identity.arguments()) {
			Object value = argument.value();
			if (value != null && !DEFINED_BY_EQUALS.contains(value.getClass())) {
				return false;
			}
		}
		return true;
	}

	private static DigestedPartition digest(CacheIdentity identity, String embedder) {
		MessageDigest digest = Sha256.begin();
		update(digest, LAYOUT);
		update(digest, identity.task());
		update(digest, identity.resultType());
		update(digest, identity.model());
		update(digest, identity.template());
		update(digest, identity.scope());
		for (Argument argument : sorted(identity.arguments())) {
			update(digest, argument.name());
			update(digest, CanonicalJson.write(argument));
		}
		byte[] id = withEmbedder(digest.digest(), embedder);
		return new DigestedPartition(new Partition(HexFormat.of().formatHex(id), identity.task(), identity.model(),
				identity.template(), identity.scope()), id);
	}

	private static List<Argument> sorted(List<Argument> arguments) {
		return (arguments.size() < 2) ? arguments
				: arguments.stream().sorted(Comparator.comparing(Argument::name)).toList();
	}

	private static void update(MessageDigest digest, @Nullable String part) {
		update(digest, (part != null) ? bytesOf(part) : null);
	}

	/**
	 * UTF-8 has no bytes for half of a character, which a cut text may end with: all
	 * halves would be the same.
	 */
	private static byte[] bytesOf(String text) {
		byte[] bytes = new byte[Character.BYTES * text.length()];
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			bytes[2 * i] = (byte) (c >> Byte.SIZE);
			bytes[2 * i + 1] = (byte) c;
		}
		return bytes;
	}

	private static void update(MessageDigest digest, byte @Nullable [] part) {
		digest.update(ByteBuffer.allocate(Integer.BYTES).putInt((part != null) ? part.length : -1).array());
		if (part != null) {
			digest.update(part);
		}
	}

	/**
	 * Everything that a partition is computed from.
	 */
	private record Origin(CacheIdentity identity, String embedder) {

	}

	/**
	 * A partition, and its id in bytes, which nobody changes.
	 */
	private record DigestedPartition(Partition partition, byte[] digest) {

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof DigestedPartition digested && this.partition.equals(digested.partition);
		}

		@Override
		public int hashCode() {
			return this.partition.hashCode();
		}

	}

	/**
	 * Everything that a key is computed from.
	 */
	private record Question(DigestedPartition partition, String prompt) {

	}

}
