package io.github.llmcache.transfer;

/**
 * What an import did.
 *
 * @param imported entries that were stored
 * @param embedded how many of them have an embedding that was computed, because they come
 * from another embedder, or without one
 * @param present entries that were left out because there is one for the same prompt
 * @param expired entries that were left out because their time is over
 * @param evicted entries that were left out because their partition was evicted meanwhile
 * @param complete whether the end of the export was among the lines
 */
public record ImportResult(long imported, long embedded, long present, long expired, long evicted, boolean complete) {

}
