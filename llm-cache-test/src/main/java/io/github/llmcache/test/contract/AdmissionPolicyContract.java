package io.github.llmcache.test.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AdmissionPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link AdmissionPolicy} must keep.
 */
public abstract class AdmissionPolicyContract {

	private static final String TASK = "support";

	private static final String WORD = "[a-z0-9]+(-[a-z0-9]+)*";

	/** More reasons of a kind than that are not counted apart. */
	private static final int MOST_REASONS = 50;

	/**
	 * The policy under test; may be the same for every test.
	 * @return a policy
	 */
	protected abstract AdmissionPolicy policy();

	/**
	 * An answer that it admits.
	 * @return an answer
	 */
	protected abstract Object admitted();

	/**
	 * An answer that it does not admit.
	 * @return an answer
	 */
	protected abstract @Nullable Object rejected();

	@Test
	void answerThatIsWorthKeepingIsAdmitted() {
		assertThat(reason(admitted())).isNull();
	}

	@Test
	void reasonIsAWordInLowerCaseThatCanTagAMeter() {
		assertThat(reason(rejected())).isNotNull().matches(WORD).hasSizeLessThan(50);
		assertThat(Stream.concat(odd(), texts()).map(this::reason))
			.allMatch((reason) -> reason == null || reason.matches(WORD));
	}

	@Test
	void reasonsAreFew() {
		Set<String> reasons = Stream.concat(odd(), texts())
			.map(this::reason)
			.filter((reason) -> reason != null)
			.collect(Collectors.toSet());
		assertThat(reasons).hasSizeLessThanOrEqualTo(MOST_REASONS);
	}

	@Test
	void answerIsNotChanged() {
		List<Object> answer = new ArrayList<>();
		answer.add(admitted());
		answer.add("");
		List<Object> before = List.copyOf(answer);
		reason(answer);
		assertThat(answer).isEqualTo(before);
	}

	@Test
	void nextPolicyIsAskedOnlyAboutWhatThisOneAdmits() {
		AdmissionPolicy both = policy().and((task, value) -> "next");
		assertThat(both.rejectionReason(TASK, admitted())).isEqualTo("next");
		assertThat(both.rejectionReason(TASK, rejected())).isEqualTo(reason(rejected()));
	}

	@Test
	void manyThreadsAreGivenTheReasonsThatOneIsGiven() throws Exception {
		List<Optional<String>> alone = judge();
		assertThat(Concurrently.call(4, this::judge)).containsOnly(alone);
	}

	private List<Optional<String>> judge() {
		return Stream.concat(Stream.of(admitted(), Optional.ofNullable(rejected()).orElse("")), texts())
			.map((value) -> Optional.ofNullable(reason(value)))
			.toList();
	}

	private static Stream<@Nullable Object> odd() {
		List<@Nullable Object> odd = new ArrayList<>(Texts.ODD);
		odd.addAll(Arrays.asList(null, "", 1, List.of(), List.of(""), Optional.empty(), new Object(), new int[0]));
		return odd.stream();
	}

	private static Stream<Object> texts() {
		return IntStream.range(0, 500).mapToObj((i) -> "Answer " + i + " for alice@example.com. ".repeat(i % 7));
	}

	/**
	 * A policy may throw: the answer is then not stored.
	 */
	private @Nullable String reason(@Nullable Object value) {
		try {
			return policy().rejectionReason(TASK, value);
		}
		catch (RuntimeException ex) {
			return "admission-failure";
		}
	}

}
