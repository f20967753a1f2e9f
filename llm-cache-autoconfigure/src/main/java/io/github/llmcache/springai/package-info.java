/**
 * The cache for applications that use Spring AI: an advisor for its {@code ChatClient},
 * and embeddings by the model that an application has already.
 */
@NullMarked
package io.github.llmcache.springai;

import org.jspecify.annotations.NullMarked;
