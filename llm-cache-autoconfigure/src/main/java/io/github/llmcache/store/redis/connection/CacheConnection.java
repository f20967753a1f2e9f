package io.github.llmcache.store.redis.connection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.llmcache.thread.DaemonThreads;
import io.github.llmcache.thread.Waiting;

/**
 * A connection to the application's Redis that belongs to the cache alone: it has a
 * command timeout of its own, and refuses commands while it is broken instead of queueing
 * them. Everything else is as the application's connection factory says: servers,
 * Sentinel or Cluster, credentials, TLS.
 * <p>
 * Safe for use by many threads. Nobody waits longer than the timeout, not even for the
 * first connection or a new one, which are made in the background.
 */
public final class CacheConnection implements AutoCloseable {

	/** How long it may take to connect. */
	public static final Duration CONNECT_TIMEOUT = ConnectionSettings.MAX_CONNECT_TIMEOUT;

	private final Duration timeout;

	private final ClientResources resources;

	private final LettuceConnectionFactory factory;

	/** The connection being made, or made; none at first and after a failure. */
	private final AtomicReference<@Nullable CompletableFuture<Void>> current = new AtomicReference<>();

	private volatile boolean stale;

	/**
	 * Prepare a connection; nothing is sent yet.
	 * @param application the application's connection factory, which is only read
	 * @param timeout how long a command may take; positive
	 * @throws IllegalArgumentException if the connection factory does not know the
	 * servers
	 */
	public CacheConnection(LettuceConnectionFactory application, Duration timeout) {
		this(application, ConnectionSettings.servers(application), timeout);
	}

	/**
	 * Prepare a connection to servers that the application's connection factory does not
	 * reveal, such as a static master with replicas.
	 * @param application the application's connection factory, which is only read
	 * @param configuration the servers
	 * @param timeout how long a command may take; positive
	 */
	public CacheConnection(LettuceConnectionFactory application, RedisConfiguration configuration, Duration timeout) {
		this.timeout = timeout;
		LettuceClientConfiguration client = application.getClientConfiguration();
		this.resources = ConnectionSettings.resources(client.getClientResources().orElse(null));
		boolean cluster = RedisConfiguration.isClusterConfiguration(configuration);
		this.factory = new PatientConnectionFactory(configuration,
				ConnectionSettings.client(client, cluster, this.resources), timeout);
		this.factory.afterPropertiesSet();
		this.factory.start();
	}

	/**
	 * Make the connection, if there is none, and wait for that longer than a command may
	 * take.
	 * @param limit how long
	 * @throws RedisConnectionFailureException if there is none then
	 */
	public void open(Duration limit) {
		await(connecting(), limit);
	}

	/**
	 * Get the connection. Costs nothing unless it has to be made.
	 * @return the connection; closing it keeps it open for others
	 * @throws RedisConnectionFailureException if there is none within the timeout
	 */
	public RedisConnection get() {
		CompletableFuture<Void> connecting = connecting();
		if (!connecting.isDone() || connecting.isCompletedExceptionally()) {
			await(connecting, this.timeout);
		}
		return this.factory.getConnection();
	}

	/**
	 * Get the connection for commands that are sent one after the other without waiting,
	 * on a cluster each to its node.
	 * @return the commands
	 * @throws RedisConnectionFailureException if there is no connection within the
	 * timeout
	 */
	@SuppressWarnings("unchecked")
	public RedisClusterAsyncCommands<byte[], byte[]> async() {
		try (RedisConnection connection = get()) {
			return (RedisClusterAsyncCommands<byte[], byte[]>) connection.getNativeConnection();
		}
	}

	/**
	 * Wait for the replies to several commands, all of them no longer than for one.
	 * @param <T> what they reply
	 * @param replies what was sent
	 * @return the replies, in the same order
	 * @throws RuntimeException if one of them failed, or was not there in time
	 */
	public <T> List<T> await(List<CompletableFuture<T>> replies) {
		try {
			Waiting.get(CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)), this.timeout.toNanos());
			return replies.stream().map(CompletableFuture::join).toList();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RedisSystemException("Interrupted while waiting", ex);
		}
		catch (ExecutionException ex) {
			throw new RedisSystemException("A command failed", ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new RedisCommandTimeoutException("No answer within " + this.timeout);
		}
		finally {
			replies.forEach((reply) -> reply.cancel(false));
		}
	}

	/**
	 * Identifies the connection that {@link #get} returns, for {@link #reset}.
	 * @return {@code null} if there is none yet
	 */
	public @Nullable Object identity() {
		return this.current.get();
	}

	/**
	 * Give up a connection that may be broken, or whose server does not answer or is no
	 * longer the master. The next call makes another one.
	 * @param identity which one, so that no later one is given up by mistake
	 */
	public void reset(@Nullable Object identity) {
		CompletableFuture<Void> connection = this.current.get();
		if (connection != null && connection == identity && connection.isDone()) {
			this.stale = true;
			this.current.compareAndSet(connection, null);
		}
	}

	@Override
	public void close() {
		this.factory.destroy();
		this.resources.shutdown(0, this.timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * The factory holds a lock while it connects, so that nobody but a thread of our own
	 * may wait for it.
	 */
	private CompletableFuture<Void> connecting() {
		CompletableFuture<Void> existing = this.current.get();
		if (existing != null) {
			return existing;
		}
		CompletableFuture<Void> own = new CompletableFuture<>();
		existing = this.current.compareAndExchange(null, own);
		if (existing != null) {
			return existing;
		}
		new DaemonThreads("llm-cache-redis-connect").newThread(() -> connect(own)).start();
		return own;
	}

	private void connect(CompletableFuture<Void> result) {
		try {
			if (this.stale) {
				this.stale = false;
				this.factory.resetConnection();
			}
			this.factory.getConnection().close();
			result.complete(null);
		}
		catch (RuntimeException | Error ex) {
			this.current.compareAndSet(result, null);
			result.completeExceptionally(ex);
		}
	}

	private static void await(CompletableFuture<Void> connecting, Duration limit) {
		try {
			Waiting.get(connecting, limit.toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RedisSystemException("Interrupted while connecting", ex);
		}
		catch (ExecutionException ex) {
			throw new RedisConnectionFailureException("Redis cannot be connected to", ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new RedisConnectionFailureException("Redis was not connected to within " + limit, ex);
		}
	}

}
