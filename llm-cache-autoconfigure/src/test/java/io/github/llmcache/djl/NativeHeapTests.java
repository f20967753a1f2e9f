package io.github.llmcache.djl;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NativeHeap}.
 */
class NativeHeapTests {

	@Test
	@EnabledOnOs(OS.LINUX)
	void whatLoadingAModelHasLeftIsGivenBack() {
		DjlTextEmbedder.bundled().concurrency(1).build().close();
		assertThat(NativeHeap.trim()).isTrue();
	}

}
