package io.github.llmcache.sample.replay;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.prompt.PromptNormalizer;
import io.github.llmcache.sample.command.Command;
import io.github.llmcache.sample.command.FailureLog;
import io.github.llmcache.sample.command.JsonLine;
import io.github.llmcache.sample.command.Progress;
import io.github.llmcache.sample.model.ModelReply;
import io.github.llmcache.sample.replay.ReplayReport.Figures;

/**
 * Sends recorded requests through the cache, in order, and counts what became of them.
 * The cache has to be empty at the start. No time is spent waiting for models: the time
 * that they would take is calculated from their settings. What the cache does in the
 * background is done between requests.
 */
@Component("replay")
class ReplayCommand implements Command<RecordedRequest> {

	private final ReplayedModel model;

	private final AnswerKeys keys;

	private final ModelEstimate estimate;

	private final BackgroundWork background;

	private final ObjectProvider<MatchRecorder> recorder;

	private final ObjectProvider<KeyJudge> judge;

	ReplayCommand(ReplayedModel model, AnswerKeys keys, ModelEstimate estimate, BackgroundWork background,
			ObjectProvider<MatchRecorder> recorder, ObjectProvider<KeyJudge> judge) {
		this.model = model;
		this.keys = keys;
		this.estimate = estimate;
		this.background = background;
		this.recorder = recorder;
		this.judge = judge;
	}

	@Override
	public RecordedRequest parse(JsonLine line) {
		line.word("id");
		String answerKey = line.word("answer_key");
		String answer = line.optionalWord("answer");
		return new RecordedRequest(line.word("task"), line.text("prompt"), answerKey,
				(answer != null) ? answer : answerKey);
	}

	@Override
	public Result run(List<RecordedRequest> requests, Progress progress, FailureLog failures) {
		KeyJudge keyJudge = this.judge.getIfAvailable();
		if (keyJudge != null) {
			keyJudge.learn(requests);
		}
		Tally total = new Tally();
		Map<String, Tally> tasks = new TreeMap<>();
		History history = new History();
		for (RecordedRequest request : requests) {
			Replayed replayed = observe(request, history, failures);
			total.add(replayed);
			tasks.computeIfAbsent(request.task(), (task) -> new Tally()).add(replayed);
			this.recorder.ifAvailable((available) -> available.label(request));
			progress.step();
		}
		Map<String, Figures> figures = new TreeMap<>();
		tasks.forEach((task, tally) -> figures.put(task, tally.figures()));
		return new ReplayResult(
				new ReplayReport(total.figures(), figures, (keyJudge != null) ? keyJudge.calls() : null));
	}

	private Replayed observe(RecordedRequest request, History history, FailureLog failures) {
		boolean exactHit = history.addPrompt(request);
		boolean oracleHit = history.addAnswer(request);
		ModelReply modelCall = this.estimate.estimate(request.task(), request.prompt());
		FailureAnalysis analysis = new FailureAnalysis(request, this.keys, failures);
		long calls = this.model.calls();
		this.background.postpone();
		long start = System.nanoTime();
		CachedAnswer<String> answer = this.model.ask(request.prompt(), request.task(), request.answerKey(),
				request.answer());
		Duration time = Duration.ofNanos(System.nanoTime() - start);
		this.background.resume();
		boolean right = this.keys.isRight(request, answer);
		analysis.report(answer, right, oracleHit);
		boolean audited = answer.outcome().isHit() && this.model.calls() > calls;
		return new Replayed(answer.outcome(), right, exactHit, oracleHit, audited, time, modelCall);
	}

	/**
	 * What was asked before. Counts the hits of an unlimited cache with exact matching
	 * only, and those of one that knows every answer that it ever saw.
	 */
	private static final class History {

		private final Set<List<String>> prompts = new HashSet<>();

		private final Set<List<String>> answers = new HashSet<>();

		boolean addPrompt(RecordedRequest request) {
			String prompt = PromptNormalizer.normalize(request.prompt());
			return !prompt.isEmpty() && !this.prompts.add(List.of(request.task(), prompt));
		}

		boolean addAnswer(RecordedRequest request) {
			return !this.answers.add(List.of(request.task(), request.answerKey()));
		}

	}

}
