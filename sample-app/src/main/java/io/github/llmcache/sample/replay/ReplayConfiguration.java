package io.github.llmcache.sample.replay;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.autoconfigure.executor.AuditExecutor;
import io.github.llmcache.autoconfigure.executor.JudgeExecutor;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.judge.EquivalenceJudge.Inquiry;
import io.github.llmcache.store.CacheStore;

/**
 * Makes a replay give the same figures each time: answers are compared before the next
 * request, and auditing does not depend on chance.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("sample.command")
class ReplayConfiguration {

	private static final long SEED = 42;

	@Bean
	AuditExecutor auditExecutor(BackgroundWork work) {
		return new AuditExecutor(work);
	}

	@Bean
	JudgeExecutor judgeExecutor() {
		return new JudgeExecutor(Runnable::run);
	}

	@Bean
	RandomGenerator random() {
		return new Random(SEED);
	}

	@Bean
	@ConditionalOnProperty("sample.replay.judge")
	KeyJudge keyJudge(ReplayProperties properties) {
		return new KeyJudge(Objects.requireNonNull(properties.judge()).errorRate(), SEED);
	}

	@Bean
	@ConditionalOnProperty("sample.replay.judge")
	@ConditionalOnBooleanProperty("sample.replay.judge-answers")
	AnswerEquivalence keysOfAnswers(KeyJudge judge) {
		return (compared) -> judge.judge(Inquiry.of(compared.task(), compared.prompt(), compared.cachedPrompt()));
	}

	@Bean
	@ConditionalOnProperty("sample.replay.matches")
	MatchRecorder matchRecorder(CacheStore store, AuditExecutor executor, RandomGenerator random,
			@Value("${sample.replay.matches}") Path file) {
		return new MatchRecorder(
				new TrafficCalibration(store, executor, Clock.systemUTC(), random::nextDouble, LlmCacheListener.NO_OP),
				file);
	}

}
