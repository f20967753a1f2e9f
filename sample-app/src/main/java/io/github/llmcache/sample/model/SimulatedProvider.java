package io.github.llmcache.sample.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Models that work offline: they take as long and cost as much as real ones. They know a
 * few subjects and make up the rest; their answer depends on the prompt only.
 */
public final class SimulatedProvider implements ModelProvider {

	private final SimulatedProperties properties;

	private final Pause pause;

	public SimulatedProvider(SimulatedProperties properties, Pause pause) {
		this.properties = properties;
		this.pause = pause;
	}

	@Override
	public LanguageModel create(String name, ModelSettings settings) {
		return new SimulatedModel(name, settings);
	}

	/**
	 * What a model would answer, without the wait.
	 * @param name name of the model
	 * @param settings its speed and its price
	 * @param prompt the prompt
	 * @return the answer, with the time it would have taken
	 */
	public ModelReply draft(String name, ModelSettings settings, String prompt) {
		String text = text(name, prompt);
		int inputTokens = Tokens.estimate(prompt);
		int outputTokens = Tokens.estimate(text);
		return new ModelReply(text, name, inputTokens, outputTokens, latency(name, settings, prompt, outputTokens),
				settings.cost(inputTokens, outputTokens), true);
	}

	private Duration latency(String name, ModelSettings settings, String prompt, int outputTokens) {
		double seconds = settings.latency().toNanos() / 1e9 + outputTokens / settings.tokensPerSecond();
		long seed = this.properties.seed() * 31 + (name + '\n' + prompt).hashCode();
		double factor = 1 + this.properties.jitter() * (2 * new SplittableRandom(seed).nextDouble() - 1);
		return Duration.ofNanos((long) (seconds * factor * 1e9));
	}

	private String text(String name, String prompt) {
		Set<String> words = new HashSet<>(Arrays.asList(prompt.toLowerCase(Locale.ROOT).split("\\W+")));
		return this.properties.answers()
			.stream()
			.filter((answer) -> words.containsAll(answer.words()))
			.findFirst()
			.map(SimulatedProperties.Answer::text)
			.orElseGet(() -> SimulatedText.write(this.properties.seed() * 31 + name.hashCode(), prompt));
	}

	/**
	 * Waits.
	 */
	@FunctionalInterface
	public interface Pause {

		/**
		 * Wait for some time.
		 * @param duration how long
		 * @throws InterruptedException if the thread is interrupted
		 */
		void await(Duration duration) throws InterruptedException;

	}

	/**
	 * A text in pieces of about the length of a token.
	 */
	private static List<String> tokens(String text) {
		return Pattern.compile("\\s*\\S{1,6}").matcher(text).results().map(MatchResult::group).toList();
	}

	private final class SimulatedModel implements LanguageModel {

		private final String name;

		private final ModelSettings settings;

		private SimulatedModel(String name, ModelSettings settings) {
			this.name = name;
			this.settings = settings;
		}

		@Override
		public String name() {
			return this.name;
		}

		@Override
		public ModelReply ask(String prompt) {
			ModelReply reply = draft(this.name, this.settings, prompt);
			try {
				SimulatedProvider.this.pause.await(reply.latency());
				return reply;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new ModelException("Interrupted while waiting for model " + this.name, ex);
			}
		}

		/**
		 * The first token comes after the latency in the settings, the others are spread
		 * over the rest of the time.
		 */
		@Override
		public Flux<ReplyPart> stream(String prompt) {
			ModelReply reply = draft(this.name, this.settings, prompt);
			List<String> tokens = tokens(reply.text());
			Duration first = this.settings.latency();
			Duration each = reply.latency().minus(first).dividedBy(tokens.size());
			Duration pause = each.isNegative() ? Duration.ZERO : each;
			return Flux.fromIterable(tokens)
				.index()
				.concatMap((token) -> Mono.just(ReplyPart.text(token.getT2()))
					.delayElement((token.getT1() == 0) ? first : pause))
				.concatWithValues(ReplyPart.end(reply));
		}

	}

}
