package io.github.llmcache.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.redis.RedisCacheStore;
import io.github.llmcache.store.redis.RedisStoreSettings;
import io.github.llmcache.store.redis.SearchMode;
import io.github.llmcache.store.redis.connection.CacheConnection;

/**
 * Measures one partition on a cluster with different numbers of shards: latencies, the
 * processor time of all servers, how entries are spread over the nodes, and recall. The
 * numbers of shards take turns, so that a machine that is busy for a while slows them all
 * down.
 *
 * <pre class="code">
 * java -cp llm-cache-benchmarks/target/benchmarks.jar io.github.llmcache.benchmarks.RedisShards \
 *     localhost:7001,localhost:7002,localhost:7003 vectors.f32 20000 vector-set 1,2,4,8
 * </pre>
 */
public final class RedisShards {

	private static final int QUERIES = 500;

	private static final int LOOKUPS = 5_000;

	private static final int ROUNDS = 5;

	private static final int NEIGHBOURS = 10;

	private static final int THREADS = 4;

	private final LettuceConnectionFactory factory;

	private final ScaleEntries entries;

	private final ThreadPoolExecutor background = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>());

	private RedisShards(LettuceConnectionFactory factory, ScaleEntries entries) {
		this.factory = factory;
		this.entries = entries;
	}

	/**
	 * Run.
	 * @param arguments nodes of the cluster, texts or vectors as for the benchmarks
	 * (empty for clusters), number of entries, where to search, numbers of shards
	 */
	public static void main(String[] arguments) throws Exception {
		int count = Integer.parseInt(arguments[2]);
		List<float[]> all = BenchmarkVectors.load(arguments[1], count + QUERIES);
		LettuceConnectionFactory factory = new LettuceConnectionFactory(
				new RedisClusterConfiguration(List.of(arguments[0].split(","))));
		factory.afterPropertiesSet();
		factory.start();
		RedisStoreSettings settings = RedisStoreSettings.DEFAULT.withMaxIndexBytes(4L << 30)
			.withSearch(SearchMode.valueOf(arguments[3].toUpperCase(Locale.ROOT).replace('-', '_')));
		new RedisShards(factory, new ScaleEntries(all.subList(0, count), all.subList(count, all.size()))).run(settings,
				Arrays.stream(arguments[4].split(",")).mapToInt(Integer::parseInt).toArray());
		factory.destroy();
	}

	private void run(RedisStoreSettings settings, int[] shards) throws Exception {
		try (CacheConnection connection = new CacheConnection(this.factory, Duration.ofSeconds(10))) {
			List<Measured> all = new ArrayList<>();
			for (int number : shards) {
				RedisCacheStore store = new RedisCacheStore(connection,
						settings.withKeyPrefix("shards-" + UUID.randomUUID()).withShards(number), Duration.ofSeconds(1),
						new VectorIndexFactory(VectorIndexFactory.DEFAULT_GRAPH_THRESHOLD, this.background),
						this.background, LlmCacheListener.NO_OP);
				store.connect();
				TreeMap<String, Long> before = keys();
				fill(store);
				TreeMap<String, Long> added = keys();
				before.forEach((node, earlier) -> added.merge(node, -earlier, Long::sum));
				all.add(new Measured(number, store, List.copyOf(added.values())));
			}
			for (Measured measured : all) {
				search(measured.store, new Histogram(3));
				awaitIndexes();
				exact(measured.store, new Histogram(3));
				search(measured.store, new Histogram(3));
			}
			for (int round = 0; round < ROUNDS; round++) {
				for (Measured measured : all) {
					double start = processorSeconds();
					exact(measured.store, measured.exact);
					double middle = processorSeconds();
					search(measured.store, measured.search);
					measured.exactSeconds += middle - start;
					measured.searchSeconds += processorSeconds() - middle;
				}
			}
			for (Measured measured : all) {
				measured.print(this.entries.recall(NEIGHBOURS,
						(query) -> measured.store.findSimilar(this.entries.partition(), query, NEIGHBOURS, -1)));
				measured.store.evict(EvictionSelector.task("scale"));
			}
		}
		finally {
			this.background.shutdownNow();
		}
	}

	private void fill(RedisCacheStore store) throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		for (int thread = 0; thread < THREADS; thread++) {
			int first = thread;
			threads.execute(() -> {
				for (int i = first; i < this.entries.size(); i += THREADS) {
					CacheKey key = this.entries.key(i);
					store.put(key, this.entries.entry(i), store.find(key).generation());
				}
			});
		}
		threads.shutdown();
		if (!threads.awaitTermination(1, TimeUnit.HOURS)) {
			throw new IllegalStateException("Filling took more than an hour");
		}
	}

	/**
	 * Indexes in process are filled, and their graphs built, in the background.
	 */
	private void awaitIndexes() throws InterruptedException {
		CountDownLatch never = new CountDownLatch(1);
		while (this.background.getQueue().size() + this.background.getActiveCount() > 0) {
			never.await(100, TimeUnit.MILLISECONDS);
		}
	}

	private void exact(RedisCacheStore store, Histogram latencies) {
		Random random = new Random(1);
		for (int i = 0; i < LOOKUPS; i++) {
			CacheKey key = this.entries.key(random.nextInt(this.entries.size()));
			long start = System.nanoTime();
			Objects.requireNonNull(store.find(key).entry());
			latencies.recordValue(System.nanoTime() - start);
		}
	}

	private void search(RedisCacheStore store, Histogram latencies) {
		for (float[] query : this.entries.queries()) {
			long start = System.nanoTime();
			store.findSimilar(this.entries.partition(), query, 5, 0.6);
			latencies.recordValue(System.nanoTime() - start);
		}
	}

	/**
	 * The number of keys on each node.
	 */
	private TreeMap<String, Long> keys() {
		TreeMap<String, Long> keys = new TreeMap<>();
		Properties cluster = info("cpu");
		cluster.stringPropertyNames()
			.stream()
			.filter((name) -> name.endsWith(".used_cpu_user"))
			.forEach((name) -> keys.put(name.substring(0, name.lastIndexOf('.')), 0L));
		Properties info = info("keyspace");
		info.stringPropertyNames()
			.stream()
			.filter((name) -> name.endsWith(".db0"))
			.forEach((name) -> keys.put(name.substring(0, name.lastIndexOf('.')),
					Long.valueOf(info.getProperty(name).split("[=,]")[1])));
		return keys;
	}

	/**
	 * What all servers have used.
	 */
	private double processorSeconds() {
		Properties info = info("cpu");
		return info.stringPropertyNames()
			.stream()
			.filter((name) -> name.endsWith(".used_cpu_user") || name.endsWith(".used_cpu_sys"))
			.mapToDouble((name) -> Double.parseDouble(info.getProperty(name)))
			.sum();
	}

	private Properties info(String section) {
		try (RedisConnection connection = this.factory.getConnection()) {
			return Objects.requireNonNull(connection.serverCommands().info(section));
		}
	}

	/**
	 * What is known of a number of shards.
	 */
	private static final class Measured {

		private final int shards;

		private final RedisCacheStore store;

		private final List<Long> keys;

		private final Histogram exact = new Histogram(3);

		private final Histogram search = new Histogram(3);

		private double exactSeconds;

		private double searchSeconds;

		Measured(int shards, RedisCacheStore store, List<Long> keys) {
			this.shards = shards;
			this.store = store;
			this.keys = keys;
		}

		void print(double recall) {
			System.out.printf(Locale.ROOT,
					"%d shards: exact p50 %.2f ms, p99 %.2f ms, %.0f us of the servers; semantic p50 %.2f ms,"
							+ " p99 %.2f ms, %.0f us of the servers; recall at %d %.4f; keys by node %s%n",
					this.shards, millis(this.exact, 50), millis(this.exact, 99),
					1e6 * this.exactSeconds / this.exact.getTotalCount(), millis(this.search, 50),
					millis(this.search, 99), 1e6 * this.searchSeconds / this.search.getTotalCount(), NEIGHBOURS, recall,
					this.keys);
		}

		private static double millis(Histogram latencies, int percentile) {
			return latencies.getValueAtPercentile(percentile) / 1e6;
		}

	}

}
