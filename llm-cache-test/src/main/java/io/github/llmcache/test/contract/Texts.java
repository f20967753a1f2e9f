package io.github.llmcache.test.contract;

import java.util.List;

/**
 * Texts that contracts try on more than one interface.
 */
final class Texts {

	/** Prompts that ask for different things, in pairs. */
	static final String LOOK_ALIKES = """
			How do I turn on dark mode? | How do I turn off dark mode?
			What is 2+2?                | What is 2+3?
			Is the shop open on Sunday? | Is the shop not open on Sunday?
			Convert 5 km to miles       | Convert 5 miles to km
			What is a mutex?            | How do I cook rice?
			""";

	/** Texts that hardly anybody writes, and that must not break anything. */
	static final List<String> ODD = List.of(" ", "\n\t ", ".", "\u0000", "a\u0000b", "\uD83D", "x\uDC00y", "\uFFFF",
			"\u200B\u202E", "\u0301\u0301\u0301", "\uD83D\uDC4D\uD83C\uDFFD",
			"\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", "\u65E5\u672C\u8A9E\u306E\u30C6\u30B9\u30C8",
			"\u0645\u0631\u062D\u0628\u0627", "{{}}[]<>&%$\\\"'");

	private Texts() {
	}

}
