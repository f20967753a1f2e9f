package io.github.llmcache.test.application;

import java.util.stream.Stream;

import io.github.llmcache.test.LookAlike;
import io.github.llmcache.test.LookAlikeTests;

class SupportLookAlikeTests extends LookAlikeTests {

	@Override
	protected String task() {
		return "support";
	}

	@Override
	protected Stream<LookAlike> pairs() {
		return Stream.of(LookAlike.different("How do I turn on dark mode?", "How do I turn off dark mode?"),
				LookAlike.different("What does the pro plan cost?", "What does the basic plan cost?"),
				LookAlike.same("How do I turn on dark mode?", "how can i turn dark mode on"));
	}

}
