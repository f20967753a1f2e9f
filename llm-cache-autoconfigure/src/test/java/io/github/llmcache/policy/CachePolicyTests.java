package io.github.llmcache.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.policy.Accuracy.Evidence;
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
		assertRefused((policy) -> policy.minSimilarity(minSimilarity), Double.toString(minSimilarity));
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.5, 1 })
	void minimumSimilarityIsACosine(double minSimilarity) {
		assertThat(CachePolicy.DEFAULT.mutate().minSimilarity(minSimilarity).build().minSimilarity())
			.isEqualTo(minSimilarity);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 1, 33 })
	void numberOfScopesThatProtectsNobodyIsRefused(int scopes) {
		assertRefused((policy) -> policy.shareAfterScopes(scopes), "not after " + scopes);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 32 })
	void answersMayBeSharedAfterSeveralScopesOrNever(int scopes) {
		assertThat(CachePolicy.DEFAULT.mutate().shareAfterScopes(scopes).build().shareAfterScopes()).isEqualTo(scopes);
	}

	@Test
	void negativeNumbersAreRefused() {
		Duration negative = Duration.ofSeconds(-1);
		assertRefused((policy) -> policy.ttl(negative), "PT-1S");
		assertRefused((policy) -> policy.refreshAfter(negative), "PT-1S");
		assertRefused((policy) -> policy.staleIfError(negative), "PT-1S");
		assertRefused((policy) -> policy.maxCandidates(0), "0");
		assertRefused((policy) -> policy.maxPayload(0L), "0");
	}

	/**
	 * Wherever the setting comes from.
	 */
	private static void assertRefused(RequestedPolicy requested, String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> requested.applyTo(CachePolicy.DEFAULT))
			.withMessageContaining(value);
		CacheRequest.Builder<String> request = CacheRequest.forTask("support", String.class).policy(requested);
		assertThatIllegalArgumentException().isThrownBy(request::build).withMessageContaining(value);
	}

	@Test
	void whatIsNotAskedForStaysAsItIs() {
		CachePolicy defaults = CachePolicy.DEFAULT.mutate()
			.ttl(HOUR)
			.semantic(true)
			.minSimilarity(0.7)
			.maxCandidates(3)
			.maxPayload(10L)
			.accuracy(new Accuracy(Evidence.VERIFIER, 0.95, 0.05, 1))
			.refreshAfter(Duration.ofMinutes(1))
			.staleIfError(Duration.ofMinutes(2))
			.staleOn(List.of(IllegalStateException.class))
			.shareAfterScopes(2)
			.build();
		RequestedPolicy nothing = (policy) -> policy.ttl(null)
			.semantic(null)
			.minSimilarity(null)
			.maxCandidates(null)
			.maxPayload(null)
			.accuracy(null)
			.refreshAfter(null)
			.staleIfError(null)
			.staleOn(null)
			.shareAfterScopes(null);
		assertThat(nothing.applyTo(defaults)).isEqualTo(defaults);
		assertThat(RequestedPolicy.DEFAULT.applyTo(defaults)).isEqualTo(defaults);
	}

	@Test
	void laterRequestWins() {
		RequestedPolicy first = (policy) -> policy.ttl(HOUR).semantic(true);
		CachePolicy both = first.andThen((policy) -> policy.ttl(Duration.ZERO)).applyTo(CachePolicy.DEFAULT);
		assertThat(both.ttl()).isZero();
		assertThat(both.semantic()).isTrue();
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
