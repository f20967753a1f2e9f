/**
 * Embeds texts with the embedding model of Spring AI that an application has already.
 */
@NullMarked
package io.github.llmcache.springai;

import org.jspecify.annotations.NullMarked;
