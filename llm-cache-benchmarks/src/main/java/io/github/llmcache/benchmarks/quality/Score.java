package io.github.llmcache.benchmarks.quality;

/**
 * The hits of one cache.
 *
 * @param right number of hits with the right answer
 * @param wrong number of hits with another one
 * @param possible number of requests whose answer had been loaded before
 */
record Score(int right, int wrong, int possible) {

	/**
	 * Share of the possible hits, in percent.
	 */
	double rightPercent() {
		return 100.0 * this.right / this.possible;
	}

	/**
	 * Share of the hits that are wrong, in percent.
	 */
	double wrongPercent() {
		return (this.right + this.wrong == 0) ? 0 : 100.0 * this.wrong / (this.right + this.wrong);
	}

}
