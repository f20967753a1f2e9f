package io.github.llmcache.store.redis;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.test.contract.AliasStoreContract;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link RedisCacheStore} keeps the contract of aliases on each server that is supported,
 * and shares them.
 */
@ParameterizedClass
@MethodSource("io.github.llmcache.store.redis.RedisSetup#all")
class RedisAliasContractTests extends AliasStoreContract {

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
	void otherInstancesServeAWordingWithoutASearch() {
		EngineOnRedis one = new EngineOnRedis(store(), LlmCacheListener.NO_OP);
		one.ask("1 a");
		assertThat(one.ask("1 b").outcome()).isEqualTo(Outcome.SEMANTIC);
		EngineOnRedis other = new EngineOnRedis(this.redis.instance(), LlmCacheListener.NO_OP);
		assertThat(other.ask("1 b").outcome()).isEqualTo(Outcome.SEMANTIC);
		assertThat(other.embeddings()).isZero();
		assertThat(this.redis.fixture().keys()).filteredOn((key) -> key.contains(":w:")).hasSize(1);
	}

	@Test
	void whatSomebodyElseHasWrittenIsNoAlias() {
		EngineOnRedis engine = new EngineOnRedis(store(), LlmCacheListener.NO_OP);
		engine.ask("1 a");
		engine.ask("1 b");
		String key = this.redis.fixture()
			.keys()
			.stream()
			.filter((name) -> name.contains(":w:"))
			.findFirst()
			.orElseThrow();
		for (String text : new String[] { "", " ", "nonsense", "a b c d e f g h", "1 2 3 4 5 6 7" }) {
			this.redis.fixture().set(key, text);
			assertThat(engine.ask("1 b").outcome()).as(text).isEqualTo(Outcome.SEMANTIC);
		}
	}

}
