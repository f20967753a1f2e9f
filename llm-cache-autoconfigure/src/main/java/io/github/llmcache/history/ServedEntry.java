package io.github.llmcache.history;

/**
 * An entry, and how often it was served.
 *
 * @param task its task
 * @param entry its id
 * @param hits how often it was served, at least
 */
public record ServedEntry(String task, String entry, long hits) {

}
