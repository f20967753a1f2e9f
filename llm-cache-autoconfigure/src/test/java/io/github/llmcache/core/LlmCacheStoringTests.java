package io.github.llmcache.core;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.answer.AdmissionPolicy;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Completeness;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.codec.PayloadException;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.test.contract.Entries;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link LlmCache}: what is stored, and what is not.
 */
class LlmCacheStoringTests {

	private final CacheFixture fixture = new CacheFixture();

	private final CountingLoader<Answer> loader = CountingLoader.answering("42");

	LlmCacheStoringTests() {
		this.fixture.embedder = null;
	}

	static Stream<Throwable> exceptions() {
		return Stream.of(new IllegalStateException("unchecked"), new IOException("checked"),
				new PayloadException("one of ours", null), new StackOverflowError("error"),
				new InterruptedException("interrupted"));
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void exceptionOfTheMethodReachesTheCallerAsItWasThrownOnceAndIsNotStored(Throwable thrown) {
		LlmCache cache = this.fixture.build();
		AtomicInteger calls = new AtomicInteger();
		for (int i = 1; i <= 2; i++) {
			assertThat(catchThrowable(() -> cache.<Answer, Throwable>get(question("prompt").build(), () -> {
				calls.incrementAndGet();
				throw thrown;
			}))).isSameAs(thrown);
			assertThat(calls).hasValue(i);
		}
		assertThat(thrown.getSuppressed()).isEmpty();
		assertThat(this.fixture.events.loads()).hasSize(2)
			.extracting(LoadEvent::result)
			.containsOnly(LoadEvent.Result.FAILURE);
		assertThat(this.fixture.events.stores()).isEmpty();
		assertThat(this.fixture.events.failures()).isEmpty();
		assertThat(this.fixture.entryCount()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "0, 0.9, 3600000", "0.1, 0, 3600000", "0.1, 0.5, 3420000", "1, 0.9999999999, 1" })
	void timeToLiveIsShortenedByChance(double jitter, double random, long millis) {
		LlmCache jittering = new LlmCacheBuilder(this.fixture.store, this.fixture.codec, this.fixture.keys)
			.time(this.fixture.clock, System::nanoTime)
			.ttlJitter(jitter, () -> random)
			.build();
		CacheRequest<Answer> request = question("jitter").ttl(CacheFixture.TTL).build();
		jittering.get(request, CountingLoader.answering("answer"));
		CacheKey key = jittering.explain(request).key();
		assertThat(this.fixture.store.find(key).entry().ttl()).hasMillis(millis);
	}

	@Test
	void answerThatSaysItIsNotCompleteIsReturnedAndNotStored() {
		LlmCache cache = this.fixture.build();
		CacheRequest<CutOff> request = CacheRequest.forTask("support", CutOff.class).prompt("a long story").build();
		assertThat(cache.get(request, () -> new CutOff("once upon a", false)).value().text()).isEqualTo("once upon a");
		assertThat(this.fixture.events.lastStore().rejection()).isEqualTo("incomplete");
		assertThat(cache.get(request, () -> new CutOff("the whole story", true)).outcome()).isEqualTo(Outcome.MISS);
		assertThat(cache.get(request, () -> new CutOff("another", true)).value().text()).isEqualTo("the whole story");
		AdmissionPolicy policy = AdmissionPolicy.rejectIncomplete();
		assertThat(policy.rejectionReason("support", Optional.of(new CutOff("", false)))).isEqualTo("incomplete");
		assertThat(policy.rejectionReason("support", Optional.empty())).isNull();
	}

	record CutOff(String text, boolean complete) implements Completeness {

	}

	@Test
	void invalidAnswerIsNeitherStoredNorServed() {
		LlmCache cache = this.fixture.build();
		CacheRequest.Builder<String> builder = CacheRequest.forTask("support", String.class).prompt("prompt");
		cache.get(builder.build(), () -> "good");
		AdmissionPolicy notBad = (task, value) -> "bad".equals(value) ? "bad" : null;
		assertThat(cache.get(builder.validator(notBad).build(), () -> "bad").outcome()).isEqualTo(Outcome.EXACT);
		AdmissionPolicy notGood = (task, value) -> "good".equals(value) ? "good" : null;
		CacheRequest<String> request = builder.validator(notGood).build();
		assertThat(cache.get(request, () -> "good").outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.fixture.events.lastStore().rejection()).isEqualTo("good");
		assertThat(this.fixture.entryCount()).isZero();
		assertThat(cache.get(request, () -> "better").outcome()).isEqualTo(Outcome.MISS);
		assertThat(cache.get(request, () -> "best").value()).isEqualTo("better");
	}

	@Test
	void validatorThatFailsIsNoFailureOfTheCall() {
		LlmCache cache = this.fixture.build();
		cache.get(question("prompt").build(), this.loader);
		CacheRequest<Answer> request = question("prompt").validator((task, value) -> {
			throw new IllegalStateException();
		}).build();
		assertThat(cache.get(request, this.loader).outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.fixture.events.lastStore().rejection()).isEqualTo("admission-failure");
		assertThat(this.loader.calls()).isEqualTo(2);
	}

	@Test
	void timeToLiveOfZeroMeansThatNothingIsStored() {
		LlmCache cache = this.fixture.build();
		for (int i = 0; i < 2; i++) {
			CachedAnswer<Answer> answer = cache.get(question("prompt").ttl(Duration.ZERO).build(), this.loader);
			assertThat(answer.outcome()).isEqualTo(Outcome.BYPASS);
			assertThat(answer.reason()).isEqualTo("ttl-zero");
		}
		assertThat(this.loader.calls()).isEqualTo(2);
		assertThat(this.fixture.events.stores()).isEmpty();
		assertThat(this.fixture.entryCount()).isZero();
	}

	static Stream<Arguments> emptyAnswers() {
		return Stream.of(Arguments.of(null, "null-value"), Arguments.of("", "empty-value"),
				Arguments.of(" \n\t", "empty-value"), Arguments.of(List.of(), "empty-value"),
				Arguments.of(Map.of(), "empty-value"), Arguments.of(Optional.empty(), "empty-value"),
				Arguments.of(new int[0], "empty-value"));
	}

	@ParameterizedTest
	@MethodSource("emptyAnswers")
	void answerThatHoldsNothingIsReturnedButNotStored(@Nullable Object value, String rejection) {
		LlmCache cache = this.fixture.build();
		CacheRequest<Object> request = CacheRequest.forTask("support", Object.class).prompt("prompt").build();
		CountingLoader<Object> empty = CountingLoader.returning(value);
		for (int i = 0; i < 2; i++) {
			CachedAnswer<Object> answer = cache.get(request, empty);
			assertThat(answer.value()).isSameAs(value);
			assertThat(answer.outcome()).isEqualTo(Outcome.MISS);
		}
		assertThat(empty.calls()).isEqualTo(2);
		assertThat(this.fixture.events.stores()).containsOnly(new StoreEvent("support", rejection));
		assertThat(this.fixture.entryCount()).isZero();
	}

	@Test
	void answerThatTheCallerVetoesIsNotStored() {
		LlmCache cache = this.fixture.build();
		CacheRequest<Answer> request = question("prompt")
			.unless((value) -> value instanceof Answer answer && answer.tokens() == 2)
			.build();
		cache.get(request, this.loader);
		assertThat(this.fixture.events.lastStore().rejection()).isEqualTo("unless");
		cache.get(request, CountingLoader.answering("other"));
		assertThat(this.fixture.events.lastStore().isStored()).isTrue();
		assertThat(cache.get(request, this.loader).value().text()).isEqualTo("other");
	}

	@Test
	void vetoThatFailsMeansThatNothingIsStored() {
		LlmCache cache = this.fixture.build();
		CacheRequest<Answer> request = question("prompt").unless((value) -> {
			throw new IllegalStateException();
		}).build();
		assertThat(cache.get(request, this.loader).value().text()).isEqualTo("42");
		assertThat(this.fixture.events.failedParts()).containsExactly(FailureEvent.Part.ADMISSION);
		assertThat(this.fixture.entryCount()).isZero();
	}

	@Test
	void answerThatAnAdmissionPolicyRejectsIsNotStored() {
		this.fixture.admission = AdmissionPolicy.rejectEmpty().and((task, value) -> "truncated");
		this.fixture.build().get(question("prompt").build(), this.loader);
		assertThat(this.fixture.events.lastStore()).isEqualTo(new StoreEvent("support", "truncated"));
		assertThat(this.fixture.entryCount()).isZero();
	}

	@Test
	void answerLargerThanTheLargestPayloadIsNotStored() {
		LlmCache cache = this.fixture.build();
		cache.get(question("prompt").build(), CountingLoader.answering("x".repeat(1_000)));
		assertThat(this.fixture.events.lastStore()).isEqualTo(new StoreEvent("support", "payload-too-large"));
		assertThat(this.fixture.entryCount()).isZero();
		this.fixture.maxPayload = 2_000;
		this.fixture.build().get(question("prompt").build(), CountingLoader.answering("x".repeat(1_000)));
		assertThat(this.fixture.events.lastStore().isStored()).isTrue();
	}

	@Test
	void payloadThatNoLongerDecodesIsAMissAndIsRemoved() {
		LlmCache cache = this.fixture.build();
		CacheKey key = cache.explain(question("prompt").build()).key();
		Entries garbage = new Entries(this.fixture.clock);
		this.fixture.store.put(key, garbage.entry("prompt", "{\"text\":\"a\",\"removed\":1}"),
				this.fixture.store.find(key).generation());
		assertThat(cache.get(question("prompt").build(), () -> {
			assertThat(this.fixture.store.find(key).entry()).isNull();
			return new Answer("new", 1);
		}).outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.fixture.events.failedParts()).containsExactly(FailureEvent.Part.CODEC);
		assertThat(cache.get(question("prompt").build(), this.loader).value().text()).isEqualTo("new");
	}

	@Test
	void answerIsStoredWithWhatTheRequestSays() {
		LlmCache cache = this.fixture.build();
		CacheRequest<Answer> request = question(" prompt ").ttl(Duration.ofMinutes(3)).tag("a").tag("b").build();
		cache.get(request, this.loader);
		CacheEntry entry = this.fixture.store.find(cache.explain(request).key()).entry();
		assertThat(entry.prompt()).isEqualTo("prompt");
		assertThat(entry.ttl()).isEqualTo(Duration.ofMinutes(3));
		assertThat(entry.created()).isEqualTo(this.fixture.clock.instant());
		assertThat(entry.tags()).containsExactlyInAnyOrder("a", "b");
		assertThat(entry.embedding()).isNull();
	}

}
