package io.github.llmcache.autoconfigure.executor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.slf4j.MDC;

import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.util.ClassUtils;

/**
 * Carries the context of the calling thread over to the cache's threads: the logging
 * context, what Micrometer's context propagation knows (the current observation among
 * it), and what the application's {@link TaskDecorator} beans carry.
 */
public final class CallContext implements UnaryOperator<Runnable> {

	private final List<TaskDecorator> decorators = new ArrayList<>();

	CallContext(List<TaskDecorator> decorators) {
		ClassLoader classLoader = CallContext.class.getClassLoader();
		if (ClassUtils.isPresent("org.slf4j.MDC", classLoader)) {
			this.decorators.add(LoggingContext::carry);
		}
		if (ClassUtils.isPresent("io.micrometer.context.ContextSnapshotFactory", classLoader)) {
			this.decorators.add(new ContextPropagatingTaskDecorator());
		}
		this.decorators.addAll(decorators);
	}

	@Override
	public Runnable apply(Runnable task) {
		Runnable decorated = task;
		for (TaskDecorator decorator : this.decorators) {
			decorated = decorator.decorate(decorated);
		}
		return decorated;
	}

	/**
	 * Loaded only where there is a logging context.
	 */
	private static final class LoggingContext {

		private LoggingContext() {
		}

		static Runnable carry(Runnable task) {
			Map<String, String> context = MDC.getCopyOfContextMap();
			if (context == null || context.isEmpty()) {
				return task;
			}
			return () -> {
				Map<String, String> previous = MDC.getCopyOfContextMap();
				MDC.setContextMap(context);
				try {
					task.run();
				}
				finally {
					MDC.setContextMap((previous != null) ? previous : Map.of());
				}
			};
		}

	}

}
