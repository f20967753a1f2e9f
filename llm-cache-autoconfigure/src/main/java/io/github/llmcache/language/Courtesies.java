package io.github.llmcache.language;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people add to a prompt out of courtesy, and what the prompt asks without it: "Hi,
 * could you tell me what DNS is? Thanks!" asks "what DNS is?".
 */
public final class Courtesies {

	private static final String PLEASE = "(?:please|pls|plz|kindly)";

	private static final String QUESTION_WORD = "(?=(?:how|what|why|when|where|which|who|whose)(?:['’]?s)?\\b)";

	private static final String REQUEST = "(?=(?:tell|show|give|explain|describe|summari[sz]e|outline|define|clarify|list|name"
			+ "|write|draft|compose|create|make|generate|translate|convert|rewrite|rephrase|help|suggest|recommend|provide"
			+ "|remind|teach|walk|let me know)\\b)";

	private static final Pattern OPENING = pattern(
			"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening))(?: (?:there|all|team))?"
					+ "(?:\\s*[,!.:;]+\\s*|\\s+(?=" + PLEASE
					+ "|can|could|would|will|how|what|why|when|where|which|who))",
			"excuse me[,!. ]+", "quick question[:,!. -]+", PLEASE + "[, ]+",
			"(?:can|could|would|will) (?:you|u) (?:" + PLEASE + "|possibly|maybe)[, ]+",
			"(?:can|could|would|will) (?:you|u) " + REQUEST,
			"(?:tell|show) (?:me|us)(?::\\s+|\\s+" + QUESTION_WORD + ")", "let (?:me|us) know " + QUESTION_WORD,
			"(?:i|we)(?:'d| would)? (?:like|want|need) to know " + QUESTION_WORD,
			"i(?:'m| am| was)? (?:just )?wonder(?:ing)? " + QUESTION_WORD, "(?:do you know|any idea) " + QUESTION_WORD);

	private static final String BREAK = "(?:(?<=\\?)|[,.;!–-])\\s*+";

	// "please" is no courtesy in "how do I say please?"
	private static final Pattern CLOSING = Pattern
		.compile("(?<!\\b(?:say|word|of|mean|for|with|than|and|or))" + "(?:(?:(?<=\\?)|[\\s,.;!–-])\\s*+" + PLEASE + "|"
				+ BREAK + "(?:many )?thanks(?: (?:a lot|so much|in advance|for your help))?" + "|" + BREAK
				+ "thank (?:you|u)(?: (?:very much|so much|in advance|for your help))?" + "|" + BREAK
				+ "(?:thx|ty|cheers))\\s*+[.!]*+$", Pattern.CASE_INSENSITIVE);

	private static final Pattern EXPLANATION = Pattern.compile("(?:explain|describe)\\b", Pattern.CASE_INSENSITIVE);

	private static final Pattern TO_THE_ASKER = Pattern.compile("\\s++to (?:me|us)(?=[.!?]*$)",
			Pattern.CASE_INSENSITIVE);

	/** No closing is longer than this, in characters. */
	private static final int LONGEST_CLOSING = 60;

	/** The most courtesies in a row that are removed. */
	private static final int MOST = 5;

	private Courtesies() {
	}

	private static Pattern pattern(String... openings) {
		return Pattern.compile(String.join("|", openings), Pattern.CASE_INSENSITIVE);
	}

	/**
	 * The prompt without courtesies and blanks at its beginning and end, or the prompt
	 * itself if nothing would be left of it. Takes linear time.
	 */
	public static String strip(String prompt) {
		String rest = withoutClosings(withoutOpenings(prompt.strip()));
		if (EXPLANATION.matcher(rest).lookingAt()) {
			rest = withoutEnd(rest, TO_THE_ASKER);
		}
		return rest.chars().anyMatch(Character::isLetterOrDigit) ? rest : prompt;
	}

	private static String withoutOpenings(String prompt) {
		Matcher opening = OPENING.matcher(prompt);
		int start = 0;
		for (int i = 0; i < MOST && opening.region(start, prompt.length()).lookingAt(); i++) {
			start = opening.end();
		}
		return prompt.substring(start);
	}

	private static String withoutClosings(String prompt) {
		String rest = prompt;
		for (int i = 0; i < MOST; i++) {
			String shorter = withoutEnd(rest, CLOSING);
			if (shorter.length() == rest.length()) {
				break;
			}
			rest = shorter;
		}
		return rest;
	}

	private static String withoutEnd(String text, Pattern end) {
		int start = Math.max(0, text.length() - LONGEST_CLOSING);
		return text.substring(0, start) + end.matcher(text.substring(start)).replaceFirst("");
	}

}
