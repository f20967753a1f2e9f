package io.github.llmcache.test.contract;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.store.Alias;
import io.github.llmcache.store.AliasStore;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.ErasableStore;
import io.github.llmcache.store.Erasure;
import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.store.LabelledMatch;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.store.MatchRecordStore;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.VoiceStore;
import io.github.llmcache.store.VoiceStore.Voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What every {@link ErasableStore} must forget.
 */
public abstract class ErasableStoreContract {

	private static final Partition ONE = Entries.partition("support", "small", null, "tenant");

	private static final Partition TWO = Entries.partition("prices", "large", "v1", "tenant");

	private static final Partition OTHER = Entries.partition("support", "small", null, "other tenant");

	private static final Partition UNSCOPED = Entries.partition("support", "small", null, null);

	private final Entries entries = new Entries(Clock.systemUTC());

	/**
	 * The store under test, empty.
	 * @return the same store each time
	 */
	protected abstract ErasableStore store();

	@Test
	void everythingOfTheScopeIsErasedAndNothingElse() {
		ErasableStore store = store();
		long refused = 0;
		long aliased = 0;
		long vouched = 0;
		long observed = 0;
		for (Partition partition : List.of(ONE, TWO, OTHER, UNSCOPED)) {
			put(store, partition, "prompt");
			put(store, partition, "another prompt");
			boolean counts = "tenant".equals(partition.scope());
			if (store instanceof AliasStore aliasStore) {
				remember(aliasStore, partition, "prompt", "wording");
				aliased += counts ? 1 : 0;
			}
			if (store instanceof FeedbackStore feedbackStore) {
				feedbackStore.refuse(partition, Set.of("a~b", "a=c"));
				refused += counts ? 2 : 0;
			}
			if (store instanceof VoiceStore voiceStore && partition.scope() != null) {
				CacheKey shared = Entries.key(shared(partition), "prompt");
				voiceStore.vouch(shared, new Voice(Entries.key(partition, "prompt"), "0123456789abcdef"), Entries.TTL);
				put(store, shared(partition), "prompt");
				vouched += counts ? 1 : 0;
			}
			if (store instanceof MatchRecordStore matchRecords) {
				MatchRecord matchRecord = new MatchRecord(List.of(1.0), 0.5, true, partition.scope());
				matchRecords.exchange(partition.task(),
						List.of(new LabelledMatch(matchRecord, true, Verdict.SAME, Instant.EPOCH, 0, 0)), "");
				observed += counts ? 1 : 0;
			}
		}
		Erasure erasure = store.erase("tenant");
		assertThat(erasure).isEqualTo(new Erasure(2, 4, aliased, refused, vouched, observed, 0));
		assertThat(erasure.isComplete()).isTrue();
		assertThat(store.erase("tenant")).isEqualTo(Erasure.NOTHING);
		for (Partition partition : List.of(ONE, TWO)) {
			assertThat(find(store, partition, "prompt").entry()).isNull();
			assertThat(find(store, partition, "wording").alias()).isNull();
			assertThat(refusals(store, partition)).isEmpty();
		}
		for (Partition partition : List.of(OTHER, UNSCOPED)) {
			assertThat(find(store, partition, "prompt").entry()).isNotNull();
			assertThat(find(store, partition, "another prompt").entry()).isNotNull();
			assertThat(find(store, partition, "wording").alias() != null).isEqualTo(store instanceof AliasStore);
			assertThat(refusals(store, partition)).hasSize((store instanceof FeedbackStore) ? 2 : 0);
		}
		if (store instanceof VoiceStore voiceStore) {
			assertThat(voiceStore.voices(Entries.key(shared(ONE), "prompt")))
				.extracting((voice) -> voice.entry().partition())
				.containsExactly(OTHER);
			assertThat(voiceStore.voices(Entries.key(shared(TWO), "prompt"))).isEmpty();
			assertThat(find(store, shared(ONE), "prompt").entry()).as("what the scope has helped to share").isNull();
			assertThat(find(store, shared(TWO), "prompt").entry()).isNull();
		}
		if (store instanceof MatchRecordStore matchRecords) {
			assertThat(matchRecords.exchange("support", List.of(), "").matchRecords()).hasSize(2);
			assertThat(matchRecords.exchange("prices", List.of(), "").matchRecords()).isEmpty();
		}
	}

	@Test
	void answerWhoseLoadBeganBeforeIsNotStored() {
		ErasableStore store = store();
		CacheKey key = Entries.key(ONE, "prompt");
		long generation = store.find(key).generation();
		store.erase("tenant");
		assertThat(store.put(key, this.entries.entry("prompt"), generation)).isFalse();
		put(store, ONE, "prompt");
		assertThat(store.find(key).entry()).isNotNull();
	}

	@Test
	void refusalsWithoutEntriesAreFound() {
		if (store() instanceof FeedbackStore store) {
			store.refuse(ONE, Set.of("a~b"));
			Erasure erasure = store().erase("tenant");
			assertThat(erasure.refusals()).isOne();
			assertThat(erasure.left()).isZero();
		}
	}

	@Test
	void listenersLearnWhichPartitionsAreErased() {
		ErasableStore store = store();
		List<Predicate<Partition>> erasures = new ArrayList<>();
		store.onErasure(erasures::add);
		store.erase("tenant");
		assertThat(erasures).singleElement().satisfies((erased) -> {
			assertThat(erased).accepts(ONE, TWO);
			assertThat(erased).rejects(OTHER, UNSCOPED);
		});
	}

	@Test
	void scopeMustNotBeEmpty() {
		ErasableStore store = store();
		assertThatIllegalArgumentException().isThrownBy(() -> store.erase(" "));
	}

	private void put(CacheStore store, Partition partition, String prompt) {
		CacheEntry entry = this.entries.entry(prompt, Entries.vector(prompt.length()));
		assertThat(store.put(Entries.key(partition, prompt), entry, find(store, partition, prompt).generation()))
			.isTrue();
	}

	private static void remember(AliasStore store, Partition partition, String prompt, String wording) {
		CacheKey key = Entries.key(partition, prompt);
		CacheEntry entry = Objects.requireNonNull(store.find(key).entry());
		store.remember(Entries.key(partition, wording), new Alias(key.digest(), entry, 0.9, "0123456789abcdef",
				new MatchRecord(List.of(1.0), 0.5, true, partition.scope())));
	}

	/**
	 * Where answers are that are served to all scopes.
	 */
	private static Partition shared(Partition partition) {
		return Entries.partition(partition.task(), partition.model(), "all scopes", null);
	}

	private static CacheStore.Finding find(CacheStore store, Partition partition, String prompt) {
		return store.find(Entries.key(partition, prompt));
	}

	private static Set<String> refusals(CacheStore store, Partition partition) {
		return (store instanceof FeedbackStore feedbackStore) ? feedbackStore.refusals(partition) : Set.of();
	}

}
