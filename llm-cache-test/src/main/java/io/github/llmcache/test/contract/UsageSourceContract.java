package io.github.llmcache.test.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.cost.UsageSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link UsageSource} must keep.
 */
public abstract class UsageSourceContract {

	private static final String TASK = "support";

	/**
	 * The source under test; may be the same for every test.
	 * @return a source
	 */
	protected abstract UsageSource source();

	/**
	 * An answer whose usage the source knows; a new one each time if it can be changed.
	 * @return an answer
	 */
	protected abstract Object answer();

	/**
	 * The usage of that answer.
	 * @return the usage; more than no tokens
	 */
	protected abstract TokenUsage usage();

	/**
	 * An answer whose usage the source does not know.
	 * @return an answer; by default, an object of no type of yours
	 */
	protected Object unknown() {
		return new Object();
	}

	@Test
	void usageThatIsKnownIsTold() {
		assertThat(usage().totalTokens()).isPositive();
		assertThat(source().usage(TASK, answer())).isEqualTo(usage());
	}

	@Test
	void usageThatIsNotKnownIsNotGuessed() {
		assertThat(source().usage(TASK, unknown())).isNull();
		for (String text : Texts.ODD) {
			assertThat(source().usage(TASK, text)).as(text).isNull();
		}
	}

	@Test
	void usageIsTheSameEachTime() {
		Object answer = answer();
		assertThat(source().usage(TASK, answer)).isEqualTo(usage());
		assertThat(source().usage(TASK, answer)).isEqualTo(usage());
	}

	@Test
	void manyThreadsAreToldTheUsageOfTheirAnswers() throws Exception {
		UsageSource source = source();
		List<List<Object>> told = Concurrently.call(4, () -> {
			List<Object> usages = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				usages.add(
						Objects.requireNonNullElse(source.usage(TASK, (i % 2 == 0) ? answer() : unknown()), "unknown"));
			}
			return usages;
		});
		assertThat(told).allSatisfy((usages) -> {
			assertThat(usages).hasSize(100).containsOnly(usage(), "unknown");
			assertThat(usages.get(0)).isEqualTo(usage());
			assertThat(usages.get(1)).isEqualTo("unknown");
		});
	}

}
