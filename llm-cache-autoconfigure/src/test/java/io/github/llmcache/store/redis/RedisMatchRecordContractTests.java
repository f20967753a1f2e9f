package io.github.llmcache.store.redis;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.llmcache.store.MatchRecordStore;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.test.contract.MatchRecordStoreContract;

/**
 * {@link RedisCacheStore} keeps the contract of match records on each server that is
 * supported.
 */
@ParameterizedClass
@EnumSource(RedisKind.class)
class RedisMatchRecordContractTests extends MatchRecordStoreContract {

	@Parameter
	private RedisKind kind;

	@RegisterExtension
	final RedisStores redis = new RedisStores(() -> this.kind);

	@Override
	protected MatchRecordStore instance() {
		return this.redis.instance();
	}

}
