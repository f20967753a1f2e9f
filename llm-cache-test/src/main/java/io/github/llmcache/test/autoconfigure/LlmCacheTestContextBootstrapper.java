package io.github.llmcache.test.autoconfigure;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Starts the context of a {@link LlmCacheTest}.
 */
class LlmCacheTestContextBootstrapper extends TestSliceTestContextBootstrapper<LlmCacheTest> {

}
