package io.github.llmcache.benchmarks.peer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The method that a cache is put in front of: asks a model that always takes the same
 * time.
 */
public class Assistant {

	private static final int TEXT_LENGTH = 1_000;

	private static final String SENTENCE = " Open the settings, choose the entry and confirm; the change applies at once.";

	private final Duration latency;

	private final LongAdder calls = new LongAdder();

	/**
	 * Create an assistant.
	 * @param latency how long the model takes for an answer
	 */
	public Assistant(Duration latency) {
		this.latency = latency;
	}

	/**
	 * Answer with a text.
	 * @param prompt the question
	 * @param model the model
	 * @return about 1 KB
	 */
	public String text(String prompt, String model) {
		this.calls.increment();
		if (!this.latency.isZero()) {
			LockSupport.parkNanos(this.latency.toNanos());
		}
		StringBuilder text = new StringBuilder("An answer to ").append(prompt.hashCode()).append('.');
		while (text.length() < TEXT_LENGTH) {
			text.append(SENTENCE);
		}
		text.setLength(TEXT_LENGTH);
		return text.toString();
	}

	/**
	 * Store the answer to a filler, as fast as possible.
	 * @param prompt a filler that is not stored
	 * @param model a model that was asked before
	 */
	public void store(String prompt, String model) {
		text(prompt, model);
	}

	/**
	 * How often the model was asked. Not final, since this may be a proxy.
	 * @return the number of answers that no cache had
	 */
	public long calls() {
		return this.calls.sum();
	}

	/**
	 * Answer with fields.
	 * @param prompt the question
	 * @param model the model
	 * @return about 1 KB
	 */
	public Answer record(String prompt, String model) {
		return new Answer(text(prompt, model), List.of("manual", "forum"), 200);
	}

}
