package io.github.llmcache.benchmarks.peer;

import java.io.Serializable;
import java.util.List;

/**
 * An answer with fields, about 1 KB.
 *
 * @param text the text
 * @param sources where it comes from
 * @param tokens how long it is
 */
public record Answer(String text, List<String> sources, int tokens) implements Serializable {

}
