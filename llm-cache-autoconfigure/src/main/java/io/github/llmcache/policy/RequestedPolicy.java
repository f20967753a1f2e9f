package io.github.llmcache.policy;

/**
 * What the code asks for: changes to the default policy, to which the operator's
 * properties are then applied. Called for every call, by many threads.
 */
@FunctionalInterface
public interface RequestedPolicy {

	/**
	 * Asks for nothing: defaults apply.
	 */
	RequestedPolicy DEFAULT = (policy) -> {
	};

	/**
	 * Change what the code asks for, and leave the rest as it is.
	 * @param policy the defaults, to be changed
	 * @throws IllegalArgumentException if a setting is out of its range
	 */
	void customize(CachePolicy.Builder policy);

	/**
	 * Combine this request with another one.
	 * @param next the other request; it wins where both change the same setting
	 * @return both
	 */
	default RequestedPolicy andThen(RequestedPolicy next) {
		return (this == DEFAULT) ? next : (policy) -> {
			customize(policy);
			next.customize(policy);
		};
	}

	/**
	 * Apply this request to the defaults.
	 * @param defaults the defaults
	 * @return the policy to apply
	 * @throws IllegalArgumentException if a setting is out of its range
	 */
	default CachePolicy applyTo(CachePolicy defaults) {
		CachePolicy.Builder policy = defaults.mutate();
		customize(policy);
		return policy.build();
	}

}
