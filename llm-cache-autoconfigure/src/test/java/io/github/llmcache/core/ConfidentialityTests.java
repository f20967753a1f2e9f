package io.github.llmcache.core;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.codec.PayloadException;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.explain.Explanation;
import io.github.llmcache.key.Argument;
import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.key.UncacheableArgumentException;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;
import io.github.llmcache.verify.MatchVerifier.Match;
import io.github.llmcache.verify.MatchVerifier.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No prompt, answer or scope shows where nobody asked for it.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfidentialityTests {

	private static final String SECRET = "secret-7f3a";

	static Stream<Object> values() {
		Argument argument = new Argument("name", SECRET);
		CacheIdentity identity = new CacheIdentity("task", "type", "model", SECRET, SECRET, List.of(argument));
		Partition partition = new Partition("id", "task", "model", SECRET, SECRET);
		CacheKey key = new CacheKey(partition, "digest");
		CacheEntry entry = new CacheEntry(SECRET, SECRET.getBytes(), null, Instant.EPOCH, Duration.ofDays(1),
				Duration.ZERO, Set.of(SECRET));
		Verdict verdict = Verdict.refuse("number", SECRET);
		Explanation.Judgement judgement = new Explanation.Judgement("id", SECRET, 1, verdict, List.of(verdict), 0.5);
		Explanation explanation = new Explanation(key, Map.of("scope", SECRET), null, true, null, 0.8,
				List.of(judgement), new Explanation.Served(Outcome.EXACT, "id", SECRET, null), null, List.of());
		CacheRequest<String> request = CacheRequest.forTask("task", String.class)
			.prompt(SECRET)
			.template(SECRET)
			.scope(SECRET)
			.argument(argument)
			.tag(SECRET)
			.build();
		CachedAnswer<String> answer = new CachedAnswer<>(SECRET, Outcome.SEMANTIC, 0.9, Duration.ZERO, "id", SECRET,
				null);
		return Stream.of(argument, identity, partition, key, entry, verdict, judgement, request, answer,
				new Candidate(key, entry, 1), new CacheStore.Finding(entry, 1),
				new Addressing.Address(key, SECRET, null), new Hit(Outcome.EXACT, key, entry, SECRET, null, 1),
				new Match("task", SECRET, SECRET, 1), explanation,
				new EvictionSelector("task", "model", "template", SECRET, SECRET, SECRET, SECRET),
				new FailureEvent("task", Part.CODEC, new IllegalStateException(SECRET)),
				new UncacheableArgumentException("name", String.class, null, new IllegalStateException(SECRET)),
				new PayloadException("message", new IllegalStateException(SECRET)));
	}

	@ParameterizedTest
	@MethodSource("values")
	void textFormHoldsNoPromptAnswerOrScope(Object value) {
		assertThat(value.toString()).isNotEmpty().doesNotContain(SECRET);
		assertThat("" + value).isNotEqualTo(value.getClass().getName() + "@" + Integer.toHexString(value.hashCode()));
	}

	@Test
	void nothingIsLoggedOfWhatBrokenPartsSay(CapturedOutput output) {
		CacheFixture fixture = new CacheFixture();
		fixture.embedder = new AngleEmbedder("angles").at(0, SECRET).at(0, SECRET + " now");
		fixture.build().get(request(SECRET), () -> SECRET);
		fixture.verifier = (match) -> {
			throw new IllegalStateException(match.prompt());
		};
		fixture.listener = new LlmCacheListener() {

			@Override
			public void onFailure(FailureEvent event) {
				throw new IllegalStateException(event.cause());
			}

		};
		fixture.build().get(request(SECRET + " now"), () -> SECRET);
		fixture.codec = new TellingCodec();
		fixture.build().get(request(SECRET), () -> SECRET);
		fixture.embedder = new AngleEmbedder("empty");
		fixture.build().get(request(SECRET), () -> SECRET);
		fixture.build()
			.get(CacheRequest.forTask("task", String.class).prompt(SECRET).argument("map", new TellingMap()).build(),
					() -> SECRET);
		assertThat(output.getAll()).contains("VERIFIER", "CODEC", "EMBEDDER", "KEY", "Listener").doesNotContain(SECRET);
	}

	@Test
	void nothingIsLoggedWhileAllGoesWell(CapturedOutput output) {
		CacheFixture fixture = new CacheFixture();
		fixture.embedder = new AngleEmbedder("angles").at(0, SECRET).at(0, SECRET + " now");
		LlmCache cache = fixture.build();
		for (String prompt : List.of(SECRET, SECRET, SECRET + " now")) {
			cache.get(request(prompt), () -> SECRET);
		}
		cache.evict(EvictionSelector.all().withScope(SECRET));
		assertThat(output.getAll()).isEmpty();
	}

	private static CacheRequest<String> request(@Nullable String prompt) {
		return CacheRequest.forTask("task", String.class).prompt(prompt).scope(SECRET).build();
	}

	private static final class TellingCodec implements PayloadCodec {

		@Override
		public byte[] encode(Object value, Type type) {
			throw new IllegalStateException("" + value);
		}

		@Override
		public Object decode(byte[] payload, Type type) {
			throw new IllegalStateException(new String(payload));
		}

	}

	private static final class TellingMap extends AbstractMap<String, String> {

		@Override
		public Set<Map.Entry<String, String>> entrySet() {
			throw new IllegalStateException(SECRET);
		}

	}

}
