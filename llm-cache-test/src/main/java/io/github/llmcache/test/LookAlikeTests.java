package io.github.llmcache.test;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.event.LookupEvent;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.test.autoconfigure.LlmCacheTest;

/**
 * Tests that look-alikes are not mixed up: extend it, name a task and give pairs of
 * prompts, and the build fails when one is served the answer of another that it must not
 * be served.
 * <p>
 * The models of the starter decide, with the settings that the application's properties
 * give the task. What an annotation sets, and properties do not, is to be given by
 * {@link #policy()}. No bean of the application that is found by scanning is there, and
 * no language model is called.
 */
@LlmCacheTest(bundledModels = true, useDefaultFilters = false)
public abstract class LookAlikeTests {

	@Autowired
	private LlmCache cache;

	@Autowired
	private CachePolicies policies;

	@Autowired
	private RecordingListener events;

	/**
	 * The task whose settings apply.
	 * @return its name
	 */
	protected abstract String task();

	/**
	 * The pairs, of which those that are {@linkplain LookAlike#different different} are
	 * tried in both directions.
	 * @return at least one pair
	 */
	protected abstract Stream<LookAlike> pairs();

	/**
	 * What the annotation asks for.
	 * @return by default nothing besides semantic matching
	 */
	protected RequestedPolicy policy() {
		return RequestedPolicy.DEFAULT;
	}

	@Test
	final void otherWordingsAreServedAtAll() {
		if (!this.policies.resolve(task(), requested()).semantic()) {
			throw new AssertionError("Nothing is tested: semantic matching is off for task '" + task()
					+ "'. Remove llm-cache.semantic.enabled or llm-cache.tasks." + task() + ".semantic.");
		}
	}

	@TestFactory
	final Stream<DynamicTest> differentPromptsAreNotServedEachOthersAnswer() {
		List<LookAlike> pairs = pairs().toList();
		if (pairs.isEmpty()) {
			throw new AssertionError("Nothing is tested: there are no pairs for task '" + task() + "'.");
		}
		return pairs.stream()
			.filter((pair) -> !pair.same())
			.flatMap((pair) -> Stream.of(pair, LookAlike.different(pair.other(), pair.prompt())))
			.map((pair) -> DynamicTest.dynamicTest(pair.prompt() + " <> " + pair.other(), () -> isNotServed(pair)));
	}

	@TestFactory
	final Stream<DynamicTest> otherWordingsAreServed() {
		return pairs().filter(LookAlike::same)
			.map((pair) -> DynamicTest.dynamicTest(pair.prompt() + " = " + pair.other(), () -> isServed(pair)));
	}

	private void isNotServed(LookAlike pair) {
		CachedAnswer<String> answer = ask(pair);
		if (answer.isHit()) {
			String found = (answer.outcome() == Outcome.EXACT) ? "an exact hit: both are one prompt to the cache"
					: "similarity " + answer.similarity();
			throw new AssertionError("Task '" + task() + "' serves <" + pair.other() + "> the answer to <"
					+ pair.prompt() + "> (" + found + "). Raise its min-similarity or min-probability, add a verifier"
					+ " of your own, or make what differs a parameter of the method.");
		}
	}

	private void isServed(LookAlike pair) {
		CachedAnswer<String> answer = ask(pair);
		if (!answer.isHit()) {
			throw new AssertionError("Task '" + task() + "' does not serve <" + pair.other() + "> the answer to <"
					+ pair.prompt() + ">, refused: " + this.events.lastLookup().refusals());
		}
	}

	/**
	 * Store an answer to the first prompt, and ask for the second, in a partition of the
	 * pair's own.
	 */
	private CachedAnswer<String> ask(LookAlike pair) {
		this.cache.get(request(pair, pair.prompt()), () -> "answer to the first prompt");
		CachedAnswer<String> answer = this.cache.get(request(pair, pair.other()), () -> "answer to the second prompt");
		LookupEvent lookup = this.events.lastLookup();
		if (lookup.semanticSkip() != null || lookup.reason() != null) {
			throw new AssertionError("Nothing is tested: <" + pair.other() + "> was not compared ("
					+ ((lookup.reason() != null) ? lookup.reason() : lookup.semanticSkip()) + ").");
		}
		return answer;
	}

	private CacheRequest<String> request(LookAlike pair, String prompt) {
		return CacheRequest.forTask(task(), String.class)
			.prompt(prompt)
			.policy(requested())
			.argument("pair", List.of(pair.prompt(), pair.other()))
			.build();
	}

	private RequestedPolicy requested() {
		return policy().andThen((policy) -> policy.semantic(true));
	}

}
