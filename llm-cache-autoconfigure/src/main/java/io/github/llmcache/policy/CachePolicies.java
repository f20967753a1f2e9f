package io.github.llmcache.policy;

/**
 * Combines what the code asks for with what the operator configured.
 */
@FunctionalInterface
public interface CachePolicies {

	/**
	 * Decide how calls of a task are cached. Called for every call, by many threads.
	 * @param task the task
	 * @param requested what the annotation or the programmatic request asks for
	 * @return the policy to apply
	 */
	CachePolicy resolve(String task, RequestedPolicy requested);

}
