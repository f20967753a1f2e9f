package io.github.llmcache.readme;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.answer.AdmissionPolicy;
import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.autoconfigure.executor.LlmCacheExecutor;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.cost.TokenCounter;
import io.github.llmcache.cost.UsageSource;
import io.github.llmcache.event.FailureEvent;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.eviction.ImmediateEvictions;
import io.github.llmcache.eviction.PendingEvictions;
import io.github.llmcache.eviction.Transactions;
import io.github.llmcache.judge.EquivalenceJudge;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * A bean of each kind that takes the place of a default one, or is added.
 */
@Configuration(proxyBeanMethods = false)
class Extensions {

	@Bean
	HeapStore cacheStore(Clock clock) {
		return new HeapStore(clock);
	}

	@Bean
	WordEmbedder textEmbedder() {
		return new WordEmbedder();
	}

	@Bean
	OrderVerifier matchVerifier() {
		return new OrderVerifier();
	}

	@Bean
	ParaphraseModel paraphraseModel() {
		return (prompt, cachedPrompt) -> {
			Set<String> all = words(prompt);
			Set<String> common = words(prompt);
			all.addAll(words(cachedPrompt));
			common.retainAll(words(cachedPrompt));
			return (common.size() + 0.5) / (all.size() + 1);
		};
	}

	private static Set<String> words(String prompt) {
		return new HashSet<>(Arrays.asList(prompt.toLowerCase().split("\\W+")));
	}

	@Bean
	AnswerEquivalence answerEquivalence(ModelClient judge) {
		return (comparison) -> switch (judge
			.ask("Do these two answers say the same? Answer yes, no, or unsure.\n\n" + comparison.answer() + "\n\n"
					+ comparison.cachedAnswer(), "judge")
			.strip()
			.toLowerCase()) {
			case "yes" -> AnswerEquivalence.Verdict.SAME;
			case "no" -> AnswerEquivalence.Verdict.DIFFERENT;
			default -> AnswerEquivalence.Verdict.UNKNOWN;
		};
	}

	@Bean
	EquivalenceJudge equivalenceJudge() {
		return (inquiry) -> {
			Set<String> articles = articles(inquiry.prompt());
			Set<String> cachedArticles = articles(inquiry.cachedPrompt());
			boolean known = articles.size() == 1 && cachedArticles.size() == 1;
			return known ? AnswerEquivalence.Verdict.of(articles.equals(cachedArticles))
					: AnswerEquivalence.Verdict.UNKNOWN;
		};
	}

	private static Set<String> articles(String prompt) {
		Map<String, String> articles = Map.of("refund", "returns", "return", "returns", "back", "returns", "password",
				"sign-in", "login", "sign-in");
		return words(prompt).stream().map(articles::get).filter(Objects::nonNull).collect(Collectors.toSet());
	}

	@Bean
	EncryptedPayloadCodec payloadCodec(JsonMapper mapper, SecretKey key) {
		return new EncryptedPayloadCodec(new JacksonPayloadCodec(mapper), key);
	}

	@Bean
	VersionedKeys promptKeyGenerator() {
		return new VersionedKeys("2026-11");
	}

	@Bean
	CachePolicies cachePolicies() {
		return (task, requested) -> {
			CachePolicy policy = requested.applyTo(CachePolicy.DEFAULT);
			return task.startsWith("draft-") ? policy.mutate().ttl(Duration.ofMinutes(5)).build() : policy;
		};
	}

	@Bean
	Calibration calibration() {
		return Calibration.NONE;
	}

	@Bean
	Transactions transactions() {
		return new Transactions() {

			@Override
			public @Nullable PendingEvictions current(ImmediateEvictions evictions) {
				return null;
			}

			@Override
			public @Nullable PendingEvictions join(ImmediateEvictions evictions) {
				return null;
			}

		};
	}

	@Bean
	LlmCacheExecutor llmCacheExecutor() {
		return new LlmCacheExecutor(Executors.newFixedThreadPool(32));
	}

	@Bean
	AdmissionPolicy noApologies() {
		return (task, value) -> (value instanceof String text && text.startsWith("I'm sorry")) ? "apology" : null;
	}

	@Bean
	UsageSource tokenFooters() {
		Pattern footer = Pattern.compile("\\[(\\d+) tokens in, (\\d+) out]$");
		return (task, answer) -> {
			Matcher matcher = footer.matcher(String.valueOf(answer));
			return matcher.find()
					? TokenUsage.reported(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))) : null;
		};
	}

	@Bean
	TokenCounter tokenCounter() {
		return (text) -> text.split("\\W+").length;
	}

	@Bean
	LlmCacheListener failureLog() {
		return new LlmCacheListener() {

			@Override
			public void onFailure(FailureEvent event) {
				System.err.println("The cache's " + event.part() + " failed for task " + event.task());
			}

		};
	}

	@Bean
	SecretKey key() {
		return new SecretKeySpec(new byte[16], "AES");
	}

}
