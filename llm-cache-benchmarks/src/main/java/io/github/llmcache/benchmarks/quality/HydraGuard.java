package io.github.llmcache.benchmarks.quality;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rule of hydra, written from its description: all words but stop words have to be
 * equal, in order, and so do possessives and demonstratives.
 */
final class HydraGuard implements Guard {

	private static final Set<String> POINTING = Set.of("my", "your", "his", "her", "its", "our", "their", "this",
			"that", "these", "those");

	private static final Set<String> STOP_WORDS = Set
		.of(("a an the and or but if then so as of at by for with about to from in out into over under again is are "
				+ "was were be been being am do does did doing have has had having can could will would shall should "
				+ "may might must i you he she it we they me him us them what which who whom when where why how there "
				+ "here please tell show give let get just some any all also than too very up down want need like know")
			.split(" "));

	@Override
	public boolean accepts(String prompt, String stored) {
		return content(prompt).equals(content(stored)) && pointing(prompt).equals(pointing(stored));
	}

	private static List<String> content(String text) {
		return words(text).filter((word) -> !STOP_WORDS.contains(word) && !POINTING.contains(word)).toList();
	}

	private static List<String> pointing(String text) {
		return words(text).filter(POINTING::contains).toList();
	}

	private static Stream<String> words(String text) {
		return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")).filter((word) -> !word.isEmpty());
	}

}
