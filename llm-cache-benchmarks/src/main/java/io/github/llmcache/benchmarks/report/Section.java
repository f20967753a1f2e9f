package io.github.llmcache.benchmarks.report;

import java.util.Locale;

import io.github.llmcache.benchmarks.Wording;
import io.github.llmcache.benchmarks.peer.Contender;
import io.github.llmcache.benchmarks.quality.Quality;

/**
 * One question that the report answers.
 */
enum Section {

	EXACT_HIT("Exact hit, embedded", "The same prompt again: 16 prompts in turn, an answer of about 1 KB.",
			Contender.CACHEABLE_CAFFEINE.label(), "us"),

	REDIS_EXACT_HIT("Exact hit, Redis",
			"The same, with the answers on a Redis server on the same machine, one call at a time; the median call.",
			Contender.CACHEABLE_REDIS.label(), "us"),

	MISS("Exact miss, embedded",
			"Another prompt each time, matched exactly only, and a model that takes no time: what remains is the cost of a miss.",
			Contender.CACHEABLE_CAFFEINE.label(), "us"),

	REDIS_MISS("Exact miss, Redis", "The same on Redis; the median call.", Contender.CACHEABLE_REDIS.label(), "us"),

	SEMANTIC_HIT("Semantic hit", "Another wording of one of 40 questions, never the same twice, among 1,000 stored "
			+ "prompts; the other 960 have random vectors. The median call. The others serve what is similar enough: "
			+ "how often that is wrong is another section. The original request compares with 100 entries only.",
			Contender.ONNX_RUNTIME.label(), "us"),

	REWORDING("Repeated rewording", "A wording that was served before, again: 16 questions in turn; the median call.",
			Wording.STORED.label(), "us"),

	SEMANTIC_MISS("Semantic miss", "A question that is not stored, among 1,000 stored prompts: one that is much like "
			+ "stored ones (`lookalike`), or words about something else (`unlike`). The model takes no time. The "
			+ "median call.", Contender.ONNX_RUNTIME.label(), "us"),

	EVICTION("Eviction, embedded", "Everything of one task or cache, 100,000 entries.",
			Contender.CACHEABLE_CAFFEINE.label(), "ms"),

	REDIS_EVICTION("Eviction, Redis", "The same on Redis.", Contender.CACHEABLE_REDIS.label(), "ms"),

	THROUGHPUT("Throughput",
			"Requests per second, by the number of threads; more is better. Of five requests, three have "
					+ "a stored prompt, one has another wording of a stored one, never the same twice, and one is a question "
					+ "that nobody has asked. The model takes 100 ms. `@Cacheable` calls it for two of five.",
			Contender.CACHEABLE_CAFFEINE.label(), "requests/s"),

	VIRTUAL_THREADS("Throughput, virtual threads", "The same by 256 virtual threads; more is better.",
			Contender.CACHEABLE_CAFFEINE.label(), "requests/s"),

	MODEL_CALLS("Calls of the model",
			"The share of the same requests that reach the model; 20 is the least possible. "
					+ "Under overload, prompts are matched exactly only.",
			Contender.CACHEABLE_CAFFEINE.label(), "%"),

	SLOW_EMBEDDER("Throughput with a slow embedder",
			"Another prompt each time, by 64 threads, with an embedder that takes "
					+ "50 ms and no processor time, like one on another machine; the model takes no time. The baseline is the embedder "
					+ "alone; more is better.",
			Contender.SLOW_EMBEDDER.label(), "requests/s"),

	START_UP("Start",
			"CPU time of the process until a web application with one annotated method has started, and is ready; the "
					+ "baseline is the same one with `llm-cache.enabled=false`.",
			"without the starter", "ms"),

	FIRST_CALL("First call", "A semantic miss as soon as the application is ready for traffic, or before.",
			"the tenth call", "ms"),

	MEMORY("Memory", "Resident memory of the same application after ten calls.", "without the starter", "MB"),

	ENTRIES("Growth with entries",
			"A semantic hit, by the number of entries in one partition. LangChain4j's store "
					+ "compares with every entry. The median call.",
			Contender.ONNX_RUNTIME.label(), "us"),

	PARTITIONS("Growth with partitions", "An exact hit, by the number of partitions with one entry each.",
			Contender.CACHEABLE_CAFFEINE.label(), "us"),

	PARTITION_MEMORY("Memory of partitions",
			"Heap for each partition with its entry of 1 KB, when there are this many.",
			Contender.CACHEABLE_CAFFEINE.label(), "bytes"),

	PROMPT_LENGTH("Growth with the prompt", "An exact hit, by the number of characters of the prompt.",
			Contender.CACHEABLE_CAFFEINE.label(), "us"),

	WRONG_HITS("Wrong hits", "The share of wrong answers among those served, on requests that are made once each: "
			+ "needs in six wordings, each with six look-alikes (`training/data/clusters_unseen.jsonl.gz`, which "
			+ "no weights were trained on). The thresholds of others are chosen in hindsight for these requests: the "
			+ "highest with as many right hits as this library has, or else the most. Less is better.",
			Quality.BASELINE, "%"),

	RIGHT_HITS("Right hits",
			"The share of the same requests that were served the right answer, among those whose answer "
					+ "had been loaded before. More is better.",
			Quality.BASELINE, "%");

	private final String title;

	private final String text;

	private final String baseline;

	private final String unit;

	Section(String title, String text, String baseline, String unit) {
		this.title = title;
		this.text = text;
		this.baseline = baseline;
		this.unit = unit;
	}

	/**
	 * What its files are called.
	 */
	String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	String title() {
		return this.title;
	}

	/**
	 * What is measured, for readers.
	 */
	String text() {
		return this.text;
	}

	/**
	 * The contender whose figure is 1.
	 */
	String baseline() {
		return this.baseline;
	}

	String unit() {
		return this.unit;
	}

}
