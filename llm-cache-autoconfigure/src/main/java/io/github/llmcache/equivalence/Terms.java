package io.github.llmcache.equivalence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.llmcache.language.AnalyzedPrompt;
import io.github.llmcache.language.Lexicon;
import io.github.llmcache.language.Quantity;
import io.github.llmcache.language.Token;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.prompt.LowerCase;

/**
 * What decides in a text.
 *
 * @param content everything that decides, whatever its kind
 * @param quantities numbers and dates
 * @param names words that are written like proper names
 * @param codes words and numbers of identifiers, in code and in quotation marks
 */
record Terms(Set<String> content, List<Quantity> quantities, Set<String> names, Set<String> codes) {

	private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{N}_$]+");

	static Terms of(AnalyzedPrompt text, Lexicon lexicon) {
		Set<String> codes = new HashSet<>();
		text.quotes().forEach((quote) -> addCodes(codes, quote));
		text.terms(TokenKind.IDENTIFIER).forEach((identifier) -> addCodes(codes, identifier));
		return new Terms(terms(text.carriers(), (token) -> !lexicon.isLight(token)), Quantity.of(text.tokens()),
				terms(text.tokens(), Token::name), codes);
	}

	private static Set<String> terms(List<Token> tokens, Predicate<Token> which) {
		return tokens.stream().filter(which).map(Token::term).collect(Collectors.toSet());
	}

	private static void addCodes(Set<String> codes, String code) {
		for (String word : SIGNS.split(LowerCase.of(code))) {
			if (!word.isEmpty()) {
				codes.add(word);
			}
		}
	}

	/**
	 * The numbers in common, whatever unit they are given in.
	 */
	Overlap numbers(Terms other) {
		Set<String> own = unmatched(this.quantities, other.quantities);
		long all = this.quantities.stream().map(Quantity::number).distinct().count();
		return new Overlap(own, unmatched(other.quantities, this.quantities), (int) all - own.size());
	}

	private static Set<String> unmatched(List<Quantity> quantities, List<Quantity> others) {
		return quantities.stream()
			.filter((quantity) -> others.stream().noneMatch(quantity::matches))
			.map(Quantity::number)
			.collect(Collectors.toSet());
	}

	/**
	 * The overlap of the numbers of each unit that both texts have.
	 */
	List<Overlap> commonUnits(Terms other) {
		Map<String, Set<String>> values = valuesByUnit();
		Map<String, Set<String>> otherValues = other.valuesByUnit();
		List<Overlap> overlaps = new ArrayList<>();
		values.forEach((unit, numbers) -> {
			Set<String> others = otherValues.get(unit);
			if (others != null) {
				overlaps.add(Overlap.of(numbers, others));
			}
		});
		return overlaps;
	}

	private Map<String, Set<String>> valuesByUnit() {
		return this.quantities.stream()
			.filter((quantity) -> !quantity.unit().isEmpty())
			.collect(Collectors.groupingBy(Quantity::unit, Collectors.mapping(Quantity::value, Collectors.toSet())));
	}

}
