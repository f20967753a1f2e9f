package io.github.llmcache.group;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.AnswerEquivalence.Comparison;
import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.store.CacheEntry;

/**
 * A loaded answer that is compared with cached ones, once with each. Used by one thread.
 */
public final class FreshAnswer {

	private final String task;

	private final Type type;

	private final CacheEntry entry;

	private final AnswerEquivalence equivalence;

	private final PayloadCodec codec;

	private final Map<List<Object>, Verdict> verdicts = new HashMap<>();

	private @Nullable Object value;

	/**
	 * An answer that was loaded.
	 * @param task the task
	 * @param type type of its answers
	 * @param entry the answer as an entry
	 * @param equivalence judges answers
	 * @param codec reads payloads
	 */
	public FreshAnswer(String task, Type type, CacheEntry entry, AnswerEquivalence equivalence, PayloadCodec codec) {
		this.task = task;
		this.type = type;
		this.entry = entry;
		this.equivalence = equivalence;
		this.codec = codec;
	}

	String task() {
		return this.task;
	}

	CacheEntry entry() {
		return this.entry;
	}

	/**
	 * Whether it says the same as a cached one.
	 * @param cached the cached one
	 * @return the verdict; whoever judges is not asked again about the same answer
	 * @throws RuntimeException if whoever judges fails
	 */
	public Verdict compare(CacheEntry cached) {
		Verdict known = known(cached);
		if (known != null) {
			return known;
		}
		Verdict verdict = judge(cached);
		this.verdicts.put(question(cached), verdict);
		return verdict;
	}

	/**
	 * The verdict, if it is known without asking anybody.
	 */
	@Nullable Verdict known(CacheEntry cached) {
		if (this.entry.group().equals(cached.group()) || Arrays.equals(this.entry.payload(), cached.payload())) {
			return Verdict.SAME;
		}
		return this.verdicts.get(question(cached));
	}

	private static List<Object> question(CacheEntry cached) {
		return List.of(cached.prompt(), ByteBuffer.wrap(cached.payload()));
	}

	private Verdict judge(CacheEntry cached) {
		Object own = this.value;
		if (own == null) {
			own = this.codec.decode(this.entry.payload(), this.type);
			this.value = own;
		}
		return this.equivalence.judge(new Comparison(this.task, this.entry.prompt(), own, cached.prompt(),
				this.codec.decode(cached.payload(), this.type)));
	}

}
