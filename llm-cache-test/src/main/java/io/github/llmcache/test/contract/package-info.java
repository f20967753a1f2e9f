/**
 * What every implementation of an interface has to keep that an application may replace,
 * as tests to extend.
 */
@NullMarked
package io.github.llmcache.test.contract;

import org.jspecify.annotations.NullMarked;
