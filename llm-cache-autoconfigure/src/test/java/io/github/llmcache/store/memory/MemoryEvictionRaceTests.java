package io.github.llmcache.store.memory;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.llmcache.core.EvictionRace;
import io.github.llmcache.core.EvictionRace.Mode;
import io.github.llmcache.core.TestCaches;

/**
 * Eviction against callers of the embedded store.
 */
@Tag("thorough")
class MemoryEvictionRaceTests {

	@ParameterizedTest
	@EnumSource
	void noCallThatStartsAfterAnEvictionGetsAnAnswerFromBefore(Mode mode) throws Exception {
		new EvictionRace(mode, List.of(TestCaches.store())).run("memory");
	}

}
