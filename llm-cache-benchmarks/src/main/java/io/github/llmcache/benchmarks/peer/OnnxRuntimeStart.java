package io.github.llmcache.benchmarks.peer;

import ai.djl.engine.Engine;

/**
 * Lets several users of ONNX Runtime live in one JVM.
 */
final class OnnxRuntimeStart {

	private OnnxRuntimeStart() {
	}

	/**
	 * Let DJL start it, which refuses if others did.
	 */
	static void byDjl() {
		Engine.getEngine("OnnxRuntime");
	}

}
