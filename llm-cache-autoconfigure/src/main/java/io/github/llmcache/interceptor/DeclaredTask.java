package io.github.llmcache.interceptor;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.policy.RequestedPolicy;

/**
 * A cached method that was found in the application.
 *
 * @param method the annotated method
 * @param task its task; {@code null} if it is known at each call only
 * @param policy what the annotation asks for
 */
public record DeclaredTask(Method method, @Nullable String task, RequestedPolicy policy) {

}
