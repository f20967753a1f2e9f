package io.github.llmcache.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.language.Quantity;
import io.github.llmcache.language.Token;
import io.github.llmcache.language.TokenKind;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Refuses other numbers, the same ones in other units, or in each other's places. A
 * number that one side has more counts only if nothing else differs: a free wording may
 * express it in words or leave it out.
 */
final class NumberGuard implements MatchGuard {

	/** The most quantities of a prompt that are compared with each other. */
	private static final int MOST = 16;

	private static final Pattern TIME = Pattern.compile("[0-2]?[0-9][:.][0-5][0-9]");

	@Override
	public @Nullable Verdict check(Comparison comparison) {
		Verdict otherUnit = checkUnits(comparison);
		if (otherUnit != null) {
			return otherUnit;
		}
		List<Token> prompt = new ArrayList<>(numbers(comparison.onlyInPrompt()));
		List<Token> cached = new ArrayList<>(numbers(comparison.onlyInCached()));
		if (!comparison.isSameContent()) {
			removeOtherForms(prompt, cached);
		}
		if (prompt.isEmpty() && cached.isEmpty()) {
			return checkPlaces(comparison);
		}
		if (!prompt.isEmpty() && !cached.isEmpty()) {
			boolean certain = comparison.isSameContent() || (prompt.stream().noneMatch(NumberGuard::isDoubtful)
					&& cached.stream().noneMatch(NumberGuard::isDoubtful)
					&& NumberPlaces.areInOnePlace(comparison, prompt, cached));
			return refuse(certain ? Firmness.ABSOLUTE : Firmness.FIRM, comparison);
		}
		boolean more = !prompt.stream().allMatch(NumberGuard::isOne) || !cached.stream().allMatch(NumberGuard::isOne);
		return (more && comparison.isSameContent()) ? refuse(Firmness.FIRM, comparison) : null;
	}

	private static List<Token> numbers(List<Token> tokens) {
		return tokens.stream().filter((token) -> token.kind() == TokenKind.NUMBER).toList();
	}

	private static void removeOtherForms(List<Token> numbers, List<Token> others) {
		numbers.removeIf((number) -> {
			Token form = others.stream()
				.filter((other) -> isSameNumber(number.term(), other.term()))
				.findFirst()
				.orElse(null);
			return others.remove(form);
		});
	}

	// grade 5, fifth grade; 6 pm, 18:00, half past 6
	private static boolean isSameNumber(String number, String other) {
		String value = number.replace("th", "");
		String otherValue = other.replace("th", "");
		return value.equals(otherValue) || ((TIME.matcher(value).matches() || TIME.matcher(otherValue).matches())
				&& hour(value).equals(hour(otherValue)));
	}

	private static String hour(String time) {
		String hour = time.split("[:.]", 2)[0];
		return hour.matches("[0-9]{1,2}") ? Integer.toString(Integer.parseInt(hour) % 12) : hour;
	}

	// "one" may be an article or a pronoun
	private static boolean isOne(Token token) {
		return token.text().equalsIgnoreCase("one");
	}

	// "how 2 get a visa 4 Peru"
	private static boolean isDoubtful(Token token) {
		return isOne(token) || token.text().equals("1") || token.text().equals("2") || token.text().equals("4");
	}

	private static @Nullable Verdict checkUnits(Comparison comparison) {
		List<Quantity> prompt = Quantity.of(comparison.prompt().tokens(), MOST);
		List<Quantity> cached = Quantity.of(comparison.cached().tokens(), MOST);
		for (Quantity quantity : prompt) {
			for (Quantity other : cached) {
				if (quantity.isOfAnotherUnit(other) && prompt.stream().noneMatch(other::isSameAmount)
						&& cached.stream().noneMatch(quantity::isSameAmount)) {
					return MatchGuard.refuse(Firmness.ABSOLUTE, "number", quantity.value() + " " + quantity.unit(),
							other.value() + " " + other.unit());
				}
			}
		}
		return null;
	}

	private static @Nullable Verdict checkPlaces(Comparison comparison) {
		return switch (NumberPlaces.compare(comparison)) {
			case SAME -> null;
			case UNCERTAIN -> comparison.isSameContent() ? refuse(Firmness.FIRM, comparison) : null;
			case EXCHANGED -> refuse(Firmness.ABSOLUTE, comparison);
		};
	}

	private static Verdict refuse(Firmness firmness, Comparison comparison) {
		return MatchGuard.refuse(firmness, "number", comparison.prompt().terms(TokenKind.NUMBER),
				comparison.cached().terms(TokenKind.NUMBER));
	}

}
