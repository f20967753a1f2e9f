package io.github.llmcache.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.llmcache.encryption.ValueCipher;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.redis.connection.CacheConnection;

/**
 * Stores on a real server, each fixture under a key prefix of its own, and a look behind
 * them.
 */
public final class RedisStoreFixture implements AutoCloseable {

	/** So long that a slow machine does not look like a broken server. */
	public static final Duration TIMEOUT = Duration.ofSeconds(10);

	public static final Duration RETRY_AFTER = Duration.ofMillis(500);

	/**
	 * Moves the expiry of a partition's entries, as if time had passed.
	 */
	private static final byte[] ELAPSE = """
			local entries = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
			for i = 1, #entries, 2 do
				local expires = string.format('%.0f', tonumber(entries[i + 1]) - tonumber(ARGV[1]))
				redis.call('ZADD', KEYS[1], expires, entries[i])
				if redis.call('EXISTS', KEYS[2]) == 1 then
					redis.call('VSETATTR', KEYS[2], entries[i], '{"expires":' .. expires .. '}')
				end
			end
			return {}
			""".getBytes(StandardCharsets.UTF_8);

	private final RedisConfiguration configuration;

	private final LettuceConnectionFactory application;

	private final List<CacheConnection> connections = new ArrayList<>();

	private ValueCipher cipher;

	private final String prefix = "test-" + UUID.randomUUID();

	public RedisStoreFixture(RedisConfiguration configuration) {
		this(configuration, LettuceClientConfiguration.builder().build());
	}

	public RedisStoreFixture(RedisConfiguration configuration, LettuceClientConfiguration client) {
		this.configuration = configuration;
		this.application = new LettuceConnectionFactory(configuration, client);
		this.application.afterPropertiesSet();
		this.application.start();
	}

	/**
	 * Have stores that are made from now on encrypt what they keep.
	 */
	public RedisStoreFixture encrypting(ValueCipher newCipher) {
		this.cipher = newCipher;
		return this;
	}

	public String prefix() {
		return this.prefix;
	}

	public LettuceConnectionFactory application() {
		return this.application;
	}

	/**
	 * The settings of a store that searches in a certain way. In two dimensions, one byte
	 * each is too coarse to tell neighbours apart, so vectors are kept as they are.
	 */
	public RedisStoreSettings settings(SearchMode search) {
		return RedisStoreSettings.DEFAULT.withKeyPrefix(this.prefix)
			.withSearch(search)
			.withQuantization(Quantization.NONE);
	}

	/**
	 * Another instance.
	 */
	public RedisCacheStore store(RedisStoreSettings settings) {
		return store(settings, TIMEOUT, LlmCacheListener.NO_OP);
	}

	public RedisCacheStore store(RedisStoreSettings settings, Duration timeout, LlmCacheListener listener) {
		return store(settings, timeout, RETRY_AFTER, listener);
	}

	public RedisCacheStore store(RedisStoreSettings settings, Duration timeout, Duration retryAfter,
			LlmCacheListener listener) {
		CacheConnection connection = new CacheConnection(this.application, this.configuration, timeout);
		this.connections.add(connection);
		return new RedisCacheStore(connection, settings, retryAfter, new VectorIndexFactory(1_000, Runnable::run),
				Runnable::run, listener, this.cipher);
	}

	/**
	 * The keys under the prefix, without it.
	 */
	public List<String> keys() {
		try (RedisConnection connection = this.application.getConnection()) {
			return keys(connection).stream()
				.map((key) -> new String(key, StandardCharsets.UTF_8).substring(this.prefix.length()))
				.sorted()
				.toList();
		}
	}

	/**
	 * The members of a sorted set, by its key without the prefix.
	 */
	public Set<String> members(String key) {
		try (RedisConnection connection = this.application.getConnection()) {
			return connection.zSetCommands()
				.zRange((this.prefix + key).getBytes(StandardCharsets.UTF_8), 0, -1)
				.stream()
				.map((member) -> new String(member, StandardCharsets.UTF_8))
				.collect(Collectors.toSet());
		}
	}

	/**
	 * Write a text, as anybody may, by its key without the prefix.
	 */
	public void set(String key, String text) {
		try (RedisConnection connection = this.application.getConnection()) {
			connection.stringCommands()
				.set((this.prefix + key).getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
		}
	}

	/**
	 * Add a member to a sorted set, as anybody may, by its key without the prefix.
	 */
	public void add(String key, double score, String member) {
		try (RedisConnection connection = this.application.getConnection()) {
			connection.zSetCommands()
				.zAdd((this.prefix + key).getBytes(StandardCharsets.UTF_8), score,
						member.getBytes(StandardCharsets.UTF_8));
		}
	}

	/**
	 * Delete everything under the prefix, as a server does that starts empty.
	 */
	public void deleteKeys() {
		deleteKey("");
	}

	/**
	 * Delete what ends with a text, as a server does that runs out of memory.
	 */
	public void deleteKey(String ending) {
		try (RedisConnection connection = this.application.getConnection()) {
			for (byte[] key : keys(connection)) {
				if (new String(key, StandardCharsets.UTF_8).endsWith(ending)) {
					connection.keyCommands().del(key);
				}
			}
		}
	}

	/**
	 * Let time pass on the server for everything under the prefix.
	 */
	public void elapse(Duration duration) {
		try (RedisConnection connection = this.application.getConnection()) {
			Set<byte[]> keys = keys(connection);
			byte[] millis = Long.toString(duration.toMillis()).getBytes(StandardCharsets.UTF_8);
			for (byte[] key : keys) {
				String name = new String(key, StandardCharsets.UTF_8);
				if (name.endsWith(":x") || name.endsWith(":p") || name.endsWith(":y") || name.contains(":s:")) {
					byte[] vectors = key.clone();
					vectors[key.length - 1] = 'v';
					connection.scriptingCommands().eval(ELAPSE, ReturnType.MULTI, 2, key, vectors, millis);
				}
			}
			for (byte[] key : keys) {
				Long left = connection.keyCommands().pTtl(key);
				if (left != null && left >= 0) {
					connection.keyCommands().pExpire(key, left - duration.toMillis());
				}
			}
		}
	}

	private Set<byte[]> keys(RedisConnection connection) {
		return connection.keyCommands().keys((this.prefix + "*").getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		this.connections.forEach(CacheConnection::close);
		this.application.destroy();
	}

}
