/**
 * One command that measures everything along with what it is compared with, and writes
 * the report.
 */
@NullMarked
package io.github.llmcache.benchmarks.report;

import org.jspecify.annotations.NullMarked;
