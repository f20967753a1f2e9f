package io.github.llmcache.store.redis;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import io.github.llmcache.encryption.TestKeys;
import io.github.llmcache.encryption.ValueCipher;
import io.github.llmcache.test.contract.AliasStoreContract;
import io.github.llmcache.store.EntryStore;
import io.github.llmcache.store.ErasableStore;
import io.github.llmcache.test.contract.ErasableStoreContract;
import io.github.llmcache.store.FeedbackStore;
import io.github.llmcache.test.contract.FeedbackStoreContract;
import io.github.llmcache.store.MatchRecordStore;
import io.github.llmcache.test.contract.MatchRecordStoreContract;
import io.github.llmcache.store.ScopeQuota;
import io.github.llmcache.store.ScopeQuotaContract;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.store.VoiceStore;
import io.github.llmcache.test.contract.VoiceStoreContract;
import io.github.llmcache.store.redis.server.RedisKind;
import io.github.llmcache.store.redis.server.RedisServers;

/**
 * {@link RedisCacheStore} keeps all contracts when it encrypts, too.
 */
@ParameterizedClass
@ValueSource(ints = { 1, 3 })
class RedisEncryptedContractTests {

	@Parameter
	private int shards;

	private final RedisStoreFixture fixture = new RedisStoreFixture(server()).encrypting(cipher());

	private RedisCacheStore store;

	private static RedisConfiguration server() {
		return new RedisStandaloneConfiguration("127.0.0.1", RedisServers.shared(RedisKind.REDIS_8).port());
	}

	private static ValueCipher cipher() {
		return TestKeys.cipher("first");
	}

	private RedisCacheStore open() {
		if (this.store == null) {
			this.store = this.fixture.store(this.fixture.settings(SearchMode.IN_PROCESS).withShards(this.shards));
		}
		return this.store;
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Nested
	class InProcess extends RedisStoreContract {

		@Override
		RedisConfiguration server() {
			return RedisEncryptedContractTests.server();
		}

		@Override
		SearchMode search() {
			return SearchMode.IN_PROCESS;
		}

		@Override
		int shards() {
			return RedisEncryptedContractTests.this.shards;
		}

		@Override
		ValueCipher cipher() {
			return RedisEncryptedContractTests.cipher();
		}

	}

	@Nested
	class VectorSets extends RedisStoreContract {

		@Override
		RedisConfiguration server() {
			return RedisEncryptedContractTests.server();
		}

		@Override
		SearchMode search() {
			return SearchMode.VECTOR_SET;
		}

		@Override
		int shards() {
			return RedisEncryptedContractTests.this.shards;
		}

		@Override
		ValueCipher cipher() {
			return RedisEncryptedContractTests.cipher();
		}

	}

	@Nested
	class Aliases extends AliasStoreContract {

		@Override
		protected SemanticCacheStore store() {
			return open();
		}

		@Override
		protected void elapse(Duration duration) {
			this.clock.advance(duration);
			RedisEncryptedContractTests.this.fixture.elapse(duration);
		}

	}

	@Nested
	class Voices extends VoiceStoreContract {

		@Override
		protected VoiceStore store() {
			return open();
		}

		@Override
		protected void elapse(Duration duration) {
			this.clock.advance(duration);
			RedisEncryptedContractTests.this.fixture.elapse(duration);
		}

	}

	@Nested
	class Feedback extends FeedbackStoreContract {

		@Override
		protected FeedbackStore store() {
			return open();
		}

	}

	@Nested
	class Erasure extends ErasableStoreContract {

		@Override
		protected ErasableStore store() {
			return open();
		}

	}

	@Nested
	class MatchRecords extends MatchRecordStoreContract {

		@Override
		protected MatchRecordStore instance() {
			return RedisEncryptedContractTests.this.fixture
				.store(RedisEncryptedContractTests.this.fixture.settings(SearchMode.IN_PROCESS));
		}

	}

	@Nested
	class Quotas extends ScopeQuotaContract {

		@Override
		protected EntryStore store(ScopeQuota quota) {
			return RedisEncryptedContractTests.this.fixture
				.store(RedisEncryptedContractTests.this.fixture.settings(SearchMode.IN_PROCESS)
					.withShards(RedisEncryptedContractTests.this.shards)
					.withQuota(quota), RedisStoreFixture.TIMEOUT, this.events);
		}

	}

}
