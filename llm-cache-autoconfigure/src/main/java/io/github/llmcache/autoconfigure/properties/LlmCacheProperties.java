package io.github.llmcache.autoconfigure.properties;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.github.llmcache.encryption.EncryptionKeys;
import io.github.llmcache.cost.Price;
import io.github.llmcache.cost.Prices;
import io.github.llmcache.judge.JudgeSettings;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.ScopeQuota;
import io.github.llmcache.store.redis.Quantization;
import io.github.llmcache.store.redis.RedisStoreSettings;
import io.github.llmcache.store.redis.SearchMode;

/**
 * Settings of the cache.
 *
 * @param enabled whether annotated methods are cached; if false, they run as if they were
 * not annotated
 * @param ttl how long an answer may be served after it was stored; 0 disables caching
 * @param ttlJitter the largest share by which a TTL is shortened at random, so that
 * answers stored together do not expire together; between 0 and 1
 * @param refreshAfter age from which on an answer is served and loaded again in the
 * background; 0 disables this
 * @param staleIfError how long an answer is kept beyond its TTL, to be served if the
 * method fails; 0 disables this
 * @param staleOn exceptions of the method, subclasses included, for which an answer is
 * served beyond its TTL
 * @param shareAfterScopes how many scopes must hold an equal answer to the same prompt
 * before it is served to other scopes, too; 2 to 32, or 0 if no scope is served an answer
 * of another one
 * @param maxPrompt longest prompt that is looked up, in characters; calls with a longer
 * prompt bypass the cache
 * @param maxPayload largest answer that is stored, as JSON
 * @param evictAfterCommit whether an eviction within a transaction waits for the commit,
 * and is dropped on rollback; if false, it happens at once
 * @param store where answers are stored; by default on Redis if there is a Lettuce
 * connection factory, otherwise in the memory of this JVM
 * @param singleFlight what happens to simultaneous calls with one prompt
 * @param semantic matching of other wordings of a prompt
 * @param embedding the embedding model that semantic matching uses
 * @param memory the embedded store
 * @param redis the store on Redis
 * @param quota how much one scope may have of the store
 * @param encryption encryption of what the store on Redis keeps
 * @param chat the advisor of Spring AI's ChatClient
 * @param endpoint what the Actuator's endpoints may show and do
 * @param cost prices, to count the money that is saved
 * @param observations Micrometer observations of the steps of calls
 * @param dashboard a page for operators, beside the Actuator's endpoints
 * @param tasks what differs for single tasks, by task name; overrides annotations
 */
@ConfigurationProperties(prefix = "llm-cache", ignoreUnknownFields = false)
public record LlmCacheProperties(@DefaultValue("true") boolean enabled, @DefaultValue("24h") Duration ttl,
		@DefaultValue("0") double ttlJitter, @DefaultValue("0") Duration refreshAfter,
		@DefaultValue("0") Duration staleIfError,
		@DefaultValue("java.lang.Exception") List<Class<? extends Throwable>> staleOn,
		@DefaultValue("0") int shareAfterScopes, @DefaultValue("1000000") int maxPrompt,
		@DefaultValue("1MB") DataSize maxPayload, @DefaultValue("true") boolean evictAfterCommit, @Nullable Store store,
		@DefaultValue SingleFlight singleFlight, @DefaultValue Semantic semantic, @DefaultValue Embedding embedding,
		@DefaultValue Memory memory, @DefaultValue Redis redis, @DefaultValue Quota quota,
		@DefaultValue Encryption encryption, @DefaultValue Chat chat, @DefaultValue Endpoint endpoint,
		@DefaultValue Cost cost, @DefaultValue Observations observations, @DefaultValue Dashboard dashboard,
		@DefaultValue Map<String, Task> tasks) {

	public LlmCacheProperties {
		Checks.ttl("llm-cache.ttl", ttl);
		Checks.share("llm-cache.ttl-jitter", ttlJitter);
		Checks.refreshAfter("llm-cache.refresh-after", refreshAfter);
		Checks.staleIfError("llm-cache.stale-if-error", staleIfError);
		Checks.scopes("llm-cache.share-after-scopes", shareAfterScopes);
		Checks.range("llm-cache.max-prompt", maxPrompt, 1, Integer.MAX_VALUE);
		Checks.size("llm-cache.max-payload", maxPayload);
		tasks.forEach((name, task) -> task.check("llm-cache.tasks." + name));
	}

	/**
	 * The settings of the store on Redis, whose largest payload is that of any task.
	 * @return the settings
	 */
	public RedisStoreSettings redisSettings() {
		long maxPayload = Stream.concat(Stream.of(this.maxPayload), this.tasks.values().stream().map(Task::maxPayload))
			.filter(Objects::nonNull)
			.mapToLong(DataSize::toBytes)
			.max()
			.orElseThrow();
		DataSize compressAbove = this.redis.compressAbove();
		return new RedisStoreSettings(this.redis.keyPrefix(), this.redis.search(), this.redis.quantization(),
				(compressAbove != null) ? compressAbove.toBytes() : null, this.redis.maxIndexSize().toBytes(),
				Math.min(Integer.MAX_VALUE, maxPayload), this.quota.scopeQuota(), this.redis.shards());
	}

	/**
	 * What happens to simultaneous calls with one prompt: one of them runs the method,
	 * the others wait for its answer.
	 *
	 * @param maxWait how long a call waits for another one with the same prompt before it
	 * runs the method itself; 0 disables waiting
	 * @param lease how long other instances wait for one that has died, if they share a
	 * store; with 0, calls wait for calls of the same instance only
	 * @param onFailure what waiting calls do if the method fails; take-over: one of them
	 * runs the method; fail-together: all calls of the same instance get the exception
	 */
	public record SingleFlight(@DefaultValue("30s") Duration maxWait, @DefaultValue("10s") Duration lease,
			@DefaultValue("take-over") OnFailure onFailure) {

		public SingleFlight {
			if (lease.isNegative()) {
				throw new InvalidPropertyException("llm-cache.single-flight.lease", lease,
						"Give a duration such as 10s, or 0 to wait for calls of the same instance only.");
			}
			if (maxWait.isNegative()) {
				throw new InvalidPropertyException("llm-cache.single-flight.max-wait", maxWait,
						"Give a duration such as 30s, or 0 not to wait.");
			}
		}

	}

	/**
	 * Matching of other wordings of a prompt.
	 *
	 * @param enabled master switch; if false, no embedding model is loaded and every task
	 * is matched exactly only
	 * @param minSimilarity lowest cosine similarity of two prompts at which a cached
	 * answer becomes a candidate, between 0 and 1; the verifier decides about candidates
	 * @param maxCandidates how many of the most similar entries are considered
	 * @param paraphraseModel whether a model reads the prompt together with the prompts
	 * of the most similar entries, and decides along with the verifier
	 * @param minProbability lowest probability that two prompts ask for the same thing,
	 * by the paraphrase model, at which the model outweighs a refusal by the verifier;
	 * between 0 and 1, where 1 means never; it takes up to three times the odds in tasks
	 * in which the model has shown to be too sure
	 * @param evidence which evidence makes a candidate a hit; verifier: what the verifier
	 * and the model accept; corroborated: also what several cached answers agree on;
	 * auto: also what the task's own traffic has shown to be right
	 * @param errorBudget highest share of wrong answers among the semantic hits of a
	 * task, between 0 and 1
	 * @param auditRate share of semantic hits that the method answers as well, to compare
	 * the answers; by default 0.01 with evidence auto, otherwise 0
	 * @param warmUp whether the models in this JVM are tried when the application has
	 * started and before it is ready for traffic, so that the first call takes hardly
	 * longer than the next
	 * @param judge a judge, such as a language model, that is asked where the cache
	 * cannot tell
	 */
	public record Semantic(@DefaultValue("true") boolean enabled, @DefaultValue("0.5") double minSimilarity,
			@DefaultValue("5") int maxCandidates, @DefaultValue("true") boolean paraphraseModel,
			@DefaultValue("0.96") double minProbability, @DefaultValue("corroborated") Evidence evidence,
			@DefaultValue("0.01") double errorBudget, @Nullable Double auditRate, @DefaultValue("true") boolean warmUp,
			@DefaultValue Judge judge) {

		public Semantic {
			Checks.similarity("llm-cache.semantic.min-similarity", minSimilarity);
			Checks.range("llm-cache.semantic.max-candidates", maxCandidates, 1, 100);
			Checks.share("llm-cache.semantic.min-probability", minProbability);
			Checks.budget("llm-cache.semantic.error-budget", errorBudget);
			if (auditRate != null) {
				Checks.share("llm-cache.semantic.audit-rate", auditRate);
			}
		}

	}

	/**
	 * A judge of prompts and answers.
	 *
	 * @param bean name of the bean that judges: an EquivalenceJudge, or a ChatModel or
	 * ChatClient of Spring AI; by default the only EquivalenceJudge bean, if there is one
	 * @param beforeServing whether calls wait for the judge's verdict on candidates that
	 * the verifier and the paraphrase model do not settle; if false, the judge is asked
	 * in the background only, where the cache cannot tell whether two answers say the
	 * same
	 * @param maxWait how long a call waits for all its verdicts together; after that the
	 * method runs, and the verdict is there for the next call
	 * @param callsPerMinute how often the judge is asked within a minute, by one instance
	 * @param minProbability lowest probability that two prompts ask for the same thing,
	 * by the paraphrase model, at which the judge is asked before serving; between 0 and
	 * 1
	 * @param confirmBelow a candidate of a lower probability is served only if the judge
	 * also answers a second question in its favour; between 0, which means never to ask
	 * twice, and 1, which means always
	 * @param maxCandidates how many different answers the judge is asked about for one
	 * call
	 * @param remembered how many verdicts on prompts are remembered in memory
	 */
	public record Judge(@Nullable String bean, @DefaultValue("false") boolean beforeServing,
			@DefaultValue("2s") Duration maxWait, @DefaultValue("120") int callsPerMinute,
			@DefaultValue("0.3") double minProbability, @DefaultValue("1") double confirmBelow,
			@DefaultValue("3") int maxCandidates, @DefaultValue("10000") int remembered) {

		public Judge {
			Checks.positive("llm-cache.semantic.judge.max-wait", maxWait);
			Checks.range("llm-cache.semantic.judge.calls-per-minute", callsPerMinute, 1, Integer.MAX_VALUE);
			Checks.share("llm-cache.semantic.judge.min-probability", minProbability);
			Checks.share("llm-cache.semantic.judge.confirm-below", confirmBelow);
			Checks.range("llm-cache.semantic.judge.max-candidates", maxCandidates, 1, 100);
			Checks.range("llm-cache.semantic.judge.remembered", remembered, 0, Integer.MAX_VALUE);
		}

		/**
		 * When the judge is asked, and how much that may take.
		 * @return the settings
		 */
		public JudgeSettings settings() {
			return new JudgeSettings(this.beforeServing, this.maxWait, this.callsPerMinute, this.minProbability,
					this.confirmBelow, this.maxCandidates, this.remembered);
		}

	}

	/**
	 * The embedding model.
	 *
	 * @param provider where embeddings come from; djl: a model in this JVM; spring-ai:
	 * the application's EmbeddingModel bean
	 * @param modelPath directory with model.onnx and tokenizer.json of your own model; by
	 * default the bundled all-MiniLM-L6-v2 is used (provider djl only)
	 * @param window longest prompt that is matched semantically, in tokens of the model;
	 * longer prompts are matched exactly only (provider djl only)
	 * @param dimensions number of elements that every vector must have; by default the
	 * model decides
	 * @param concurrency how many prompts are embedded at the same time; by default the
	 * number of processors, at most 4, or 256 for the provider spring-ai; with the
	 * provider djl, eight times as many prompts wait, and further ones are matched
	 * exactly only
	 * @param fingerprint text that distinguishes this model from every other; by default
	 * derived from the model (provider spring-ai only)
	 * @param recent how many embeddings of recent prompts are kept in memory; 0 keeps
	 * none
	 */
	public record Embedding(@DefaultValue("djl") EmbeddingProvider provider, @Nullable Path modelPath,
			@DefaultValue("256") int window, @Nullable Integer dimensions, @Nullable Integer concurrency,
			@Nullable String fingerprint, @DefaultValue("10000") int recent) {

		public Embedding {
			Checks.range("llm-cache.embedding.window", window, 16, 1 << 20);
			Checks.range("llm-cache.embedding.recent", recent, 0, Integer.MAX_VALUE);
			if (dimensions != null) {
				Checks.range("llm-cache.embedding.dimensions", dimensions, 1, 1 << 16);
			}
			if (concurrency != null) {
				Checks.range("llm-cache.embedding.concurrency", concurrency, 1, 1024);
			}
		}

	}

	/**
	 * The embedded store.
	 *
	 * @param maxEntries highest number of entries
	 * @param maxSize highest estimated memory of entries and their embeddings
	 * @param graphThreshold number of entries from which on a partition is searched
	 * through a graph index; smaller partitions are scanned
	 */
	public record Memory(@DefaultValue("100000") long maxEntries, @DefaultValue("256MB") DataSize maxSize,
			@DefaultValue("5000") int graphThreshold) {

		public Memory {
			Checks.range("llm-cache.memory.max-entries", maxEntries, 1, 1L << 31);
			Checks.size("llm-cache.memory.max-size", maxSize);
			Checks.range("llm-cache.memory.graph-threshold", graphThreshold, 1, Integer.MAX_VALUE);
			if (maxSize.toBytes() < maxEntries) {
				throw new InvalidPropertyException("llm-cache.memory.max-size", maxSize,
						"Give at least one byte for each of the " + maxEntries
								+ " entries of llm-cache.memory.max-entries; 2 KB each is realistic.");
			}
		}

	}

	/**
	 * The store on Redis. Where Redis is, {@code spring.data.redis.*} says.
	 *
	 * @param keyPrefix prefix of all keys; applications with different prefixes can share
	 * a server
	 * @param timeout how long a command may take before the call goes on without the
	 * cache
	 * @param retryAfter how long a server that does not answer is left alone
	 * @param search where similar prompts are searched; vector-set: on the server (Redis
	 * 8); in-process: in this JVM, with any server; auto: whichever the server supports
	 * @param quantization precision of the vectors in vector sets; none takes four times
	 * the memory of int8 and gives exact similarities
	 * @param compressAbove size, as JSON, above which answers are compressed; by default
	 * none are
	 * @param maxIndexSize highest estimated memory of all in-process indexes together;
	 * the least recently used one goes first
	 * @param shards how many slots of a Redis cluster a partition is spread over, so that
	 * one big task is not on one node; from 1 to 16, and the same on all instances
	 * @param connectionFactory name of the LettuceConnectionFactory bean whose servers
	 * are used; by default the only one, or the primary one
	 */
	public record Redis(@DefaultValue("llm-cache") String keyPrefix, @DefaultValue("250ms") Duration timeout,
			@DefaultValue("2s") Duration retryAfter, @DefaultValue("auto") SearchMode search,
			@DefaultValue("int8") Quantization quantization, @Nullable DataSize compressAbove,
			@DefaultValue("256MB") DataSize maxIndexSize, @DefaultValue("1") int shards,
			@Nullable String connectionFactory) {

		public Redis {
			Checks.keyPrefix("llm-cache.redis.key-prefix", keyPrefix);
			Checks.positive("llm-cache.redis.timeout", timeout);
			Checks.positive("llm-cache.redis.retry-after", retryAfter);
			Checks.size("llm-cache.redis.max-index-size", maxIndexSize);
			Checks.range("llm-cache.redis.shards", shards, 1, RedisStoreSettings.MOST_SHARDS);
			if (compressAbove != null) {
				Checks.size("llm-cache.redis.compress-above", compressAbove);
			}
		}

	}

	/**
	 * How much one scope may have of the store. What is beyond it goes, the oldest
	 * entries of the scope first; entries without a scope are not limited.
	 *
	 * @param entriesPerScope highest number of entries of a scope; by default any
	 * @param sizePerScope highest estimated memory of a scope's entries and their
	 * embeddings; by default any
	 */
	public record Quota(@Nullable Long entriesPerScope, @Nullable DataSize sizePerScope) {

		public Quota {
			if (entriesPerScope != null) {
				Checks.range("llm-cache.quota.entries-per-scope", entriesPerScope, 1, Long.MAX_VALUE);
			}
			if (sizePerScope != null) {
				Checks.size("llm-cache.quota.size-per-scope", sizePerScope);
			}
		}

		/**
		 * The quota as stores take it.
		 * @return the quota
		 */
		public ScopeQuota scopeQuota() {
			return new ScopeQuota(this.entriesPerScope,
					(this.sizePerScope != null) ? this.sizePerScope.toBytes() : null);
		}

	}

	/**
	 * Encryption of what the store on Redis keeps. The keys of an EncryptionKeySource
	 * bean replace these.
	 *
	 * @param primary id of the key that entries are encrypted with; by default nothing is
	 * encrypted
	 * @param keys keys by id, 32 random bytes each, in Base64; what was stored with any
	 * of them can be read
	 * @param digestKey key for what is stored in place of scopes and of what is looked
	 * for, at least 32 random bytes, in Base64; nothing is found that was stored with
	 * another one
	 */
	public record Encryption(@Nullable String primary, @DefaultValue Map<String, String> keys,
			@Nullable String digestKey) {

		private static final String PREFIX = "llm-cache.encryption.";

		private static final String HIDDEN = "(not shown)";

		private static final int KEY_BYTES = 32;

		public Encryption {
			if (primary == null && (!keys.isEmpty() || digestKey != null)) {
				throw new InvalidPropertyException(PREFIX + "primary", "",
						"Give the id of the key that entries are to be encrypted with, one of " + PREFIX + "keys.");
			}
			if (primary != null && !keys.containsKey(primary)) {
				throw new InvalidPropertyException(PREFIX + "primary", primary,
						"Give this key by " + PREFIX + "keys." + primary + ".");
			}
			if (primary != null && digestKey == null) {
				throw new InvalidPropertyException(PREFIX + "digest-key", "",
						"Give at least 32 random bytes in Base64, as of 'openssl rand -base64 32'.");
			}
			keys.forEach((id, key) -> {
				if (decode(key).length != KEY_BYTES) {
					throw new InvalidPropertyException(PREFIX + "keys." + id, HIDDEN,
							"Give 32 random bytes in Base64, as of 'openssl rand -base64 32'.");
				}
			});
			if (digestKey != null && decode(digestKey).length < KEY_BYTES) {
				throw new InvalidPropertyException(PREFIX + "digest-key", HIDDEN,
						"Give at least 32 random bytes in Base64, as of 'openssl rand -base64 32'.");
			}
		}

		/**
		 * The keys.
		 * @return {@code null} if nothing is encrypted
		 */
		public @Nullable EncryptionKeys encryptionKeys() {
			if (this.primary == null || this.digestKey == null) {
				return null;
			}
			Map<String, byte[]> decoded = new HashMap<>();
			this.keys.forEach((id, key) -> decoded.put(id, decode(key)));
			return new EncryptionKeys(this.primary, decoded, decode(this.digestKey));
		}

		/**
		 * Nothing for what is not Base64.
		 */
		private static byte[] decode(String key) {
			try {
				return Base64.getDecoder().decode(key.strip());
			}
			catch (IllegalArgumentException ex) {
				return new byte[0];
			}
		}

		/**
		 * Ids only.
		 */
		@Override
		public String toString() {
			return "Encryption[primary=" + this.primary + ", keys=" + this.keys.keySet() + "]";
		}

	}

	/**
	 * The advisor of Spring AI's ChatClient.
	 *
	 * @param ignoredOptions options of the model that do not affect the answer: fields of
	 * the options class, or entries of a map among them such as
	 * customHeaders.X-Request-Id; replaces the default of apiKey, cacheOptions,
	 * credential, maxRetries, promptCacheKey, proxy and timeout
	 * @param ignoredMetadata metadata of earlier replies that is not sent to the model
	 * again; replaces the default, which is what no provider of Spring AI sends, such as
	 * id and finishReason
	 */
	public record Chat(@Nullable List<String> ignoredOptions, @Nullable List<String> ignoredMetadata) {

	}

	/**
	 * What the Actuator's endpoints show, where their access levels let them.
	 *
	 * @param contents whether the endpoint llmcacheentries shows entries with their
	 * prompts, answers and tags
	 */
	public record Endpoint(@DefaultValue("false") boolean contents) {

	}

	/**
	 * Prices, to count the money that is saved.
	 *
	 * @param currency currency of all prices
	 * @param prices input and output price of a million tokens, by the name of the model
	 * that calls ask for, such as llm-cache.cost.prices.gpt-4o.input, or
	 * llm-cache.cost.prices[gpt-4.1].input for a name with a dot; the name default is for
	 * all other models
	 * @param cpuHour price of an hour of lookups, to be taken off what is saved
	 * @param semanticLookup price of one search for similar prompts beyond its time, such
	 * as that of an embedding by a provider
	 * @param judgeCall price of one question to the judge
	 */
	public record Cost(@DefaultValue("USD") String currency, @DefaultValue Map<String, ModelPrice> prices,
			@DefaultValue("0") double cpuHour, @DefaultValue("0") double semanticLookup,
			@DefaultValue("0") double judgeCall) {

		public Cost {
			Checks.price("llm-cache.cost.cpu-hour", cpuHour);
			Checks.price("llm-cache.cost.semantic-lookup", semanticLookup);
			Checks.price("llm-cache.cost.judge-call", judgeCall);
			prices.forEach((model, price) -> {
				Checks.price("llm-cache.cost.prices." + model + ".input", price.input());
				Checks.price("llm-cache.cost.prices." + model + ".output", price.output());
			});
		}

		/**
		 * The prices as a table.
		 * @return the table
		 */
		public Prices table() {
			Map<String, Price> models = new HashMap<>();
			this.prices.forEach((model, price) -> models.put(model, new Price(price.input(), price.output())));
			return new Prices(this.currency, models, this.cpuHour, this.semanticLookup, this.judgeCall);
		}

	}

	/**
	 * A page for operators, beside the Actuator's endpoints.
	 *
	 * @param enabled whether there is the page; its endpoint, llmcachedashboard, has to
	 * be exposed as well
	 * @param history how far the page looks back; one 360th of it is one step
	 */
	public record Dashboard(@DefaultValue("false") boolean enabled, @DefaultValue("6h") Duration history) {

		public Dashboard {
			Checks.history("llm-cache.dashboard.history", history);
		}

	}

	/**
	 * What a model's tokens cost.
	 *
	 * @param input price of a million tokens that the model is sent
	 * @param output price of a million tokens that it answers
	 */
	public record ModelPrice(double input, double output) {

	}

	/**
	 * Micrometer observations of the steps of calls.
	 *
	 * @param enabled whether steps are observed, if the application has an
	 * ObservationRegistry
	 * @param exactHits whether lookups that find an answer to the very same prompt are
	 * observed, too; by default only if the store is not in this JVM: a hit in memory
	 * takes less time than its observation
	 */
	public record Observations(@DefaultValue("true") boolean enabled, @Nullable Boolean exactHits) {

	}

	/**
	 * What differs for one task.
	 *
	 * @param ttl how long an answer may be served after it was stored; 0 disables caching
	 * of the task
	 * @param semantic whether other wordings of a prompt are matched
	 * @param minSimilarity lowest cosine similarity of a candidate, between 0 and 1
	 * @param refreshAfter age from which on an answer is served and loaded again in the
	 * background; 0 disables this
	 * @param staleIfError how long an answer is kept beyond its TTL, to be served if the
	 * method fails; 0 disables this
	 * @param staleOn exceptions of the method, subclasses included, for which an answer
	 * is served beyond its TTL
	 * @param maxPayload largest answer that is stored, as JSON
	 * @param minProbability lowest probability that two prompts ask for the same thing,
	 * at which the paraphrase model outweighs a refusal by the verifier
	 * @param evidence which evidence makes a candidate a hit, see
	 * llm-cache.semantic.evidence
	 * @param errorBudget highest share of wrong answers among the semantic hits
	 * @param auditRate share of semantic hits that the method answers as well
	 * @param shareAfterScopes how many scopes must hold an equal answer before it is
	 * served to other scopes, too; 0 for none
	 */
	public record Task(@Nullable Duration ttl, @Nullable Boolean semantic, @Nullable Double minSimilarity,
			@Nullable Duration refreshAfter, @Nullable Duration staleIfError,
			@Nullable List<Class<? extends Throwable>> staleOn, @Nullable DataSize maxPayload,
			@Nullable Double minProbability, @Nullable Evidence evidence, @Nullable Double errorBudget,
			@Nullable Double auditRate, @Nullable Integer shareAfterScopes) {

		/**
		 * All but the accuracy, of which a part may be that of all tasks.
		 */
		void customize(CachePolicy.Builder policy) {
			policy.ttl(this.ttl)
				.semantic(this.semantic)
				.minSimilarity(this.minSimilarity)
				.refreshAfter(this.refreshAfter)
				.staleIfError(this.staleIfError)
				.staleOn(this.staleOn)
				.maxPayload((this.maxPayload != null) ? this.maxPayload.toBytes() : null)
				.shareAfterScopes(this.shareAfterScopes);
		}

		/**
		 * Refuse values that are out of range.
		 * @param prefix what the names of the properties begin with
		 * @throws InvalidPropertyException if there is one
		 */
		public void check(String prefix) {
			if (this.ttl != null) {
				Checks.ttl(prefix + ".ttl", this.ttl);
			}
			if (this.refreshAfter != null) {
				Checks.refreshAfter(prefix + ".refresh-after", this.refreshAfter);
			}
			if (this.staleIfError != null) {
				Checks.staleIfError(prefix + ".stale-if-error", this.staleIfError);
			}
			if (this.minSimilarity != null) {
				Checks.similarity(prefix + ".min-similarity", this.minSimilarity);
			}
			if (this.maxPayload != null) {
				Checks.size(prefix + ".max-payload", this.maxPayload);
			}
			if (this.minProbability != null) {
				Checks.share(prefix + ".min-probability", this.minProbability);
			}
			if (this.errorBudget != null) {
				Checks.budget(prefix + ".error-budget", this.errorBudget);
			}
			if (this.auditRate != null) {
				Checks.share(prefix + ".audit-rate", this.auditRate);
			}
			if (this.shareAfterScopes != null) {
				Checks.scopes(prefix + ".share-after-scopes", this.shareAfterScopes);
			}
		}

	}

	/**
	 * Where answers are stored.
	 */
	public enum Store {

		/** In the memory of this JVM. */
		MEMORY,

		/** On Redis or Valkey, for all instances of the application. */
		REDIS

	}

	/**
	 * What calls do that wait for another one whose method fails.
	 */
	public enum OnFailure {

		/** One of them runs the method, the others wait for it. */
		TAKE_OVER,

		/** All of them get the exception, if they are of the same instance. */
		FAIL_TOGETHER

	}

	/**
	 * Where embeddings come from.
	 */
	public enum EmbeddingProvider {

		/** An ONNX model in this JVM, run by Deep Java Library. */
		DJL,

		/** The application's Spring AI {@code EmbeddingModel} bean. */
		SPRING_AI

	}

}
