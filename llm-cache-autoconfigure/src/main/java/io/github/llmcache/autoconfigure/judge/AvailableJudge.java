package io.github.llmcache.autoconfigure.judge;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.judge.EquivalenceJudge;
import io.github.llmcache.judge.JudgeSettings;

/**
 * The judge of the application, if it has one. It is created when it is first asked,
 * since it may be a chat client that uses the cache itself.
 *
 * @param judge the judge; {@code null} if there is none
 * @param settings when it is asked
 * @param executor runs it for calls that wait
 */
public record AvailableJudge(@Nullable EquivalenceJudge judge, JudgeSettings settings, Executor executor) {

	static AvailableJudge find(LlmCacheProperties.Judge properties, ListableBeanFactory beans, Executor executor) {
		String name = properties.bean();
		EquivalenceJudge judge = (name != null) ? named(name, beans) : only(beans);
		if (judge == null && properties.beforeServing()) {
			throw JudgeBeanException.missing();
		}
		return new AvailableJudge(judge, properties.settings(), executor);
	}

	private static @Nullable EquivalenceJudge only(ListableBeanFactory beans) {
		List<String> names = List.of(beans.getBeanNamesForType(EquivalenceJudge.class, true, false));
		if (names.size() > 1) {
			throw JudgeBeanException.several(names);
		}
		return names.isEmpty() ? null : lazy(() -> beans.getBean(names.get(0), EquivalenceJudge.class));
	}

	private static EquivalenceJudge named(String name, ListableBeanFactory beans) {
		if (!beans.containsBean(name)) {
			throw JudgeBeanException.unusable(name);
		}
		if (beans.isTypeMatch(name, EquivalenceJudge.class)) {
			return lazy(() -> beans.getBean(name, EquivalenceJudge.class));
		}
		Supplier<EquivalenceJudge> model = SpringAiJudges.isAvailable() ? SpringAiJudges.named(name, beans) : null;
		if (model == null) {
			throw JudgeBeanException.unusable(name);
		}
		return lazy(model);
	}

	private static EquivalenceJudge lazy(Supplier<EquivalenceJudge> created) {
		SingletonSupplier<EquivalenceJudge> judge = SingletonSupplier.of(created);
		return (inquiry) -> judge.obtain().judge(inquiry);
	}

	/**
	 * Let a cache ask the judge, if there is one.
	 * @param builder builds the cache
	 */
	public void applyTo(LlmCacheBuilder builder) {
		if (this.judge != null) {
			builder.judge(this.judge, this.settings, this.executor);
		}
	}

}
