package io.github.llmcache.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.benchmarks.peer.Assistant;
import io.github.llmcache.benchmarks.peer.Contender;
import io.github.llmcache.benchmarks.peer.Questions;

/**
 * Measures how many requests an application answers in a second. Of five requests, three
 * have a stored prompt, one has another wording of a stored prompt, and one is a question
 * that nobody has asked.
 */
public final class Throughput {

	private static final String LATENCY = "benchmark.latency=100ms";

	private static final int STORED = 1_000;

	private static final int VIRTUAL_THREADS = 256;

	private static final int SLOW_THREADS = 64;

	private final Contender contender;

	private final ConfigurableApplicationContext context;

	private final Assistant assistant;

	private final AtomicInteger requests = new AtomicInteger();

	private final IntFunction<String> prompts;

	private Throughput(Contender contender, IntFunction<String> prompts, String... properties) {
		this.contender = contender;
		this.prompts = prompts;
		this.context = contender.start(properties);
		this.assistant = this.context.getBean(Assistant.class);
	}

	private void fill() {
		try (Crowd crowd = new Crowd(Executors.newFixedThreadPool(VIRTUAL_THREADS))) {
			AtomicInteger stored = new AtomicInteger();
			crowd.run(VIRTUAL_THREADS, () -> {
				for (int i = stored.getAndIncrement(); i < STORED; i = stored.getAndIncrement()) {
					this.assistant.text(Questions.stored(i), "small");
				}
			});
		}
	}

	/**
	 * Measure.
	 * @param arguments rounds, milliseconds for each step, and numbers of threads,
	 * separated by commas
	 */
	public static void main(String[] arguments) {
		int rounds = Integer.parseInt(arguments[0]);
		long nanos = Integer.parseInt(arguments[1]) * 1_000_000L;
		List<Throughput> contenders = new ArrayList<>();
		for (Contender contender : List.of(Contender.CACHEABLE_CAFFEINE, Contender.LLM_CACHED_SEMANTIC)) {
			contenders.add(new Throughput(contender, Throughput::mixed, LATENCY));
		}
		contenders.forEach(Throughput::fill);
		List<Throughput> slow = new ArrayList<>();
		for (Contender contender : List.of(Contender.SLOW_EMBEDDER, Contender.LLM_CACHED_SLOW_EMBEDDER)) {
			slow.add(new Throughput(contender, Questions::unlike));
		}
		for (int round = 0; round < rounds; round++) {
			for (String threads : arguments[2].split(",")) {
				for (Throughput contender : contenders) {
					int count = Integer.parseInt(threads);
					contender.measure("THROUGHPUT", threads, count, Executors.newFixedThreadPool(count), nanos);
				}
			}
			for (Throughput contender : slow) {
				contender.measure("SLOW_EMBEDDER", "", SLOW_THREADS, Executors.newFixedThreadPool(SLOW_THREADS), nanos);
			}
			for (Throughput contender : contenders) {
				ExecutorService executor = virtualThreads();
				if (executor != null) {
					contender.measure("VIRTUAL_THREADS", "", VIRTUAL_THREADS, executor, nanos);
				}
			}
		}
		contenders.forEach(Throughput::stop);
		slow.forEach(Throughput::stop);
	}

	private void measure(String section, String parameter, int threads, ExecutorService executor, long nanos) {
		AtomicInteger answered = new AtomicInteger();
		long callsBefore = this.assistant.calls();
		long start = System.nanoTime();
		try (Crowd crowd = new Crowd(executor)) {
			crowd.run(threads, () -> {
				while (System.nanoTime() - start < nanos) {
					this.assistant.text(this.prompts.apply(this.requests.getAndIncrement()), "small");
					answered.incrementAndGet();
				}
			});
		}
		double seconds = (System.nanoTime() - start) / 1e9;
		new Figure(section, this.contender.label(), parameter, answered.get() / seconds).print();
		if (!parameter.isEmpty()) {
			double calls = this.assistant.calls() - callsBefore;
			new Figure("MODEL_CALLS", this.contender.label(), parameter, 100 * calls / answered.get()).print();
		}
	}

	private static String mixed(int request) {
		int turn = request / 5;
		return switch (request % 5) {
			case 0 -> Questions.rewording(turn);
			case 1 -> Questions.unlike(turn);
			default -> Questions.stored(request % STORED);
		};
	}

	private void stop() {
		this.context.close();
	}

	/**
	 * Virtual threads, where the JDK has them.
	 */
	private static @Nullable ExecutorService virtualThreads() {
		try {
			return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

	/**
	 * Threads that do the same.
	 */
	private record Crowd(ExecutorService executor) implements AutoCloseable {

		void run(int threads, Runnable work) {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				all.add(this.executor.submit(work));
			}
			for (Future<?> one : all) {
				try {
					one.get();
				}
				catch (InterruptedException | ExecutionException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}

		@Override
		public void close() {
			this.executor.shutdownNow();
		}

	}

}
