package io.github.llmcache.store.memory;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.llmcache.core.InvalidationRace;
import io.github.llmcache.core.InvalidationRace.Mode;
import io.github.llmcache.core.TestCaches;

/**
 * Invalidation against callers of the embedded store.
 */
@Tag("thorough")
class MemoryInvalidationRaceTests {

	@ParameterizedTest
	@EnumSource
	void noCallThatStartsAfterAnInvalidationGetsAnAnswerFromBefore(Mode mode) throws Exception {
		new InvalidationRace(mode, List.of(TestCaches.store())).run("memory");
	}

}
