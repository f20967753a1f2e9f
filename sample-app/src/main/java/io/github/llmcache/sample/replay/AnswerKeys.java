package io.github.llmcache.sample.replay;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.explain.Explanation;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.Partition;

/**
 * Knows which answers are right. Only the model's text is cached, as in a real
 * application. The key is a tag of the entry, so that two keys may have the same text,
 * and other processes know it, too. Used by one thread.
 */
@Component
class AnswerKeys {

	private final ObjectProvider<LlmCache> cache;

	private final ObjectProvider<CacheStore> store;

	private final Map<String, Partition> partitions = new HashMap<>();

	AnswerKeys(ObjectProvider<LlmCache> cache, ObjectProvider<CacheStore> store) {
		this.cache = cache;
		this.store = store;
	}

	/**
	 * Whether an answer is right for a request.
	 */
	boolean isRight(RecordedRequest request, CachedAnswer<String> answer) {
		String entryId = answer.entryId();
		CacheEntry entry = (entryId != null) ? entry(request, entryId) : null;
		return (entry != null) ? isRight(request, entry) : request.answer().equals(answer.value());
	}

	/**
	 * Whether a candidate's answer is right for a request.
	 */
	boolean isRight(RecordedRequest request, Explanation.Judgement candidate) {
		CacheEntry entry = entry(request, candidate.entryId());
		return entry != null && isRight(request, entry);
	}

	static boolean isRight(RecordedRequest request, CacheEntry entry) {
		return entry.tags().contains(request.answerKey());
	}

	/**
	 * What the cache would do for a request, built as for a call of
	 * {@link ReplayedModel}.
	 * @return {@code null} if there is no cache
	 */
	@Nullable Explanation explain(RecordedRequest request) {
		LlmCache available = this.cache.getIfAvailable();
		return (available != null) ? available
			.explain(CacheRequest.forTask(request.task(), String.class).prompt(request.prompt()).semantic(true).build())
				: null;
	}

	private @Nullable CacheEntry entry(RecordedRequest request, String entryId) {
		CacheStore available = this.store.getIfAvailable();
		Partition partition = partition(request);
		return (available != null && partition != null) ? available.find(new CacheKey(partition, entryId)).entry()
				: null;
	}

	private @Nullable Partition partition(RecordedRequest request) {
		return this.partitions.computeIfAbsent(request.task(), (task) -> {
			Explanation explanation = explain(request);
			CacheKey key = (explanation != null) ? explanation.key() : null;
			return (key != null) ? key.partition() : null;
		});
	}

}
