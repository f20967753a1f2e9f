package io.github.llmcache.core;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.explain.Explanation;
import io.github.llmcache.explain.Explanation.Setting;
import io.github.llmcache.explain.KnownEntry;
import io.github.llmcache.explain.KnownPartition;
import io.github.llmcache.feedback.Feedback;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What would be served, why, and which setting would have changed it.
 */
class ExplainTests {

	private static final EvictionSelector SUPPORT = EvictionSelector.task("support");

	private final CacheFixture fixture = new CacheFixture();

	private final CountingLoader<Answer> loader = CountingLoader.answering("42");

	@Test
	void partitionOfACallIsKnownByItsIdentity() {
		LlmCache cache = this.fixture.build();
		cache.get(CacheFixture.question("a").template("v1").scope("acme").argument("top", 3).build(), this.loader);
		KnownPartition partition = cache.partitions(SUPPORT, 10).get(0);
		assertThat(partition.called()).isTrue();
		assertThat(partition.identity()).containsEntry("task", "support")
			.containsEntry("resultType", Answer.class.getName())
			.containsEntry("model", "small")
			.containsEntry("template", "v1")
			.containsEntry("scope", "acme")
			.containsEntry("argument.top", "3")
			.containsKey("embedder");
		assertThat(partition).asString().doesNotContain("acme");
		assertThat(cache.partitions(SUPPORT.withScope("other"), 10)).isEmpty();
		assertThat(cache.partitions(SUPPORT.withScope("acme"), 10)).hasSize(1);
	}

	@Test
	void partitionThatOnlyTheStoreKnowsIsExplainedAsWell() {
		this.fixture.angles.at(0, "cached").at(10, "asked");
		CachedAnswer<Answer> stored = ask(this.fixture.build(), "cached");
		LlmCache other = this.fixture.build();
		KnownPartition partition = other.partitions(SUPPORT, 10).get(0);
		assertThat(partition.called()).isFalse();
		Explanation explanation = other.explain(partition, "asked", null, false);
		assertThat(stored.outcome()).isEqualTo(Outcome.MISS);
		assertThat(explanation.served().outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(explanation.served().prompt()).isEqualTo("cached");
		assertThat(other.explain(partition, "cached", null, false).served().outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void explanationOfAPartitionIsThatOfARequest() {
		this.fixture.angles.at(0, "cached").at(10, "asked");
		LlmCache cache = this.fixture.build();
		ask(cache, "cached");
		for (String prompt : List.of("cached", "asked", "ASKED")) {
			assertThat(cache.explain(cache.partitions(SUPPORT, 10).get(0), prompt, null, false))
				.isEqualTo(cache.explain(CacheFixture.question(prompt).build()));
		}
	}

	@Test
	void settingThatWouldHaveServedItIsFound() {
		this.fixture.angles.at(0, "cached").at(45, "asked");
		LlmCache cache = this.fixture.build();
		ask(cache, "cached");
		Explanation explanation = explain(cache, "asked");
		assertThat(explanation.served().outcome()).isEqualTo(Outcome.MISS);
		assertThat(explanation.settings()).containsExactly(new Setting("min-similarity", "0.7", true));
		this.fixture.minSimilarity = 0.7;
		assertThat(ask(this.fixture.build(), "asked").outcome()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void opinionThatWouldHaveSufficedIsFound() {
		this.fixture.angles.at(0, "cached").at(10, "asked");
		this.fixture.verifier = (match) -> Verdict.refuse(Firmness.FIRM, "content-word", null);
		this.fixture.paraphrases = (prompt, cached) -> 0.95;
		this.fixture.accuracy = new Accuracy(Evidence.VERIFIER, 0.98, 0.01, 0);
		LlmCache cache = this.fixture.build();
		ask(cache, "cached");
		Explanation explanation = explain(cache, "asked");
		assertThat(explanation.candidates()).singleElement()
			.satisfies((candidate) -> assertThat(candidate.paraphrase()).isEqualTo(0.95));
		assertThat(explanation.settings()).containsExactly(new Setting("min-probability", "0.926", true));
		this.fixture.accuracy = new Accuracy(Evidence.VERIFIER, 0.926, 0.01, 0);
		assertThat(ask(this.fixture.build(), "asked").outcome()).isEqualTo(Outcome.SEMANTIC);
	}

	@Test
	void furtherCandidatesThatWouldHaveSufficedAreFound() {
		this.fixture.angles.at(0, "asked").at(1, "near").at(10, "far");
		this.fixture.maxCandidates = 1;
		this.fixture.verifier = (match) -> match.cachedPrompt().equals("near") ? Verdict.refuse("number", null)
				: Verdict.accept();
		LlmCache cache = this.fixture.build();
		for (String prompt : List.of("near", "far")) {
			try (CallControl.Scope scope = CallControl.refresh().apply()) {
				ask(cache, prompt);
			}
		}
		assertThat(explain(cache, "asked").settings()).containsExactly(new Setting("max-candidates", "10", true));
	}

	@Test
	void settingsThatWouldHaveKeptItFromBeingServedAreFound() {
		this.fixture.angles.at(0, "cached").at(10, "asked");
		LlmCache cache = this.fixture.build();
		ask(cache, "cached");
		assertThat(explain(cache, "asked").settings()).containsExactly(new Setting("min-similarity", "0.99", false),
				new Setting("semantic", "false", false));
		assertThat(explain(cache, "cached").settings()).containsExactly(new Setting("ttl", "0", false));
	}

	@Test
	void servedEntryIsFoundByItsIdAndJudgedHoweverFar() {
		this.fixture.angles.at(0, "cached").at(10, "asked").at(50, "another");
		this.fixture.maxCandidates = 1;
		LlmCache cache = this.fixture.build();
		ask(cache, "cached");
		ask(cache, "another");
		String id = ask(cache, "another").entryId();
		KnownEntry known = cache.entry("support", id);
		assertThat(known.entry().prompt()).isEqualTo("another");
		Explanation explanation = cache.explain(known.partition(), "asked", id, false);
		assertThat(explanation.candidates()).extracting(Explanation.Judgement::prompt)
			.containsExactly("cached", "another");
		assertThat(explanation.candidates().get(1).similarity()).isLessThan(0.8);
		assertThat(explanation.served().prompt()).isEqualTo("cached");
		assertThat(cache.entry("support", "0".repeat(64))).isNull();
		assertThat(cache.entry("other", id)).isNull();
	}

	@Test
	void hitIsExplainedWithoutTheAnswerThatAnAuditStoredSince() {
		this.fixture.angles.at(0, "cached").at(45, "asked");
		LlmCache cache = this.fixture.build();
		ask(cache, "cached");
		ask(cache, "asked");
		KnownPartition partition = cache.partitions(SUPPORT, 10).get(0);
		String cached = ask(cache, "cached").entryId();
		String asked = ask(cache, "asked").entryId();
		assertThat(cache.explain(partition, "asked", cached, false).candidates())
			.extracting(Explanation.Judgement::prompt)
			.containsExactly("cached");
		assertThat(cache.explain(partition, "asked", cached, false).served().outcome()).isEqualTo(Outcome.MISS);
		assertThat(cache.explain(partition, "asked", asked, false).served().outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void missWhoseAnswerIsStoredByNowIsExplainedWithoutIt() {
		this.fixture.angles.at(0, "cached").at(45, "asked");
		LlmCache cache = this.fixture.build();
		ask(cache, "cached");
		ask(cache, "asked");
		KnownPartition partition = cache.partitions(SUPPORT, 10).get(0);
		assertThat(cache.explain(partition, "asked", null, false).served().outcome()).isEqualTo(Outcome.EXACT);
		Explanation explanation = cache.explain(partition, "asked", null, true);
		assertThat(explanation.served().outcome()).isEqualTo(Outcome.MISS);
		assertThat(explanation.candidates()).extracting(Explanation.Judgement::prompt).containsExactly("cached");
		assertThat(explanation.settings()).containsExactly(new Setting("min-similarity", "0.7", true));
	}

	@Test
	void reportedAnswerIsExplainedAsRefused() {
		this.fixture.angles.at(0, "cached").at(10, "asked").at(20, "third");
		LlmCache cache = this.fixture.build();
		ask(cache, "cached");
		String id = ask(cache, "asked").entryId();
		cache.feedback(Feedback.wrong("support", id).withPrompt("asked"));
		ask(cache, "cached");
		Explanation explanation = explain(cache, "asked");
		assertThat(explanation.served().outcome()).isEqualTo(Outcome.MISS);
		assertThat(explanation.candidates().get(0).verdict().reason()).isEqualTo("feedback");
	}

	@Test
	void explanationLeavesNoTrace() {
		this.fixture.angles.at(0, "cached").at(10, "asked");
		LlmCache cache = this.fixture.build();
		ask(cache, "cached");
		int lookups = this.fixture.events.lookups().size();
		LlmCache other = this.fixture.build();
		explain(other, "asked");
		other.explain(CacheFixture.question("asked").scope("nobody").build());
		assertThat(this.fixture.store.usage()).containsOnlyKeys("support");
		assertThat(this.fixture.entryCount()).isOne();
		assertThat(this.fixture.events.lookups()).hasSize(lookups);
		assertThat(this.loader.calls()).isOne();
		assertThat(this.fixture.events.failedParts()).isEmpty();
	}

	private Explanation explain(LlmCache cache, String prompt) {
		return cache.explain(cache.partitions(SUPPORT, 10).get(0), prompt, null, false);
	}

	private CachedAnswer<Answer> ask(LlmCache cache, String prompt) {
		return cache.get(CacheFixture.question(prompt).build(), this.loader);
	}

}
