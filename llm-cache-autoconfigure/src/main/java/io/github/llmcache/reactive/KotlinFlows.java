package io.github.llmcache.reactive;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/**
 * Flows of Kotlin as publishers, and the other way round, for callers that know neither.
 * Public only for the interceptor, which also runs without Kotlin.
 */
public final class KotlinFlows {

	/**
	 * Whether Kotlin's library is there that turns coroutines into Reactor's types, and
	 * what Spring needs to call them.
	 */
	public static final boolean ARE_SUPPORTED = KotlinDetector.isKotlinReflectPresent()
			&& ClassUtils.isPresent("kotlinx.coroutines.reactor.MonoKt", KotlinFlows.class.getClassLoader());

	private KotlinFlows() {
	}

	/**
	 * A flow as a publisher.
	 * @param flow the flow that a method returned
	 * @return a publisher of its elements
	 */
	public static Object toPublisher(@Nullable Object flow) {
		return adapter().toPublisher(flow);
	}

	/**
	 * A publisher as a flow.
	 * @param publisher what the cache made of a method
	 * @return a flow of its elements
	 */
	public static @Nullable Object ofPublisher(@Nullable Object publisher) {
		return (publisher != null) ? adapter().fromPublisher((Publisher<?>) publisher) : null;
	}

	private static ReactiveAdapter adapter() {
		Class<?> flow = ClassUtils.resolveClassName("kotlinx.coroutines.flow.Flow", KotlinFlows.class.getClassLoader());
		return Objects.requireNonNull(ReactiveAdapterRegistry.getSharedInstance().getAdapter(flow), "No adapter");
	}

}
