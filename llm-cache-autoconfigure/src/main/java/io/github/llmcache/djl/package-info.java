/**
 * The embedder that runs in this JVM: Deep Java Library on ONNX Runtime.
 */
@NullMarked
package io.github.llmcache.djl;

import org.jspecify.annotations.NullMarked;
