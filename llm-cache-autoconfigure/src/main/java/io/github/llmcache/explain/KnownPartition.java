package io.github.llmcache.explain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.store.Partition;

/**
 * A partition, and what is known of its identity.
 *
 * @param partition the partition
 * @param identity the parts of the identity by name, without those that are {@code null}:
 * {@code task}, {@code resultType}, {@code model}, {@code template}, {@code scope}, and
 * each other argument as {@code argument.NAME}. Long values are cut
 * @param policy what the code asks for
 * @param called whether this instance was called for it; if not, the identity is what the
 * store knows of it, where a scope is a digest or missing, and what the code asks for is
 * not known
 * @param shared where answers are that are served to all scopes; {@code null} if that is
 * not known, or if none are
 */
public record KnownPartition(Partition partition, Map<String, String> identity, RequestedPolicy policy, boolean called,
		@Nullable Partition shared) {

	public KnownPartition {
		identity = Collections.unmodifiableMap(new LinkedHashMap<>(identity));
	}

	/**
	 * The same partition with another request of the code.
	 * @param newPolicy what it asks for
	 * @return a copy
	 */
	public KnownPartition withPolicy(RequestedPolicy newPolicy) {
		return new KnownPartition(this.partition, this.identity, newPolicy, this.called, this.shared);
	}

	KnownPartition withShared(Partition newShared) {
		return new KnownPartition(this.partition, this.identity, this.policy, this.called, newShared);
	}

	/**
	 * The partition only: the identity may hold personal data.
	 */
	@Override
	public String toString() {
		return "KnownPartition[" + this.partition + "]";
	}

}
