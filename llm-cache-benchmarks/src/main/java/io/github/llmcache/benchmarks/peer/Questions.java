package io.github.llmcache.benchmarks.peer;

import java.util.List;

/**
 * Prompts of a support desk: questions to be stored, other wordings of them, and
 * questions that none of them answers. Each is made from a number, and is always the same
 * for the same number.
 */
public final class Questions {

	private static final List<String> ACTIONS = List.of("turn on dark mode", "change my password", "cancel my order",
			"export my data", "add a second user", "print an invoice", "delete my account", "update my address",
			"mute notifications", "share a folder", "restore a backup", "connect a printer", "translate a page",
			"block a contact", "upload a photo", "schedule a meeting", "track a parcel", "redeem a voucher",
			"rename a project", "merge two files", "set up a filter", "archive a message", "invite a guest",
			"record a call", "pay by invoice", "verify my email", "change the language", "download a receipt",
			"lock the screen", "pin a note", "create a shortcut", "import my contacts", "undo a change",
			"report a problem", "extend my licence", "sort a table", "hide a column", "resize a picture", "book a room",
			"compare two versions");

	private static final List<String> PLACES = List.of("the web shop", "the Android app", "the desktop program",
			"the school portal", "the office suite", "the banking app", "the photo editor", "the mail client",
			"the fitness tracker", "the travel planner", "the library catalogue", "the music player", "the car display",
			"the ticket system", "the chat window", "the admin console", "the wiki", "the calendar",
			"the game launcher", "the cash register", "the map viewer", "the video editor", "the smart watch",
			"the warehouse terminal", "the recipe book");

	private static final List<String> OPENINGS = List.of("", "hi, ", "hello, ", "hi there, ", "hey, ",
			"please tell me, ", "quick question: ", "hey there, ", "good morning, ", "good evening, ", "hello there, ",
			"hi team, ");

	private static final List<String> FRAMES = List.of("how can I %s in %s", "how do you %s in %s",
			"how could I %s in %s", "how should I %s in %s", "how would I %s in %s", "what is the way to %s in %s",
			"what do I have to do to %s in %s", "how to %s in %s", "can you tell me how to %s in %s",
			"could you explain how to %s in %s", "tell me how to %s in %s", "please explain how to %s in %s",
			"in %2$s, how can I %1$s", "how might I %s in %s", "do you know how to %s in %s", "show me how to %s in %s",
			"I need to know how to %s in %s", "explain how to %s in %s", "I would like to know how to %s in %s",
			"what are the steps to %s in %s");

	private static final List<String> CLOSINGS = List.of("", ", please", ", thanks", ", thank you", ", many thanks",
			", thanks in advance", ", thank you very much", ", please help", ", thanks a lot", ", pls",
			", thank you in advance", ", thanks so much");

	private static final List<String> WORDS = List.of(("alpaca harbour violin tundra lantern compost meteor saffron "
			+ "glacier puppet anvil orchid trombone canyon pickle quartz ferry beetle tapestry cactus vinegar "
			+ "telescope walrus pottery avalanche banjo cinnamon dungeon eclipse falcon granite hammock iceberg "
			+ "jasmine kettle lagoon marble nectar oyster parachute quiver raccoon sapphire thistle umbrella volcano "
			+ "windmill yarn zeppelin almond bridge cobweb drum ember fossil geyser hedgehog ivory juniper kayak "
			+ "lobster magnet nutmeg obelisk")
		.split(" "));

	/** How many questions have other wordings. */
	public static final int REWORDED = 40;

	/** Prime to the number of variants, so that neighbours differ in every part. */
	private static final int STRIDE = 1_009;

	private Questions() {
	}

	/**
	 * A question to be stored: the first 40 are questions of a support desk, the others
	 * {@linkplain Fillers fillers}.
	 * @param number any that is not negative
	 * @return the question
	 */
	public static String stored(int number) {
		return (number < REWORDED) ? "How do I " + action(number) + " in " + place(number) + "?" : Fillers.text(number);
	}

	/**
	 * Another wording of a question that is stored.
	 * @param number any that is not negative; the first 100,000 are different
	 * @return the wording
	 */
	public static String rewording(int number) {
		int question = number % REWORDED;
		int variant = (number / REWORDED * STRIDE) % (FRAMES.size() * OPENINGS.size() * CLOSINGS.size());
		String frame = FRAMES.get(variant % FRAMES.size());
		String opening = OPENINGS.get(variant / FRAMES.size() % OPENINGS.size());
		String closing = CLOSINGS.get(variant / FRAMES.size() / OPENINGS.size());
		return opening + frame.formatted(action(question), place(question)) + closing;
	}

	/**
	 * A question that is much like stored ones and has another answer.
	 * @param number any that is not negative
	 * @return the question
	 */
	public static String lookalike(int number) {
		int question = number % REWORDED;
		return "How do I " + action(question) + " in " + place(question) + " for customer " + number + "?";
	}

	/**
	 * Words about something else.
	 * @param number any that is not negative; the first 200,000 are different
	 * @return the words
	 */
	public static String unlike(int number) {
		int choice = number * STRIDE;
		return word(choice) + " " + word(choice / WORDS.size()) + " " + word(choice / WORDS.size() / WORDS.size());
	}

	private static String word(int choice) {
		return WORDS.get(choice & WORDS.size() - 1);
	}

	private static String action(int question) {
		return ACTIONS.get(question % ACTIONS.size());
	}

	private static String place(int question) {
		return PLACES.get(question % PLACES.size());
	}

}
