package io.github.llmcache.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

import org.springframework.cache.CacheManager;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.benchmarks.peer.Assistant;
import io.github.llmcache.benchmarks.peer.Contender;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.store.EvictionSelector;

/**
 * Measures how long it takes to evict everything of a task.
 */
public final class EvictAll {

	private EvictAll() {
	}

	/**
	 * Measure.
	 * @param arguments section, rounds, number of entries, and names of contenders
	 */
	public static void main(String[] arguments) throws Exception {
		int rounds = Integer.parseInt(arguments[1]);
		int entries = Integer.parseInt(arguments[2]);
		List<Contender> contenders = new ArrayList<>();
		for (String name : List.of(arguments).subList(3, arguments.length)) {
			contenders.add(Contender.valueOf(name));
		}
		for (int round = 0; round < rounds; round++) {
			for (Contender contender : contenders) {
				new Figure(arguments[0], contender.label(), "", milliseconds(contender, entries)).print();
			}
		}
	}

	private static double milliseconds(Contender contender, int entries) throws Exception {
		try (ConfigurableApplicationContext context = contender.start()) {
			Assistant assistant = context.getBean(Assistant.class);
			ForkJoinPool pool = new ForkJoinPool(8);
			pool.submit(() -> IntStream.range(0, entries)
				.parallel()
				.forEach((number) -> assistant.text("question " + number, "small"))).get();
			pool.shutdown();
			long start = System.nanoTime();
			evict(context);
			return (System.nanoTime() - start) / 1e6;
		}
	}

	private static void evict(ConfigurableApplicationContext context) {
		LlmCache cache = context.getBeanProvider(LlmCache.class).getIfAvailable();
		if (cache != null) {
			cache.evict(EvictionSelector.task("text"));
		}
		else {
			Objects.requireNonNull(context.getBean(CacheManager.class).getCache("text")).clear();
		}
	}

}
