package io.github.llmcache.cost;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Estimates the tokens of texts of one kind, most of them by their length. A tokenizer
 * takes a fraction of a millisecond for an answer, which is more than all else that
 * storing it takes; so it counts the first {@value #FIRST} texts and each
 * {@value #EVERY}th from then on, and tells how many tokens a character is worth. Sums
 * over many texts are as exact as if each were counted.
 * <p>
 * May be used by many threads.
 */
final class TokenRate {

	static final int FIRST = 32;

	static final int EVERY = 32;

	/** How much of a long text is counted; the rest is taken to be alike. */
	static final int SAMPLE = 2_000;

	private final TokenCounter counter;

	private final AtomicLong texts = new AtomicLong();

	private volatile Counted counted = new Counted(0, 0);

	TokenRate(TokenCounter counter) {
		this.counter = counter;
	}

	/**
	 * Estimate.
	 * @param text the text, or the beginning of it
	 * @param length of the whole text
	 * @return the number of its tokens
	 */
	long tokens(String text, int length) {
		long number = this.texts.getAndIncrement();
		Counted known = this.counted;
		if (known.characters > 0 && number >= FIRST && number % EVERY != 0) {
			return known.tokens(length);
		}
		Counted sample = count(text);
		synchronized (this) {
			this.counted = this.counted.and(sample);
		}
		return (sample.characters < length) ? sample.tokens(length) : sample.tokens;
	}

	private Counted count(String text) {
		int length = Math.min(text.length(), SAMPLE);
		return new Counted(length, this.counter.count(text.substring(0, length)));
	}

	private record Counted(long characters, long tokens) {

		Counted and(Counted more) {
			return new Counted(this.characters + more.characters, this.tokens + more.tokens);
		}

		long tokens(int length) {
			return Math.round((double) this.tokens / this.characters * length);
		}

	}

}
