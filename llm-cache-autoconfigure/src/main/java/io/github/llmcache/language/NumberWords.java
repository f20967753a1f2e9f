package io.github.llmcache.language;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads numbers written in English words.
 */
final class NumberWords {

	private static final Map<String, Integer> CARDINALS = new HashMap<>();

	private static final Map<String, Long> MULTIPLES = Map.of("hundred", 100L, "thousand", 1_000L, "lakh", 100_000L,
			"million", 1_000_000L, "crore", 10_000_000L, "billion", 1_000_000_000L, "trillion", 1_000_000_000_000L,
			"dozen", 12L);

	private static final Map<String, String> ORDINALS = new HashMap<>();

	static {
		String[] small = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
				+ " fifteen sixteen seventeen eighteen nineteen")
			.split(" ");
		for (int i = 0; i < small.length; i++) {
			CARDINALS.put(small[i], i);
		}
		String[] tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
		for (int i = 0; i < tens.length; i++) {
			CARDINALS.put(tens[i], (i + 2) * 10);
		}
		String[] ordinals = "second third fourth fifth sixth seventh eighth ninth tenth".split(" ");
		for (int i = 0; i < ordinals.length; i++) {
			ORDINALS.put(ordinals[i], (i + 2) + "th");
		}
	}

	private NumberWords() {
	}

	static @Nullable String cardinal(String word) {
		Integer value = CARDINALS.get(word);
		return (value != null) ? value.toString() : null;
	}

	static @Nullable String ordinal(String word) {
		return ORDINALS.get(word);
	}

	static boolean isMultiple(String word) {
		return MULTIPLES.containsKey(word);
	}

	private static boolean isZero(String number) {
		return number.chars().noneMatch((digit) -> Character.digit(digit, 10) > 0);
	}

	/**
	 * Two parts of one number, "20" and "5" or "2" and "million", as one; {@code null} if
	 * they are two numbers.
	 */
	static @Nullable String combined(String number, String word) {
		Long multiple = MULTIPLES.get(word);
		if (multiple != null && number.length() < 12 && number.matches("\\d+(\\.\\d+)?") && !isZero(number)) {
			return new BigDecimal(number).multiply(BigDecimal.valueOf(multiple)).stripTrailingZeros().toPlainString();
		}
		Integer unit = CARDINALS.get(word);
		boolean tens = number.length() == 2 && number.charAt(1) == '0' && number.charAt(0) > '1';
		return (tens && unit != null && unit > 0 && unit < 10) ? number.charAt(0) + unit.toString() : null;
	}

}
