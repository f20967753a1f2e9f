/**
 * What people say about answers that were served: right, or wrong.
 */
@NullMarked
package io.github.llmcache.feedback;

import org.jspecify.annotations.NullMarked;
