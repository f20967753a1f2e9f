package io.github.llmcache.core;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.explain.Explanation;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link LlmCache}: calls past the cache, and
 * {@link LlmCache#explain(CacheRequest)}.
 */
class LlmCacheBypassTests {

	private final CacheFixture fixture = new CacheFixture();

	private final CountingLoader<Answer> loader = CountingLoader.answering("42");

	static Stream<Arguments> requests() {
		return Stream.of(bypass("condition", question("prompt").bypass("condition")),
				bypass("no-prompt", CacheRequest.forTask("support", Answer.class)),
				bypass("no-prompt", question(" \r\n\t")), bypass("prompt-too-long", question("a".repeat(1_000_001))),
				bypass("ttl-zero", question("prompt").ttl(Duration.ZERO)),
				bypass("uncacheable-argument", question("prompt").argument("lines", Stream.of("a"))));
	}

	@ParameterizedTest
	@MethodSource("requests")
	void callPastTheCacheTellsWhy(String reason, CacheRequest.Builder<Answer> request) {
		LlmCache cache = this.fixture.build();
		for (int i = 1; i <= 2; i++) {
			CachedAnswer<Answer> answer = cache.get(request.build(), this.loader);
			assertThat(answer.value().text()).isEqualTo("42");
			assertThat(answer.outcome()).isEqualTo(Outcome.BYPASS);
			assertThat(answer.reason()).isEqualTo(reason);
			assertThat(answer.entryId()).isNull();
			assertThat(this.fixture.events.lastLookup().outcome()).isEqualTo(Outcome.BYPASS);
			assertThat(this.fixture.events.lastLookup().reason()).isEqualTo(reason);
			assertThat(this.loader.calls()).isEqualTo(i);
		}
		assertThat(this.fixture.events.stores()).isEmpty();
		assertThat(this.fixture.entryCount()).isZero();
		Explanation explanation = cache.explain(request.build());
		assertThat(explanation.key()).isNull();
		assertThat(explanation.bypassReason()).isEqualTo(reason);
		assertThat(explanation.candidates()).isEmpty();
	}

	@Test
	void explanationJudgesCandidatesHoweverFar() {
		this.fixture.angles.at(0, "near").at(20, "refused").at(89, "far").at(10, "new");
		this.fixture.verifier = (match) -> match.cachedPrompt().equals("refused") ? Verdict.refuse("number", "2 <> 3")
				: Verdict.accept();
		LlmCache cache = this.fixture.build();
		for (String prompt : List.of("near", "refused", "far")) {
			cache.get(question(prompt).policy((policy) -> policy.minSimilarity(1.0)).build(), this.loader);
		}
		Explanation explanation = cache.explain(question("new").policy((policy) -> policy.minSimilarity(0.7)).build());
		assertThat(explanation.key()).isNotNull();
		assertThat(explanation.bypassReason()).isNull();
		assertThat(explanation.exact()).isFalse();
		assertThat(explanation.semanticSkip()).isNull();
		assertThat(explanation.minSimilarity()).isEqualTo(0.7);
		assertThat(explanation.candidates()).extracting(Explanation.Judgement::prompt)
			.containsExactlyInAnyOrder("near", "refused", "far");
		assertThat(explanation.candidates().get(2)).satisfies((far) -> {
			assertThat(far.prompt()).isEqualTo("far");
			assertThat(far.similarity()).isCloseTo(Math.cos(Math.toRadians(79)), within(1e-5));
			assertThat(far.verdict()).isEqualTo(Verdict.accept());
			assertThat(far.entryId()).isEqualTo(cache.explain(question("far").build()).key().digest());
		});
		assertThat(explanation.candidates()).filteredOn((candidate) -> !candidate.verdict().accepted())
			.extracting((candidate) -> candidate.verdict().detail())
			.containsExactly("2 <> 3");
	}

	@Test
	void explanationServesStoresAndCountsNothing() {
		this.fixture.angles.at(0, "prompt");
		LlmCache cache = this.fixture.build();
		assertThat(cache.explain(question("prompt").build()).exact()).isFalse();
		assertThat(this.fixture.entryCount()).isZero();
		cache.get(question("prompt").build(), this.loader);
		assertThat(cache.explain(question("prompt").build()).exact()).isTrue();
		assertThat(this.fixture.events.lookups()).hasSize(1);
		assertThat(this.fixture.events.stores()).hasSize(1);
		assertThat(this.loader.calls()).isOne();
	}

	@Test
	void explanationTellsWhyThereIsNoSemanticMatch() {
		this.fixture.angles.beyondWindow("long");
		assertThat(this.fixture.build().explain(question("long").build()).semanticSkip()).isEqualTo("beyond-window");
		this.fixture.embedder = null;
		assertThat(this.fixture.build().explain(question("long").build()).semanticSkip()).isEqualTo("not-available");
	}

	@Test
	void requestWithoutTaskIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> CacheRequest.forTask(" ", Answer.class).build())
			.withMessageContaining("task");
	}

	private static Arguments bypass(String reason, CacheRequest.Builder<Answer> request) {
		return Arguments.of(reason, Named.of("request", request));
	}

}
