package io.github.llmcache.event;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.answer.TokenUsage;

/**
 * A lookup ended. Unless it was a hit, the method runs next, or has already run if an
 * answer beyond its TTL could have replaced its failure. Also published as an application
 * event.
 *
 * @param task the task
 * @param outcome how the call is answered
 * @param reason why the cache was not consulted, for {@link Outcome#BYPASS} only
 * @param semanticSkip why no similar prompt was looked for although the task is semantic,
 * or {@code null}
 * @param refusals the reasons why candidates were refused, one for each
 * @param similarity cosine similarity, for {@link Outcome#SEMANTIC}, and for
 * {@link Outcome#STALE} if the wordings differ
 * @param entryId digest that identifies the served entry, for hits only
 * @param age time since the served entry was stored, for hits only
 * @param lookupTime how long the lookup took
 * @param timeSaved how long the method took when the served entry was loaded, for hits
 * only; {@code null} for one whose stream is still running
 * @param searched whether entries with similar prompts were searched
 * @param model the language model that is asked, if the call names it
 * @param tokensSaved how many tokens the model took for the served entry, for hits only;
 * {@code null} if that is not known, or if the method answers as well, for an audit
 */
public record LookupEvent(String task, Outcome outcome, @Nullable String reason, @Nullable String semanticSkip,
		List<String> refusals, @Nullable Double similarity, @Nullable String entryId, @Nullable Duration age,
		Duration lookupTime, @Nullable Duration timeSaved, boolean searched, @Nullable String model,
		@Nullable TokenUsage tokensSaved) implements LlmCacheEvent {

	public LookupEvent {
		refusals = List.copyOf(refusals);
	}

	/**
	 * A lookup of which the cost is not known.
	 * @param task the task
	 * @param outcome how the call is answered
	 * @param reason why the cache was not consulted
	 * @param semanticSkip why no similar prompt was looked for
	 * @param refusals the reasons why candidates were refused
	 * @param similarity cosine similarity
	 * @param entryId digest that identifies the served entry
	 * @param age time since the served entry was stored
	 * @param lookupTime how long the lookup took
	 * @param timeSaved how long the method took when the served entry was loaded
	 */
	public LookupEvent(String task, Outcome outcome, @Nullable String reason, @Nullable String semanticSkip,
			List<String> refusals, @Nullable Double similarity, @Nullable String entryId, @Nullable Duration age,
			Duration lookupTime, @Nullable Duration timeSaved) {
		this(task, outcome, reason, semanticSkip, refusals, similarity, entryId, age, lookupTime, timeSaved, false,
				null, null);
	}

	@Override
	public void notifyListener(LlmCacheListener listener) {
		listener.onLookup(this);
	}

}
