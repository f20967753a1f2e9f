package io.github.llmcache.core;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.test.RecordingListener;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link LlmCache}: what is served, to whom, and for how long.
 */
class LlmCacheTests {

	private final CacheFixture fixture = new CacheFixture();

	private final CountingLoader<Answer> loader = CountingLoader.answering("42");

	@Test
	void repeatedPromptIsAnsweredFromTheCache() {
		LlmCache cache = exactCache();
		CachedAnswer<Answer> first = cache.get(question("What is 6 x 7?").build(), this.loader);
		CachedAnswer<Answer> second = cache.get(question("What is 6 x 7?").build(), this.loader);
		assertThat(first).isEqualTo(CachedAnswer.of(new Answer("42", 2)));
		assertThat(second.value()).isEqualTo(new Answer("42", 2));
		assertThat(second.outcome()).isEqualTo(Outcome.EXACT);
		assertThat(this.loader.calls()).isOne();
		assertThat(this.fixture.events.failures()).isEmpty();
	}

	@Test
	void exactHitTellsAgeAndEntry() {
		LlmCache cache = exactCache();
		cache.get(question("prompt").build(), this.loader);
		this.fixture.clock.advance(Duration.ofMinutes(7));
		CachedAnswer<Answer> hit = cache.get(question("prompt").build(), this.loader);
		CacheKey key = cache.explain(question("prompt").build()).key();
		assertThat(hit.isHit()).isTrue();
		assertThat(hit.age()).isEqualTo(Duration.ofMinutes(7));
		assertThat(hit.entryId()).isEqualTo(key.digest());
		assertThat(hit.similarity()).isNull();
		assertThat(hit.matchedPrompt()).isNull();
		assertThat(hit.reason()).isNull();
	}

	@Test
	void semanticHitTellsSimilarityAgeEntryAndMatchedPrompt() {
		this.fixture.angles.at(0, "How do I pay?").at(20, "How can I pay?");
		LlmCache cache = this.fixture.build();
		cache.get(question(" How do I pay?\n").build(), this.loader);
		this.fixture.clock.advance(Duration.ofMinutes(7));
		CachedAnswer<Answer> hit = cache.get(question("How can I pay?").build(), this.loader);
		assertThat(hit.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(hit.value()).isEqualTo(new Answer("42", 2));
		assertThat(hit.similarity()).isCloseTo(Math.cos(Math.toRadians(20)), within(1e-5));
		assertThat(hit.age()).isEqualTo(Duration.ofMinutes(7));
		assertThat(hit.entryId()).isEqualTo(cache.explain(question("How do I pay?").build()).key().digest());
		assertThat(hit.matchedPrompt()).isEqualTo("How do I pay?");
		assertThat(this.loader.calls()).isOne();
	}

	@Test
	void everyPartOfTheIdentitySeparatesExactAndSemanticAnswers() {
		this.fixture.angles.at(0, "prompt").at(1, "the prompt");
		LlmCache cache = this.fixture.build();
		List<UnaryOperator<CacheRequest.Builder<Answer>>> identities = List.of(UnaryOperator.identity(),
				(request) -> request.model("large"), (request) -> request.model(null),
				(request) -> request.template("v1"), (request) -> request.template(""),
				(request) -> request.scope("tenant-a"), (request) -> request.scope("tenant-b"),
				(request) -> request.argument("temperature", 0.1), (request) -> request.argument("temperature", 0.2),
				(request) -> request.argument("temperature", null), (request) -> request.argument("system", "Be nice"));
		for (String prompt : List.of("prompt", "the prompt")) {
			for (int i = 0; i < identities.size(); i++) {
				CountingLoader<Answer> own = CountingLoader.answering("answer of identity " + i);
				CachedAnswer<Answer> answer = cache.get(identities.get(i).apply(question(prompt)).build(), own);
				assertThat(answer.value().text()).isEqualTo("answer of identity " + i);
				assertThat(answer.outcome()).isEqualTo(prompt.equals("prompt") ? Outcome.MISS : Outcome.SEMANTIC);
			}
		}
	}

	@Test
	void taskAndResultTypeSeparateAnswers() {
		LlmCache cache = exactCache();
		cache.get(question("prompt").build(), this.loader);
		CachedAnswer<Answer> otherTask = cache
			.get(CacheRequest.forTask("other", Answer.class).prompt("prompt").model("small").build(), this.loader);
		CachedAnswer<String> otherType = cache
			.get(CacheRequest.forTask("support", String.class).prompt("prompt").model("small").build(), () -> "text");
		assertThat(otherTask.outcome()).isEqualTo(Outcome.MISS);
		assertThat(otherType.value()).isEqualTo("text");
	}

	@Test
	void answersOfTwoEmbeddersNeverMeet() {
		this.fixture.angles.at(0, "prompt").at(1, "the prompt");
		LlmCache cache = this.fixture.build();
		cache.get(question("prompt").build(), this.loader);
		this.fixture.embedder = new AngleEmbedder("other model").at(0, "prompt").at(1, "the prompt");
		LlmCache other = this.fixture.build();
		assertThat(other.explain(question("the prompt").build()).candidates()).isEmpty();
		assertThat(other.get(question("the prompt").build(), this.loader).outcome()).isEqualTo(Outcome.MISS);
		assertThat(other.get(question("prompt").build(), this.loader).outcome()).isNotEqualTo(Outcome.EXACT);
	}

	@Test
	void promptsAreEqualUpToFormLineEndsAndOuterBlanks() {
		LlmCache cache = exactCache();
		cache.get(question("Cafe\u0301:\r\n  if a:\n    b").build(), this.loader);
		assertThat(cache.get(question("\tCaf\u00e9:\n  if a:\n    b \n").build(), this.loader).isHit()).isTrue();
		assertThat(cache.get(question("Caf\u00e9:\n  if a:\n  b").build(), this.loader).isHit()).isFalse();
	}

	@Test
	void answerIsServedUntilItsTimeToLiveIsOverAndHitsDoNotProlongIt() {
		this.fixture.angles.at(0, "prompt").at(1, "the prompt");
		LlmCache cache = this.fixture.build();
		cache.get(question("prompt").ttl(Duration.ofMinutes(10)).build(), this.loader);
		for (int minute = 0; minute < 10; minute++) {
			assertThat(cache.get(question("prompt").build(), this.loader).outcome()).isEqualTo(Outcome.EXACT);
			assertThat(cache.get(question("the prompt").build(), this.loader).outcome()).isEqualTo(Outcome.SEMANTIC);
			this.fixture.clock.advance(Duration.ofMinutes(1));
		}
		assertThat(cache.get(question("the prompt").build(), this.loader).outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.loader.calls()).isEqualTo(2);
	}

	@Test
	void evictedAnswerIsServedNoMore() {
		this.fixture.angles.at(0, "prompt").at(1, "the prompt");
		LlmCache cache = this.fixture.build();
		cache.get(question("prompt").tag("prices").build(), this.loader);
		assertThat(cache.evict(EvictionSelector.all().withTag("prices"))).isOne();
		assertThat(cache.get(question("the prompt").build(), this.loader).outcome()).isEqualTo(Outcome.MISS);
		assertThat(cache.get(question("prompt").build(), this.loader).outcome()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void answerWhoseLoadBeganBeforeAnEvictionIsReturnedButNotStored() {
		LlmCache cache = exactCache();
		CachedAnswer<Answer> answer = cache.get(question("prompt").build(), () -> {
			cache.evict(EvictionSelector.task("support"));
			return new Answer("outdated", 1);
		});
		assertThat(answer.value().text()).isEqualTo("outdated");
		assertThat(this.fixture.events.lastStore()).isEqualTo(new StoreEvent("support", "evicted"));
		assertThat(cache.get(question("prompt").build(), this.loader).outcome()).isEqualTo(Outcome.MISS);
		assertThat(cache.get(question("prompt").build(), this.loader).value().text()).isEqualTo("42");
	}

	@Test
	void callerMayChangeWhatItGot() {
		LlmCache cache = exactCache();
		CacheRequest<Object> request = CacheRequest.forTask("list", (Type) ArrayList.class).prompt("prompt").build();
		for (int i = 0; i < 3; i++) {
			Object answer = cache.get(request, () -> new ArrayList<>(List.of("a"))).value();
			assertThat(answer).isEqualTo(List.of("a"));
			((List<?>) answer).clear();
		}
	}

	@Test
	void listenersLearnWhatHappened() {
		this.fixture.angles.at(0, "prompt").at(1, "the prompt");
		LlmCache cache = this.fixture.build();
		cache.get(question("prompt").build(), () -> {
			this.fixture.clock.advance(Duration.ofMillis(812));
			return new Answer("42", 2);
		});
		this.fixture.clock.advance(Duration.ofMinutes(1));
		CachedAnswer<Answer> exact = cache.get(question("prompt").build(), this.loader);
		CachedAnswer<Answer> semantic = cache.get(question("the prompt").build(), this.loader);
		RecordingListener events = this.fixture.events;
		// "prompt", and {"text":"42","stars":2}, with four characters to a token
		TokenUsage tokens = new TokenUsage(2, 6, true);
		assertThat(events.lookups()).containsExactly(
				new LookupEvent("support", Outcome.MISS, null, null, List.of(), null, null, null, Duration.ZERO, null,
						true, "small", null),
				new LookupEvent("support", Outcome.EXACT, null, null, List.of(), null, exact.entryId(),
						Duration.ofMinutes(1), Duration.ZERO, Duration.ofMillis(812), false, "small", tokens),
				new LookupEvent("support", Outcome.SEMANTIC, null, null, List.of(), semantic.similarity(),
						exact.entryId(), Duration.ofMinutes(1), Duration.ZERO, Duration.ofMillis(812), true, "small",
						tokens));
		assertThat(events.loads())
			.containsExactly(new LoadEvent("support", Duration.ofMillis(812), LoadEvent.Result.SUCCESS));
		assertThat(events.stores()).containsExactly(new StoreEvent("support", null));
	}

	private LlmCache exactCache() {
		this.fixture.embedder = null;
		return this.fixture.build();
	}

}
