package io.github.llmcache.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.store.CacheEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CachePolicy} and the other values that check what they hold.
 */
class CachePolicyTests {

	private static final Duration HOUR = Duration.ofHours(1);

	@ParameterizedTest
	@ValueSource(doubles = { -0.01, 1.01, 95, Double.NaN, Double.NEGATIVE_INFINITY })
	void minimumSimilarityThatIsNoSimilarityIsRefused(double minSimilarity) {
		assertThatIllegalArgumentException().isThrownBy(() -> new CachePolicy(HOUR, true, minSimilarity, 1, 1))
			.withMessageContaining(Double.toString(minSimilarity));
		assertThatIllegalArgumentException().isThrownBy(() -> new RequestedPolicy(null, null, minSimilarity))
			.withMessageContaining(Double.toString(minSimilarity));
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.5, 1 })
	void minimumSimilarityIsACosine(double minSimilarity) {
		assertThat(new CachePolicy(HOUR, true, minSimilarity, 1, 1).minSimilarity()).isEqualTo(minSimilarity);
		assertThat(new RequestedPolicy(null, null, minSimilarity).minSimilarity()).isEqualTo(minSimilarity);
	}

	@Test
	void negativeNumbersAreRefused() {
		Duration negative = Duration.ofSeconds(-1);
		assertThatIllegalArgumentException().isThrownBy(() -> new CachePolicy(negative, true, 0.8, 1, 1))
			.withMessageContaining("PT-1S");
		assertThatIllegalArgumentException().isThrownBy(() -> new RequestedPolicy(negative, null, null))
			.withMessageContaining("PT-1S");
		assertThatIllegalArgumentException().isThrownBy(() -> new CachePolicy(HOUR, true, 0.8, 0, 1))
			.withMessageContaining("0");
		assertThatIllegalArgumentException().isThrownBy(() -> new CachePolicy(HOUR, true, 0.8, 1, 0))
			.withMessageContaining("0");
	}

	@Test
	void entryThatMayNeverBeServedIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(
				() -> new CacheEntry("prompt", new byte[0], null, Instant.EPOCH, Duration.ZERO, HOUR, Set.of()));
	}

	@Test
	void entryIsNotKeptForLessThanItsTimeToLive() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CacheEntry("prompt", new byte[0], null, Instant.EPOCH,
				HOUR, Duration.ofMillis(-1), HOUR, Set.of()));
	}

	@Test
	void entryIsKeptForItsTimeToLiveAndItsRetention() {
		CacheEntry entry = new CacheEntry("prompt", new byte[0], null, Instant.EPOCH, HOUR, Duration.ofMinutes(1), HOUR,
				Set.of());
		Instant removal = Instant.EPOCH.plus(HOUR).plusSeconds(60);
		assertThat(entry.removal()).isEqualTo(removal);
		assertThat(entry.isKept(removal.minusMillis(1))).isTrue();
		assertThat(entry.isKept(removal)).isFalse();
		assertThat(entry.isExpired(Instant.EPOCH.plus(HOUR).minusMillis(1))).isFalse();
		assertThat(entry.isExpired(Instant.EPOCH.plus(HOUR))).isTrue();
	}

	@Test
	void identityWithoutTaskIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CacheIdentity(" ", "type", null, null, null, List.of()));
	}

	@Test
	void outcomesThatComeOutOfTheCacheAreHits() {
		assertThat(Outcome.values()).filteredOn(Outcome::isHit)
			.containsExactly(Outcome.EXACT, Outcome.SEMANTIC, Outcome.STALE);
	}

}
