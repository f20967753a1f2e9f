package io.github.llmcache.sample.replay;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.sample.command.CommandException;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.MatchRecord;

/**
 * Writes what the cache knew about each candidate, and whether its answer was right, as
 * JSON lines. The evidence model is trained on these. Used by one thread.
 */
final class MatchRecorder implements Calibration, Closeable {

	private final TrafficCalibration calibration;

	private final Writer writer;

	private @Nullable MatchRecord matchRecord;

	private @Nullable CacheEntry candidate;

	MatchRecorder(TrafficCalibration calibration, Path file) {
		this.calibration = calibration;
		try {
			this.writer = Files.newBufferedWriter(file);
		}
		catch (IOException ex) {
			throw unwritable(ex);
		}
	}

	@Override
	public Decision decide(String task, Accuracy accuracy, Choice choice) {
		Decision decision = this.calibration.decide(task, accuracy, choice);
		this.matchRecord = decision.matchRecord();
		this.candidate = choice.best().entry();
		return decision;
	}

	@Override
	public void learn(String task, Accuracy accuracy, MatchRecord learned, boolean served, Verdict verdict) {
		this.calibration.learn(task, accuracy, learned, served, verdict);
	}

	/**
	 * Label what was observed for a request, if anything was.
	 */
	void label(RecordedRequest request) {
		MatchRecord observed = this.matchRecord;
		this.matchRecord = null;
		CacheEntry entry = this.candidate;
		if (observed != null && entry != null) {
			write(new Example(request.task(), observed.features(), observed.accepted(),
					AnswerKeys.isRight(request, entry)));
		}
	}

	private void write(Example example) {
		try {
			this.writer.write(JsonMapper.shared().writeValueAsString(example));
			this.writer.write('\n');
		}
		catch (IOException ex) {
			throw unwritable(ex);
		}
	}

	private static CommandException unwritable(IOException ex) {
		return new CommandException("sample.replay.matches: cannot be written: " + ex.getClass().getSimpleName());
	}

	@Override
	public void close() throws IOException {
		this.writer.close();
	}

	record Example(String task, List<Double> features, boolean accepted, boolean right) {

	}

}
