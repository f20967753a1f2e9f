package io.github.llmcache.sample.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.sample.evaluate.EvaluationReport.Curve;
import io.github.llmcache.sample.evaluate.EvaluationReport.Point;

/**
 * Shows how much could be served for how many errors, if the probability alone decided
 * that the prompts ask for the same. Pairs of the same probability are served together.
 * Used by one thread.
 */
final class ErrorCurve {

	private static final List<String> WRONG_PER_CENT = List.of("0.5", "1", "2", "3", "5");

	private final List<Judgement> matches = new ArrayList<>();

	private final List<Judgement> others = new ArrayList<>();

	private final Map<String, List<Judgement>> othersByCategory = new TreeMap<>();

	void add(Judgement judgement) {
		PromptPair pair = judgement.pair();
		if (pair.match()) {
			this.matches.add(judgement);
			return;
		}
		this.others.add(judgement);
		this.othersByCategory.computeIfAbsent(pair.category(), (name) -> new ArrayList<>()).add(judgement);
	}

	Curve figures() {
		Map<String, Point> points = new LinkedHashMap<>();
		for (String perCent : WRONG_PER_CENT) {
			double above = highestOfTooMany(Double.parseDouble(perCent) / 100);
			points.put(perCent, point(lowestServed(above), (judgement) -> isAbove(judgement, above)));
		}
		return new Curve(point(null, Judgement::served), points);
	}

	/**
	 * The highest probability from which on too many wrong pairs would be served; lower
	 * than any probability if there is none.
	 */
	private double highestOfTooMany(double share) {
		return this.others.stream()
			.map(Judgement::probability)
			.mapToDouble((probability) -> (probability != null) ? probability : -1)
			.boxed()
			.sorted(Comparator.reverseOrder())
			.skip((long) (share * this.others.size()))
			.findFirst()
			.orElse(-1.0);
	}

	private @Nullable Double lowestServed(double above) {
		List<Judgement> all = new ArrayList<>(this.matches);
		all.addAll(this.others);
		OptionalDouble lowest = all.stream()
			.filter((judgement) -> isAbove(judgement, above))
			.map(Judgement::probability)
			.mapToDouble((probability) -> (probability != null) ? probability : -1)
			.min();
		return lowest.isPresent() ? lowest.getAsDouble() : null;
	}

	private static boolean isAbove(Judgement judgement, double above) {
		Double probability = judgement.probability();
		return probability != null && probability > above;
	}

	private Point point(@Nullable Double probability, Predicate<Judgement> served) {
		Map<String, @Nullable Double> wrongByCategory = new TreeMap<>();
		this.othersByCategory.forEach((name, pairs) -> wrongByCategory.put(name, share(pairs, served)));
		return new Point(probability, share(this.matches, served), share(this.others, served), wrongByCategory);
	}

	private static @Nullable Double share(List<Judgement> pairs, Predicate<Judgement> served) {
		return pairs.isEmpty() ? null : (double) pairs.stream().filter(served).count() / pairs.size();
	}

}
