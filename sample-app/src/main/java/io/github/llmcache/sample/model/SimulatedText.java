package io.github.llmcache.sample.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes an answer about a subject that the simulated models know nothing of. It is made
 * up, and depends on the words of the prompt that carry meaning, in their order: wordings
 * that differ only in the rest have the same answer, and any other prompt, however
 * similar it looks, has one with other sentences, facts, length and layout.
 */
final class SimulatedText {

	private static final Set<String> WITHOUT_MEANING = Set.of("a", "an", "the", "please", "thanks", "thank", "hi",
			"hello", "hey", "do", "can", "could", "would", "i", "we", "you", "me");

	private static final Pattern OUTER_PUNCTUATION = Pattern.compile("^[\"'(]+|[\"').,;:!?]+$");

	private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");

	private static final int FEWEST_SENTENCES = 2;

	private static final int MOST_SENTENCES = 7;

	private static final List<String> SENTENCES = List.of("Most of the {thing}s in {place} were built by {person}.",
			"Heat the {thing} to {number} degrees.", "Nobody has seen a {quality} {thing} since {year}.",
			"It depends on the {thing}.", "{person} would disagree.", "Wait until {month}.",
			"Between {month} and {month} the {thing} costs {number} euros more.",
			"First look for the {quality} {thing} behind the {thing}.",
			"In {place} they {act} it with a {thing}, which takes {number} minutes.",
			"{number} out of {number} visitors {act} the {thing} too early.",
			"The word comes from a {quality} dialect that was spoken around {place}.",
			"{person} described this in {year}, long before the {thing} came into use.",
			"A {thing} weighs about {number} grams, a {thing} rather more.",
			"Open the {thing}, {act} the {quality} part and close it again.",
			"Do not {act} anything while the {thing} is {quality}.", "The river near {place} rises in {month}.",
			"Ask for form {number} at the office in {place}.", "That was {person}, not {person}.",
			"Two {quality} {thing}s and a {thing} are enough for {number} people.",
			"Yes, provided that the {thing} has been {act}ed within {number} days.",
			"According to the census of {year}, {place} had {number} thousand inhabitants.",
			"Its {thing} is {quality}; its {thing} never was.",
			"The museum of {place} keeps the only {quality} specimen on floor {number}.",
			"Whoever wants to {act} in {month} books with {person}.",
			"Trains to {place} leave at {number} minutes past the hour.",
			"Mix it with water until it is {quality}, then let it rest for {number} hours.",
			"Under the rules of {year} a {thing} counts as {quality}.",
			"Some say {place}, others {place}; the letters of {person} settle it.",
			"{person} sold the first {thing} for {number} dollars.", "A common mistake is to {act} the {thing} twice.",
			"Its colour turns {quality} in {month}.", "Light from a {thing} needs {number} seconds to arrive.",
			"The engine drives a {thing}, the {thing} drives a fan.", "Hardly: only {person} ever managed it.",
			"Store it next to the {thing}, never above a {quality} {thing}.");

	private static final Map<String, List<String>> WORDS = Map.of("thing",
			words("lantern bridge kettle glacier ledger violin turbine orchard compass valve harbour carpet engine "
					+ "beehive telescope staircase quarry piano cable chimney saddle mirror barrel anchor sail "
					+ "furnace antenna basket fossil pump"),
			"place",
			words("Lisbon Tromso Nairobi Kyoto Quito Tartu Bergen Cusco Hobart Ghent Izmir Porto Riga Dakar Hanoi "
					+ "Oaxaca Bilbao Turku Perth Gdansk Aleppo Malmo Cork Bergamo"),
			"person",
			words("Okafor Lindqvist Marchetti Tanaka Novak Haddad Pereira Kowalski Duval Nakamura Ferreira Osei "
					+ "Johansen Rossi Varga Silva Ito Larsen Moreau Banerjee"),
			"month",
			words("January February March April May June July August September October November " + "December"),
			"quality",
			words("copper hollow narrow ancient green damp magnetic folded brittle northern silent wooden oval salty "
					+ "crimson loose frozen spare portable rusty woven steep"),
			"act", words("polish load repair paint label weigh count mount seal fold drill filter crush print"));

	private final SplittableRandom random;

	private SimulatedText(long seed) {
		this.random = new SplittableRandom(seed);
	}

	/**
	 * Write the answer to a prompt.
	 * @param seed what else it depends on
	 * @param prompt the prompt
	 * @return the same text for the same arguments
	 */
	static String write(long seed, String prompt) {
		return new SimulatedText(seed * 31 + meaning(prompt).hashCode()).write();
	}

	private static String meaning(String prompt) {
		return Arrays.stream(prompt.toLowerCase(Locale.ROOT).strip().split("\\s+"))
			.map((word) -> OUTER_PUNCTUATION.matcher(word).replaceAll(""))
			.filter((word) -> !word.isEmpty() && !WITHOUT_MEANING.contains(word))
			.collect(Collectors.joining(" "));
	}

	private String write() {
		int count = this.random.nextInt(FEWEST_SENTENCES, MOST_SENTENCES + 1);
		List<String> left = new ArrayList<>(SENTENCES);
		List<String> sentences = IntStream.range(0, count)
			.mapToObj((index) -> fill(left.remove(this.random.nextInt(left.size()))))
			.toList();
		return switch (this.random.nextInt(3)) {
			case 0 -> String.join(" ", sentences);
			case 1 -> String.join("\n\n", sentences);
			default -> sentences.stream().map((sentence) -> "- " + sentence).collect(Collectors.joining("\n"));
		};
	}

	private String fill(String sentence) {
		return SLOT.matcher(sentence).replaceAll((slot) -> word(slot.group(1)));
	}

	private String word(String slot) {
		return switch (slot) {
			case "number" -> Integer.toString(2 + this.random.nextInt(98));
			case "year" -> Integer.toString(1700 + this.random.nextInt(320));
			default -> pick(WORDS.getOrDefault(slot, List.of(slot)));
		};
	}

	private String pick(List<String> words) {
		return words.get(this.random.nextInt(words.size()));
	}

	private static List<String> words(String words) {
		return List.of(words.split(" "));
	}

}
