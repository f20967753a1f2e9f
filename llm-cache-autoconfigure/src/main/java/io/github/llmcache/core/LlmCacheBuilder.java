package io.github.llmcache.core;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AdmissionPolicy;
import io.github.llmcache.answer.AnswerEquivalence;
import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.correction.Corrections;
import io.github.llmcache.correction.Refusals;
import io.github.llmcache.cost.TokenCounter;
import io.github.llmcache.cost.UsageReader;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.event.CompositeLlmCacheListener;
import io.github.llmcache.event.FailureEvent.Part;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.eviction.Evictions;
import io.github.llmcache.eviction.ImmediateEvictions;
import io.github.llmcache.eviction.Transactions;
import io.github.llmcache.explain.KnownPartitions;
import io.github.llmcache.failure.FailureReporter;
import io.github.llmcache.group.AnswerGroups;
import io.github.llmcache.judge.EquivalenceJudge;
import io.github.llmcache.judge.JudgeCalls;
import io.github.llmcache.judge.JudgeSettings;
import io.github.llmcache.judge.JudgedEquivalence;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.match.CandidateChooser;
import io.github.llmcache.match.CandidateSearch;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.sharing.SharedAnswers;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.ErasableStore;
import io.github.llmcache.store.LeaseStore;
import io.github.llmcache.store.SemanticCacheStore;
import io.github.llmcache.thread.DaemonThreads;
import io.github.llmcache.thread.Threads;
import io.github.llmcache.trace.StepObserver;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * Builds a {@link LlmCache}.
 */
public final class LlmCacheBuilder {

	private final CacheStore store;

	private final PayloadCodec codec;

	private final PromptKeyGenerator keys;

	private @Nullable TextEmbedder embedder;

	private @Nullable MatchVerifier verifier;

	private @Nullable ParaphraseModel paraphrases;

	private @Nullable EquivalenceJudge judge;

	private JudgeSettings judgeSettings = JudgeSettings.DEFAULT;

	private Executor judgeExecutor = Runnable::run;

	private Calibration calibration = Calibration.NONE;

	private AnswerEquivalence equivalence = (compared) -> Verdict.of(compared.answer().equals(compared.cachedAnswer()));

	private Executor auditExecutor = Runnable::run;

	private AdmissionPolicy admissionPolicy = AdmissionPolicy.standard();

	private UsageReader usage = new UsageReader(List.of(), TokenCounter.BY_LENGTH);

	private CachePolicies policies = (task, requested) -> requested.applyTo(CachePolicy.DEFAULT);

	private LlmCacheListener listener = LlmCacheListener.NO_OP;

	private StepObserver observer = StepObserver.NONE;

	private int maxPrompt = 1_000_000;

	private double ttlJitter;

	private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

	private Duration maxWait = Duration.ofSeconds(30);

	private boolean failTogether;

	private Duration lease = Duration.ofSeconds(10);

	private Executor executor = WorkersHolder.WORKERS;

	private UnaryOperator<Runnable> context = UnaryOperator.identity();

	private @Nullable Transactions transactions;

	private Clock clock = Clock.systemUTC();

	private LongSupplier nanoTime = System::nanoTime;

	/**
	 * Start building a cache.
	 * @param store where entries live
	 * @param codec how answers become bytes
	 * @param keys how requests become keys
	 */
	public LlmCacheBuilder(CacheStore store, PayloadCodec codec, PromptKeyGenerator keys) {
		this.store = store;
		this.codec = codec;
		this.keys = keys;
	}

	/**
	 * Match other wordings of a prompt. This requires a store that is a
	 * {@link SemanticCacheStore}. By default only the same prompt is matched.
	 * @param embedder finds candidates
	 * @param verifier decides which of them are right
	 * @return this builder
	 */
	public LlmCacheBuilder semantic(TextEmbedder embedder, MatchVerifier verifier) {
		this.embedder = embedder;
		this.verifier = verifier;
		return this;
	}

	/**
	 * Ask a model that reads two prompts about the most similar candidates.
	 * @param paraphrases the model; by default none is asked
	 * @return this builder
	 */
	public LlmCacheBuilder paraphrases(@Nullable ParaphraseModel paraphrases) {
		this.paraphrases = paraphrases;
		return this;
	}

	/**
	 * Learn from answers which candidates may be served, for tasks whose
	 * {@link CachePolicy#accuracy()} asks for this, and which stored answers say the
	 * same.
	 * @param calibration decides and learns
	 * @param equivalence compares answers whose payloads differ
	 * @param executor runs comparisons, and runs the method again for a sample of the
	 * semantic hits; may refuse tasks
	 * @return this builder
	 */
	public LlmCacheBuilder calibration(Calibration calibration, AnswerEquivalence equivalence, Executor executor) {
		this.calibration = calibration;
		this.equivalence = equivalence;
		this.auditExecutor = executor;
		return this;
	}

	/**
	 * Ask a judge where the other parts cannot tell. This requires Caffeine.
	 * @param judge the judge
	 * @param settings when it is asked, and how much that may take
	 * @param executor runs the judge for calls that wait for it; may refuse tasks
	 * @return this builder
	 */
	public LlmCacheBuilder judge(EquivalenceJudge judge, JudgeSettings settings, Executor executor) {
		this.judge = judge;
		this.judgeSettings = settings;
		this.judgeExecutor = executor;
		return this;
	}

	/**
	 * Set how tasks are cached.
	 * @param policies the policies; by default all tasks have
	 * {@link CachePolicy#DEFAULT}, changed by what the request asks for
	 * @return this builder
	 */
	public LlmCacheBuilder policies(CachePolicies policies) {
		this.policies = policies;
		return this;
	}

	/**
	 * Set which answers are worth keeping.
	 * @param admissionPolicy the policy; by default empty answers are rejected
	 * @return this builder
	 */
	public LlmCacheBuilder admissionPolicy(AdmissionPolicy admissionPolicy) {
		this.admissionPolicy = admissionPolicy;
		return this;
	}

	/**
	 * Set how it is found out how many tokens an answer took.
	 * @param usage finds it out when an answer is stored; by default answers that tell
	 * are believed, and for others a token is taken to have four characters
	 * @return this builder
	 */
	public LlmCacheBuilder usage(UsageReader usage) {
		this.usage = usage;
		return this;
	}

	/**
	 * Set the listener that is notified of what happens.
	 * @param listener the listener; what it throws is logged once and otherwise ignored
	 * @return this builder
	 */
	public LlmCacheBuilder listener(LlmCacheListener listener) {
		this.listener = CompositeLlmCacheListener.of(listener);
		return this;
	}

	/**
	 * Set what observes the steps of calls.
	 * @param observer the observer; by default nothing is observed
	 * @return this builder
	 */
	public LlmCacheBuilder observer(StepObserver observer) {
		this.observer = observer;
		return this;
	}

	/**
	 * Limit the length of prompts. Calls with a longer one bypass the cache, and cost it
	 * nothing.
	 * @param characters the highest number of UTF-16 characters, at least 1; by default a
	 * million
	 * @return this builder
	 */
	public LlmCacheBuilder maxPrompt(int characters) {
		if (characters < 1) {
			throw new IllegalArgumentException("The longest prompt must have at least 1 character, not " + characters);
		}
		this.maxPrompt = characters;
		return this;
	}

	/**
	 * Shorten each TTL at random, so that answers stored together do not expire together.
	 * @param ttlJitter the largest share of the TTL to take off, between 0 and 1; by
	 * default 0
	 * @param random random numbers from 0 (inclusive) to 1 (exclusive); called by many
	 * threads at once
	 * @return this builder
	 */
	public LlmCacheBuilder ttlJitter(double ttlJitter, DoubleSupplier random) {
		if (!(ttlJitter >= 0 && ttlJitter <= 1)) {
			throw new IllegalArgumentException("The jitter must be between 0 and 1 but is " + ttlJitter);
		}
		this.ttlJitter = ttlJitter;
		this.random = random;
		return this;
	}

	/**
	 * Set how long a call waits for others that are loading the same answer before it
	 * loads the answer itself.
	 * @param maxWait the longest time for one call, by default 30 seconds; zero to load
	 * at once
	 * @return this builder
	 */
	public LlmCacheBuilder maxWait(Duration maxWait) {
		if (maxWait.isNegative()) {
			throw new IllegalArgumentException("The longest wait must not be negative but is " + maxWait);
		}
		this.maxWait = maxWait;
		return this;
	}

	/**
	 * Set what becomes of calls that wait for another one whose method fails. Calls of
	 * other instances always load the answer themselves.
	 * @param failTogether {@code true} if all of them get the exception, {@code false} if
	 * one of them takes over, which is the default
	 * @return this builder
	 */
	public LlmCacheBuilder failTogether(boolean failTogether) {
		this.failTogether = failTogether;
		return this;
	}

	/**
	 * Set the threads on which the cache works for calls whose thread does not wait for
	 * the answer, and on which it refreshes answers.
	 * @param executor runs tasks on threads that may block; may refuse tasks, whose calls
	 * then bypass the cache; by default a pool that all caches built this way share, with
	 * ten threads for each processor
	 * @param context carries what belongs to a thread, such as a logging context, over to
	 * another one: it gets a task on the first thread and returns one for the second,
	 * which may run it several times, one after the other
	 * @return this builder
	 */
	public LlmCacheBuilder executor(Executor executor, UnaryOperator<Runnable> context) {
		this.executor = executor;
		this.context = context;
		return this;
	}

	/**
	 * Set how long other instances wait for one that has stopped reporting that it is
	 * loading, if the store is a {@link LeaseStore}.
	 * @param lease the time, by default 10 seconds; zero to wait for calls of the same
	 * instance only
	 * @return this builder
	 */
	public LlmCacheBuilder lease(Duration lease) {
		if (lease.isNegative()) {
			throw new IllegalArgumentException("The lease must not be negative but is " + lease);
		}
		this.lease = lease;
		return this;
	}

	/**
	 * Let evictions within a transaction wait for the commit, and drop them on rollback.
	 * @param transactions knows which transaction a thread is in; {@code null}, the
	 * default, to evict at once
	 * @return this builder
	 */
	public LlmCacheBuilder evictAfterCommit(@Nullable Transactions transactions) {
		this.transactions = transactions;
		return this;
	}

	/**
	 * Set the sources of time.
	 * @param clock for the time of storing and the age of entries
	 * @param nanoTime for durations, in nanoseconds from any origin
	 * @return this builder
	 */
	public LlmCacheBuilder time(Clock clock, LongSupplier nanoTime) {
		this.clock = clock;
		this.nanoTime = nanoTime;
		return this;
	}

	/**
	 * Build the cache.
	 * @return the cache
	 */
	public LlmCache build() {
		FailureReporter failures = new FailureReporter(this.listener);
		Threads threads = new Threads(this.executor, this.context);
		SingleFlight flights = new SingleFlight(this.maxWait, this.failTogether);
		InstanceLease leases = (this.store instanceof LeaseStore leaseStore && !this.lease.isZero()
				&& !this.maxWait.isZero()) ? new InstanceLease(leaseStore, this.lease, failures) : null;
		AnswerReader reader = new AnswerReader(this.store, this.codec, this.clock, failures);
		CandidateSearch candidates = new CandidateSearch(this.store, this.embedder, reader::nextLook, this.observer,
				failures);
		JudgeCalls judgeCalls = (this.judge != null) ? new JudgeCalls(this.judge, this.judgeSettings,
				this.judgeExecutor, this.nanoTime, this.listener, this.observer) : null;
		CandidateChooser chooser = new CandidateChooser(this.verifier, this.paraphrases, this.calibration,
				this.judgeSettings.beforeServing() ? judgeCalls : null, failures);
		Refusals refusals = new Refusals(this.store, failures);
		KnownPartitions partitions = new KnownPartitions(this.store);
		SharedAnswers shared = new SharedAnswers(this.store, refusals, this.clock, failures);
		Addressing addressing = new Addressing(this.keys, this.codec, this.embedder, this.maxPrompt, partitions,
				failures);
		SemanticMatching semantic = new SemanticMatching(candidates, chooser, reader, refusals, shared, this.clock);
		AnswerSearch.Parts search = new AnswerSearch.Parts(addressing, reader,
				new Rewordings(this.store, chooser, reader, refusals, failures), semantic, shared, flights, leases,
				this.observer, this.nanoTime);
		AnswerWriter writer = new AnswerWriter(this.store, addressing, shared, this.codec, this.admissionPolicy,
				this.usage, jitter(this.ttlJitter, this.random), this.clock, this.listener, this.observer, failures);
		AnswerGroups groups = (this.store instanceof SemanticCacheStore semanticStore
				&& this.calibration != Calibration.NONE) ? new AnswerGroups(semanticStore, refusals, failures) : null;
		Auditor auditor = new Auditor(this.calibration,
				(judgeCalls != null) ? new JudgedEquivalence(this.equivalence, judgeCalls) : this.equivalence,
				this.codec, writer, groups, new Threads(this.auditExecutor, UnaryOperator.identity()), this.listener,
				this.observer, failures);
		AnswerLoad.Parts load = new AnswerLoad.Parts(reader, semantic, writer, auditor, this.listener, this.observer,
				this.clock, this.nanoTime);
		ImmediateEvictions immediate = new ImmediateEvictions(this.store, flights::onEviction,
				(task) -> this.executor.execute(this.context.apply(task)), (selector, eviction) -> failures
					.attempt(Part.STORE, "evict", selector.taskOrAll(), eviction::getAsLong, 0L));
		Corrections corrections = new Corrections(this.store, this.policies, candidates, chooser, this.calibration,
				this.listener);
		if (this.store instanceof ErasableStore erasableStore) {
			erasableStore.onErasure((erased) -> {
				partitions.forget(erased);
				corrections.served().forget(erased);
			});
		}
		return new LlmCache(this.policies, search, load, new Refresher(load, leases, threads, failures), threads,
				new Evictions(immediate, this.transactions), corrections, explainer(partitions));
	}

	/**
	 * Its failures are not those of calls: nobody is notified of them. It asks no judge,
	 * since that may cost money.
	 */
	private Explainer explainer(KnownPartitions partitions) {
		FailureReporter failures = new FailureReporter(LlmCacheListener.NO_OP);
		Refusals refusals = new Refusals(this.store, failures);
		return new Explainer(new Addressing(this.keys, this.codec, this.embedder, this.maxPrompt, partitions, failures),
				this.store, new CandidateSearch(this.store, this.embedder, () -> 0, StepObserver.NONE, failures),
				new CandidateChooser(this.verifier, this.paraphrases, this.calibration, null, failures), refusals,
				new SharedAnswers(this.store, refusals, this.clock, failures), partitions, this.clock);
	}

	/**
	 * What is left of a TTL: at least a millisecond, since a jitter may take all of it.
	 */
	private static UnaryOperator<Duration> jitter(double share, DoubleSupplier random) {
		return (share == 0) ? UnaryOperator.identity() : (ttl) -> Duration
			.ofMillis(Math.max(1, Math.round(ttl.toMillis() * (1 - share * random.getAsDouble()))));
	}

	/**
	 * Not the common pool: its threads replace one another when they block, and where
	 * they may not become more, that fails.
	 */
	private static final class WorkersHolder {

		private static final Executor WORKERS = new DaemonThreads("llm-cache-worker")
			.pool(10 * Runtime.getRuntime().availableProcessors(), 100_000);

	}

}
