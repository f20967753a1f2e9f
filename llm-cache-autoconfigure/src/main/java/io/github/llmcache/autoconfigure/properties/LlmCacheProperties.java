package io.github.llmcache.autoconfigure.properties;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.redis.Quantization;
import io.github.llmcache.store.redis.RedisStoreSettings;
import io.github.llmcache.store.redis.SearchMode;

/**
 * Settings of the cache.
 *
 * @param enabled whether annotated methods are cached; if not, they are left alone at no
 * cost
 * @param ttl how long an answer may be served from the time of storing; 0 means that
 * nothing is cached
 * @param ttlJitter by which share of it each TTL is shortened at most, by chance, so that
 * answers that were stored together do not expire together; between 0 and 1
 * @param refreshAfter age from which on an answer is served and loaded again in the
 * background; 0 for never
 * @param staleIfError how long beyond its TTL an answer is kept, to be served if the
 * method fails; 0 for not at all
 * @param staleOn exceptions of the method for which an answer is served beyond its TTL,
 * subclasses included
 * @param maxPrompt longest prompt that is looked up, in characters; calls with a longer
 * one bypass the cache
 * @param maxPayload largest answer that is stored, as JSON
 * @param evictAfterCommit whether an eviction within a transaction waits for its commit,
 * and does not happen if it is rolled back; if not, it happens at once
 * @param store where answers are stored; by default on Redis if there is a connection
 * factory for it, else in the memory of this JVM
 * @param singleFlight what happens to simultaneous calls with one prompt
 * @param semantic matching of other wordings of a prompt
 * @param embedding the embedding model that semantic matching uses
 * @param memory the embedded store
 * @param redis the store on Redis
 * @param chat the advisor of Spring AI's ChatClient
 * @param tasks what differs for single tasks, by task name; overrides annotations
 */
@ConfigurationProperties(prefix = "llm-cache", ignoreUnknownFields = false)
public record LlmCacheProperties(@DefaultValue("true") boolean enabled, @DefaultValue("24h") Duration ttl,
		@DefaultValue("0") double ttlJitter, @DefaultValue("0") Duration refreshAfter,
		@DefaultValue("0") Duration staleIfError,
		@DefaultValue("java.lang.Exception") List<Class<? extends Throwable>> staleOn,
		@DefaultValue("1000000") int maxPrompt, @DefaultValue("1MB") DataSize maxPayload,
		@DefaultValue("true") boolean evictAfterCommit, @Nullable Store store, @DefaultValue SingleFlight singleFlight,
		@DefaultValue Semantic semantic, @DefaultValue Embedding embedding, @DefaultValue Memory memory,
		@DefaultValue Redis redis, @DefaultValue Chat chat, @DefaultValue Map<String, Task> tasks) {

	public LlmCacheProperties {
		Checks.ttl("llm-cache.ttl", ttl);
		Checks.share("llm-cache.ttl-jitter", ttlJitter);
		Checks.refreshAfter("llm-cache.refresh-after", refreshAfter);
		Checks.staleIfError("llm-cache.stale-if-error", staleIfError);
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
				Math.min(Integer.MAX_VALUE, maxPayload));
	}

	/**
	 * What happens to simultaneous calls with one prompt: one of them runs the method,
	 * the others wait for its answer.
	 *
	 * @param maxWait how long a call waits before it runs the method itself; 0 for not
	 * waiting
	 * @param lease how long other instances wait for one that has died, if the store is
	 * shared; 0 for waiting for calls of the same instance only
	 * @param onFailure what the others do if the method fails
	 */
	public record SingleFlight(@DefaultValue("30s") Duration maxWait, @DefaultValue("10s") Duration lease,
			@DefaultValue("take-over") OnFailure onFailure) {

		public SingleFlight {
			if (lease.isNegative()) {
				throw new InvalidPropertyException("llm-cache.single-flight.lease", lease,
						"Give a duration such as 10s, or 0 for waiting for calls of the same instance only.");
			}
			if (maxWait.isNegative()) {
				throw new InvalidPropertyException("llm-cache.single-flight.max-wait", maxWait,
						"Give a duration such as 30s, or 0 for not waiting.");
			}
		}

	}

	/**
	 * Matching of other wordings of a prompt.
	 *
	 * @param enabled master switch; if off, no embedding model is loaded and every task
	 * is exact-only
	 * @param minSimilarity lowest cosine similarity of two prompts for the cached answer
	 * to be considered, between 0 and 1; a verifier decides about it then
	 * @param maxCandidates how many of the most similar entries are considered
	 * @param paraphraseModel whether a model reads a prompt together with the prompts of
	 * the most similar entries, and decides with the verifier
	 * @param minProbability lowest probability that two prompts ask for the same, by that
	 * model, for which its opinion outweighs the verifier's refusal, between 0 and 1; at
	 * 1 it never does
	 * @param evidence what decides: the verifier and the model alone, or cached answers
	 * that agree, too, or also what each task's own traffic shows to be right
	 * @param errorBudget highest share of wrong answers among the semantic hits of a
	 * task, between 0 and 1
	 * @param auditRate share of semantic hits that the method answers, too, to compare
	 * the answers; by default 0.01 with the evidence auto, else 0
	 * @param answerSimilarity lowest cosine similarity of two texts that count as the
	 * same answer, between 0 and 1; 1 for equal words only
	 */
	public record Semantic(@DefaultValue("true") boolean enabled, @DefaultValue("0.5") double minSimilarity,
			@DefaultValue("5") int maxCandidates, @DefaultValue("true") boolean paraphraseModel,
			@DefaultValue("0.983") double minProbability, @DefaultValue("corroborated") Evidence evidence,
			@DefaultValue("0.01") double errorBudget, @Nullable Double auditRate,
			@DefaultValue("0.95") double answerSimilarity) {

		public Semantic {
			Checks.similarity("llm-cache.semantic.min-similarity", minSimilarity);
			Checks.range("llm-cache.semantic.max-candidates", maxCandidates, 1, 100);
			Checks.share("llm-cache.semantic.min-probability", minProbability);
			Checks.budget("llm-cache.semantic.error-budget", errorBudget);
			Checks.similarity("llm-cache.semantic.answer-similarity", answerSimilarity);
			if (auditRate != null) {
				Checks.share("llm-cache.semantic.audit-rate", auditRate);
			}
		}

	}

	/**
	 * The embedding model.
	 *
	 * @param provider where embeddings come from
	 * @param modelPath directory with model.onnx and tokenizer.json of a model of your
	 * own; without it the bundled all-MiniLM-L6-v2 is used (provider djl only)
	 * @param window longest prompt that is matched semantically, in tokens of the model;
	 * longer ones are matched exactly only (provider djl only)
	 * @param dimensions number of elements that vectors must have; by default what the
	 * model gives
	 * @param concurrency how many prompts are embedded at the same time; by default the
	 * number of processors, at most 4, and 256 for the provider spring-ai; with the
	 * provider djl, eight times as many wait, and the next is matched exactly only
	 * @param fingerprint what tells this model from every other; by default it is derived
	 * from the model (provider spring-ai only)
	 * @param recent how many embeddings of recent prompts are kept in memory; 0 for none
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
	 * @param graphThreshold number of entries of one partition from which on a graph
	 * index is kept; below, a search compares with every entry
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
	 * @param keyPrefix begins all keys, so that several applications can share a server
	 * @param timeout how long a command may take before the call goes on without the
	 * cache
	 * @param retryAfter how long a server that does not answer is left alone
	 * @param search where similar prompts are searched
	 * @param quantization how exactly vector sets keep vectors
	 * @param compressAbove answers that are larger, as JSON, are compressed; by default
	 * none is
	 * @param maxIndexSize highest estimated memory of all in-process indexes together
	 * @param connectionFactory name of the LettuceConnectionFactory bean whose servers
	 * are used; by default the only one, or the primary one
	 */
	public record Redis(@DefaultValue("llm-cache") String keyPrefix, @DefaultValue("250ms") Duration timeout,
			@DefaultValue("2s") Duration retryAfter, @DefaultValue("auto") SearchMode search,
			@DefaultValue("int8") Quantization quantization, @Nullable DataSize compressAbove,
			@DefaultValue("256MB") DataSize maxIndexSize, @Nullable String connectionFactory) {

		public Redis {
			Checks.keyPrefix("llm-cache.redis.key-prefix", keyPrefix);
			Checks.positive("llm-cache.redis.timeout", timeout);
			Checks.positive("llm-cache.redis.retry-after", retryAfter);
			Checks.size("llm-cache.redis.max-index-size", maxIndexSize);
			if (compressAbove != null) {
				Checks.size("llm-cache.redis.compress-above", compressAbove);
			}
		}

	}

	/**
	 * The advisor of Spring AI's ChatClient.
	 *
	 * @param ignoredOptions options of the model that do not decide about the answer, as
	 * the fields of the options' class are called, or entries of a map among them, such
	 * as customHeaders.X-Request-Id; in place of apiKey, cacheOptions, credential,
	 * maxRetries, promptCacheKey, proxy and timeout
	 * @param ignoredMetadata metadata of earlier replies that the model is not sent
	 * again; in place of those that no provider of Spring AI sends, such as id and
	 * finishReason
	 */
	public record Chat(@Nullable List<String> ignoredOptions, @Nullable List<String> ignoredMetadata) {

	}

	/**
	 * What differs for one task.
	 *
	 * @param ttl how long an answer may be served; 0 means that the task is not cached
	 * @param semantic whether other wordings of a prompt are matched
	 * @param minSimilarity lowest cosine similarity, between 0 and 1
	 * @param refreshAfter age from which on an answer is served and loaded again in the
	 * background; 0 for never
	 * @param staleIfError how long beyond its TTL an answer is kept, to be served if the
	 * method fails; 0 for not at all
	 * @param staleOn exceptions of the method for which an answer is served beyond its
	 * TTL, subclasses included
	 * @param maxPayload largest answer that is stored, as JSON
	 * @param minProbability lowest probability that two prompts ask for the same for
	 * which the model's opinion outweighs the verifier's refusal
	 * @param evidence what decides, see llm-cache.semantic.evidence
	 * @param errorBudget highest share of wrong answers among the semantic hits
	 * @param auditRate share of semantic hits that the method answers, too
	 */
	public record Task(@Nullable Duration ttl, @Nullable Boolean semantic, @Nullable Double minSimilarity,
			@Nullable Duration refreshAfter, @Nullable Duration staleIfError,
			@Nullable List<Class<? extends Throwable>> staleOn, @Nullable DataSize maxPayload,
			@Nullable Double minProbability, @Nullable Evidence evidence, @Nullable Double errorBudget,
			@Nullable Double auditRate) {

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
				.maxPayload((this.maxPayload != null) ? this.maxPayload.toBytes() : null);
		}

		private void check(String prefix) {
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
