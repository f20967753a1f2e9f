package io.github.llmcache.sample.replay;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.ClopperPearson;
import io.github.llmcache.sample.replay.ReplayReport.Figures;
import io.github.llmcache.sample.replay.ReplayReport.LatencyMillis;

/**
 * Counts replayed requests. Used by one thread.
 */
final class Tally {

	private long requests;

	private long exact;

	private long semantic;

	private long right;

	private long wrong;

	private long wrongSemantic;

	private long audits;

	private long exactHits;

	private long oracleHits;

	private Duration timeSaved = Duration.ZERO;

	private double moneySaved;

	private final Latencies exactTimes = new Latencies();

	private final Latencies semanticTimes = new Latencies();

	private final Latencies missTimes = new Latencies();

	void add(Replayed replayed) {
		this.requests++;
		this.exactHits += replayed.exactHit() ? 1 : 0;
		this.oracleHits += replayed.oracleHit() ? 1 : 0;
		this.timeSaved = this.timeSaved.minus(replayed.time());
		if (!replayed.outcome().isHit()) {
			this.missTimes.add(replayed.time());
			return;
		}
		if (replayed.audited()) {
			this.audits++;
			this.moneySaved -= replayed.modelCall().cost();
		}
		if (replayed.outcome() == Outcome.SEMANTIC) {
			this.semantic++;
			this.wrongSemantic += replayed.right() ? 0 : 1;
			this.semanticTimes.add(replayed.time());
		}
		else {
			this.exact++;
			this.exactTimes.add(replayed.time());
		}
		addHit(replayed);
	}

	private void addHit(Replayed replayed) {
		if (!replayed.right()) {
			this.wrong++;
			return;
		}
		this.right++;
		this.timeSaved = this.timeSaved.plus(replayed.modelCall().latency());
		this.moneySaved += replayed.modelCall().cost();
	}

	Figures figures() {
		return new Figures(this.requests, share(this.exact), share(this.semantic), share(this.exact + this.semantic),
				share(this.oracleHits), capture(), this.audits, this.wrong, wrongAmongSemantic(),
				ClopperPearson.upperBound(this.wrongSemantic, this.semantic),
				new LatencyMillis(this.exactTimes.figures(), this.semanticTimes.figures(), this.missTimes.figures()),
				this.timeSaved.toMillis() / 1000.0, this.moneySaved);
	}

	private double share(long count) {
		return (double) count / this.requests;
	}

	private @Nullable Double capture() {
		long possible = this.oracleHits - this.exactHits;
		return (possible != 0) ? (double) (this.right - this.audits - this.exactHits) / possible : null;
	}

	private double wrongAmongSemantic() {
		return (this.semantic != 0) ? (double) this.wrongSemantic / this.semantic : 0;
	}

}
