/**
 * Language models behind one interface: simulated ones that work offline, and those of
 * any provider that speaks OpenAI's protocol.
 */
@NullMarked
package io.github.llmcache.sample.model;

import org.jspecify.annotations.NullMarked;
