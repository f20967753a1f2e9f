package io.github.llmcache.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore.StoreUsage;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.VoiceStore;
import io.github.llmcache.store.VoiceStore.Voice;
import io.github.llmcache.test.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link VoiceStore} does.
 */
public abstract class VoiceStoreContract {

	private static final CacheKey SHARED = Entries.key(Entries.partition("support", "small", "v1", null), "turn on");

	private static final CacheKey OTHER = Entries.key(Entries.partition("support", "small", "v1", null), "turn off");

	private static final String ANSWER = "0123456789abcdef";

	private static final String OTHER_ANSWER = "fedcba9876543210";

	/** The time of entries, which that of the store's server follows. */
	protected final MutableClock clock = new MutableClock();

	private final Entries entries = new Entries(this.clock);

	/**
	 * The store under test, empty.
	 * @return the same store each time
	 */
	protected abstract VoiceStore store();

	/**
	 * Let time pass for the store.
	 * @param duration the time
	 */
	protected abstract void elapse(Duration duration);

	@Test
	void nobodyHasAnAnswerAtFirst() {
		assertThat(store().voices(SHARED)).isEmpty();
	}

	@Test
	void eachScopeHasAVoice() {
		assertThat(vouch("one", ANSWER)).containsExactly(voice("one", ANSWER));
		assertThat(vouch("two", OTHER_ANSWER)).containsExactlyInAnyOrder(voice("one", ANSWER),
				voice("two", OTHER_ANSWER));
		assertThat(store().voices(SHARED)).containsExactlyInAnyOrder(voice("one", ANSWER), voice("two", OTHER_ANSWER));
		assertThat(store().voices(OTHER)).isEmpty();
	}

	@Test
	void scopeThatVouchesAgainHasOneVoice() {
		vouch("two", ANSWER);
		for (int i = 0; i < 5; i++) {
			assertThat(vouch("one", ANSWER)).hasSize(2);
		}
		assertThat(vouch("one", OTHER_ANSWER)).containsExactlyInAnyOrder(voice("two", ANSWER),
				voice("one", OTHER_ANSWER));
	}

	@Test
	void voiceLeadsToTheEntryOfItsScope() {
		CacheKey own = own("one");
		CacheEntry entry = this.entries.entry("turn on");
		assertThat(store().put(own, entry, store().find(own).generation())).isTrue();
		vouch("one", entry.groupOfEqualAnswers());
		Voice voice = store().voices(SHARED).get(0);
		CacheEntry found = store().peek(voice.entry());
		assertThat(Entries.answer(found)).isEqualTo("answer to turn on");
		assertThat(voice.answer()).isEqualTo(entry.groupOfEqualAnswers());
		assertThat(store().evict(EvictionSelector.all().withScope("one"))).isOne();
		assertThat(store().peek(voice.entry())).isNull();
	}

	@Test
	void withdrawnVoiceIsGoneAndNoOtherOne() {
		vouch("one", ANSWER);
		vouch("two", ANSWER);
		store().withdraw(SHARED, own("one").partition());
		store().withdraw(SHARED, own("nobody").partition());
		store().withdraw(OTHER, own("two").partition());
		assertThat(store().voices(SHARED)).containsExactly(voice("two", ANSWER));
	}

	@Test
	void voiceIsOverAfterItsTime() {
		vouch("one", ANSWER);
		elapse(Entries.TTL.dividedBy(2));
		vouch("two", ANSWER);
		elapse(Entries.TTL.dividedBy(2));
		assertThat(store().voices(SHARED)).containsExactly(voice("two", ANSWER));
		assertThat(vouch("three", ANSWER)).containsExactlyInAnyOrder(voice("two", ANSWER), voice("three", ANSWER));
		elapse(Entries.TTL);
		assertThat(store().voices(SHARED)).isEmpty();
	}

	@Test
	void latestVoicesAreKept() {
		for (int i = 0; i < VoiceStore.MOST_VOICES; i++) {
			store().vouch(SHARED, voice("scope " + i, ANSWER), Entries.TTL.plusSeconds(i));
		}
		List<Voice> voices = store().vouch(SHARED, voice("one more", ANSWER), Entries.TTL.plusHours(1));
		assertThat(voices).hasSize(VoiceStore.MOST_VOICES).contains(voice("one more", ANSWER));
		assertThat(store().voices(SHARED)).hasSameElementsAs(voices)
			.containsAll(
					IntStream.range(1, VoiceStore.MOST_VOICES).mapToObj((i) -> voice("scope " + i, ANSWER)).toList());
	}

	@Test
	void voiceIsNoEntry() {
		CacheEntry entry = this.entries.entry("turn on");
		assertThat(store().put(own("one"), entry, store().find(own("one")).generation())).isTrue();
		vouch("one", ANSWER);
		assertThat(store().find(SHARED).entry()).isNull();
		assertThat(store().usage().get("support")).isNotNull().extracting(StoreUsage::entries).isEqualTo(1L);
		assertThat(store().evict(EvictionSelector.all())).isOne();
	}

	private List<Voice> vouch(String scope, String answer) {
		return store().vouch(SHARED, voice(scope, answer), Entries.TTL);
	}

	private static Voice voice(String scope, String answer) {
		return new Voice(own(scope), answer);
	}

	private static CacheKey own(String scope) {
		return Entries.key(scoped(scope), "turn on");
	}

	private static Partition scoped(String scope) {
		return Entries.partition("support", "small", "v1", scope);
	}

}
