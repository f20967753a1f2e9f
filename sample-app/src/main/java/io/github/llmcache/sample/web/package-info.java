/**
 * The HTTP interface that the page calls.
 */
@NullMarked
package io.github.llmcache.sample.web;

import org.jspecify.annotations.NullMarked;
