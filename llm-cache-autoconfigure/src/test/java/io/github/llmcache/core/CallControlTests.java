package io.github.llmcache.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CallControl}.
 */
class CallControlTests {

	private final CacheFixture fixture = new CacheFixture();

	private final LlmCache cache;

	CallControlTests() {
		this.fixture.angles.at(0, "prompt").at(1, "the prompt");
		this.cache = this.fixture.build();
		ask("prompt", "old");
	}

	@Test
	void refreshedAnswerTakesThePlaceOfTheOldOne() {
		try (CallControl.Scope scope = CallControl.refresh().apply()) {
			CachedAnswer<Answer> answer = ask("prompt", "new");
			assertThat(answer.outcome()).isEqualTo(Outcome.MISS);
			assertThat(answer.value().text()).isEqualTo("new");
		}
		assertThat(ask("prompt", "newer").value().text()).isEqualTo("new");
		assertThat(this.fixture.entryCount()).isOne();
	}

	@Test
	void refreshedAnswerIsFoundByOtherWordings() {
		try (CallControl.Scope scope = CallControl.refresh().apply()) {
			ask("prompt", "new");
		}
		CachedAnswer<Answer> answer = ask("the prompt", "newer");
		assertThat(answer.outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(answer.value().text()).isEqualTo("new");
	}

	@Test
	void refreshDoesNotServeAnotherWordingEither() {
		try (CallControl.Scope scope = CallControl.refresh().apply()) {
			assertThat(ask("the prompt", "new").outcome()).isEqualTo(Outcome.MISS);
		}
	}

	@Test
	void bypassedCallLeavesTheCacheAlone() {
		try (CallControl.Scope scope = CallControl.bypass().apply()) {
			CachedAnswer<Answer> answer = ask("prompt", "new");
			assertThat(answer.outcome()).isEqualTo(Outcome.BYPASS);
			assertThat(answer.reason()).isEqualTo("no-store");
		}
		assertThat(ask("prompt", "newer").value().text()).isEqualTo("old");
	}

	@Test
	void answerThatIsTooOldIsLoadedAgainWhateverTheWording() {
		this.fixture.clock.advance(Duration.ofSeconds(60));
		try (CallControl.Scope scope = CallControl.maxAge(Duration.ofSeconds(60)).apply()) {
			assertThat(ask("prompt", "new").outcome()).isEqualTo(Outcome.EXACT);
			assertThat(ask("the prompt", "new").outcome()).isEqualTo(Outcome.SEMANTIC);
			this.fixture.clock.advance(Duration.ofSeconds(1));
			assertThat(ask("the prompt", "new").outcome()).isEqualTo(Outcome.MISS);
			assertThat(ask("prompt", "newest").value().text()).isEqualTo("new");
		}
	}

	@Test
	void innerControlAppliesUntilItEnds() {
		try (CallControl.Scope outer = CallControl.bypass().apply()) {
			try (CallControl.Scope inner = CallControl.maxAge(Duration.ofDays(1)).apply()) {
				assertThat(ask("prompt", "new").outcome()).isEqualTo(Outcome.EXACT);
			}
			assertThat(ask("prompt", "new").outcome()).isEqualTo(Outcome.BYPASS);
		}
		assertThat(ask("prompt", "new").outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void otherThreadsAreLeftAlone() {
		try (CallControl.Scope scope = CallControl.bypass().apply()) {
			assertThat(CompletableFuture.supplyAsync(() -> ask("prompt", "new")).join().outcome())
				.isEqualTo(Outcome.EXACT);
		}
	}

	@Test
	void ageIsNotNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> CallControl.maxAge(Duration.ofSeconds(-1)))
			.withMessageContaining("PT-1S");
	}

	private CachedAnswer<Answer> ask(String prompt, String answer) {
		return this.cache.get(question(prompt).build(), CountingLoader.answering(answer));
	}

}
