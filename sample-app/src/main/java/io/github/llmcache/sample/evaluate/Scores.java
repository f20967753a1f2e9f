package io.github.llmcache.sample.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.sample.evaluate.EvaluationReport.Figures;

/**
 * Turns judgements into rates. Used by one thread.
 */
final class Scores {

	private static final List<String> PRECISIONS = List.of("0.90", "0.95", "0.98");

	private final List<Judgement> judgements = new ArrayList<>();

	void add(Judgement judgement) {
		this.judgements.add(judgement);
	}

	Figures figures() {
		long matches = count(true, false);
		long served = count(true, true);
		long others = count(false, false);
		long wronglyServed = count(false, true);
		Map<String, @Nullable Double> recalls = new LinkedHashMap<>();
		for (String precision : PRECISIONS) {
			recalls.put(precision, recallAtPrecision(Double.parseDouble(precision), matches));
		}
		return new Figures(this.judgements.size(), share(served, matches), share(wronglyServed, others),
				share(served, served + wronglyServed), recalls);
	}

	private long count(boolean match, boolean onlyServed) {
		return this.judgements.stream()
			.filter((judgement) -> judgement.pair().match() == match && (judgement.served() || !onlyServed))
			.count();
	}

	/**
	 * Lowers the minimum similarity step by step: pairs of the same score are served
	 * together.
	 */
	private @Nullable Double recallAtPrecision(double precision, long matches) {
		if (matches == 0) {
			return null;
		}
		List<Scored> scored = scored();
		long right = 0;
		double recall = 0;
		for (int i = 0; i < scored.size(); i++) {
			right += scored.get(i).match() ? 1 : 0;
			boolean lastOfItsScore = i + 1 == scored.size() || scored.get(i + 1).score() < scored.get(i).score();
			if (lastOfItsScore && right >= precision * (i + 1)) {
				recall = (double) right / matches;
			}
		}
		return recall;
	}

	private List<Scored> scored() {
		List<Scored> scored = new ArrayList<>();
		for (Judgement judgement : this.judgements) {
			Double score = judgement.score();
			if (score != null) {
				scored.add(new Scored(score, judgement.pair().match()));
			}
		}
		scored.sort(Comparator.comparingDouble(Scored::score).reversed());
		return scored;
	}

	private static @Nullable Double share(long part, long whole) {
		return (whole != 0) ? (double) part / whole : null;
	}

	private record Scored(double score, boolean match) {

	}

}
