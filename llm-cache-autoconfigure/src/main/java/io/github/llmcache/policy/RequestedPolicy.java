package io.github.llmcache.policy;

/**
 * What the code asks for, before an operator's properties are put on top: changes of the
 * default policy. Called for every call, by many threads.
 */
@FunctionalInterface
public interface RequestedPolicy {

	/**
	 * Nothing is asked for: defaults apply.
	 */
	RequestedPolicy DEFAULT = (policy) -> {
	};

	/**
	 * Change what is asked for, and leave the rest.
	 * @param policy the defaults, to be changed
	 * @throws IllegalArgumentException if a setting is out of its range
	 */
	void customize(CachePolicy.Builder policy);

	/**
	 * Ask for more.
	 * @param next what is asked for, too; it wins where both ask for something
	 * @return both
	 */
	default RequestedPolicy andThen(RequestedPolicy next) {
		return (this == DEFAULT) ? next : (policy) -> {
			customize(policy);
			next.customize(policy);
		};
	}

	/**
	 * Put what is asked for in the place of defaults.
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
