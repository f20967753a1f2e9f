package io.github.llmcache.store.redis;

/**
 * Up to where an in-process index follows the server.
 *
 * @param sequence of the last addition that it has
 * @param embeddingBytes the size of an embedding that fits into it
 */
record IndexPosition(long sequence, int embeddingBytes) {

}
