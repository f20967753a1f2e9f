package io.github.llmcache.core;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.codec.PayloadException;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.embedding.ModelBusyException;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.LoadEvent;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.event.StoreEvent;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.FailingStore;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static io.github.llmcache.core.CacheFixture.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * A failure of the cache is not a failure of the call: tests for {@link LlmCache} with
 * broken parts.
 */
@ExtendWith(OutputCaptureExtension.class)
class LlmCacheFailureTests {

	private final CacheFixture fixture = new CacheFixture();

	private final CountingLoader<Answer> loader = CountingLoader.answering("42");

	LlmCacheFailureTests() {
		this.fixture.angles.at(0, "one").at(1, "two").at(2, "three");
	}

	@Test
	void brokenStoreMeansThatTheMethodRuns(CapturedOutput output) {
		FailingStore store = breakStore().failing();
		assertThatTheMethodRunsEachTime("store-failure");
		assertThat(this.fixture.events.failedParts()).containsOnly(Part.STORE).hasSize(3);
		assertThat(this.fixture.events.stores()).isEmpty();
		assertThatOneLineIsLogged(output, "STORE (find)", IllegalStateException.class);
		assertThat(store.failFind).isTrue();
	}

	@Test
	void storeThatCannotWriteMeansThatTheMethodRuns(CapturedOutput output) {
		breakStore().failPut = true;
		assertThatTheMethodRunsEachTime(null);
		assertThat(this.fixture.events.failedParts()).containsOnly(Part.STORE).hasSize(3);
		assertThat(this.fixture.events.stores()).hasSize(3).containsOnly(new StoreEvent("support", "store-failure"));
		assertThatOneLineIsLogged(output, "STORE (put)", IllegalStateException.class);
	}

	@Test
	void storeThatCannotSearchStillFindsExactly(CapturedOutput output) {
		breakStore().failSearch = true;
		assertThatTheMethodRunsEachTime(null);
		assertThat(this.fixture.events.lookups()).extracting(LookupEvent::semanticSkip).containsOnly("store-failure");
		assertThat(this.fixture.build().get(question("one").build(), this.loader).outcome()).isEqualTo(Outcome.EXACT);
		assertThatOneLineIsLogged(output, "STORE (search)", IllegalStateException.class);
	}

	@Test
	void storeThatWorksAgainIsUsedAgainAndLogged(CapturedOutput output) {
		FailingStore store = breakStore().failing();
		LlmCache cache = this.fixture.build();
		for (int outage = 0; outage < 2; outage++) {
			store.failFind = true;
			cache.get(question("one").build(), this.loader);
			cache.get(question("one").build(), this.loader);
			store.failFind = false;
			store.failPut = false;
			store.failSearch = false;
			cache.get(question("one").build(), this.loader);
			assertThat(cache.get(question("one").build(), this.loader).outcome()).isEqualTo(Outcome.EXACT);
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("works again"))).hasSize(2);
		assertThat(output.getAll().lines().filter((line) -> line.contains("failed"))).hasSize(2);
	}

	@Test
	void evictionTellsThatTheStoreFailed() {
		breakStore().failing();
		assertThatIllegalStateException().isThrownBy(() -> this.fixture.build().evict(EvictionSelector.all()));
	}

	@Test
	void brokenEmbedderMeansExactOnly(CapturedOutput output) {
		this.fixture.embedder = new AngleEmbedder("knows no text");
		assertThatTheMethodRunsEachTime(null);
		assertThat(this.fixture.events.lookups()).extracting(LookupEvent::semanticSkip)
			.containsOnly("embedder-failure");
		assertThat(this.fixture.events.failedParts()).containsOnly(Part.EMBEDDER).hasSize(3);
		assertThat(this.fixture.events.stores()).containsOnly(new StoreEvent("support", null));
		assertThat(this.fixture.build().get(question("one").build(), this.loader).outcome()).isEqualTo(Outcome.EXACT);
		assertThatOneLineIsLogged(output, "EMBEDDER", IllegalArgumentException.class);
	}

	@Test
	void busyEmbedderMeansExactOnlyAndIsToldApart() {
		TextEmbedder busy = mock();
		given(busy.fingerprint()).willReturn("busy");
		given(busy.embed(anyString())).willThrow(new ModelBusyException("busy"));
		this.fixture.embedder = busy;
		assertThatTheMethodRunsEachTime(null);
		assertThat(this.fixture.events.lookups()).extracting(LookupEvent::semanticSkip).containsOnly("embedder-busy");
		assertThat(this.fixture.build().get(question("one").build(), this.loader).outcome()).isEqualTo(Outcome.EXACT);
	}

	@Test
	void embedderWithoutFingerprintMeansThatTheMethodRuns() {
		this.fixture.embedder = new TextEmbedder() {

			@Override
			public float @Nullable [] embed(String text) {
				return new float[] { 1, 0 };
			}

			@Override
			public int dimensions() {
				return 2;
			}

			@Override
			public String fingerprint() {
				throw new IllegalStateException("model is not there");
			}

		};
		assertThatTheMethodRunsEachTime("embedder-failure");
		assertThat(this.fixture.events.failedParts()).containsOnly(Part.EMBEDDER).hasSize(3);
	}

	@Test
	void brokenVerifierRefuses(CapturedOutput output) {
		this.fixture.verifier = (match) -> {
			throw new IllegalStateException(match.cachedPrompt());
		};
		assertThatTheMethodRunsEachTime(null);
		assertThat(this.fixture.events.lastLookup().refusals()).containsExactly("verifier-failure", "verifier-failure");
		assertThat(this.fixture.events.failedParts()).containsOnly(Part.VERIFIER).hasSize(3);
		assertThatOneLineIsLogged(output, "VERIFIER", IllegalStateException.class);
	}

	@Test
	@SuppressWarnings("NullAway")
	void verifierWithoutVerdictRefuses() {
		this.fixture.verifier = (match) -> null;
		assertThatTheMethodRunsEachTime(null);
		assertThat(this.fixture.events.failedParts()).containsOnly(Part.VERIFIER).hasSize(3);
	}

	@Test
	void brokenCodecMeansThatNothingIsStored(CapturedOutput output) {
		this.fixture.codec = new BrokenCodec();
		assertThatTheMethodRunsEachTime(null);
		assertThat(this.fixture.events.stores()).containsOnly(new StoreEvent("support", "payload-failure"));
		assertThat(this.fixture.events.failedParts()).containsOnly(Part.CODEC).hasSize(3);
		assertThatOneLineIsLogged(output, "CODEC (encode)", PayloadException.class);
		assertThat(output)
			.contains("(Field Answer.time would differ); the caller got the answer, but it was not stored");
	}

	@Test
	void codecThatCannotDescribeTheTypeMeansThatTheMethodRuns(CapturedOutput output) {
		this.fixture.codec = new BrokenCodec() {

			@Override
			public String shape(Type type) {
				throw new NoClassDefFoundError("of a field");
			}

		};
		assertThatTheMethodRunsEachTime("codec-failure");
		assertThat(this.fixture.events.failedParts()).containsOnly(Part.CODEC).hasSize(3);
		assertThatOneLineIsLogged(output, "CODEC (shape)", NoClassDefFoundError.class);
	}

	@Test
	void errorOfAPartIsNotTheCallers() {
		TextEmbedder large = mock();
		given(large.fingerprint()).willReturn("large");
		given(large.embed(anyString())).willThrow(new OutOfMemoryError("of the embedder"));
		this.fixture.embedder = large;
		assertThatTheMethodRunsEachTime(null);
		assertThat(this.fixture.events.failedParts()).containsOnly(Part.EMBEDDER).hasSize(3);
	}

	@Test
	void brokenAdmissionPolicyMeansThatNothingIsStored(CapturedOutput output) {
		this.fixture.admission = (task, value) -> {
			throw new IllegalStateException("" + value);
		};
		assertThatTheMethodRunsEachTime(null);
		assertThat(this.fixture.events.stores()).containsOnly(new StoreEvent("support", "admission-failure"));
		assertThat(this.fixture.events.failedParts()).containsOnly(Part.ADMISSION).hasSize(3);
		assertThatOneLineIsLogged(output, "ADMISSION", IllegalStateException.class);
	}

	@Test
	void brokenKeyGeneratorMeansThatTheMethodRuns(CapturedOutput output) {
		this.fixture.keys = (identity, embedder, prompt) -> {
			throw new IllegalStateException(prompt);
		};
		assertThatTheMethodRunsEachTime("uncacheable-argument");
		assertThat(this.fixture.events.failedParts()).containsOnly(Part.KEY).hasSize(3);
		assertThatOneLineIsLogged(output, "KEY", IllegalStateException.class);
	}

	@Test
	void brokenListenerChangesNothing(CapturedOutput output) {
		this.fixture.listener = new BrokenListener();
		LlmCache cache = this.fixture.build();
		assertThat(cache.get(question("one").build(), this.loader).outcome()).isEqualTo(Outcome.MISS);
		assertThat(cache.get(question("one").build(), this.loader).outcome()).isEqualTo(Outcome.EXACT);
		assertThat(this.loader.calls()).isOne();
		assertThat(output.getAll().lines()).singleElement().asString().contains(BrokenListener.class.getName());
		IllegalStateException failure = new IllegalStateException("of the method");
		assertThatIllegalStateException().isThrownBy(() -> cache.get(question("two").semantic(false).build(), () -> {
			throw failure;
		})).isSameAs(failure);
	}

	@Test
	void missingClassOfAPartMeansThatTheMethodRuns() {
		this.fixture.verifier = (match) -> {
			throw new NoClassDefFoundError("of an optional library");
		};
		assertThatTheMethodRunsEachTime(null);
	}

	private void assertThatTheMethodRunsEachTime(@Nullable String bypassReason) {
		LlmCache cache = this.fixture.build();
		List<CachedAnswer<Answer>> answers = new ArrayList<>();
		for (String prompt : List.of("one", "two", "three")) {
			answers.add(cache.get(question(prompt).build(), this.loader));
		}
		assertThat(answers).extracting(CachedAnswer::value).containsOnly(new Answer("42", 2));
		assertThat(answers).extracting(CachedAnswer::reason).containsOnly(bypassReason);
		assertThat(answers).noneMatch(CachedAnswer::isHit);
		assertThat(this.loader.calls()).isEqualTo(3);
		assertThat(this.fixture.events.loads()).hasSize(3)
			.extracting(LoadEvent::result)
			.containsOnly(LoadEvent.Result.SUCCESS);
	}

	/**
	 * One line, and nothing in it of what the exception says.
	 */
	private static void assertThatOneLineIsLogged(CapturedOutput output, String what, Class<?> exception) {
		assertThat(output.getAll().lines()).singleElement()
			.asString()
			.startsWith("WARN")
			.contains(what + " failed for task 'support' with " + exception.getName())
			.doesNotContain("tenant-7", "one", "42", "null");
	}

	private FailingStore breakStore() {
		FailingStore store = new FailingStore(this.fixture.store);
		this.fixture.store = store;
		return store;
	}

	private static class BrokenCodec implements PayloadCodec {

		@Override
		public byte[] encode(Object value, Type type) {
			throw new PayloadException("Field Answer.time would differ", null);
		}

		@Override
		public Object decode(byte[] payload, Type type) {
			throw new PayloadException("cannot read", null);
		}

	}

	private static final class BrokenListener implements LlmCacheListener {

		@Override
		public void onLookup(LookupEvent event) {
			throw new IllegalStateException("lookup");
		}

		@Override
		public void onLoad(LoadEvent event) {
			throw new IllegalStateException("load");
		}

		@Override
		public void onStore(StoreEvent event) {
			throw new IllegalStateException("store");
		}

	}

}
