package io.github.llmcache.core;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.verify.MatchVerifier.Match;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SemanticMatching}, through the engine.
 */
class SemanticMatchingTests {

	private final CacheFixture fixture = new CacheFixture();

	private final CountingLoader<Answer> loader = CountingLoader.answering("new");

	@BeforeEach
	void placePrompts() {
		this.fixture.angles.at(0, "turn on").at(5, "switch on").at(10, "turn off").at(20, "enable").at(90, "weather");
	}

	@Test
	void refusedCandidateIsNotServedAndTheNextOneIsTried() {
		List<Match> asked = new ArrayList<>();
		this.fixture.verifier = (match) -> {
			asked.add(match);
			return match.cachedPrompt().equals("enable") ? Verdict.accept() : Verdict.refuse("antonym", "on/off");
		};
		LlmCache cache = cacheHolding("enable", "turn off", "switch on");
		asked.clear();
		CachedAnswer<Answer> answer = cache.get(question("turn on").build(), this.loader);
		assertThat(answer.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(answer.matchedPrompt()).isEqualTo("enable");
		assertThat(answer.value().text()).isEqualTo("answer to enable");
		assertThat(asked).extracting(Match::cachedPrompt).containsExactly("switch on", "turn off", "enable");
		assertThat(asked).allMatch((match) -> match.prompt().equals("turn on") && match.task().equals("support"));
		assertThat(this.fixture.events.lastLookup().refusals()).containsExactly("antonym", "antonym");
	}

	@Test
	void otherCaseAndPunctuationAreAnExactHitOfASemanticTaskOnly() {
		LlmCache cache = cacheHolding("turn on");
		CachedAnswer<Answer> answer = cache.get(question("Turn  on, please?").build(), this.loader);
		assertThat(answer.outcome()).as("another word").isEqualTo(Outcome.MISS);
		answer = cache.get(question("Turn  ON!").build(), this.loader);
		assertThat(answer.outcome()).isEqualTo(Outcome.EXACT);
		assertThat(answer.value().text()).isEqualTo("answer to turn on");
		cache.get(question("turn on").semantic(false).build(), this.loader);
		assertThat(cache.get(question("Turn on!").semantic(false).build(), this.loader).outcome())
			.isEqualTo(Outcome.MISS);
	}

	@Test
	void promptIsEvictedInOtherCaseAndPunctuation() {
		LlmCache cache = cacheHolding("Turn on!", "turn off");
		assertThat(cache.evict(EvictionSelector.task("support").withPrompt("turn ON"))).isEqualTo(1);
		assertThat(cache.get(question("turn off").build(), this.loader).outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void methodRunsWhenEveryCandidateIsRefused() {
		this.fixture.verifier = (match) -> Verdict.refuse("negation", null);
		LlmCache cache = cacheHolding("turn off", "switch on");
		CachedAnswer<Answer> answer = cache.get(question("turn on").build(), this.loader);
		assertThat(answer.outcome()).isEqualTo(Outcome.MISS);
		assertThat(answer.value().text()).isEqualTo("new");
		assertThat(this.fixture.events.lastLookup().refusals()).containsExactly("negation", "negation");
		assertThat(cache.get(question("turn on").build(), this.loader).outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void mostSimilarAcceptedCandidateIsServed() {
		LlmCache cache = cacheHolding("enable", "switch on", "turn off");
		assertThat(cache.get(question("turn on").build(), this.loader).matchedPrompt()).isEqualTo("switch on");
	}

	@Test
	void noMoreCandidatesAreVerifiedThanAllowed() {
		this.fixture.maxCandidates = 2;
		this.fixture.verifier = (match) -> Verdict.refuse("number", null);
		LlmCache cache = cacheHolding("enable", "switch on", "turn off");
		cache.get(question("turn on").build(), this.loader);
		assertThat(this.fixture.events.lastLookup().refusals()).hasSize(2);
	}

	@Test
	void candidateBelowTheMinimumSimilarityIsNotEvenVerified() {
		LlmCache cache = cacheHolding("enable");
		CachedAnswer<Answer> answer = cache
			.get(question("turn on").policy((policy) -> policy.minSimilarity(0.95)).build(), this.loader);
		assertThat(answer.outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.fixture.events.lastLookup().refusals()).isEmpty();
		this.fixture.angles.at(1, "turn it on");
		assertThat(cache.get(question("turn it on").policy((policy) -> policy.minSimilarity(0.9)).build(), this.loader)
			.outcome()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void requestThatIsNotSemanticIsMatchedExactlyOnly() {
		LlmCache cache = cacheHolding("turn off");
		CachedAnswer<Answer> answer = cache.get(question("turn on").semantic(false).build(), this.loader);
		assertThat(answer.outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.fixture.events.lastLookup().semanticSkip()).isNull();
	}

	@Test
	void bothTiersAreFilled() {
		LlmCache cache = cacheHolding("turn on");
		assertThat(cache.get(question("turn on").build(), this.loader).outcome()).isEqualTo(Outcome.EXACT);
		assertThat(cache.get(question("switch on").build(), this.loader).outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(this.loader.calls()).isZero();
	}

	@Test
	void storingNeverRemovesASimilarEntry() {
		this.fixture.verifier = (match) -> Verdict.refuse("antonym", null);
		LlmCache cache = cacheHolding("turn on", "turn off", "switch on");
		for (String prompt : List.of("turn on", "turn off", "switch on")) {
			assertThat(cache.get(question(prompt).build(), this.loader).value().text())
				.isEqualTo("answer to " + prompt);
		}
	}

	@Test
	void promptBeyondTheWindowIsMatchedExactlyOnlyAndCounted() {
		this.fixture.angles.beyondWindow("a long story").beyondWindow("a long story, too");
		LlmCache cache = cacheHolding("turn on");
		assertThat(cache.get(question("a long story").build(), this.loader).outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.fixture.events.lastLookup().semanticSkip()).isEqualTo("beyond-window");
		assertThat(cache.get(question("a long story, too").build(), this.loader).outcome()).isEqualTo(Outcome.MISS);
		assertThat(cache.get(question("a long story").build(), this.loader).outcome()).isEqualTo(Outcome.EXACT);
		assertThat(this.fixture.events.failures()).isEmpty();
	}

	@Test
	void semanticRequestWithoutAnEmbedderIsMatchedExactlyOnlyAndCounted() {
		this.fixture.embedder = null;
		LlmCache cache = this.fixture.build();
		assertThat(cache.get(question("turn on").build(), this.loader).outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.fixture.events.lastLookup().semanticSkip()).isEqualTo("not-available");
		assertThat(cache.get(question("turn on").build(), this.loader).outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void candidateThatCannotBeReadIsRemovedAndTheNextOneIsServed() {
		LlmCache cache = cacheHolding("switch on", "turn off");
		spoil(cache, "switch on");
		CachedAnswer<Answer> answer = cache.get(question("turn on").build(), this.loader);
		assertThat(answer.matchedPrompt()).isEqualTo("turn off");
		assertThat(this.fixture.events.failedParts()).containsExactly(FailureEvent.Part.CODEC);
		assertThat(this.fixture.entryCount()).isOne();
	}

	private LlmCache cacheHolding(String... prompts) {
		LlmCache cache = this.fixture.build();
		for (String prompt : prompts) {
			CacheRequest<Answer> request = question(prompt).semantic(true)
				.policy((policy) -> policy.minSimilarity(1.0))
				.build();
			assertThat(cache.get(request, CountingLoader.answering("answer to " + prompt)).outcome())
				.isEqualTo(Outcome.MISS);
		}
		return cache;
	}

	private void spoil(LlmCache cache, String prompt) {
		CacheKey key = cache.explain(question(prompt).build()).key();
		CacheStore.Finding found = this.fixture.store.find(key);
		CacheEntry entry = found.entry();
		this.fixture.store.put(key, new CacheEntry(entry.prompt(), "{\"text\":".getBytes(), entry.embedding(),
				entry.created(), entry.ttl(), entry.loadTime(), entry.tags()), found.generation());
	}

}
