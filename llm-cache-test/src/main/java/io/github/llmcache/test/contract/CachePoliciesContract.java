package io.github.llmcache.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.RequestedPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What all {@link CachePolicies} must keep.
 */
public abstract class CachePoliciesContract {

	/**
	 * The policies under test; may be the same for every test.
	 * @return policies
	 */
	protected abstract CachePolicies policies();

	/**
	 * A task for which the operator has decided nothing.
	 * @return its name
	 */
	protected String task() {
		return "nobody-decided";
	}

	@Test
	void whatTheCodeAsksForIsAppliedWhereTheOperatorHasDecidedNothing() {
		CachePolicy policy = policies().resolve(task(),
				(requested) -> requested.ttl(Duration.ofMinutes(7))
					.semantic(true)
					.minSimilarity(0.77)
					.maxCandidates(4)
					.maxPayload(12_345L)
					.refreshAfter(Duration.ofMinutes(3))
					.staleIfError(Duration.ofMinutes(9))
					.shareAfterScopes(5));
		assertThat(policy.ttl()).isEqualTo(Duration.ofMinutes(7));
		assertThat(policy.semantic()).isTrue();
		assertThat(policy.minSimilarity()).isEqualTo(0.77);
		assertThat(policy.maxCandidates()).isEqualTo(4);
		assertThat(policy.maxPayload()).isEqualTo(12_345);
		assertThat(policy.staleness().refreshAfter()).isEqualTo(Duration.ofMinutes(3));
		assertThat(policy.staleness().ifError()).isEqualTo(Duration.ofMinutes(9));
		assertThat(policy.shareAfterScopes()).isEqualTo(5);
	}

	@Test
	void taskThatIsNotCachedStaysSo() {
		assertThat(policies().resolve(task(), (requested) -> requested.ttl(Duration.ZERO)).ttl()).isZero();
	}

	@Test
	void everyTaskHasAPolicy() {
		for (String task : List.of("task", "a.b", "a-b", "A", "task with spaces", "aufgabe-ü", "x".repeat(1_000))) {
			assertThat(policies().resolve(task, RequestedPolicy.DEFAULT)).as(task).isNotNull();
		}
	}

	@Test
	void requestOfOneCallDoesNotChangeTheNext() {
		CachePolicy before = policies().resolve(task(), RequestedPolicy.DEFAULT);
		policies().resolve(task(), (requested) -> requested.ttl(Duration.ofMinutes(7)).minSimilarity(0.77));
		assertThat(policies().resolve(task(), RequestedPolicy.DEFAULT)).isEqualTo(before);
	}

	@Test
	void manyThreadsAreNotGivenThePoliciesOfOthers() throws Exception {
		List<CachePolicy> alone = resolve(policies());
		assertThat(alone).doesNotHaveDuplicates();
		CachePolicies policies = policies();
		assertThat(Concurrently.call(4, () -> resolve(policies))).containsOnly(alone);
	}

	private List<CachePolicy> resolve(CachePolicies policies) {
		return IntStream.range(1, 200)
			.mapToObj((seconds) -> policies.resolve(task(), (requested) -> requested.ttl(Duration.ofSeconds(seconds))))
			.toList();
	}

}
