package io.github.llmcache.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.ResolvableType;

import io.github.llmcache.event.ListenerFailedException;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LookupEvent;

/**
 * Publishes lookups as application events.
 */
final class LookupEventPublisher implements LlmCacheListener {

	/**
	 * What stands between the publisher and a listener of the application on the stack.
	 */
	private static final List<String> BETWEEN = List.of("java.", "jdk.", "org.springframework.");

	private static final String SOME_LISTENER = "of LookupEvent, an application event,";

	private final ApplicationEventPublisher publisher;

	LookupEventPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void onLookup(LookupEvent event) {
		try {
			this.publisher.publishEvent(new PublishedLookup(this.publisher, event));
		}
		catch (RuntimeException ex) {
			throw new ListenerFailedException(listener(ex), ex);
		}
	}

	/**
	 * The application's method that is nearest to this class on the stack: Spring does
	 * not tell which listener it called.
	 */
	private static String listener(Throwable failure) {
		return Stream.iterate(failure, (cause) -> cause != null, Throwable::getCause)
			.map(LookupEventPublisher::calledFromHere)
			.filter((name) -> !name.isEmpty())
			.findFirst()
			.orElse(SOME_LISTENER);
	}

	private static String calledFromHere(Throwable failure) {
		String nearest = "";
		for (StackTraceElement frame : failure.getStackTrace()) {
			if (frame.getClassName().equals(LookupEventPublisher.class.getName())) {
				return nearest;
			}
			if (BETWEEN.stream().noneMatch(frame.getClassName()::startsWith)) {
				nearest = frame.getClassName().replaceFirst("\\$\\$.*", "") + "." + frame.getMethodName();
			}
		}
		return "";
	}

	/**
	 * As the publisher itself would wrap it, but without finding out its type each time,
	 * which takes longer than asking who listens.
	 */
	private static final class PublishedLookup extends PayloadApplicationEvent<LookupEvent> {

		private static final ResolvableType TYPE = ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class,
				LookupEvent.class);

		private static final ResolvableType PAYLOAD = ResolvableType.forClass(LookupEvent.class);

		PublishedLookup(ApplicationEventPublisher source, LookupEvent event) {
			super(source, event, PAYLOAD);
		}

		@Override
		public ResolvableType getResolvableType() {
			return TYPE;
		}

	}

}
