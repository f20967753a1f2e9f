package io.github.llmcache.core;

/**
 * An answer of an application's own type.
 */
public record Answer(String text, int tokens) {

}
