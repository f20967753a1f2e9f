package io.github.llmcache.calibration;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.calibration.TaskCalibration.Judgement;
import io.github.llmcache.event.CompositeLlmCacheListener;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.event.Reliability.State;
import io.github.llmcache.event.Reliability;
import io.github.llmcache.event.ReliabilityEvent;
import io.github.llmcache.event.ReliabilitySource;
import io.github.llmcache.policy.Accuracy.Evidence;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.LabelledMatch;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.store.MatchRecordStore.MatchRecords;
import io.github.llmcache.store.MatchRecordStore;

/**
 * Learns from the traffic of each task which candidates are right, serves as many as the
 * error budget allows, and none when the budget is exceeded. If the store is a
 * {@link MatchRecordStore}, all instances learn together.
 * <p>
 * Safe for use by many threads.
 */
public final class TrafficCalibration implements Calibration, ReliabilitySource {

	private static final Log logger = LogFactory.getLog(TrafficCalibration.class);

	/** The number of tasks that are calibrated. */
	private static final int MAX_TASKS = 256;

	/** How often an instance asks for what others learned, in milliseconds. */
	private static final long REFRESH_MILLIS = 10_000;

	private final GeneralEvidence general = new GeneralEvidence();

	private final AnswerVariety variety = new AnswerVariety();

	private final Map<String, SharedTask> tasks = new ConcurrentHashMap<>();

	private final @Nullable MatchRecordStore store;

	private final Executor executor;

	private final Clock clock;

	private final DoubleSupplier random;

	private final LlmCacheListener listener;

	/**
	 * Create a calibration that knows nothing yet.
	 * @param store where match records are kept if it is a {@link MatchRecordStore};
	 * otherwise each instance keeps its own
	 * @param executor asks the store for what other instances learned; may refuse tasks
	 * @param clock for the time of match records
	 * @param random numbers from 0 (inclusive) to 1 (exclusive), for choosing what is
	 * audited; called by many threads at once
	 * @param listener is notified when a task serves more or less than before
	 */
	public TrafficCalibration(CacheStore store, Executor executor, Clock clock, DoubleSupplier random,
			LlmCacheListener listener) {
		this.store = (store instanceof MatchRecordStore matchRecords) ? matchRecords : null;
		this.executor = executor;
		this.clock = clock;
		this.random = random;
		this.listener = CompositeLlmCacheListener.of(listener);
	}

	@Override
	public Decision decide(String task, Accuracy accuracy, Choice choice) {
		boolean accepted = choice.verdict().accepted();
		SharedTask known = accuracy.isMeasured() ? task(task) : null;
		boolean varied = this.variety.isEnough(task, choice.candidates());
		if (known != null) {
			return known.decide(this.general.features(choice, varied), accepted, accuracy,
					choice.best().key().partition().scope());
		}
		boolean nearMiss = isNearMiss(choice);
		if (!nearMiss && !isWeighed(accuracy, choice, varied)) {
			return new Decision(accepted, false, null);
		}
		List<Double> features = this.general.features(choice, varied);
		double[] summary = this.general.summary(features);
		Decision corroborated = new Decision(this.general.isCorroborated(summary, false), false, null);
		SharedTask learning = (nearMiss || this.general.isDoubted(summary)) ? task(task) : null;
		return (learning != null) ? learning.decide(features, false, accuracy, choice.best().key().partition().scope())
				: corroborated;
	}

	private static boolean isNearMiss(Choice choice) {
		return Caution.isNearMiss(MatchFeatures.wording(choice.verdict(), choice.known().apply(choice.best())));
	}

	/**
	 * Whether a candidate that the verifier refuses may be served nevertheless. The model
	 * is not asked about others.
	 */
	private static boolean isWeighed(Accuracy accuracy, Choice choice, boolean varied) {
		return varied && !choice.verdict().accepted() && accuracy.evidence() != Evidence.VERIFIER
				&& MatchFeatures.isSupported(choice);
	}

	@Override
	public Decision decideAgain(String task, Accuracy accuracy, @Nullable MatchRecord before) {
		SharedTask known = (accuracy.isMeasured() || before != null) ? task(task) : null;
		if (known == null) {
			return new Decision(true, false, null);
		}
		return (before != null && GeneralEvidence.isComplete(before.features()))
				? known.decide(before.features(), before.accepted(), accuracy, before.scope())
				: new Decision(false, false, null);
	}

	@Override
	public boolean wouldServe(String task, Accuracy accuracy, Choice choice) {
		boolean accepted = choice.verdict().accepted();
		boolean varied = this.variety.wouldBeEnough(task, choice.candidates());
		if (!accuracy.isMeasured() && !isWeighed(accuracy, choice, varied)) {
			return accepted;
		}
		SharedTask known = this.tasks.get(task);
		TaskCalibration calibration = (known != null) ? known.calibration : new TaskCalibration(this.general);
		return calibration.judge(this.general.features(choice, varied), accepted, accuracy).served();
	}

	@Override
	public boolean isServing(String task, Accuracy accuracy) {
		SharedTask known = accuracy.isMeasured() ? this.tasks.get(task) : null;
		return known == null || known.calibration.state() != State.SUSPENDED;
	}

	@Override
	public double caution(String task) {
		SharedTask known = this.tasks.get(task);
		return (known != null) ? known.calibration.caution() : 1;
	}

	@Override
	public void learn(String task, Accuracy accuracy, MatchRecord matchRecord, boolean served, Verdict verdict) {
		SharedTask known = task(task);
		if (known != null) {
			known.learn(matchRecord, served, verdict, accuracy);
		}
	}

	@Override
	public Map<String, Reliability> reliabilities() {
		Map<String, Reliability> reliabilities = new TreeMap<>();
		this.tasks.forEach((task, known) -> reliabilities.put(task, known.reliability()));
		return reliabilities;
	}

	private @Nullable SharedTask task(String task) {
		SharedTask known = this.tasks.get(task);
		if (known != null || this.tasks.size() >= MAX_TASKS) {
			return known;
		}
		return this.tasks.computeIfAbsent(task, SharedTask::new);
	}

	private void changed(String task, State before, Reliability now) {
		if (now.state() == before) {
			return;
		}
		String figures = now.wrong() + " of " + now.compared() + " answers that could be judged were wrong";
		if (now.state() == State.SUSPENDED) {
			logger.warn("LlmCache: task '" + task + "' has exceeded its error budget and serves exact hits only: "
					+ figures);
		}
		else {
			logger.info("LlmCache: semantic hits of task '" + task + "' are now " + now.state() + ": " + figures);
		}
		this.listener.onReliability(new ReliabilityEvent(task, now));
	}

	/**
	 * One task, as far as this instance knows it.
	 */
	private final class SharedTask {

		private final String name;

		private final TaskCalibration calibration = new TaskCalibration(TrafficCalibration.this.general);

		/** Of what is served in any case. */
		private final AtomicLong hits = new AtomicLong();

		/** Of what is served by the threshold. */
		private final AtomicLong additionalHits = new AtomicLong();

		/** Served in any case since the last match record, and not compared. */
		private final AtomicLong unlabelled = new AtomicLong();

		/** Served and compared since the last match record, and nobody could judge. */
		private final AtomicLong unknown = new AtomicLong();

		private String position = "";

		private volatile long refreshed = -REFRESH_MILLIS;

		SharedTask(String name) {
			this.name = name;
		}

		Decision decide(List<Double> features, boolean accepted, Accuracy accuracy, @Nullable String scope) {
			refresh(accuracy);
			Judgement judgement = this.calibration.judge(features, accepted, accuracy);
			boolean audited = judgement.served()
					&& isAudited(judgement.always() ? this.hits : this.additionalHits, accuracy.auditRate());
			if (judgement.served() && judgement.always() && !audited) {
				this.unlabelled.incrementAndGet();
			}
			return new Decision(judgement.served(), audited, judgement.matchRecord().withScope(scope));
		}

		void learn(MatchRecord matchRecord, boolean served, Verdict verdict, Accuracy accuracy) {
			if (verdict == Verdict.UNKNOWN && served) {
				countUnknown(matchRecord, accuracy);
			}
			else if (verdict != Verdict.UNKNOWN || TaskCalibration.isNearMiss(matchRecord)) {
				label(matchRecord, served, verdict, accuracy);
			}
		}

		private void label(MatchRecord matchRecord, boolean served, Verdict verdict, Accuracy accuracy) {
			if (verdict == Verdict.DIFFERENT && served) {
				this.hits.set(0);
				this.additionalHits.set(0);
			}
			exchange(List.of(new LabelledMatch(matchRecord, served, verdict, TrafficCalibration.this.clock.instant(),
					this.unlabelled.getAndSet(0), this.unknown.getAndSet(0))), accuracy);
		}

		/**
		 * Counts a hit whose answer could not be judged, as if nobody had compared it.
		 */
		private void countUnknown(MatchRecord matchRecord, Accuracy accuracy) {
			this.unknown.incrementAndGet();
			if (this.calibration.judge(matchRecord.features(), matchRecord.accepted(), accuracy).always()) {
				this.unlabelled.incrementAndGet();
			}
		}

		Reliability reliability() {
			return this.calibration.reliability(this.unknown.get());
		}

		/**
		 * The first hit is audited, the second with a probability of 0.35, the third of
		 * 0.19, until the rate is reached, and the same after each wrong answer: a task
		 * that goes wrong shows early, and one that does not costs three calls.
		 */
		private boolean isAudited(AtomicLong counted, double rate) {
			return rate > 0 && TrafficCalibration.this.random.getAsDouble() < Math.max(rate,
					Math.pow(counted.incrementAndGet(), -1.5));
		}

		/**
		 * Ask for what others learned, in the background and not too often.
		 */
		private void refresh(Accuracy accuracy) {
			long now = TrafficCalibration.this.clock.millis();
			if (TrafficCalibration.this.store == null || this.refreshed + REFRESH_MILLIS > now) {
				return;
			}
			this.refreshed = now;
			try {
				TrafficCalibration.this.executor.execute(() -> {
					try {
						exchange(List.of(), accuracy);
					}
					catch (RuntimeException ex) {
						logger.debug("Match records of other instances cannot be read; asked for again later", ex);
					}
				});
			}
			catch (RejectedExecutionException ex) {
				logger.debug("Match records of other instances are asked for later", ex);
			}
		}

		private synchronized void exchange(List<LabelledMatch> added, Accuracy accuracy) {
			MatchRecordStore shared = TrafficCalibration.this.store;
			List<LabelledMatch> known = added;
			if (shared != null) {
				MatchRecords news = shared.exchange(this.name, added, this.position);
				this.position = news.position();
				this.refreshed = TrafficCalibration.this.clock.millis();
				known = news.matchRecords();
			}
			State before = this.calibration.state();
			known.forEach((matchRecord) -> this.calibration.learn(matchRecord, accuracy));
			changed(this.name, before, reliability());
		}

	}

}
