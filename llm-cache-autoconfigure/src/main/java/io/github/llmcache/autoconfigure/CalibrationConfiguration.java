package io.github.llmcache.autoconfigure;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.autoconfigure.executor.AuditExecutor;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.equivalence.TextEquivalence;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.thread.DaemonThreads;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * The calibration, which learns from answers which candidates are right, and its threads.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "llm-cache.semantic.enabled", matchIfMissing = true)
class CalibrationConfiguration {

	/** Audits call the model and wait for it most of the time. */
	private static final int THREADS = 4;

	private static final int LONGEST_QUEUE = 1_000;

	@Bean
	@ConditionalOnMissingBean(Calibration.class)
	TrafficCalibration llmCacheCalibration(CacheStore store, AuditExecutor executor, ObjectProvider<Clock> clock,
			ObjectProvider<RandomGenerator> random, LlmCacheEvents events) {
		RandomGenerator generator = random.getIfUnique();
		return new TrafficCalibration(store, executor, clock.getIfUnique(Clock::systemUTC),
				(generator != null) ? generator::nextDouble : () -> ThreadLocalRandom.current().nextDouble(),
				events.listener());
	}

	@Bean
	@ConditionalOnMissingBean(AnswerEquivalence.class)
	TextEquivalence llmCacheAnswerEquivalence(ObjectProvider<ParaphraseModel> paraphraseModel) {
		return new TextEquivalence(paraphraseModel::getIfAvailable);
	}

	/**
	 * Has no threads as long as there is nothing to do.
	 */
	@Bean
	@ConditionalOnMissingBean
	AuditExecutor llmCacheAuditExecutor() {
		return new AuditExecutor(new DaemonThreads("llm-cache-audit").pool(THREADS, LONGEST_QUEUE));
	}

}
