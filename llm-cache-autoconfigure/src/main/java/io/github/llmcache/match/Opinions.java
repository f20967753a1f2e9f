package io.github.llmcache.match;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.Candidate;

/**
 * How probable it is by a model that a prompt asks for the same as its candidates. The
 * model is asked about each candidate once, and only about a few of them, since that
 * takes milliseconds. Used by one thread.
 */
final class Opinions {

	private static final int MOST_ASKED = 3;

	/**
	 * Below this similarity, the model is not asked about candidates that the verifier
	 * refuses.
	 */
	private static final double LEAST_SIMILAR = 0.6;

	/** The same of those after the first one that it is asked about. */
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
	 * Whether a candidate that the verifier refuses is similar enough for the model to
	 * accept it now and then.
	 */
	boolean isWorthAsking(Candidate candidate) {
		return candidate.similarity() >= (this.known.isEmpty() ? LEAST_SIMILAR : LEAST_SIMILAR_LATER);
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
