package io.github.llmcache.benchmarks;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.redis.connection.CacheConnection;
import io.github.llmcache.store.redis.Quantization;
import io.github.llmcache.store.redis.RedisCacheStore;
import io.github.llmcache.store.redis.RedisStoreSettings;
import io.github.llmcache.store.redis.SearchMode;

/**
 * Measures many entries in one partition on Redis: memory, lookups, recall, and how long
 * another instance needs until it can search in process.
 *
 * <pre class="code">
 * java -cp llm-cache-benchmarks/target/benchmarks.jar io.github.llmcache.benchmarks.RedisScale \
 *     redis://localhost:6379 vectors.f32 200000 vector-set int8
 * </pre>
 */
public final class RedisScale {

	private static final int QUERIES = 500;

	private static final int WARM_UP = 200;

	private static final int NEIGHBOURS = 10;

	private static final int THREADS = 4;

	private final LettuceConnectionFactory factory;

	private final RedisStoreSettings settings;

	private final ScaleEntries entries;

	private final ThreadPoolExecutor background = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>());

	private RedisScale(LettuceConnectionFactory factory, RedisStoreSettings settings, ScaleEntries entries) {
		this.factory = factory;
		this.settings = settings;
		this.entries = entries;
	}

	/**
	 * Measure.
	 * @param arguments URI of the server, texts or vectors as for the benchmarks (empty
	 * for clusters), number of entries, where to search, quantization
	 */
	public static void main(String[] arguments) throws Exception {
		URI uri = URI.create(arguments[0]);
		int count = Integer.parseInt(arguments[2]);
		List<float[]> all = BenchmarkVectors.load(arguments[1], count + QUERIES);
		RedisStoreSettings settings = RedisStoreSettings.DEFAULT.withKeyPrefix("scale-" + UUID.randomUUID())
			.withSearch(SearchMode.valueOf(word(arguments[3])))
			.withQuantization(Quantization.valueOf(word(arguments[4])))
			.withMaxIndexBytes(4L << 30);
		LettuceConnectionFactory factory = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration(uri.getHost(), uri.getPort()));
		factory.afterPropertiesSet();
		factory.start();
		new RedisScale(factory, settings, new ScaleEntries(all.subList(0, count), all.subList(count, count + QUERIES)))
			.run();
		factory.destroy();
	}

	private static String word(String argument) {
		return argument.toUpperCase(Locale.ROOT).replace('-', '_');
	}

	private void run() throws Exception {
		try (CacheConnection connection = new CacheConnection(this.factory, Duration.ofSeconds(10))) {
			RedisCacheStore store = store(connection);
			long before = usedMemory();
			long start = System.nanoTime();
			fill(store);
			System.out.printf("%d entries stored by %d threads in %.1f s%n", this.entries.size(), THREADS,
					seconds(start));
			long bytes = (usedMemory() - before) / this.entries.size();
			System.out.printf("memory of the server: %d bytes an entry; prompt and payload are %d of them%n", bytes,
					ScaleEntries.PAYLOAD + ScaleEntries.prompt(0).length());
			if (this.settings.search() == SearchMode.IN_PROCESS) {
				load(store);
				search(store);
				awaitGraph();
			}
			search(store);
			exact(store);
			plainGet();
			recall(store);
			start = System.nanoTime();
			long removed = store.evict(EvictionSelector.task("scale"));
			System.out.printf("%d entries evicted in %.1f s%n", removed, seconds(start));
		}
		finally {
			this.background.shutdownNow();
		}
	}

	private RedisCacheStore store(CacheConnection connection) {
		RedisCacheStore store = new RedisCacheStore(connection, this.settings, Duration.ofSeconds(1),
				new VectorIndexFactory(VectorIndexFactory.DEFAULT_GRAPH_THRESHOLD, this.background), this.background,
				LlmCacheListener.NO_OP);
		store.connect();
		return store;
	}

	private void fill(RedisCacheStore store) throws InterruptedException {
		long generation = store.find(this.entries.key(0)).generation();
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		for (int thread = 0; thread < THREADS; thread++) {
			int first = thread;
			threads.execute(() -> {
				for (int i = first; i < this.entries.size(); i += THREADS) {
					store.put(this.entries.key(i), this.entries.entry(i), generation);
				}
			});
		}
		threads.shutdown();
		if (!threads.awaitTermination(1, TimeUnit.HOURS)) {
			throw new IllegalStateException("Filling took more than an hour");
		}
	}

	/**
	 * Time from the first search to one that finds everything.
	 */
	private void load(RedisCacheStore store) {
		long start = System.nanoTime();
		store.findSimilar(this.entries.partition(), this.entries.queries().get(0), NEIGHBOURS, -1);
		System.out.printf("in-process index: the first search took %.0f ms", 1_000 * seconds(start));
		float[] last = this.entries.vectors().get(this.entries.size() - 1);
		while (store.findSimilar(this.entries.partition(), last, 1, 0.9999).isEmpty()) {
			Thread.onSpinWait();
		}
		System.out.printf(", all entries were found after %.1f s%n", seconds(start));
		Runtime.getRuntime().gc();
	}

	/**
	 * Wait for the graph. Until it is built, what is not yet in it is scanned.
	 */
	private void awaitGraph() throws InterruptedException {
		long start = System.nanoTime();
		CountDownLatch built = new CountDownLatch(1);
		while (this.background.getQueue().size() + this.background.getActiveCount() > 0) {
			built.await(1, TimeUnit.SECONDS);
		}
		System.out.printf("the graph was built after another %.0f s%n", seconds(start));
	}

	private void search(RedisCacheStore store) {
		for (int i = 0; i < WARM_UP; i++) {
			store.findSimilar(this.entries.partition(), this.entries.queries().get(i), 5, 0.6);
		}
		Histogram latencies = new Histogram(3);
		for (float[] query : this.entries.queries()) {
			long start = System.nanoTime();
			store.findSimilar(this.entries.partition(), query, 5, 0.6);
			latencies.recordValue(System.nanoTime() - start);
		}
		print("semantic lookup of 5 candidates from 0.6 on, embedding excluded", latencies);
	}

	private void exact(RedisCacheStore store) {
		Histogram latencies = new Histogram(3);
		Random random = new Random(1);
		for (int i = 0; i < 10 * QUERIES; i++) {
			CacheKey key = this.entries.key(random.nextInt(this.entries.size()));
			long start = System.nanoTime();
			Objects.requireNonNull(store.find(key).entry());
			latencies.recordValue(System.nanoTime() - start);
		}
		print("exact lookup", latencies);
	}

	/**
	 * The baseline of an exact lookup: Spring Data Redis gets as many bytes by one key.
	 */
	private void plainGet() {
		byte[] key = (this.settings.keyPrefix() + ":plain").getBytes(StandardCharsets.UTF_8);
		Histogram latencies = new Histogram(3);
		try (RedisConnection connection = this.factory.getConnection()) {
			connection.stringCommands().set(key, new byte[ScaleEntries.PAYLOAD + ScaleEntries.prompt(0).length()]);
		}
		for (int i = 0; i < 10 * QUERIES; i++) {
			long start = System.nanoTime();
			try (RedisConnection connection = this.factory.getConnection()) {
				Objects.requireNonNull(connection.stringCommands().get(key));
			}
			latencies.recordValue(System.nanoTime() - start);
		}
		try (RedisConnection connection = this.factory.getConnection()) {
			connection.keyCommands().del(key);
		}
		print("plain GET of as many bytes", latencies);
	}

	private void recall(RedisCacheStore store) {
		double recall = this.entries.recall(NEIGHBOURS,
				(query) -> store.findSimilar(this.entries.partition(), query, NEIGHBOURS, -1));
		System.out.printf("recall at %d: %.4f%n", NEIGHBOURS, recall);
	}

	private static void print(String what, Histogram latencies) {
		System.out.printf("%s: p50 %.2f ms, p99 %.2f ms%n", what, latencies.getValueAtPercentile(50) / 1e6,
				latencies.getValueAtPercentile(99) / 1e6);
	}

	private long usedMemory() {
		try (RedisConnection connection = this.factory.getConnection()) {
			Properties info = connection.serverCommands().info("memory");
			return Long.parseLong(Objects.requireNonNull(info).getProperty("used_memory"));
		}
	}

	private static double seconds(long start) {
		return (System.nanoTime() - start) / 1e9;
	}

}
