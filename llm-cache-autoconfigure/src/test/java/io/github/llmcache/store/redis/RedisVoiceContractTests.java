package io.github.llmcache.store.redis;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.VoiceStore.Voice;
import io.github.llmcache.test.contract.Entries;
import io.github.llmcache.test.contract.VoiceStoreContract;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link RedisCacheStore} keeps the contract of voices on each server that is supported,
 * and shares them.
 */
@ParameterizedClass
@MethodSource("io.github.llmcache.store.redis.RedisSetup#all")
class RedisVoiceContractTests extends VoiceStoreContract {

	private static final CacheKey SHARED = Entries.key(Entries.partition("support"), "prompt");

	private static final Voice VOICE = new Voice(
			Entries.key(Entries.partition("support", null, null, "tenant"), "prompt"), "0123456789abcdef");

	@Parameter
	private RedisSetup setup;

	@RegisterExtension
	final RedisStores redis = new RedisStores(() -> this.setup);

	@Override
	protected RedisCacheStore store() {
		return this.redis.store();
	}

	@Override
	protected void elapse(Duration duration) {
		this.clock.advance(duration);
		this.redis.fixture().elapse(duration);
	}

	@Test
	void otherInstancesHearVoices() {
		store().vouch(SHARED, VOICE, Entries.TTL);
		assertThat(this.redis.instance().voices(SHARED)).containsExactly(VOICE);
	}

	@Test
	void nothingIsLeftAfterTheTime() {
		store().vouch(SHARED, VOICE, Entries.TTL);
		assertThat(this.redis.fixture().keys()).isNotEmpty();
		elapse(Entries.TTL);
		assertThat(this.redis.fixture().keys()).isEmpty();
	}

	@Test
	void whatSomebodyElseHasWrittenIsNoVoice() {
		store().vouch(SHARED, VOICE, Entries.TTL);
		String key = this.redis.fixture()
			.keys()
			.stream()
			.filter((name) -> name.contains(":s:"))
			.findFirst()
			.orElseThrow();
		for (String text : new String[] { "", " ", "nonsense", "a b c d", "  " }) {
			this.redis.fixture().add(key, 9e12, text);
		}
		assertThat(store().voices(SHARED)).containsExactly(VOICE);
		this.redis.fixture().set(key, "a text");
		assertThat(store().voices(SHARED)).isEmpty();
		assertThat(store().vouch(SHARED, VOICE, Entries.TTL)).containsExactly(VOICE);
	}

}
