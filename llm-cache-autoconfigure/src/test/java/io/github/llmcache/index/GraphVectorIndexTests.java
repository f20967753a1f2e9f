package io.github.llmcache.index;

/**
 * Every vector is moved into the graph by the put that brings it.
 */
class GraphVectorIndexTests extends VectorIndexContract {

	@Override
	VectorIndex create() {
		return new GrowingVectorIndex(JVectorGraphSegment::new, 1, 1, Runnable::run);
	}

}
