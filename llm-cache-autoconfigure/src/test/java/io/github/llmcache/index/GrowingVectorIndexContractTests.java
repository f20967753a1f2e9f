package io.github.llmcache.index;

/**
 * Passes the threshold in both directions, with vectors in both segments.
 */
class GrowingVectorIndexContractTests extends VectorIndexContract {

	@Override
	VectorIndex create() {
		return new GrowingVectorIndex(JVectorGraphSegment::new, 200, 32, Runnable::run);
	}

}
