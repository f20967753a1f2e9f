package io.github.llmcache.store.redis.connection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceSslClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Derives the cache's connection from the application's.
 */
final class ConnectionSettings {

	static final Duration MAX_CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration MAX_RECONNECT_DELAY = Duration.ofSeconds(1);

	private static final int THREADS = 2;

	private ConnectionSettings() {
	}

	static LettuceClientConfiguration client(LettuceClientConfiguration application, boolean cluster,
			ClientResources resources) {
		LettuceClientConfigurationBuilder client = LettuceClientConfiguration.builder()
			.clientResources(resources)
			.clientOptions(options(application.getClientOptions().orElseGet(ClientOptions::create), cluster))
			.commandTimeout(MAX_CONNECT_TIMEOUT)
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

	/**
	 * A cluster's client knows best which of its nodes to connect to again. Any other
	 * connection is made again by the next call, so that nothing goes on, and nothing is
	 * logged, in between.
	 */
	private static ClientOptions options(ClientOptions application, boolean cluster) {
		SocketOptions socket = application.getSocketOptions();
		Duration connectTimeout = socket.getConnectTimeout();
		return application.mutate()
			.autoReconnect(cluster)
			.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
			.socketOptions(socket.mutate()
				.connectTimeout(
						(connectTimeout.compareTo(MAX_CONNECT_TIMEOUT) < 0) ? connectTimeout : MAX_CONNECT_TIMEOUT)
				.build())
			.build();
	}

	/**
	 * Threads of the cache's own, so that the application's are not kept from their work.
	 */
	static ClientResources resources(@Nullable ClientResources application) {
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

	/**
	 * The servers that a connection factory connects to.
	 * @throws IllegalArgumentException if it does not say
	 */
	static RedisConfiguration servers(LettuceConnectionFactory application) {
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
			throw new IllegalArgumentException("The connection factory does not say which servers it connects to."
					+ " Create it with the constructor for a RedisStandaloneConfiguration, a"
					+ " RedisSentinelConfiguration or a RedisClusterConfiguration, or define a CacheConnection bean.");
		}
		return standalone;
	}

}
