package io.github.llmcache.store.redis;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.Partition;
import io.github.llmcache.store.redis.RedisKeys.LookupPlaces;
import io.github.llmcache.store.redis.RedisKeys.LookupPlaces.Place;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LookupPlaces}.
 */
class LookupPlacesTests {

	private final RedisKeys keys = new RedisKeys("any", 1);

	private final LookupPlaces places = new LookupPlaces(this.keys, Sealing.NONE);

	@Test
	void lookupsInTheSameShardHaveTheirPlaceInCommon() {
		Awaitility.await("weak references").until(() -> place("gpt", "one", "a") == place("gpt", "one", "b"));
	}

	@Test
	void placeIsThatOfItsShard() {
		CacheKey key = new CacheKey(partition("gpt", "one"), "a");
		Place place = this.places.of(key);
		assertThat(place.keys("a")).containsExactly(this.keys.of(key).state(), this.keys.of(key).entry("a"),
				this.keys.of(key).additions(), this.keys.of(key).vectors(), this.keys.of(key).partitions(),
				this.keys.of(key).tasks(), this.keys.of(key).refusals(), this.keys.of(key).alias("a"));
	}

	@Test
	void equalPartitionIsRegisteredByWhatIsKnownOfIt() {
		assertThat(place("gpt", "one", "a").registered()).isNotEqualTo(place("sha256:0", "one", "a").registered())
			.isNotEqualTo(place("gpt", "two", "a").registered())
			.isNotEqualTo(place("gpt", null, "a").registered())
			.isEqualTo(RegisteredPartition.of(partition("gpt", "one"), Sealing.NONE).encode());
	}

	private Place place(String model, @Nullable String scope, String digest) {
		return this.places.of(new CacheKey(partition(model, scope), digest));
	}

	private static Partition partition(String model, @Nullable String scope) {
		return new Partition("0123", "faq", model, null, scope);
	}

}
