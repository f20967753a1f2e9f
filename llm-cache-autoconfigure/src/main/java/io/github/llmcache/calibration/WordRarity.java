package io.github.llmcache.calibration;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.llmcache.language.WordList;
import io.github.llmcache.prompt.LowerCase;

/**
 * How rare words are in questions, between 0 (in almost every one) and 1 (hardly seen):
 * the logarithm of the inverse document frequency, from a table of common words. Rare
 * words decide answers more often than common ones. Immutable.
 */
final class WordRarity {

	private static final Pattern WORD = Pattern.compile("\\p{L}+|\\p{N}+");

	private static final List<String> ENDINGS = List.of("ing", "ies", "ed", "es", "s", "ly");

	private static final int SHORTEST_STEM = 3;

	private static final int SHORTEST_INFLECTED = 5;

	private final Map<String, Double> rarities = new HashMap<>();

	WordRarity() {
		WordList.lines(WordRarity.class, "word-rarity.txt").forEach(this::add);
	}

	private void add(String line) {
		int blank = line.indexOf(' ');
		this.rarities.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1)));
	}

	/**
	 * The words of a prompt, without endings.
	 */
	static Set<String> words(String prompt) {
		Set<String> words = new LinkedHashSet<>();
		WORD.matcher(LowerCase.of(prompt)).results().map(MatchResult::group).forEach((word) -> {
			words.add(withoutEnding(word));
		});
		return words;
	}

	/**
	 * Removes endings as they were removed for the table, and for training the models
	 * that weigh its words: more coarsely than where prompts are compared.
	 */
	private static String withoutEnding(String word) {
		if (word.length() < SHORTEST_INFLECTED) {
			return word;
		}
		String stem = ENDINGS.stream()
			.filter((ending) -> word.endsWith(ending) && word.length() - ending.length() >= SHORTEST_STEM)
			.findFirst()
			.map((ending) -> word.substring(0, word.length() - ending.length()))
			.orElse(word);
		return (stem.length() >= SHORTEST_INFLECTED && stem.endsWith("e")) ? stem.substring(0, stem.length() - 1)
				: stem;
	}

	double of(String word) {
		return this.rarities.getOrDefault(word, 1.0);
	}

	double sum(Collection<String> words) {
		return words.stream().mapToDouble(this::of).sum();
	}

	double max(Collection<String> words) {
		return words.stream().mapToDouble(this::of).max().orElse(0);
	}

}
