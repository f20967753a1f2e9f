package io.github.llmcache.index;

import java.util.List;

/**
 * Passes everything on, for tests that step in between.
 */
class ForwardingGraphSegment implements GraphSegment {

	private final GraphSegment target;

	ForwardingGraphSegment(GraphSegment target) {
		this.target = target;
	}

	@Override
	public void add(VectorNode node) {
		this.target.add(node);
	}

	@Override
	public void remove(VectorNode node) {
		this.target.remove(node);
	}

	@Override
	public void search(float[] query, NearestNodes nearest) {
		this.target.search(query, nearest);
	}

	@Override
	public boolean isFragmented() {
		return this.target.isFragmented();
	}

	@Override
	public void reclaim() {
		this.target.reclaim();
	}

	@Override
	public List<VectorNode> nodes() {
		return this.target.nodes();
	}

	@Override
	public int size() {
		return this.target.size();
	}

	@Override
	public long estimatedBytes() {
		return this.target.estimatedBytes();
	}

}
