package io.github.llmcache.sample.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.sample.command.Command;
import io.github.llmcache.sample.command.CommandException;
import io.github.llmcache.sample.command.FailureLog;
import io.github.llmcache.sample.command.JsonLine;
import io.github.llmcache.sample.command.Progress;
import io.github.llmcache.sample.evaluate.EvaluationReport.Figures;

/**
 * Asks for each pair whether the answer of the first prompt is served to the second.
 */
@Component("evaluate")
class EvaluateCommand implements Command<PromptPair> {

	private final ObjectProvider<LlmCache> cache;

	EvaluateCommand(ObjectProvider<LlmCache> cache) {
		this.cache = cache;
	}

	@Override
	public PromptPair parse(JsonLine line) {
		line.word("id");
		return new PromptPair(line.text("prompt_a"), line.text("prompt_b"), line.flag("label"), line.word("source"),
				line.word("category"));
	}

	@Override
	public Result run(List<PromptPair> pairs, Progress progress, FailureLog failures) {
		PairJudge judge = new PairJudge(this.cache.getIfAvailable(() -> {
			throw new CommandException("there is no cache to evaluate: llm-cache.enabled is false");
		}), failures);
		Scores total = new Scores();
		ErrorCurve curve = new ErrorCurve();
		Map<String, Scores> sources = new TreeMap<>();
		Map<String, Scores> categories = new TreeMap<>();
		Map<String, Long> refusals = new TreeMap<>();
		for (int i = 0; i < pairs.size(); i++) {
			PromptPair pair = pairs.get(i);
			Judgement judgement = judge.judge(pair, "pair-" + i);
			total.add(judgement);
			curve.add(judgement);
			sources.computeIfAbsent(pair.source(), (name) -> new Scores()).add(judgement);
			categories.computeIfAbsent(pair.category(), (name) -> new Scores()).add(judgement);
			String refusal = judgement.refusal();
			if (refusal != null) {
				refusals.merge(refusal, 1L, Long::sum);
			}
			progress.step();
		}
		return new EvaluationResult(new EvaluationReport(total.figures(), figures(sources), figures(categories),
				mostFrequent(refusals), curve.figures()));
	}

	private static Map<String, Figures> figures(Map<String, Scores> groups) {
		Map<String, Figures> figures = new TreeMap<>();
		groups.forEach((name, scores) -> figures.put(name, scores.figures()));
		return figures;
	}

	private static Map<String, Long> mostFrequent(Map<String, Long> counts) {
		Map<String, Long> sorted = new LinkedHashMap<>();
		counts.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue().reversed())
			.forEachOrdered((entry) -> sorted.put(entry.getKey(), entry.getValue()));
		return sorted;
	}

}
