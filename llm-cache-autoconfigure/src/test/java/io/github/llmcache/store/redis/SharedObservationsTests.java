package io.github.llmcache.store.redis;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.core.EvictionSelector;
import io.github.llmcache.core.LabelledObservation;
import io.github.llmcache.core.Observation;
import io.github.llmcache.core.ObservationStore.Observations;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances learn together.
 */
class SharedObservationsTests {

	private static final LabelledObservation RIGHT = observation(0.9, true);

	private static final LabelledObservation WRONG = observation(0.8, false);

	@ParameterizedTest
	@EnumSource(RedisKind.class)
	void instancesSeeWhatOthersAddedInOrderAndOnce(RedisKind kind) {
		RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("127.0.0.1",
				RedisServers.shared(kind).port());
		try (RedisStoreFixture fixture = new RedisStoreFixture(server)) {
			RedisCacheStore one = fixture.store(fixture.settings(SearchMode.AUTO));
			RedisCacheStore other = fixture.store(fixture.settings(SearchMode.AUTO));
			Observations first = one.exchange("task", List.of(RIGHT, WRONG), "");
			assertThat(first.observations()).containsExactly(RIGHT, WRONG);
			Observations seen = other.exchange("task", List.of(WRONG), "");
			assertThat(seen.observations()).containsExactly(RIGHT, WRONG, WRONG);
			assertThat(other.exchange("task", List.of(), seen.position()))
				.isEqualTo(new Observations(List.of(), seen.position()));
			assertThat(one.exchange("task", List.of(RIGHT), first.position()).observations()).containsExactly(WRONG,
					RIGHT);
			one.evict(EvictionSelector.all());
			assertThat(other.exchange("task", List.of(), "").observations()).as("invalidation is of answers")
				.hasSize(4);
			assertThat(one.exchange("other", List.of(), "").observations()).isEmpty();
		}
	}

	@Test
	void onlyTheLatestAreKept() {
		RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("127.0.0.1",
				RedisServers.shared(RedisKind.REDIS_7).port());
		try (RedisStoreFixture fixture = new RedisStoreFixture(server)) {
			RedisCacheStore store = fixture.store(fixture.settings(SearchMode.AUTO));
			List<LabelledObservation> many = IntStream.range(0, 500).mapToObj((i) -> observation(i, true)).toList();
			for (int i = 0; i < 5; i++) {
				store.exchange("task", many, "");
			}
			List<LabelledObservation> kept = store.exchange("task", List.of(), "").observations();
			assertThat(kept).hasSizeBetween(1_000, 1_200);
			assertThat(kept.get(kept.size() - 1)).isEqualTo(many.get(499));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "1 1 1 0.5 0", "1 1 1 much 0 1.0", "soon 1 1 0.5 0 1.0", "1 1 1 0.5 0 1.0 x",
			"1 1 1 0.5 few 1.0" })
	void whatIsNoObservationIsLeftOut(String text) {
		assertThat(SharedObservations.decode(text)).isNull();
	}

	private static LabelledObservation observation(double probability, boolean right) {
		return new LabelledObservation(new Observation(List.of(1.0, -0.25, 1e-9), probability, !right), right,
				Instant.ofEpochMilli(1_700_000_000_123L), 7);
	}

}
