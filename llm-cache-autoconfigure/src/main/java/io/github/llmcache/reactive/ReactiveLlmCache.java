package io.github.llmcache.reactive;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.CallControl;
import io.github.llmcache.core.CallOrigin;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.Loader;
import io.github.llmcache.core.Resolution;
import io.github.llmcache.core.Resolution.Failed;
import io.github.llmcache.core.Resolution.Found;
import io.github.llmcache.core.Resolution.Missed;
import io.github.llmcache.core.Resolution.Running;
import io.github.llmcache.eviction.PendingEvictions;

/**
 * The cache for answers that are a {@code Mono} or a {@code Flux}:
 *
 * <pre class="code">
 * CacheRequest&lt;List&lt;String&gt;&gt; request = CacheRequest
 *     .forTask("support-answer", new ParameterizedTypeReference&lt;List&lt;String&gt;&gt;() {
 *     })
 *     .prompt(prompt)
 *     .build();
 * Flux&lt;CachedAnswer&lt;String&gt;&gt; tokens = cache.flux(request, () -&gt; client.stream(prompt));
 * </pre>
 *
 * <p>
 * Nothing is looked up before somebody subscribes, and each subscription is a call of its
 * own. The cache works on threads of its executor, never on that of the subscriber;
 * signals come on these threads or on those of the method. A {@link CallControl} applies
 * if it was applied to the thread that called the method of this class, or if the Reactor
 * context holds it as {@code CallControl.class}.
 */
public final class ReactiveLlmCache {

	/** Where Micrometer keeps the current observation in a Reactor context. */
	private static final String OBSERVATION = "micrometer.observation";

	private final LlmCache cache;

	/**
	 * Create the cache for reactive types.
	 * @param cache the engine
	 */
	public ReactiveLlmCache(LlmCache cache) {
		this.cache = cache;
	}

	/**
	 * Answer from the cache, or else by the method, whose value is then stored. Other
	 * subscribers with the same prompt wait for the value; if the subscription is
	 * cancelled, nothing is stored, and one of them takes over.
	 * @param <T> type of the answer
	 * @param request the question
	 * @param method gives a publisher of at most one value; called at most once for each
	 * subscription, unless the answer is audited or refreshed
	 * @return the answer and where it came from; without a value if the method gave none
	 */
	public <T> Mono<CachedAnswer<T>> mono(CacheRequest<T> request, Loader<? extends Publisher<? extends T>, ?> method) {
		CallOrigin here = CallOrigin.current();
		return Mono.deferContextual((context) -> {
			Loader<T, ?> again = () -> Mono.from(load(method)).contextWrite(background(context)).block();
			return resolve(request, origin(context, here), false, again)
				.flatMap((resolution) -> mono(resolution, method));
		});
	}

	/**
	 * Answer from the cache, or else by the method, whose elements pass as they come and
	 * are stored when its stream is complete. A hit has the same elements. Other
	 * subscribers with the same prompt take part in the stream. It is cancelled when all
	 * of them have cancelled. Nothing is stored then, or if it fails.
	 * <p>
	 * The method's stream is read as fast as it comes, whatever the subscribers request:
	 * it has to be kept anyway. If it outgrows the largest payload, it is passed on and
	 * not stored.
	 * @param <E> type of the elements
	 * @param request the question; the answer is the list of the elements
	 * @param method gives the stream; called at most once for each subscription, unless
	 * the answer is audited or refreshed
	 * @return the elements and where they came from
	 */
	public <E> Flux<CachedAnswer<E>> flux(CacheRequest<List<E>> request,
			Loader<? extends Publisher<? extends E>, ?> method) {
		CallOrigin here = CallOrigin.current();
		return Flux.deferContextual((context) -> flux(request, origin(context, here), method, context));
	}

	private <E> Flux<CachedAnswer<E>> flux(CacheRequest<List<E>> request, CallOrigin origin,
			Loader<? extends Publisher<? extends E>, ?> method, ContextView context) {
		Loader<List<E>, ?> again = () -> Flux.from(load(method))
			.collectList()
			.contextWrite(background(context))
			.block();
		return resolve(request, origin, true, again).flatMapMany((resolution) -> {
			if (resolution instanceof Running<List<E>> running) {
				return takePart(running, (waited) -> flux(request, origin.waited(waited), method, context));
			}
			return (resolution instanceof Missed<List<E>> missed) ? new StreamRecording<>(missed, method).record()
					: elements(((Found<List<E>>) resolution).answer());
		});
	}

	private static <T> Mono<CachedAnswer<T>> mono(Resolution<T> resolution,
			Loader<? extends Publisher<? extends T>, ?> method) {
		if (resolution instanceof Found<T> found) {
			return Mono.just(found.answer());
		}
		Missed<T> missed = (Missed<T>) resolution;
		return Mono.defer(() -> Mono.from(load(() -> missed.run(method))))
			.contextWrite((context) -> within(context, missed))
			.materialize()
			.flatMap((signal) -> {
				Throwable failure = signal.getThrowable();
				CompletableFuture<CachedAnswer<T>> end = (failure != null) ? missed.failed(failure)
						: missed.succeeded(signal.get());
				return Mono.fromFuture(end, true);
			})
			.doOnCancel(missed::abandoned);
	}

	/**
	 * Take part in a stream that another call has begun.
	 * @param instead gives another stream, by how long this call has waited, if the
	 * stream was cancelled, if it failed before its first element, if elements cannot be
	 * copied, or if none came in time
	 */
	@SuppressWarnings("unchecked")
	private static <E> Flux<CachedAnswer<E>> takePart(Running<List<E>> running,
			Function<Duration, Flux<CachedAnswer<E>>> instead) {
		SharedStream<SharedElement<E>> stream = (SharedStream<SharedElement<E>>) running.stream();
		if (!stream.join()) {
			running.left();
			return instead.apply(running.waited());
		}
		AtomicBoolean begun = new AtomicBoolean();
		return stream.read().map((element) -> {
			E copy = element.copy();
			begun.set(true);
			CachedAnswer<E> answer = element.answer();
			return ((answer.outcome() == Outcome.MISS) ? running.answer() : answer).withValue(copy);
		})
			.timeout(Mono.delay(running.patience()), (element) -> Mono.never(),
					Flux.error(ReactiveLlmCache::nothingCame))
			.doFinally((signal) -> running.left())
			.onErrorResume((failure) -> {
				if (failure instanceof NotSharedException && !begun.get()) {
					return instead.apply(running.waited().plus(running.patience()));
				}
				return (running.failTogether() || begun.get()) ? Flux.error(failure) : instead.apply(running.waited());
			});
	}

	static <E> Flux<CachedAnswer<E>> elements(CachedAnswer<List<E>> answer) {
		List<E> elements = answer.value();
		return (elements != null) ? Flux.fromIterable(elements).map(answer::withValue) : Flux.empty();
	}

	private <T> Mono<Resolution<T>> resolve(CacheRequest<T> request, CallOrigin origin, boolean streaming,
			Loader<? extends T, ?> again) {
		return ReactiveTransactions.current(this.cache.evictions())
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((pending) -> resolve(request, origin, pending.orElse(null), streaming, again));
	}

	/**
	 * The engine is notified if the method has to run but nobody waits any more.
	 */
	private <T> Mono<Resolution<T>> resolve(CacheRequest<T> request, CallOrigin origin,
			@Nullable PendingEvictions pending, boolean streaming, Loader<? extends T, ?> again) {
		return Mono.create((sink) -> {
			AtomicBoolean cancelled = new AtomicBoolean();
			sink.onCancel(() -> cancelled.set(true));
			this.cache.resolve(request, origin, pending, streaming, again, (resolution) -> {
				if (resolution instanceof Failed<T> failed) {
					sink.error(failed.failure());
					return;
				}
				sink.success(resolution);
				if (cancelled.get()) {
					abandon(resolution);
				}
			});
		});
	}

	private static void abandon(@Nullable Resolution<?> resolution) {
		if (resolution instanceof Missed<?> missed) {
			missed.abandoned();
		}
		else if (resolution instanceof Running<?> running) {
			running.left();
		}
	}

	/**
	 * Where a call is made. The context of the subscription overrules the thread on which
	 * the call was assembled.
	 */
	private static CallOrigin origin(ContextView context, CallOrigin here) {
		CallOrigin origin = context.<CallOrigin>getOrEmpty(CallOrigin.class).map(here::within).orElse(here);
		origin = origin.observedBy(context.getOrDefault(OBSERVATION, null));
		return context.<CallControl>getOrEmpty(CallControl.class).map(origin::withControl).orElse(origin);
	}

	/**
	 * The context for what the method subscribes to.
	 */
	static Context within(Context context, Missed<?> missed) {
		Object observed = missed.observed();
		Context within = context.put(CallOrigin.class, missed.within());
		return (observed != null) ? within.put(OBSERVATION, observed) : within;
	}

	/**
	 * The context for work in the background, for which no call waits.
	 */
	private static ContextView background(ContextView context) {
		return Context.of(context).delete(CallOrigin.class);
	}

	private static NotSharedException nothingCame() {
		return new NotSharedException("The stream of another call has not begun in time");
	}

	/**
	 * The publisher that a method returns; one with an error if the method throws, and an
	 * empty one if it returns {@code null}.
	 */
	static <T> Publisher<T> load(Loader<? extends Publisher<? extends T>, ?> method) {
		try {
			Publisher<? extends T> publisher = method.load();
			return (publisher != null) ? Flux.from(publisher) : Mono.empty();
		}
		catch (Throwable ex) {
			return Mono.error(ex);
		}
	}

}
