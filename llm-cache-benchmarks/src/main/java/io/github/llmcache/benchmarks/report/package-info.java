/**
 * One command that measures everything beside what it is compared with, and writes it
 * down.
 */
@NullMarked
package io.github.llmcache.benchmarks.report;

import org.jspecify.annotations.NullMarked;
