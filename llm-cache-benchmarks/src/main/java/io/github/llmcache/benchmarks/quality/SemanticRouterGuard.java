package io.github.llmcache.benchmarks.quality;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The rule of vLLM's semantic-router, written from its description: refuses prompts that
 * differ in no more than two words if only one of them is negated, or if these words are
 * antonyms.
 */
final class SemanticRouterGuard implements Guard {

	private static final int MAX_DIFFERENCE = 2;

	private static final Set<String> NEGATIONS = Set.of("not", "no", "never", "without", "cannot");

	private static final List<List<String>> ANTONYMS = List.of(List.of("enable", "disable"), List.of("on", "off"),
			List.of("open", "close"), List.of("start", "stop"), List.of("add", "remove"), List.of("grant", "revoke"),
			List.of("increase", "decrease"), List.of("active", "inactive"), List.of("forward", "backward"));

	@Override
	public boolean accepts(String prompt, String stored) {
		Set<String> added = words(prompt);
		Set<String> missing = words(stored);
		Set<String> common = new HashSet<>(added);
		common.retainAll(missing);
		added.removeAll(common);
		missing.removeAll(common);
		if (added.size() + missing.size() > MAX_DIFFERENCE) {
			return true;
		}
		boolean negated = NEGATIONS.stream().anyMatch(added::contains) != NEGATIONS.stream()
			.anyMatch(missing::contains);
		return !negated && ANTONYMS.stream().noneMatch((pair) -> differ(pair, added, missing));
	}

	private static boolean differ(List<String> pair, Set<String> added, Set<String> missing) {
		return added.contains(pair.get(0)) && missing.contains(pair.get(1))
				|| added.contains(pair.get(1)) && missing.contains(pair.get(0));
	}

	private static Set<String> words(String text) {
		String normalized = text.toLowerCase(Locale.ROOT)
			.replace("can't", "can not")
			.replace("won't", "will not")
			.replace("n't", " not");
		return new HashSet<>(List.of(normalized.split("[^\\p{L}\\p{N}]+")));
	}

}
