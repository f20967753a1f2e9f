package io.github.llmcache.match;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.Candidate;
import io.github.llmcache.verify.MatchVerifier.Firmness;

/**
 * How probable it is by a model that a prompt asks for the same as its candidates. The
 * model is asked about each candidate once, and only about a few of them, since that
 * takes milliseconds. Used by one thread.
 */
final class Opinions {

	private static final int MOST_ASKED = 3;

	/**
	 * Below this similarity, the model is asked about no second candidate that the
	 * verifier refuses.
	 */
	private static final double LEAST_SIMILAR_LATER = 0.75;

	private final Function<Candidate, @Nullable Double> model;

	private final Function<Candidate, @Nullable Double> roughModel;

	private final Map<Candidate, @Nullable Double> known = new IdentityHashMap<>();

	/**
	 * Create opinions that nobody has been asked for yet.
	 * @param model asks the model
	 * @param roughModel asks it for a quicker estimate
	 */
	Opinions(Function<Candidate, @Nullable Double> model, Function<Candidate, @Nullable Double> roughModel) {
		this.model = model;
		this.roughModel = roughModel;
	}

	/**
	 * The probability, or {@code null} if the model cannot tell or was asked often
	 * enough.
	 */
	@Nullable Double of(Candidate candidate) {
		return askIfAllowed(candidate, this.model);
	}

	/**
	 * The same of a candidate that the verifier accepts, for which a quicker estimate
	 * will do.
	 */
	@Nullable Double ofAccepted(Candidate candidate) {
		return askIfAllowed(candidate, this.roughModel);
	}

	/**
	 * Whether a candidate is similar enough for the model to outweigh the verifier's
	 * refusal now and then: see docs/accuracy.md.
	 */
	boolean isWorthAsking(Candidate candidate, Firmness refusal) {
		double least = switch (refusal) {
			case SOFT -> 0.6;
			case FIRM -> 0.7;
			case HARD -> 0.8;
			case ABSOLUTE -> Double.POSITIVE_INFINITY;
		};
		return candidate.similarity() >= (this.known.isEmpty() ? least : Math.max(least, LEAST_SIMILAR_LATER));
	}

	/**
	 * The probability if the model was asked, else {@code null}.
	 */
	@Nullable Double known(Candidate candidate) {
		return this.known.get(candidate);
	}

	/**
	 * The probability of the candidate that is decided about, however often the model was
	 * asked.
	 */
	@Nullable Double ask(Candidate candidate) {
		return ask(candidate, this.model);
	}

	private @Nullable Double askIfAllowed(Candidate candidate, Function<Candidate, @Nullable Double> asked) {
		return (this.known.size() < MOST_ASKED) ? ask(candidate, asked) : this.known.get(candidate);
	}

	private @Nullable Double ask(Candidate candidate, Function<Candidate, @Nullable Double> asked) {
		if (!this.known.containsKey(candidate)) {
			this.known.put(candidate, asked.apply(candidate));
		}
		return this.known.get(candidate);
	}

}
