package io.github.llmcache.benchmarks.report;

import java.util.Locale;

import io.github.llmcache.benchmarks.Wording;
import io.github.llmcache.benchmarks.peer.Contender;

/**
 * One question that the report answers.
 */
enum Section {

	EXACT_HIT("Exact hit, embedded", "The same prompt again: 64 prompts by turns, an answer of about 1 KB.",
			Contender.CACHEABLE_CAFFEINE.label(), "us"),

	REDIS_EXACT_HIT("Exact hit, Redis",
			"The same, with the answers on a Redis server on the same machine, one call at a time; the median call.",
			Contender.CACHEABLE_REDIS.label(), "us"),

	MISS("Exact miss, embedded",
			"Another prompt each time, matched exactly only, and a model that takes no time: what a miss adds to it.",
			Contender.CACHEABLE_CAFFEINE.label(), "us"),

	REDIS_MISS("Exact miss, Redis", "The same on Redis; the median call.", Contender.CACHEABLE_REDIS.label(), "us"),

	SEMANTIC_HIT("Semantic hit", "Another wording of one of 40 questions, never the same twice, among 1,000 stored "
			+ "prompts; the other 960 have random vectors. The median call. The others serve what is similar enough: "
			+ "how often that is wrong is another section. The original request compares with 100 entries only.",
			Contender.ONNX_RUNTIME.label(), "us"),

	REWORDING("Repeated rewording", "A wording that was served before, again: 16 questions by turns; the median call.",
			Wording.STORED.label(), "us"),

	SEMANTIC_MISS("Semantic miss", "A question that is not stored, among 1,000 stored prompts: one that is much like "
			+ "stored ones (`lookalike`), or words about something else (`unlike`). The model takes no time. The "
			+ "median call.", Contender.ONNX_RUNTIME.label(), "us");

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
