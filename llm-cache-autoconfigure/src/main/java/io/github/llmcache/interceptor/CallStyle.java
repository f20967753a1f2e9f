package io.github.llmcache.interceptor;

import io.github.llmcache.core.Loader;

/**
 * How methods of one {@link AnswerForm} are answered: whether the caller's thread waits,
 * and for what.
 */
interface CallStyle {

	/**
	 * Put the cache in front of a method.
	 * @param operation how the method is cached
	 * @param call the call
	 * @param method runs the method
	 * @return gives what the method returns
	 */
	Loader<Object, Throwable> cache(CachedOperation operation, MethodCall call, Loader<Object, Throwable> method);

	/**
	 * Evict before there is an answer.
	 * @param evictions what is evicted
	 * @param answer gives the answer
	 * @return gives what the method returns
	 */
	Loader<Object, Throwable> evictFirst(MethodEvictions evictions, Loader<Object, Throwable> answer);

	/**
	 * Evict when there is an answer.
	 * @param evictions what is evicted
	 * @param answer gives the answer
	 * @return gives what the method returns
	 */
	Loader<Object, Throwable> evictLast(MethodEvictions evictions, Loader<Object, Throwable> answer);

}
