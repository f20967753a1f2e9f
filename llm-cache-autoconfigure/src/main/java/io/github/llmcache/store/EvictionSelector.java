package io.github.llmcache.store;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.prompt.PromptFolding;
import io.github.llmcache.prompt.PromptNormalizer;
import io.github.llmcache.prompt.PromptPattern;

/**
 * Selects the entries that an eviction removes: those that match every given criterion.
 *
 * @param task the task, or {@code null} for all
 * @param model the model, or {@code null} for all
 * @param template the template, or {@code null} for all
 * @param scope the scope, or {@code null} for all
 * @param tag a tag that the entry was stored with, or {@code null} for all
 * @param prompt the prompt, or {@code null} for all; case, sentence punctuation and
 * blanks make no difference, unless the prompt holds code or quoted text
 * @param promptPattern a pattern over the whole prompt, in which {@code *} stands for any
 * characters and {@code ?} for one, compared after normalisation and without regard to
 * case, of at most 1,000 characters; or {@code null} for all
 */
public record EvictionSelector(@Nullable String task, @Nullable String model, @Nullable String template,
		@Nullable String scope, @Nullable String tag, @Nullable String prompt, @Nullable String promptPattern) {

	private static final EvictionSelector ALL = new EvictionSelector(null, null, null, null, null, null, null);

	/**
	 * Create a selector.
	 * @throws IllegalArgumentException if the pattern is too long
	 */
	public EvictionSelector {
		prompt = (prompt != null) ? PromptNormalizer.normalize(prompt) : null;
		if (promptPattern != null) {
			promptPattern = PromptNormalizer.normalize(promptPattern);
			PromptPattern.check(promptPattern);
		}
	}

	/**
	 * Every entry of every task.
	 * @return a selector without criteria
	 */
	public static EvictionSelector all() {
		return ALL;
	}

	/**
	 * Every entry of one task.
	 * @param task the task
	 * @return a selector to narrow further
	 */
	public static EvictionSelector task(String task) {
		return new EvictionSelector(task, null, null, null, null, null, null);
	}

	public EvictionSelector withTask(@Nullable String task) {
		return new EvictionSelector(task, this.model, this.template, this.scope, this.tag, this.prompt,
				this.promptPattern);
	}

	public EvictionSelector withModel(@Nullable String model) {
		return new EvictionSelector(this.task, model, this.template, this.scope, this.tag, this.prompt,
				this.promptPattern);
	}

	public EvictionSelector withTemplate(@Nullable String template) {
		return new EvictionSelector(this.task, this.model, template, this.scope, this.tag, this.prompt,
				this.promptPattern);
	}

	public EvictionSelector withScope(@Nullable String scope) {
		return new EvictionSelector(this.task, this.model, this.template, scope, this.tag, this.prompt,
				this.promptPattern);
	}

	public EvictionSelector withTag(@Nullable String tag) {
		return new EvictionSelector(this.task, this.model, this.template, this.scope, tag, this.prompt,
				this.promptPattern);
	}

	public EvictionSelector withPrompt(@Nullable String prompt) {
		return new EvictionSelector(this.task, this.model, this.template, this.scope, this.tag, prompt,
				this.promptPattern);
	}

	public EvictionSelector withPromptPattern(@Nullable String promptPattern) {
		return new EvictionSelector(this.task, this.model, this.template, this.scope, this.tag, this.prompt,
				promptPattern);
	}

	/**
	 * Whether entries of a partition can match.
	 * @param partition the partition
	 * @return {@code true} if task, model, template and scope do
	 */
	public boolean matches(Partition partition) {
		return matchesPartition(partition.task(), partition.model(), partition.template(), partition.scope());
	}

	/**
	 * Whether entries of a partition can match.
	 * @param task the task
	 * @param model the model, if any
	 * @param template the template, if any
	 * @param scope the scope, if any
	 * @return {@code true} if each criterion that is set is equal
	 */
	public boolean matchesPartition(String task, @Nullable String model, @Nullable String template,
			@Nullable String scope) {
		return matches(this.task, task) && matches(this.model, model) && matches(this.template, template)
				&& matches(this.scope, scope);
	}

	/**
	 * The task, for meters and log lines.
	 * @return the task, or {@code all}
	 */
	public String taskOrAll() {
		return (this.task != null) ? this.task : "all";
	}

	/**
	 * Select among the entries of a matching partition. Request the filter once for all
	 * of them, because it prepares prompt and pattern.
	 * @return a filter by tag, prompt and pattern; safe for use by many threads, and
	 * linear in the length of the entry's prompt
	 */
	public Predicate<CacheEntry> entryFilter() {
		Predicate<CacheEntry> filter = (entry) -> this.tag == null || entry.tags().contains(this.tag);
		String wanted = this.prompt;
		if (wanted != null) {
			String folded = PromptFolding.fold(wanted);
			filter = filter
				.and((entry) -> wanted.equals(entry.prompt()) || folded.equals(PromptFolding.fold(entry.prompt())));
		}
		if (this.promptPattern != null) {
			PromptPattern pattern = new PromptPattern(this.promptPattern);
			filter = filter.and((entry) -> pattern.matches(entry.prompt()));
		}
		return filter;
	}

	/**
	 * Whether all entries of a matching partition match.
	 * @return {@code true} if there is neither tag, nor prompt, nor pattern
	 */
	public boolean selectsWholePartitions() {
		return this.tag == null && this.prompt == null && this.promptPattern == null;
	}

	private static boolean matches(@Nullable String criterion, @Nullable String value) {
		return criterion == null || criterion.equals(value);
	}

	/**
	 * The names of the criteria only: prompts and scopes do not appear in log lines.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("EvictionSelector[");
		append(text, "task", this.task);
		append(text, "model", this.model);
		append(text, "template", this.template);
		append(text, "scope", (this.scope != null) ? "*" : null);
		append(text, "tag", (this.tag != null) ? "*" : null);
		append(text, "prompt", (this.prompt != null) ? "*" : null);
		append(text, "promptPattern", (this.promptPattern != null) ? "*" : null);
		return text.append(']').toString();
	}

	private static void append(StringBuilder text, String name, @Nullable String value) {
		if (value != null) {
			text.append((text.charAt(text.length() - 1) != '[') ? ", " : "").append(name).append('=').append(value);
		}
	}

}
