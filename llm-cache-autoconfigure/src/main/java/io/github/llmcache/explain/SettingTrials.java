package io.github.llmcache.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.explain.Explanation.Judgement;
import io.github.llmcache.explain.Explanation.Setting;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.WordingJudge;

/**
 * Finds the settings that would have changed which candidate is served, by trying them
 * one at a time.
 */
public final class SettingTrials {

	private final CachePolicy policy;

	private final double caution;

	private final Function<CachePolicy, @Nullable Candidate> trial;

	private final List<Setting> settings = new ArrayList<>();

	private SettingTrials(CachePolicy policy, double caution, Function<CachePolicy, @Nullable Candidate> trial) {
		this.policy = policy;
		this.caution = caution;
		this.trial = trial;
	}

	/**
	 * Find settings.
	 * @param policy what applies
	 * @param caution how much surer than the policy says the model has to be, as a factor
	 * of the odds, at least 1
	 * @param served what is served with it, or {@code null}
	 * @param judgements what is said of the candidates
	 * @param trial finds what would be served under another policy
	 * @return the settings that would change it
	 */
	public static List<Setting> find(CachePolicy policy, double caution, @Nullable Candidate served,
			List<Judgement> judgements, Function<CachePolicy, @Nullable Candidate> trial) {
		SettingTrials trials = new SettingTrials(policy, caution, trial);
		if (served != null) {
			trials.refuse(served);
		}
		else {
			trials.serve(judgements);
		}
		return List.copyOf(trials.settings);
	}

	private void serve(List<Judgement> judgements) {
		if (!this.policy.semantic()) {
			serve("semantic", "true", this.policy.mutate().semantic(true).build());
			return;
		}
		judgements.stream()
			.map((judged) -> Math.floor(judged.similarity() * 100) / 100)
			.filter((similarity) -> similarity < this.policy.minSimilarity() && similarity >= 0)
			.anyMatch((similarity) -> serve("min-similarity", similarity.toString(),
					this.policy.mutate().minSimilarity(similarity).build()));
		IntStream.of(10, 20, 50, 100)
			.filter((most) -> most > this.policy.maxCandidates())
			.anyMatch((most) -> serve("max-candidates", Integer.toString(most),
					this.policy.mutate().maxCandidates(most).build()));
		judgements.stream()
			.map(this::sufficient)
			.filter(Objects::nonNull)
			.filter((probability) -> probability < this.policy.accuracy().minProbability())
			.sorted(Comparator.reverseOrder())
			.anyMatch((probability) -> serve("min-probability", probability.toString(),
					with(this.policy.accuracy().evidence(), probability, this.policy.accuracy().errorBudget())));
		for (Evidence evidence : Evidence.values()) {
			if (evidence.ordinal() > this.policy.accuracy().evidence().ordinal() && serve("evidence", word(evidence),
					with(evidence, this.policy.accuracy().minProbability(), this.policy.accuracy().errorBudget()))) {
				break;
			}
		}
		List.of(0.02, 0.05, 0.1, 0.2, 0.5)
			.stream()
			.filter((budget) -> budget > this.policy.accuracy().errorBudget())
			.anyMatch((budget) -> serve("error-budget", budget.toString(),
					with(this.policy.accuracy().evidence(), this.policy.accuracy().minProbability(), budget)));
	}

	private void refuse(Candidate served) {
		double above = (Math.floor(served.similarity() * 100) + 1) / 100;
		if (above <= 1) {
			refuse("min-similarity", Double.toString(above), this.policy.mutate().minSimilarity(above).build(), served);
		}
		Accuracy accuracy = this.policy.accuracy();
		if (accuracy.minProbability() < 1) {
			refuse("min-probability", "1", with(accuracy.evidence(), 1, accuracy.errorBudget()), served);
		}
		if (accuracy.evidence() != Evidence.VERIFIER) {
			refuse("evidence", "verifier", with(Evidence.VERIFIER, accuracy.minProbability(), accuracy.errorBudget()),
					served);
		}
		refuse("semantic", "false", this.policy.mutate().semantic(false).build(), served);
	}

	private boolean serve(String name, String value, CachePolicy changed) {
		boolean serves = this.trial.apply(changed) != null;
		if (serves) {
			this.settings.add(new Setting(name, value, true));
		}
		return serves;
	}

	private void refuse(String name, String value, CachePolicy changed, Candidate served) {
		Candidate instead = this.trial.apply(changed);
		if (instead == null || !instead.key().equals(served.key())) {
			this.settings.add(new Setting(name, value, instead != null));
		}
	}

	private CachePolicy with(Evidence evidence, double minProbability, double errorBudget) {
		return this.policy.mutate()
			.accuracy(new Accuracy(evidence, minProbability, errorBudget, this.policy.accuracy().auditRate()))
			.build();
	}

	/**
	 * The lowest probability with which the model would outweigh the refusal of a
	 * candidate, with three decimals; {@code null} if none would.
	 */
	private @Nullable Double sufficient(Judgement judged) {
		Double probability = judged.paraphrase();
		Firmness firmness = judged.verdict().firmness();
		if (probability == null || firmness == null) {
			return null;
		}
		double sufficient = WordingJudge.raise(WordingJudge.sufficient(firmness, probability), 1 / this.caution);
		return (sufficient > 0) ? Math.floor(sufficient * 1000) / 1000 : null;
	}

	private static String word(Evidence evidence) {
		return (evidence == Evidence.AUTO) ? "auto" : "corroborated";
	}

}
