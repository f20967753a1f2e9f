package io.github.llmcache.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.SmartApplicationListener;

import io.github.llmcache.embedding.EmbeddingModelException;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * Answers other wordings of a question in a cache of its own when the application has
 * started, so that the first semantic call need not load classes and rules, nor run the
 * models for the first time. This happens in the background, beside the application's
 * runners, and the application is ready for traffic when it is done, or after
 * {@link #LONGEST_WAIT} at the latest. What any call needs comes first. Nobody is
 * notified of these calls. A failure is logged, and does not affect the application,
 * unless a model cannot be loaded; the end of the application ends the warm-up.
 */
final class SemanticWarmUp implements SmartApplicationListener, ApplicationRunner {

	private static final Log logger = LogFactory.getLog(SemanticWarmUp.class);

	static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

	private final Supplier<? extends Executor> executor;

	private final Supplier<TextEmbedder> embedder;

	private final Supplier<MatchVerifier> verifier;

	private final Supplier<@Nullable ParaphraseModel> paraphrases;

	private final Supplier<LlmCacheListener> listener;

	private final AtomicBoolean begun = new AtomicBoolean();

	private final FutureTask<@Nullable Void> work = new FutureTask<>(this::warmUp, null);

	private final Lock stepping = new ReentrantLock();

	private volatile boolean closed;

	private volatile @Nullable EmbeddingModelException unusable;

	/**
	 * Create the warm-up.
	 * @param listener supplies a listener of its own, of the kind that the application's
	 * calls have
	 */
	SemanticWarmUp(Supplier<? extends Executor> executor, Supplier<TextEmbedder> embedder,
			Supplier<MatchVerifier> verifier, Supplier<@Nullable ParaphraseModel> paraphrases,
			Supplier<LlmCacheListener> listener) {
		this.executor = executor;
		this.embedder = embedder;
		this.verifier = verifier;
		this.paraphrases = paraphrases;
		this.listener = listener;
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
		return ApplicationStartedEvent.class.isAssignableFrom(type) || ContextClosedEvent.class.isAssignableFrom(type);
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ContextClosedEvent) {
			close();
		}
		else if (this.begun.compareAndSet(false, true)) {
			begin();
		}
	}

	private void begin() {
		try {
			this.executor.get().execute(this.work);
		}
		catch (RuntimeException ex) {
			this.work.cancel(false);
			failed(ex);
		}
	}

	/**
	 * Waits for the warm-up, as the last of the application's runners.
	 * @throws EmbeddingModelException if a model cannot be loaded: the start fails then,
	 * as it does for a model that is loaded earlier
	 */
	@Override
	public void run(ApplicationArguments arguments) {
		if (this.begun.get()) {
			await();
			EmbeddingModelException failure = this.unusable;
			if (failure != null) {
				throw failure;
			}
		}
	}

	/**
	 * Waits for the step that is under way: the models are about to be closed.
	 */
	private void close() {
		this.closed = true;
		this.stepping.lock();
		this.stepping.unlock();
	}

	private void await() {
		try {
			this.work.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (CancellationException | ExecutionException | TimeoutException ex) {
			logger.debug("The warm-up has not been waited for", ex);
		}
	}

	private void warmUp() {
		try {
			calls().steps().forEach(this::take);
		}
		catch (EmbeddingModelException ex) {
			this.unusable = ex;
		}
		catch (Exception | LinkageError ex) {
			if (!this.closed) {
				failed(ex);
			}
		}
	}

	private void take(Runnable step) {
		this.stepping.lock();
		try {
			if (!this.closed) {
				step.run();
			}
		}
		finally {
			this.stepping.unlock();
		}
	}

	private WarmUpCalls calls() {
		return new WarmUpCalls(this.embedder.get(), this.verifier.get(), this.paraphrases.get(), this.listener.get());
	}

	private static void failed(Throwable failure) {
		logger.warn("LlmCache: semantic matching could not be warmed up, because of " + failure.getClass().getName()
				+ "; the first semantic calls may take longer, or fail to match. Set logging.level."
				+ SemanticWarmUp.class.getPackageName() + "=debug to see why, or llm-cache.semantic.warm-up=false to"
				+ " do without");
		logger.debug("Failure of the warm-up", failure);
	}

}
