package io.github.llmcache.core;

import io.github.llmcache.core.Call.Hit;

/**
 * How a call goes on when its search is over.
 */
sealed interface Decision extends Step {

	/** Run the method. */
	Decision LOAD = new Load();

	/**
	 * Serve an answer.
	 */
	record Serve(Hit hit) implements Decision {

	}

	/**
	 * Take part in a stream that another call reads. For calls that can, only.
	 */
	record Join(RunningStream stream) implements Decision {

	}

	/**
	 * Fail with what the method threw for another call.
	 */
	record Fail(Throwable failure) implements Decision {

	}

	/**
	 * Run the method.
	 */
	record Load() implements Decision {

	}

}
