package io.github.llmcache.store.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceSslClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A connection to the application's Redis that belongs to the cache alone: it has a
 * command timeout of its own, and refuses commands while it is broken instead of queueing
 * them. Everything else is as the application's connection factory says: servers,
 * Sentinel or Cluster, credentials, TLS.
 * <p>
 * Safe for use by many threads. Nobody waits longer than the timeout, not even for the
 * first connection, which is made in the background. One that was lost is made again in
 * the background, at least once a second.
 */
public final class CacheConnection implements AutoCloseable {

	private static final Duration MAX_RECONNECT_DELAY = Duration.ofSeconds(1);

	private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final int THREADS = 2;

	private final Duration timeout;

	private final ClientResources resources;

	private final LettuceConnectionFactory factory;

	private final AtomicReference<@Nullable CompletableFuture<Void>> connecting = new AtomicReference<>();

	private volatile boolean connected;

	private volatile boolean stale;

	/**
	 * Prepare a connection; nothing is sent yet.
	 * @param application the application's connection factory, which is only read
	 * @param timeout how long a command may take; positive
	 * @throws IllegalArgumentException if the connection factory does not tell the
	 * servers
	 */
	public CacheConnection(LettuceConnectionFactory application, Duration timeout) {
		this(application, configuration(application), timeout);
	}

	/**
	 * Prepare a connection to servers of which the application's connection factory does
	 * not tell, as is the case for a static master with replicas.
	 * @param application the application's connection factory, which is only read
	 * @param configuration the servers
	 * @param timeout how long a command may take; positive
	 */
	public CacheConnection(LettuceConnectionFactory application, RedisConfiguration configuration, Duration timeout) {
		this.timeout = timeout;
		LettuceClientConfiguration client = application.getClientConfiguration();
		this.resources = resources(client.getClientResources().orElse(null));
		this.factory = new LettuceConnectionFactory(configuration, client(client));
		this.factory.afterPropertiesSet();
		this.factory.start();
	}

	/**
	 * How long a command may take.
	 */
	Duration timeout() {
		return this.timeout;
	}

	/**
	 * Get the connection. Costs nothing but for the first time, when it is made.
	 * @throws RuntimeException if there is none within the timeout
	 */
	RedisConnection get() {
		if (!this.connected) {
			connect();
		}
		return this.factory.getConnection();
	}

	/**
	 * Leave the connection that there is, which may be to a server that does not answer
	 * or is no master any more.
	 */
	void reset() {
		this.stale = true;
		this.connected = false;
		this.connecting.updateAndGet((current) -> (current != null && current.isDone()) ? null : current);
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
	private void connect() {
		CompletableFuture<Void> own = new CompletableFuture<>();
		CompletableFuture<Void> current = this.connecting.compareAndExchange(null, own);
		if (current == null) {
			Thread thread = new Thread(() -> connect(own), "llm-cache-redis-connect");
			thread.setDaemon(true);
			thread.start();
			current = own;
		}
		try {
			current.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RedisConnectionFailureException("Interrupted while connecting", ex);
		}
		catch (ExecutionException ex) {
			throw new RedisConnectionFailureException("Redis cannot be connected to", ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new RedisConnectionFailureException("Redis was not connected to within " + this.timeout, ex);
		}
	}

	private void connect(CompletableFuture<Void> result) {
		try {
			if (this.stale) {
				this.stale = false;
				this.factory.resetConnection();
			}
			this.factory.getConnection().close();
			this.connected = true;
			result.complete(null);
		}
		catch (RuntimeException | Error ex) {
			this.connecting.compareAndSet(result, null);
			result.completeExceptionally(ex);
		}
	}

	private LettuceClientConfiguration client(LettuceClientConfiguration application) {
		LettuceClientConfigurationBuilder client = LettuceClientConfiguration.builder()
			.clientResources(this.resources)
			.clientOptions(options(application.getClientOptions().orElseGet(ClientOptions::create)))
			.commandTimeout(this.timeout)
			.shutdownTimeout(application.getShutdownTimeout())
			.shutdownQuietPeriod(application.getShutdownQuietPeriod());
		application.getClientName().ifPresent(client::clientName);
		application.getRedisCredentialsProviderFactory().ifPresent(client::redisCredentialsProviderFactory);
		if (application.isUseSsl()) {
			LettuceSslClientConfigurationBuilder ssl = client.useSsl().verifyPeer(application.getVerifyMode());
			if (application.isStartTls()) {
				ssl.startTls();
			}
		}
		return client.build();
	}

	private static ClientOptions options(ClientOptions application) {
		SocketOptions socket = application.getSocketOptions();
		Duration connectTimeout = socket.getConnectTimeout();
		return application.mutate()
			.autoReconnect(true)
			.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
			.socketOptions(socket.mutate()
				.connectTimeout(
						(connectTimeout.compareTo(MAX_CONNECT_TIMEOUT) < 0) ? connectTimeout : MAX_CONNECT_TIMEOUT)
				.build())
			.build();
	}

	private static ClientResources resources(@Nullable ClientResources application) {
		ClientResources.Builder resources = ClientResources.builder()
			.ioThreadPoolSize(THREADS)
			.computationThreadPoolSize(THREADS)
			.reconnectDelay(Delay.exponential(Duration.ZERO, MAX_RECONNECT_DELAY, 2, TimeUnit.MILLISECONDS));
		if (application != null) {
			resources.nettyCustomizer(application.nettyCustomizer())
				.socketAddressResolver(application.socketAddressResolver())
				.addressResolverGroup(application.addressResolverGroup())
				.tracing(application.tracing());
		}
		return resources.build();
	}

	private static RedisConfiguration configuration(LettuceConnectionFactory application) {
		if (application.getClusterConfiguration() != null) {
			return application.getClusterConfiguration();
		}
		if (application.getSentinelConfiguration() != null) {
			return application.getSentinelConfiguration();
		}
		if (application.getSocketConfiguration() != null) {
			return application.getSocketConfiguration();
		}
		RedisStandaloneConfiguration standalone = application.getStandaloneConfiguration();
		if (!standalone.getHostName().equals(application.getHostName())
				|| standalone.getPort() != application.getPort()) {
			throw new IllegalArgumentException("The connection factory does not tell which servers it connects to."
					+ " Create it by the constructor for a RedisStandaloneConfiguration, a"
					+ " RedisSentinelConfiguration or a RedisClusterConfiguration, or define a CacheConnection bean.");
		}
		return standalone;
	}

}
