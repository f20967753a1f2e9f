package io.github.llmcache.autoconfigure;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

import io.github.llmcache.answer.AdmissionPolicy;
import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.autoconfigure.executor.AuditExecutor;
import io.github.llmcache.autoconfigure.executor.CallContext;
import io.github.llmcache.autoconfigure.executor.LlmCacheExecutor;
import io.github.llmcache.autoconfigure.judge.AvailableJudge;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties.OnFailure;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties.Store;
import io.github.llmcache.autoconfigure.properties.PropertyCachePolicies;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.cost.UsageReader;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.CompositeLlmCacheListener;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.ReliabilitySource;
import io.github.llmcache.eviction.Transactions;
import io.github.llmcache.interceptor.LlmCacheAdvisor;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.settings.LiveSettings;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.trace.StepObserver;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * The engine and the parts that it always needs.
 */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LlmCache llmCache(LlmCacheProperties properties, ObjectProvider<CacheStore> store, PayloadCodec codec,
			PromptKeyGenerator keys, CachePolicies policies, ObjectProvider<TextEmbedder> embedder,
			ObjectProvider<MatchVerifier> verifier, ObjectProvider<AdmissionPolicy> admission, LlmCacheEvents events,
			ObjectProvider<Clock> clock, ObjectProvider<Calibration> calibration,
			ObjectProvider<AnswerEquivalence> equivalence, ObjectProvider<AuditExecutor> audits,
			ObjectProvider<ParaphraseModel> paraphrases, ObjectProvider<Transactions> transactions,
			LlmCacheExecutor executor, CallContext context, LiveSettings settings, ObjectProvider<AvailableJudge> judge,
			UsageReader usage, ObjectProvider<StepObserver> observer) {
		CacheStore cacheStore = store.getIfAvailable();
		if (cacheStore == null) {
			throw (properties.store() == Store.REDIS) ? MissingCacheStoreException.redis()
					: MissingCacheStoreException.embedded();
		}
		LlmCacheBuilder builder = new LlmCacheBuilder(cacheStore, codec, keys).policies(settings.over(policies))
			.listener(events.listener())
			.maxPrompt(properties.maxPrompt())
			.ttlJitter(properties.ttlJitter(), () -> ThreadLocalRandom.current().nextDouble())
			.maxWait(properties.singleFlight().maxWait())
			.lease(properties.singleFlight().lease())
			.failTogether(properties.singleFlight().onFailure() == OnFailure.FAIL_TOGETHER)
			.executor(executor, context)
			.evictAfterCommit(transactions.getIfAvailable())
			.admissionPolicy(admission.orderedStream().reduce(AdmissionPolicy.standard(), AdmissionPolicy::and))
			.usage(usage)
			.observer(observer.getIfAvailable(() -> StepObserver.NONE))
			.time(clock.getIfUnique(Clock::systemUTC), System::nanoTime);
		TextEmbedder textEmbedder = embedder.getIfAvailable();
		MatchVerifier matchVerifier = verifier.getIfAvailable();
		if (textEmbedder != null && matchVerifier != null) {
			builder.semantic(textEmbedder, matchVerifier);
			builder.paraphrases(paraphrases.getIfAvailable());
			builder.calibration(calibration.getObject(), equivalence.getObject(), audits.getObject());
			judge.ifAvailable((available) -> available.applyTo(builder));
		}
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	CachePolicies llmCachePolicies(LlmCacheProperties properties) {
		return new PropertyCachePolicies(properties);
	}

	@Bean
	@ConditionalOnMissingBean(PayloadCodec.class)
	JacksonPayloadCodec llmCachePayloadCodec(ObjectProvider<JsonMapper> mapper) {
		return new JacksonPayloadCodec(mapper.getIfAvailable(() -> JsonMapper.builder().build()));
	}

	@Bean
	@ConditionalOnMissingBean(PromptKeyGenerator.class)
	DigestPromptKeyGenerator llmCachePromptKeyGenerator() {
		return new DigestPromptKeyGenerator();
	}

	@Bean
	CacheFacts llmCacheFacts(ObjectProvider<CacheStore> store, ObjectProvider<TextEmbedder> embedder,
			LlmCacheProperties properties, CachePolicies policies, LlmCacheAdvisor advisor,
			ObjectProvider<ReliabilitySource> reliabilities, LiveSettings settings) {
		return new CacheFacts(store, embedder, () -> policies(properties, settings.over(policies), advisor),
				reliabilities);
	}

	/**
	 * The policies of all tasks that code or properties name.
	 */
	private static Map<String, CachePolicy> policies(LlmCacheProperties properties, CachePolicies policies,
			LlmCacheAdvisor advisor) {
		Map<String, RequestedPolicy> requested = new TreeMap<>(advisor.tasks());
		properties.tasks().keySet().forEach((task) -> requested.putIfAbsent(task, RequestedPolicy.DEFAULT));
		Map<String, CachePolicy> all = new TreeMap<>();
		requested.forEach((task, policy) -> all.put(task, policies.resolve(task, policy)));
		return all;
	}

	@Bean
	LlmCacheEvents llmCacheEvents(ObjectProvider<LlmCacheListener> listeners) {
		SingletonSupplier<List<LlmCacheListener>> all = SingletonSupplier.of(() -> listeners.orderedStream().toList());
		return new LlmCacheEvents(new CompositeLlmCacheListener(all::obtain));
	}

	@Bean
	LookupEventPublisher llmCacheEventPublisher(ApplicationEventPublisher publisher) {
		return new LookupEventPublisher(publisher);
	}

}
