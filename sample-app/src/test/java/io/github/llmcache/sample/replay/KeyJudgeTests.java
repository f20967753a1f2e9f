package io.github.llmcache.sample.replay;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.judge.EquivalenceJudge.Inquiry;
import io.github.llmcache.sample.replay.ReplayProperties.Judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link KeyJudge}.
 */
class KeyJudgeTests {

	@Test
	void judgeKnowsTheKeysOfRecordedPromptsAndNoOthers() {
		KeyJudge judge = judge(0);
		assertThat(verdict(judge, "turn it on", "switch it on")).isEqualTo(Verdict.SAME);
		assertThat(verdict(judge, "turn it on", "turn it off")).isEqualTo(Verdict.DIFFERENT);
		assertThat(verdict(judge, "turn it on", "turn it up")).isEqualTo(Verdict.UNKNOWN);
		assertThat(judge.calls()).isEqualTo(3);
	}

	@Test
	void judgeErrsAtItsRateAndEachTimeInTheSameVerdicts() {
		List<Verdict> verdicts = verdicts(judge(0.2));
		assertThat(verdicts).isEqualTo(verdicts(judge(0.2)));
		assertThat(verdicts.stream().filter(Verdict.DIFFERENT::equals).count()).isCloseTo(200, within(40L));
	}

	@Test
	void judgeErrsInOnePairOrTheOtherWayRoundIndependently() {
		KeyJudge judge = judge(0.2);
		long both = IntStream.range(0, 1000)
			.filter((index) -> verdict(judge, wording(index), "switch it on") == Verdict.DIFFERENT
					&& verdict(judge, "switch it on", wording(index)) == Verdict.DIFFERENT)
			.count();
		assertThat(both).isBetween(15L, 75L);
	}

	@Test
	void judgeIsReadFromItsProperty() {
		assertThat(Judge.valueOf("keys")).isEqualTo(new Judge(0));
		assertThat(Judge.valueOf("keys:0.02")).isEqualTo(new Judge(0.02));
		for (String wrong : List.of("", "key", "keys:", "keys:2", "keys:-0.1", "keys:1.5")) {
			assertThatIllegalArgumentException().isThrownBy(() -> Judge.valueOf(wrong))
				.withMessage("'" + wrong + "' is not a judge; give 'keys', or 'keys:0.02' for one that errs in 2 %");
		}
	}

	private static KeyJudge judge(double errorRate) {
		KeyJudge judge = new KeyJudge(errorRate, 1);
		judge
			.learn(List.of(request("turn it on ", "on"), request("switch it on", "on"), request("turn it off", "off")));
		judge.learn(IntStream.range(0, 1000).mapToObj((index) -> request(wording(index), "on")).toList());
		return judge;
	}

	private static String wording(int index) {
		return "turn it on, wording " + index;
	}

	private static RecordedRequest request(String prompt, String key) {
		return new RecordedRequest("a", prompt, key, "text for " + prompt);
	}

	private static List<Verdict> verdicts(KeyJudge judge) {
		return IntStream.range(0, 1000).mapToObj((index) -> verdict(judge, wording(index), "switch it on")).toList();
	}

	private static Verdict verdict(KeyJudge judge, String prompt, String cachedPrompt) {
		return judge.judge(Inquiry.of("a", prompt, cachedPrompt));
	}

}
