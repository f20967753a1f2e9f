package io.github.llmcache.language;

import java.util.HashMap;
import java.util.Map;

/**
 * Brings the inflected and regional forms of an English word to one form, which need not
 * be a word itself: plural, third person, past, participle; British spelling. Comparison
 * (high, highest) and derivation (employer, employee) are kept apart.
 */
final class Inflection {

	private final Map<String, String> irregular = new HashMap<>();

	Inflection() {
		for (String line : WordList.lines(Inflection.class, "spelling.txt")) {
			var forms = WordList.words(line);
			String stem = stem(forms.get(0));
			forms.forEach((form) -> this.irregular.put(form, stem));
		}
	}

	String stemOf(String word) {
		String form = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
		String irregular = this.irregular.get(form);
		if (irregular != null) {
			return irregular;
		}
		String singular = singular(form);
		irregular = this.irregular.get(singular);
		return (irregular != null) ? irregular : stem(form);
	}

	private static String stem(String word) {
		if (word.length() < 4 || !isPlainLatin(word)) {
			return word;
		}
		return withPlainEnding(american(participle(singular(word))));
	}

	private static boolean isPlainLatin(String word) {
		return word.chars().allMatch((c) -> (c >= 'a' && c <= 'z') || c == '\'');
	}

	private static String singular(String word) {
		if (word.length() < 4 || !word.endsWith("s") || word.endsWith("ss") || word.endsWith("us")
				|| word.endsWith("is")) {
			return word;
		}
		if (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches") || word.endsWith("shes")
				|| word.endsWith("zzes") || word.endsWith("oes")) {
			return cut(word, 2);
		}
		return cut(word, 1);
	}

	private static String participle(String word) {
		if (word.endsWith("ied") && word.length() > 4) {
			return cut(word, 2);
		}
		if (word.endsWith("ing") && isVerb(cut(word, 3))) {
			return undoubled(cut(word, 3));
		}
		if (word.endsWith("ed") && !word.endsWith("eed") && isVerb(cut(word, 2))) {
			return undoubled(cut(word, 2));
		}
		return word;
	}

	private static boolean isVerb(String root) {
		if (root.length() < 3) {
			return false;
		}
		for (int i = 0; i < root.length(); i++) {
			if ("aeiouy".indexOf(root.charAt(i)) >= 0) {
				return true;
			}
		}
		return false;
	}

	private static String undoubled(String root) {
		int last = root.length() - 1;
		char c = root.charAt(last);
		boolean doubled = root.charAt(last - 1) == c && "aeioulsfz".indexOf(c) < 0;
		boolean british = root.endsWith("ell") && root.length() > 5;
		return (doubled || british) ? cut(root, 1) : root;
	}

	private static String american(String word) {
		if (word.length() > 4 && (word.endsWith("is") || word.endsWith("ise") || word.endsWith("yse"))) {
			return word.substring(0, word.lastIndexOf('s')) + 'z' + word.substring(word.lastIndexOf('s') + 1);
		}
		if (word.endsWith("isation")) {
			return cut(word, 7) + "ization";
		}
		if (word.endsWith("logue")) {
			return cut(word, 2);
		}
		return word;
	}

	// make, making; story, stories; movie, movies
	private static String withPlainEnding(String word) {
		String root = (word.length() > 3 && word.endsWith("e") && !word.endsWith("ee")) ? cut(word, 1) : word;
		boolean vowel = root.length() > 2 && "aeiou".indexOf(root.charAt(root.length() - 2)) >= 0;
		return (root.endsWith("y") && !vowel) ? cut(root, 1) + 'i' : root;
	}

	private static String cut(String word, int characters) {
		return word.substring(0, word.length() - characters);
	}

}
