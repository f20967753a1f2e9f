package io.github.llmcache.benchmarks.report;

import java.util.Locale;

import io.github.llmcache.benchmarks.peer.Contender;

/**
 * One question that the report answers.
 */
enum Section {

	EXACT_HIT("Exact hit, embedded", "The same prompt again: 64 prompts by turns, an answer of about 1 KB.",
			Contender.CACHEABLE_CAFFEINE.label(), "us"),

	REDIS_EXACT_HIT("Exact hit, Redis",
			"The same, with the answers on a Redis server on the same machine, one call at a time; the median call.",
			Contender.CACHEABLE_REDIS.label(), "us");

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
