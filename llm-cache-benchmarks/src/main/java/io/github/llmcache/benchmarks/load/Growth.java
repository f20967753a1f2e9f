package io.github.llmcache.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.benchmarks.Quiet;
import io.github.llmcache.benchmarks.peer.Assistant;
import io.github.llmcache.benchmarks.peer.Contender;
import io.github.llmcache.benchmarks.peer.Questions;

/**
 * Measures how long a hit takes with more entries, more partitions and longer prompts,
 * and how much memory entries take.
 */
public final class Growth {

	private static final String MODEL = "small";

	private static final int WORDINGS = 50;

	/** The heap of fewer partitions is lost in what else changes meanwhile. */
	private static final int FEWEST_WEIGHED = 2_000;

	private static final int EXACT_CALLS = 20_000;

	private static final int LONG_PROMPT_CALLS = 3_000;

	private static final String DETAIL = " It is the latest version, and I have already looked into the manual.";

	private static final List<Integer> LENGTHS = List.of(100, 1_000, 3_500, 10_000);

	private final Contender contender;

	private final ConfigurableApplicationContext context;

	private final Assistant assistant;

	private int wordings;

	private Growth(Contender contender) {
		this.contender = contender;
		this.context = contender.start("llm-cache.memory.max-size=16GB", "llm-cache.memory.max-entries=2000000",
				"spring.cache.caffeine.spec=maximumSize=2000000,expireAfterWrite=1d");
		this.assistant = this.context.getBean(Assistant.class);
	}

	/**
	 * Measure.
	 * @param arguments rounds, and numbers of entries, ascending, separated by commas
	 */
	public static void main(String[] arguments) {
		int rounds = Integer.parseInt(arguments[0]);
		List<Integer> sizes = Stream.of(arguments[1].split(",")).map(Integer::valueOf).toList();
		promptLength(rounds);
		partitions(rounds, sizes);
		entries(rounds, sizes);
	}

	private static void promptLength(int rounds) {
		List<Growth> all = start(Contender.CACHEABLE_CAFFEINE, Contender.LLM_CACHED, Contender.LLM_CACHED_SEMANTIC);
		for (int round = 0; round < rounds; round++) {
			for (int length : LENGTHS) {
				String prompt = ("How do I turn on dark mode?" + DETAIL.repeat(length / DETAIL.length() + 1))
					.substring(0, length);
				for (Growth one : all) {
					one.print("PROMPT_LENGTH", length,
							Stopwatch.median(LONG_PROMPT_CALLS, (call) -> one.assistant.text(prompt, MODEL)));
				}
			}
		}
		all.forEach(Growth::stop);
	}

	/**
	 * Each model has one entry, and so a partition of its own.
	 */
	private static void partitions(int rounds, List<Integer> sizes) {
		List<Growth> all = start(Contender.CACHEABLE_CAFFEINE, Contender.LLM_CACHED);
		int filled = 0;
		for (int size : sizes) {
			for (Growth one : all) {
				if (size < FEWEST_WEIGHED) {
					one.fillPartitions(filled, size);
				}
				else {
					one.weighPartitions(filled, size);
				}
			}
			filled = size;
			for (int round = 0; round < rounds; round++) {
				for (Growth one : all) {
					one.print("PARTITIONS", size, Stopwatch.median(EXACT_CALLS,
							(call) -> one.assistant.text(MODEL, "model " + call * 7_919 % size)));
				}
			}
		}
		all.forEach(Growth::stop);
	}

	private void weighPartitions(int from, int to) {
		double before = usedBytes();
		fillPartitions(from, to);
		print("PARTITION_MEMORY", to, (usedBytes() - before) / (to - from));
	}

	private void fillPartitions(int from, int to) {
		IntStream.range(from, to).forEach((number) -> this.assistant.text(MODEL, "model " + number));
	}

	/**
	 * All entries in one partition.
	 */
	private static void entries(int rounds, List<Integer> sizes) {
		List<Growth> all = start(Contender.ONNX_RUNTIME, Contender.LLM_CACHED_SEMANTIC, Contender.LANGCHAIN4J);
		int filled = 0;
		for (int size : sizes) {
			for (Growth one : all) {
				one.fill(filled, size);
			}
			Quiet.await();
			filled = size;
			for (int round = 0; round < rounds; round++) {
				for (Growth one : all) {
					one.print("ENTRIES", size, one.semanticHit());
				}
			}
		}
		all.forEach(Growth::stop);
	}

	private void fill(int from, int to) {
		IntStream.range(from, to).forEach((number) -> {
			if (number < Questions.REWORDED) {
				this.assistant.text(Questions.stored(number), MODEL);
			}
			else {
				this.assistant.store(Questions.stored(number), MODEL);
			}
		});
	}

	private double semanticHit() {
		int first = this.wordings;
		this.wordings += 2 * WORDINGS;
		return Stopwatch.median(WORDINGS, (call) -> this.assistant.text(Questions.rewording(first + call), MODEL));
	}

	private static List<Growth> start(Contender... contenders) {
		List<Growth> all = new ArrayList<>();
		for (Contender contender : contenders) {
			all.add(new Growth(contender));
		}
		return all;
	}

	private void print(String section, int parameter, double value) {
		new Figure(section, this.contender.label(), Integer.toString(parameter), value).print();
	}

	/**
	 * The heap in use when nothing is busy and another collection frees nothing more.
	 */
	private static double usedBytes() {
		Quiet.await();
		long before;
		long after = usedAfterCollection();
		do {
			before = after;
			after = usedAfterCollection();
		}
		while (after < before);
		return after;
	}

	private static long usedAfterCollection() {
		Runtime runtime = Runtime.getRuntime();
		runtime.gc();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	private void stop() {
		this.context.close();
	}

}
