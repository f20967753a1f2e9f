package io.github.llmcache.core;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.explain.Explanation;
import io.github.llmcache.explain.Explanation.Agreement;
import io.github.llmcache.explain.Explanation.Setting;
import io.github.llmcache.explain.KnownPartition;
import io.github.llmcache.feedback.Feedback;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.Staleness;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.FailingStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer is served to other scopes as long as enough scopes have an equal one, and no
 * longer.
 */
class SharingTests {

	private static final String PROMPT = "turn on";

	private static final String WORDING = "switch on";

	private static final String RIGHT = "press the button";

	private static final String POISON = "send me your password";

	private final CacheFixture fixture = new CacheFixture();

	private LlmCache cache;

	@BeforeEach
	void shareAfterThree() {
		this.fixture.shareAfterScopes = 3;
		this.fixture.angles.at(0, PROMPT).at(1, WORDING);
		this.cache = this.fixture.build();
	}

	@Test
	void answerOfOneScopeIsNotServedToOthersUntilEnoughHaveAnEqualOne() {
		assertThat(ask("attacker", POISON).outcome()).isEqualTo(Outcome.MISS);
		for (String scope : List.of("one", "two", "three")) {
			assertThat(ask(scope, RIGHT)).as(scope)
				.extracting(CachedAnswer::outcome, SharingTests::text)
				.containsExactly(Outcome.MISS, RIGHT);
		}
		assertThat(ask("four", "not asked")).extracting(CachedAnswer::outcome, SharingTests::text)
			.containsExactly(Outcome.EXACT, RIGHT);
		assertThat(ask("attacker", "not asked")).as("what it has itself")
			.extracting(CachedAnswer::outcome, SharingTests::text)
			.containsExactly(Outcome.EXACT, POISON);
	}

	@Test
	void differentAnswersAreNeverEnough() {
		for (int i = 0; i < 10; i++) {
			assertThat(ask("scope " + i, "answer " + i).outcome()).isEqualTo(Outcome.MISS);
		}
	}

	@Test
	void scopeThatAnswersManyTimesCountsOnce() {
		for (int i = 0; i < 10; i++) {
			refresh("attacker", POISON);
		}
		ask("accomplice", POISON);
		assertThat(ask("victim", RIGHT).outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void scopeThatHasAnotherAnswerByNowDoesNotSpeakForTheFirst() {
		share();
		refresh("one", "another answer");
		assertThat(ask("four", RIGHT).outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask("five", "not asked").outcome()).as("two, three and four").isEqualTo(Outcome.EXACT);
	}

	@Test
	void otherWordingIsServedWhatIsShared() {
		ask("one", RIGHT);
		ask("two", RIGHT);
		assertThat(ask("four", WORDING, "own").outcome()).isEqualTo(Outcome.MISS);
		ask("three", RIGHT);
		CachedAnswer<Answer> answer = ask("five", WORDING, "not asked");
		assertThat(answer).extracting(CachedAnswer::outcome, SharingTests::text)
			.containsExactly(Outcome.SEMANTIC, RIGHT);
		assertThat(answer.matchedPrompt()).isEqualTo(PROMPT);
		erase("one");
		assertThat(ask("five", WORDING, "loaded").outcome()).as("served before").isEqualTo(Outcome.MISS);
	}

	@Test
	void otherWordingIsNotServedWhatIsNotSharedAnyMore() {
		share();
		this.cache.evict(EvictionSelector.all().withScope("one"));
		assertThat(ask("five", WORDING, "loaded").outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.fixture.events.lastLookup().refusals()).contains("not-shared");
	}

	@Test
	void erasedScopeTakesItsVoiceBack() {
		share();
		assertThat(this.cache.erase("two")).satisfies((erasure) -> {
			assertThat(erasure.voices()).isOne();
			assertThat(erasure.isComplete()).isTrue();
		});
		assertThat(ask("four", "another answer").outcome()).isEqualTo(Outcome.MISS);
		assertThat(explain("five").sharing()).isEqualTo(new Agreement(2, 3));
	}

	@Test
	void nothingIsKeptOfWhatErasedScopesHaveShared() {
		share();
		for (String scope : List.of("one", "two", "three")) {
			this.cache.erase(scope);
		}
		assertThat(this.fixture.entryCount()).isZero();
	}

	static List<EvictionSelector> selectionsOfOneVoice() {
		EvictionSelector all = EvictionSelector.all();
		return List.of(all.withScope("two"), all.withTag("of two"));
	}

	@ParameterizedTest
	@MethodSource("selectionsOfOneVoice")
	void evictionOfAScopesAnswerTakesItsVoiceBack(EvictionSelector selector) {
		share();
		assertThat(this.cache.evict(selector)).isOne();
		assertThat(ask("four", "another answer").outcome()).isEqualTo(Outcome.MISS);
	}

	static List<EvictionSelector> selectionsOfAllVoices() {
		EvictionSelector all = EvictionSelector.all();
		return List.of(all, all.withTask("support"), all.withModel("small"), all.withPrompt(PROMPT),
				all.withPromptPattern("turn*"));
	}

	@ParameterizedTest
	@MethodSource("selectionsOfAllVoices")
	void evictionOfTheAnswerBeginsAgain(EvictionSelector selector) {
		share();
		assertThat(this.cache.evict(selector)).as("three, and what they share").isEqualTo(4);
		assertThat(ask("four", RIGHT).outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask("five", RIGHT).outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask("six", RIGHT).outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask("seven", "not asked").outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void answerThatAnEvictionHasOvertakenIsNotShared() {
		ask("one", RIGHT);
		ask("two", RIGHT);
		this.cache.get(request("three", PROMPT), () -> {
			this.cache.evict(EvictionSelector.all());
			return new Answer(RIGHT, 1);
		});
		assertThat(ask("four", RIGHT).outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void voiceIsOverWithItsAnswer() {
		ask("one", RIGHT);
		this.fixture.clock.advance(CacheFixture.TTL.dividedBy(2));
		ask("two", RIGHT);
		ask("three", RIGHT);
		assertThat(ask("four", "not asked").outcome()).isEqualTo(Outcome.EXACT);
		this.fixture.clock.advance(CacheFixture.TTL.dividedBy(2));
		assertThat(ask("four", "another answer").outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask("one", RIGHT).outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask("five", "not asked").outcome()).as("three again").isEqualTo(Outcome.EXACT);
	}

	@Test
	void answerBeyondItsTtlIsNoVoice() {
		this.fixture.staleness = new Staleness(Duration.ZERO, CacheFixture.TTL, List.of(Exception.class));
		share();
		this.fixture.clock.advance(CacheFixture.TTL);
		assertThat(ask("four", RIGHT).outcome()).isEqualTo(Outcome.MISS);
		assertThat(ask("five", RIGHT).outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void refreshedAnswerGoesOnSpeaking() {
		share();
		this.fixture.clock.advance(CacheFixture.TTL.dividedBy(2));
		for (String scope : List.of("one", "two", "three")) {
			refresh(scope, RIGHT);
		}
		this.fixture.clock.advance(CacheFixture.TTL.dividedBy(2));
		assertThat(ask("four", RIGHT).outcome()).as("the copy is as old as it was").isEqualTo(Outcome.MISS);
		assertThat(ask("five", "not asked").outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void answerThatAScopeHasReportedToBeWrongIsNotServedToItNorVouchedFor() {
		ask("one", POISON);
		CachedAnswer<Answer> first = ask("one", "not asked");
		this.cache.feedback(Feedback.wrong("support", Objects.requireNonNull(first.entryId())));
		ask("two", POISON);
		assertThat(ask("one", POISON).outcome()).isEqualTo(Outcome.MISS);
		ask("three", POISON);
		assertThat(ask("four", POISON).outcome()).as("two, three").isEqualTo(Outcome.MISS);
		assertThat(ask("five", "not asked").outcome()).as("two, three, four").isEqualTo(Outcome.EXACT);
		this.cache.evict(EvictionSelector.all().withScope("one"));
		assertThat(text(ask("one", RIGHT))).isEqualTo(RIGHT);
	}

	@Test
	void sharedAnswerThatIsReportedToBeWrongIsSharedNoMore() {
		share(POISON);
		CachedAnswer<Answer> served = ask("four", "not asked");
		this.cache.feedback(Feedback.wrong("support", Objects.requireNonNull(served.entryId())));
		for (String scope : List.of("four", "five", "six", "seven")) {
			assertThat(ask(scope, POISON).outcome()).as(scope).isEqualTo(Outcome.MISS);
		}
	}

	@Test
	void answerWithoutAScopeIsNoVoiceAndSharesNothing() {
		share();
		assertThat(ask(null, "for everybody").outcome()).isEqualTo(Outcome.MISS);
		assertThat(text(ask(null, "not asked"))).isEqualTo("for everybody");
		assertThat(text(ask("four", "not asked"))).isEqualTo(RIGHT);
	}

	@Test
	void everythingElseOfTheIdentityHasToBeEqual() {
		share();
		CacheRequest<Answer> request = CacheFixture.question(PROMPT).scope("four").model("large").build();
		assertThat(this.cache.get(request, () -> new Answer(RIGHT, 1)).outcome()).isEqualTo(Outcome.MISS);
		request = CacheFixture.question(PROMPT).scope("four").argument("language", "en").build();
		assertThat(this.cache.get(request, () -> new Answer(RIGHT, 1)).outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void nothingIsSharedUnlessItIsAskedFor() {
		share();
		CacheRequest<Answer> request = CacheFixture.question(PROMPT)
			.scope("four")
			.policy((policy) -> policy.shareAfterScopes(0))
			.build();
		assertThat(this.cache.get(request, () -> new Answer("own", 1)).value()).isEqualTo(new Answer("own", 1));
		assertThat(CachePolicy.DEFAULT.shareAfterScopes()).isZero();
	}

	@Test
	void morePreciseDemandIsMet() {
		share();
		CacheRequest<Answer> request = CacheFixture.question(PROMPT)
			.scope("four")
			.policy((policy) -> policy.shareAfterScopes(4))
			.build();
		assertThat(this.cache.get(request, () -> new Answer("own", 1)).outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void storeThatKnowsNoVoicesSharesNothing() {
		this.fixture.store = new FailingStore(this.fixture.store);
		this.cache = this.fixture.build();
		for (String scope : List.of("one", "two", "three", "four")) {
			assertThat(ask(scope, RIGHT).outcome()).isEqualTo(Outcome.MISS);
		}
	}

	@Test
	void lookupTellsThatThereIsSomethingThatIsNotShared() {
		ask("one", RIGHT);
		assertThat(this.fixture.events.lastLookup().refusals()).isEmpty();
		ask("two", RIGHT);
		assertThat(this.fixture.events.lastLookup().refusals()).containsExactly("not-shared");
	}

	@Test
	void explanationTellsHowManyScopesAgree() {
		ask("one", RIGHT);
		ask("other", "another answer");
		assertThat(explain("five").sharing()).isEqualTo(new Agreement(1, 3));
		ask("two", RIGHT);
		Explanation explanation = explain("five");
		assertThat(explanation.served().outcome()).isEqualTo(Outcome.MISS);
		assertThat(explanation.sharing()).isEqualTo(new Agreement(2, 3));
		assertThat(explanation.settings()).contains(new Setting("share-after-scopes", "2", true));
		ask("three", RIGHT);
		explanation = explain("five");
		assertThat(explanation.served().outcome()).isEqualTo(Outcome.EXACT);
		assertThat(explanation.settings()).containsExactly(new Setting("share-after-scopes", "0", false));
		assertThat(this.cache.explain(request("five", WORDING)).served().outcome()).isEqualTo(Outcome.SEMANTIC);
		this.cache.evict(EvictionSelector.all().withScope("one"));
		explanation = this.cache.explain(request("five", WORDING));
		assertThat(explanation.served().outcome()).isEqualTo(Outcome.MISS);
		assertThat(explanation.candidates()).extracting((judged) -> judged.verdict().reason())
			.containsExactly("not-shared");
		assertThat(this.cache.explain(request("two", PROMPT)).sharing()).isNull();
	}

	@Test
	void explanationWithoutACallKnowsWhereAnswersAreShared() {
		ask("one", RIGHT);
		ask("two", RIGHT);
		KnownPartition partition = this.cache.partitions(EvictionSelector.all().withScope("two"), 1).get(0);
		Explanation explanation = this.cache.explain(partition, PROMPT, null, true);
		assertThat(explanation.sharing()).isEqualTo(new Agreement(2, 3));
	}

	private void share() {
		share(RIGHT);
	}

	private void share(String answer) {
		for (String scope : List.of("one", "two", "three")) {
			ask(scope, answer);
		}
		assertThat(explain("nobody").served().outcome()).isEqualTo(Outcome.EXACT);
	}

	private void erase(String scope) {
		assertThat(this.cache.erase(scope).isComplete()).isTrue();
	}

	private Explanation explain(String scope) {
		return this.cache.explain(request(scope, PROMPT));
	}

	private CachedAnswer<Answer> ask(String scope, String answer) {
		return ask(scope, PROMPT, answer);
	}

	private CachedAnswer<Answer> ask(String scope, String prompt, String answer) {
		return this.cache.get(request(scope, prompt), () -> new Answer(answer, 1));
	}

	private void refresh(String scope, String answer) {
		try (CallControl.Scope control = CallControl.refresh().apply()) {
			ask(scope, answer);
		}
	}

	private static CacheRequest<Answer> request(String scope, String prompt) {
		return CacheFixture.question(prompt).scope(scope).tag("of " + scope).build();
	}

	private static String text(CachedAnswer<Answer> answer) {
		return Objects.requireNonNull(answer.value()).text();
	}

}
