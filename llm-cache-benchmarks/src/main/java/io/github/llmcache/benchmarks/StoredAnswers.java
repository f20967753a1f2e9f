package io.github.llmcache.benchmarks;

import java.util.ArrayList;
import java.util.List;

import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.benchmarks.peer.Assistant;
import io.github.llmcache.benchmarks.peer.Contender;

/**
 * An application whose cache holds the answers to 16 prompts, which are asked in turn.
 * For one thread.
 */
final class StoredAnswers implements AutoCloseable {

	private static final int PROMPTS = 16;

	private static final String QUESTION = "How do I turn on dark mode in the settings of app %d?";

	private static final String DETAIL = " It is the latest version, and I have already looked into the manual.";

	private final ConfigurableApplicationContext context;

	private final Assistant assistant;

	private final AnswerKind kind;

	private final List<String> prompts = new ArrayList<>();

	private int turn;

	/**
	 * Start the application, store the answers, and wait until that is all done.
	 * @param contender the cache
	 * @param kind what is returned
	 * @param length how long the prompts are, in characters, but not shorter than a
	 * question
	 */
	StoredAnswers(Contender contender, AnswerKind kind, int length) {
		this.context = contender.start();
		this.assistant = this.context.getBean(Assistant.class);
		this.kind = kind;
		for (int i = 0; i < PROMPTS; i++) {
			StringBuilder prompt = new StringBuilder(QUESTION.formatted(i));
			while (prompt.length() < length) {
				prompt.append(DETAIL);
			}
			this.prompts.add(prompt.toString());
			next();
		}
		Quiet.await();
	}

	/**
	 * Ask with the next prompt.
	 * @return the answer
	 */
	Object next() {
		this.turn = (this.turn + 1) % this.prompts.size();
		String prompt = this.prompts.get(this.turn);
		return (this.kind == AnswerKind.TEXT) ? this.assistant.text(prompt, "small")
				: this.assistant.record(prompt, "small");
	}

	@Override
	public void close() {
		this.context.close();
	}

}
