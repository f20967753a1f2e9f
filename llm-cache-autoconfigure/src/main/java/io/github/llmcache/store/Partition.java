package io.github.llmcache.store;

import org.jspecify.annotations.Nullable;

/**
 * All entries of one identity. A semantic search never leaves its partition.
 *
 * @param id digest over the whole identity and the embedder's fingerprint, in lower-case
 * hexadecimal digits; partitions are equal when their ids are
 * @param task the task
 * @param model the model, for eviction by model
 * @param template the template, for eviction by template
 * @param scope the scope, for eviction by scope
 */
public record Partition(String id, String task, @Nullable String model, @Nullable String template,
		@Nullable String scope) {

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Partition partition && this.id.equals(partition.id);
	}

	@Override
	public int hashCode() {
		return this.id.hashCode();
	}

	/**
	 * Task and digest only: the scope may be personal data.
	 */
	@Override
	public String toString() {
		return this.task + ":" + this.id;
	}

}
