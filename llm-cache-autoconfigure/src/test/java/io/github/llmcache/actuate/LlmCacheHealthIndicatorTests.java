package io.github.llmcache.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.llmcache.actuate.LlmCacheHealthIndicator.Failures;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.FailureEvent.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * Tests for {@link LlmCacheHealthIndicator}.
 */
@ExtendWith(MockitoExtension.class)
class LlmCacheHealthIndicatorTests {

	private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

	private static final CacheDescription DESCRIPTION = new CacheDescription("embedded", null, Map.of());

	@Mock
	private Clock clock;

	private LlmCacheHealthIndicator indicator;

	@BeforeEach
	void setUp() {
		given(this.clock.instant()).willReturn(NOW);
		this.indicator = new LlmCacheHealthIndicator(() -> DESCRIPTION, this.clock, Duration.ofMinutes(5));
	}

	@Test
	void nothingIsDegradedAtFirst() {
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).isEqualTo(Map.of("store", "embedded", "degraded", Map.of()));
	}

	@Test
	void partThatFailedIsDegradedForAWhile() {
		fail(Part.STORE, new IllegalStateException());
		given(this.clock.instant()).willReturn(NOW.plusSeconds(60));
		fail(Part.STORE, new IllegalArgumentException());
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
		assertThat(this.indicator.health().getDetails()).containsEntry("degraded",
				Map.of("store", new Failures(2, NOW.plusSeconds(60), IllegalArgumentException.class.getName())));
		given(this.clock.instant()).willReturn(NOW.plusSeconds(360));
		assertThat(this.indicator.health().getDetails()).containsEntry("degraded", Map.of());
	}

	@Test
	void messageOfTheExceptionIsNotShown() {
		fail(Part.VERIFIER, new IllegalStateException("who is Jane Doe"));
		assertThat(this.indicator.health().toString()).contains("verifier").doesNotContain("Jane");
	}

	@Test
	void staysUpIfTheCacheCannotBeDescribed() {
		LlmCacheHealthIndicator blind = new LlmCacheHealthIndicator(() -> {
			throw new IllegalStateException();
		}, this.clock, Duration.ofMinutes(5));
		assertThat(blind.health().getStatus()).isEqualTo(Status.UP);
		assertThat(blind.health().getDetails()).containsEntry("store", "unknown");
	}

	private void fail(Part part, Exception cause) {
		this.indicator.onFailure(new FailureEvent("a", part, cause));
	}

}
