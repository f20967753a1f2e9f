package io.github.llmcache.benchmarks;

import java.util.stream.IntStream;

import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.benchmarks.peer.Assistant;
import io.github.llmcache.benchmarks.peer.Contender;
import io.github.llmcache.benchmarks.peer.Questions;

/**
 * An application whose cache holds the answers to some {@link Questions}.
 */
final class SupportDesk implements AutoCloseable {

	private static final String MODEL = "small";

	private final ConfigurableApplicationContext context;

	private final Assistant assistant;

	/**
	 * Start the application, store the answers, and wait until that is all done.
	 * @param contender the cache
	 * @param stored how many questions are answered beforehand
	 */
	SupportDesk(Contender contender, int stored) {
		this.context = contender.start();
		this.assistant = this.context.getBean(Assistant.class);
		IntStream.range(0, Math.min(stored, Questions.REWORDED)).mapToObj(Questions::stored).forEach(this::ask);
		IntStream.range(Questions.REWORDED, stored)
			.mapToObj(Questions::stored)
			.forEach((filler) -> this.assistant.store(filler, MODEL));
		Quiet.await();
	}

	String ask(String question) {
		return this.assistant.text(question, MODEL);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
