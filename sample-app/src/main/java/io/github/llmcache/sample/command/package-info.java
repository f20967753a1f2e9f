/**
 * What the commands have in common: arguments, input files, reports and progress.
 */
@NullMarked
package io.github.llmcache.sample.command;

import org.jspecify.annotations.NullMarked;
