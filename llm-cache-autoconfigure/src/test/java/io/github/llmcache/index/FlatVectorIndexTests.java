package io.github.llmcache.index;

class FlatVectorIndexTests extends VectorIndexContract {

	@Override
	VectorIndex create() {
		return new GrowingVectorIndex(null, 1, 1, Runnable::run);
	}

}
