package io.github.llmcache.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;

import io.github.llmcache.store.StoreRefusedException;
import io.github.llmcache.store.StoreUnavailableException;
import io.github.llmcache.store.redis.connection.CacheConnection;

/**
 * Runs scripts, each in one round trip, as long as the server answers. When it does not,
 * a circuit breaker keeps further calls from waiting for it, and lets one through now and
 * then to find out.
 */
final class RedisScripts {

	/** How many of the last calls decide about the server. */
	private static final int WINDOW = 10;

	private static final int MIN_CALLS = 5;

	/** How long the first answer may take; a server that hangs is given up earlier. */
	private static final Duration START_LIMIT = Duration.ofSeconds(10);

	/** How often a broken connection is given up, at most. */
	private static final Duration RECONNECT_INTERVAL = Duration.ofSeconds(1);

	/**
	 * How often a server that takes no writes is given up, at most: it may be read-only
	 * on purpose.
	 */
	private static final Duration MASTER_INTERVAL = Duration.ofSeconds(10);

	private static final Log logger = LogFactory.getLog(RedisCacheStore.class);

	private final CacheConnection connection;

	private final CircuitBreaker breaker;

	private final AtomicBoolean broken = new AtomicBoolean();

	private volatile Runnable unknownCommandAction = () -> {
	};

	private long connectedAt = System.nanoTime();

	RedisScripts(CacheConnection connection, Duration retryAfter) {
		this.connection = connection;
		this.breaker = CircuitBreaker.of("llm-cache-redis",
				CircuitBreakerConfig.custom()
					.slidingWindow(WINDOW, MIN_CALLS, SlidingWindowType.COUNT_BASED)
					.waitDurationInOpenState(retryAfter)
					.permittedNumberOfCallsInHalfOpenState(1)
					.writableStackTraceEnabled(false)
					.build());
		// the old connection may be to a server that is gone without a word
		this.breaker.getEventPublisher().onStateTransition((event) -> {
			if (event.getStateTransition().getToState() == State.HALF_OPEN) {
				connection.reset(connection.identity());
			}
		});
	}

	/**
	 * Say what to do when the server no longer knows a command, for example because an
	 * older version has replaced it.
	 */
	void onUnknownCommand(Runnable action) {
		this.unknownCommandAction = action;
	}

	/**
	 * Connect, and run a script, for the first time. Either may take longer than a
	 * command may take later: a JVM that starts on a busy machine is slow, not the
	 * server.
	 * @throws StoreUnavailableException if there is no answer then
	 * @throws StoreRefusedException if the server refuses
	 */
	void open(Script script, List<byte[]> keys) {
		try {
			this.connection.open(START_LIMIT);
			long deadline = System.nanoTime() + CacheConnection.CONNECT_TIMEOUT.toNanos();
			RuntimeException failure = tryOnce(script, keys);
			while (failure != null && System.nanoTime() - deadline < 0) {
				failure = tryOnce(script, keys);
			}
			if (failure != null) {
				throw failure;
			}
		}
		catch (RuntimeException ex) {
			if (!RedisFailure.of(ex).isOutage()) {
				throw RedisFailure.refusal(ex);
			}
			broke(ex);
			throw new StoreUnavailableException("Redis does not answer", ex);
		}
	}

	/**
	 * Why there was no answer in time, if there was none.
	 */
	private @Nullable RuntimeException tryOnce(Script script, List<byte[]> keys) {
		try {
			execute(script, keys);
			return null;
		}
		catch (RuntimeException ex) {
			if (RedisFailure.of(ex) == RedisFailure.UNAVAILABLE) {
				return ex;
			}
			throw ex;
		}
	}

	/**
	 * Whether the server did not answer lately.
	 */
	boolean isBroken() {
		return this.broken.get();
	}

	/**
	 * Run a script.
	 * @param script the script
	 * @param keys its keys
	 * @param arguments its arguments
	 * @return what it returned
	 * @throws StoreUnavailableException if the server does not answer, or did not lately
	 * @throws StoreRefusedException if the server refuses
	 */
	Reply run(Script script, List<byte[]> keys, byte[]... arguments) {
		return guard(() -> new Reply(execute(script, keys, arguments)));
	}

	/**
	 * Run a script for several shards at once. The round trips overlap, and altogether
	 * they may take as long as one.
	 * @param script the script
	 * @param calls keys and arguments for each shard
	 * @return what it returned for each
	 * @throws StoreUnavailableException if a server does not answer, or did not lately
	 * @throws StoreRefusedException if a server refuses
	 */
	List<Reply> runAll(Script script, List<Call> calls) {
		return switch (calls.size()) {
			case 0 -> List.of();
			case 1 -> List.of(run(script, calls.get(0).keys(), calls.get(0).arguments()));
			default -> guard(() -> executeAll(script, calls));
		};
	}

	private <T> T guard(Supplier<T> action) {
		if (!this.breaker.tryAcquirePermission()) {
			throw new StoreUnavailableException("Redis does not answer, and is not asked for a while", null);
		}
		long start = this.breaker.getCurrentTimestamp();
		Object identity = this.connection.identity();
		RuntimeException failure = null;
		try {
			return action.get();
		}
		catch (RuntimeException ex) {
			failure = ex;
			throw (RedisFailure.of(ex).isOutage()) ? new StoreUnavailableException("Redis does not answer", ex)
					: RedisFailure.refusal(ex);
		}
		finally {
			record(this.breaker.getCurrentTimestamp() - start, failure, identity);
		}
	}

	private List<Reply> executeAll(Script script, List<Call> calls) {
		RedisClusterAsyncCommands<byte[], byte[]> commands = this.connection.async();
		List<CompletableFuture<List<@Nullable Object>>> replies = new ArrayList<>(calls.size());
		for (Call call : calls) {
			byte[][] keys = call.keys().toArray(byte[][]::new);
			replies.add(commands
				.<List<@Nullable Object>>evalsha(script.sha1(), ScriptOutputType.MULTI, keys, call.arguments())
				.toCompletableFuture()
				.exceptionallyCompose((failure) -> (RedisFailure.of(failure) != RedisFailure.UNKNOWN_SCRIPT)
						? CompletableFuture.failedFuture(failure)
						: commands
							.<List<@Nullable Object>>eval(script.source(), ScriptOutputType.MULTI, keys,
									call.arguments())
							.toCompletableFuture()));
		}
		return this.connection.await(replies).stream().map(Reply::new).toList();
	}

	private List<@Nullable Object> execute(Script script, List<byte[]> keys, byte[]... arguments) {
		byte[][] keysAndArguments = new byte[keys.size() + arguments.length][];
		for (int i = 0; i < keys.size(); i++) {
			keysAndArguments[i] = keys.get(i);
		}
		System.arraycopy(arguments, 0, keysAndArguments, keys.size(), arguments.length);
		try (RedisConnection open = this.connection.get()) {
			List<@Nullable Object> reply;
			try {
				reply = open.scriptingCommands()
					.evalSha(script.sha1(), ReturnType.MULTI, keys.size(), keysAndArguments);
			}
			catch (RedisSystemException ex) {
				if (RedisFailure.of(ex) != RedisFailure.UNKNOWN_SCRIPT) {
					throw ex;
				}
				reply = open.scriptingCommands().eval(script.source(), ReturnType.MULTI, keys.size(), keysAndArguments);
			}
			return (reply != null) ? reply : List.of();
		}
	}

	private void record(long duration, @Nullable RuntimeException failure, @Nullable Object identity) {
		RedisFailure kind = (failure != null) ? RedisFailure.of(failure) : null;
		if (failure != null && kind != null && kind.isOutage()) {
			this.breaker.onError(duration, this.breaker.getTimestampUnit(), failure);
			broke(failure);
		}
		else if (kind == RedisFailure.INTERRUPTED) {
			this.breaker.releasePermission();
		}
		else {
			this.breaker.onSuccess(duration, this.breaker.getTimestampUnit());
			answered();
		}
		if (kind == RedisFailure.DISCONNECTED) {
			leave(identity, RECONNECT_INTERVAL);
		}
		else if (kind == RedisFailure.READ_ONLY) {
			leave(identity, MASTER_INTERVAL);
		}
		else if (kind == RedisFailure.UNKNOWN_COMMAND) {
			this.unknownCommandAction.run();
		}
	}

	private void broke(RuntimeException failure) {
		if (this.broken.compareAndSet(false, true)) {
			logger.warn("LlmCache: Redis does not answer (" + RedisFailure.describe(failure)
					+ "); calls go on without the cache until it does");
			logger.debug("Redis does not answer", failure);
		}
	}

	private void answered() {
		if (this.broken.get() && this.breaker.getState() == State.CLOSED
				&& this.breaker.getMetrics().getNumberOfFailedCalls() == 0 && this.broken.compareAndSet(true, false)) {
			logger.info("LlmCache: Redis answers again");
		}
	}

	private synchronized void leave(@Nullable Object identity, Duration interval) {
		long now = System.nanoTime();
		if (now - this.connectedAt >= interval.toNanos()) {
			this.connectedAt = now;
			this.connection.reset(identity);
		}
	}

	/**
	 * What a script is run with.
	 *
	 * @param keys its keys
	 * @param arguments its arguments
	 */
	record Call(List<byte[]> keys, byte[]... arguments) {

	}

}
