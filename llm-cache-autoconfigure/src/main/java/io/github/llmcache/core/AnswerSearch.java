package io.github.llmcache.core;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.Addressing.Address;
import io.github.llmcache.core.AnswerReader.Look;
import io.github.llmcache.core.SemanticMatching.Similar;
import io.github.llmcache.core.SingleFlight.Flight;
import io.github.llmcache.core.SingleFlight.Landing;
import io.github.llmcache.core.SingleFlight.OtherWording;
import io.github.llmcache.core.Step.Decision;
import io.github.llmcache.core.Step.Wait;
import io.github.llmcache.match.CandidateSearch;
import io.github.llmcache.sharing.SharedAnswers;
import io.github.llmcache.sharing.Sharing;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.LeaseStore.Lease;
import io.github.llmcache.trace.ObservedStep;
import io.github.llmcache.trace.StepKind;
import io.github.llmcache.trace.StepObserver;

/**
 * One call's way to an answer that is there, to one that is being loaded, or to the right
 * to load it. Where the call has to wait for others, it says for what, so that a thread
 * waits if the caller is one, and none if the caller wants a future. Used by one thread
 * at a time.
 */
final class AnswerSearch {

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	/**
	 * The longest pause before other instances are asked again, so that a failed load is
	 * noticed within a tenth of a second.
	 */
	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

	private final Call call;

	private final Parts parts;

	/** The last look at the store, by any call, before this one began. */
	private final long began;

	private final long start;

	private Supplier<Step> next = this::start;

	/** What the steps have returned so far, each the last time. */
	private Address address = Address.NONE;

	private Look look = Look.NONE;

	private SharedAnswers.Look shared = SharedAnswers.Look.NONE;

	private Trail trail = Trail.NONE;

	private Ticket ticket = Ticket.NONE;

	/** Whether there are answers beyond their TTL, by the last look and what followed. */
	private boolean expired;

	private long waited;

	private ObservedStep observed = ObservedStep.NONE;

	AnswerSearch(Call call, Parts parts) {
		this.call = call;
		this.parts = parts;
		this.began = parts.reader().looks();
		this.start = parts.nanoTime().getAsLong();
	}

	/**
	 * Go on.
	 * @return what to wait for before going on again, or the decision
	 */
	Step advance() {
		Step step;
		try {
			step = observed(this.next);
		}
		catch (Throwable ex) {
			this.observed.failed(ex);
			ended("failure");
			throw ex;
		}
		if (this.observed != ObservedStep.NONE && step instanceof Decision decision) {
			ended(outcome(decision));
		}
		return step;
	}

	private Step observed(Supplier<Step> steps) {
		try (ObservedStep.Scope scope = this.observed.open()) {
			return steps.get();
		}
	}

	private void ended(String outcome) {
		this.observed.end(outcome);
		this.observed = ObservedStep.NONE;
	}

	private static String outcome(Decision decision) {
		if (decision.findings().bypasses()) {
			return "bypass";
		}
		if (decision instanceof Step.Serve serve) {
			return word(serve.hit().outcome());
		}
		if (decision instanceof Step.Join join) {
			return word(join.stream().outcome());
		}
		return (decision instanceof Step.Fail) ? "failure" : "miss";
	}

	private static String word(Outcome outcome) {
		return outcome.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Stop waiting.
	 */
	private void giveUp() {
		CacheKey key = this.address.key();
		this.next = () -> (key != null) ? decided(lookAgain(key)) : load();
	}

	/**
	 * Go on until it is decided, and wait on this thread.
	 */
	Decision decide() {
		try {
			Step step = advance();
			while (step instanceof Wait wait) {
				if (!wait.block()) {
					giveUp();
				}
				step = advance();
			}
			return (Decision) step;
		}
		catch (Throwable ex) {
			this.ticket.end(Landing.NOTHING, false, Runnable::run);
			throw ex;
		}
	}

	/**
	 * Stop searching: the answer is loaded, and not stored.
	 */
	Decision bypass(String reason) {
		return new Step.Load(findings(reason));
	}

	private Step start() {
		this.address = this.parts.addressing().address(this.call);
		CacheKey key = this.address.key();
		if (key == null) {
			return load();
		}
		if (this.parts.observer().observesExactHits()) {
			observe();
			return observed(() -> start(key));
		}
		Hit exact = exact(key);
		if (exact != null) {
			return serve(exact);
		}
		observe();
		return observed(() -> search(key, null));
	}

	private void observe() {
		this.observed = this.parts.observer().begin(StepKind.LOOKUP, this.call.task(), this.call.observed);
	}

	private Step start(CacheKey key) {
		return search(key, exact(key));
	}

	private Step search(CacheKey key, @Nullable Hit exact) {
		if (!this.call.control.isServed()) {
			if (isSemantic()) {
				this.trail = this.parts.semantic().embed(this.call, this.address.prompt(), this.trail);
			}
			return load();
		}
		Hit found = (exact != null) ? exact : again(key);
		found = (found != null) ? found : shared();
		return (found != null) ? serve(found) : board(key);
	}

	/**
	 * What the same wording was served before, unless that has to be decided again.
	 */
	private @Nullable Hit again(CacheKey key) {
		Similar similar = isSemantic() ? this.parts.rewordings().find(this.call, this.address.prompt(), key, this.look)
				: null;
		if (similar == null) {
			return null;
		}
		Trail before = similar.trail();
		// the fresh answer is stored, so that other wordings find it
		this.trail = before.isAudited() ? this.parts.semantic().embed(this.call, this.address.prompt(), before)
				: before;
		return similar.hit();
	}

	/**
	 * The answer to the same prompt that other scopes share.
	 */
	private @Nullable Hit shared() {
		Sharing sharing = this.look.failed() ? null : this.parts.addressing().sharing(this.call, this.address);
		if (sharing == null) {
			return null;
		}
		long number = this.parts.reader().nextLook();
		this.shared = this.parts.sharedAnswers().look(sharing);
		CacheEntry entry = this.shared.entry();
		return (entry != null) ? this.parts.reader().shared(this.call, sharing.shared(), entry, number) : null;
	}

	/**
	 * Lead, or follow the call that does.
	 */
	private Step board(CacheKey key) {
		Flight flight = this.parts.flights().board(this.call.chain, key, this.look);
		if (flight.isLedBy(this.call.chain)) {
			this.ticket = new Ticket(flight, null);
			Hit similar = similar(key);
			return (similar != null) ? serve(similar) : followOtherWording(key, flight);
		}
		return flight.isAwaitedBy(this.call.chain) ? await(flight, () -> landed(key, flight)) : decided(similar(key));
	}

	private Step landed(CacheKey key, Flight flight) {
		Object running = stream(flight);
		if (running != null) {
			return join(new RunningStream(running, Outcome.EXACT, flight.key().digest(), null, null));
		}
		this.call.chain.goOn();
		Landing landing = flight.landing();
		if (landing.failure() != null && this.parts.flights().failTogether()) {
			return new Step.Fail(findings(), landing.failure());
		}
		Hit found = handedOver(key, landing.hit());
		if (found != null) {
			return serve(found);
		}
		return landing.alone() ? decided(similar(key)) : board(key);
	}

	/**
	 * Wait for the answer to another wording, if it will do.
	 */
	private Step followOtherWording(CacheKey key, Flight own) {
		float[] embedding = this.trail.embedding().vector();
		OtherWording other = (!this.look.failed()
				&& embedding != null)
						? this.parts.flights()
							.announce(own, this.address.prompt(), embedding, this.call.policy.minSimilarity(),
									(prompt, similarity) -> this.parts.semantic()
										.isSame(this.call, this.address.prompt(), key.partition(), prompt, similarity))
						: null;
		return (other != null && other.flight().isAwaitedBy(this.call.chain))
				? await(other.flight(), () -> otherWordingLanded(key, other)) : askInstances(key);
	}

	private Step otherWordingLanded(CacheKey key, OtherWording other) {
		Object running = stream(other.flight());
		if (running != null) {
			return join(new RunningStream(running, Outcome.SEMANTIC, other.flight().key().digest(), other.similarity(),
					other.prompt()));
		}
		this.call.chain.goOn();
		Hit found = lookAgain(key);
		return (found != null) ? serve(found) : askInstances(key);
	}

	/**
	 * Load, unless another instance does: then wait for its answer.
	 */
	private Step askInstances(CacheKey key) {
		InstanceLease leases = this.parts.leases();
		return (leases != null && !this.look.failed()) ? askInstances(leases, key, leases.newOwner(), FIRST_PAUSE)
				: load();
	}

	private Step askInstances(InstanceLease leases, CacheKey key, String owner, long pause) {
		Lease lease = leases.ask(this.call.task(), key, this.look.generation(), owner);
		if (lease == Lease.GRANTED) {
			this.ticket = this.ticket.with(leases.hold(this.call.task(), key, this.look.generation(), owner));
			// nothing can be there if there was nobody to wait for
			return (pause != FIRST_PAUSE) ? decided(exact(key)) : load();
		}
		if (lease == Lease.STORED || remainingWait() <= 0) {
			return decided(exact(key));
		}
		return await(Wait.pause(Math.min(pause, remainingWait())),
				() -> askInstances(leases, key, owner, Math.min(2 * pause, LONGEST_PAUSE)));
	}

	private @Nullable Hit exact(CacheKey key) {
		this.look = this.parts.reader().exact(this.call, key);
		this.expired = this.look.expired();
		return this.look.hit();
	}

	private @Nullable Hit similar(CacheKey key) {
		if (!isSemantic()) {
			return null;
		}
		Similar similar = this.parts.semantic().find(this.call, this.address.prompt(), key.partition(), this.trail);
		this.trail = similar.trail();
		this.expired |= similar.expired();
		this.parts.rewordings().remember(this.call, key, similar);
		Sharing sharing = this.shared.sharing();
		if (similar.hit() != null || sharing == null) {
			return similar.hit();
		}
		Similar others = this.parts.semantic().findShared(this.call, sharing, this.trail);
		this.trail = others.trail();
		return others.hit();
	}

	private boolean isSemantic() {
		return !this.look.failed() && this.call.policy.semantic();
	}

	private @Nullable Hit lookAgain(CacheKey key) {
		Hit exact = exact(key);
		return (exact != null) ? exact : similar(key);
	}

	/**
	 * What another call was served or loaded, or else what is in the store by now.
	 */
	private @Nullable Hit handedOver(CacheKey key, @Nullable Hit landed) {
		if (landed != null && landed.isAsNewAs(this.began) && this.parts.reader().accepts(this.call, landed)
				&& isOwnOrShared(key, landed)) {
			return this.parts.reader().copy(this.call, landed);
		}
		return exact(key);
	}

	/**
	 * Whether it is of the call's own scope, or may be served to all.
	 */
	private boolean isOwnOrShared(CacheKey key, Hit landed) {
		Sharing sharing = this.shared.sharing();
		return landed.key().partition().equals(key.partition())
				|| (sharing != null && this.parts.sharedAnswers().mayServe(sharing, landed.key(), landed.entry()));
	}

	/**
	 * A stream to take part in, unless the call has waited long enough for others.
	 */
	private @Nullable Object stream(Flight flight) {
		return (this.call.streaming && remainingWait() > 0) ? flight.stream() : null;
	}

	private long remainingWait() {
		return this.parts.flights().remainingWait(this.call.waitedBefore) - this.waited;
	}

	private Wait await(Flight flight, Supplier<Step> then) {
		return await(new Wait(flight.event(this.call.streaming), remainingWait()), then);
	}

	private Wait await(Wait wait, Supplier<Step> then) {
		long since = this.parts.nanoTime().getAsLong();
		this.next = () -> {
			this.waited += this.parts.nanoTime().getAsLong() - since;
			return then.get();
		};
		return wait;
	}

	private Decision decided(@Nullable Hit found) {
		return (found != null) ? serve(found) : load();
	}

	private Decision serve(Hit hit) {
		return new Step.Serve(findings(), hit);
	}

	private Decision join(RunningStream stream) {
		return new Step.Join(findings(), stream);
	}

	private Decision load() {
		return new Step.Load(findings());
	}

	private Findings findings() {
		return findings(this.look.failed() ? "store-failure" : this.address.bypassReason());
	}

	private Findings findings(@Nullable String bypassReason) {
		long worked = this.parts.nanoTime().getAsLong() - this.start - this.waited;
		Trail found = this.shared.pending() ? this.trail.refusing(SharedAnswers.REASON) : this.trail;
		return new Findings(this.call, this.address, this.look.generation(), this.shared.generation(), this.expired,
				bypassReason, found, this.ticket, Duration.ofNanos(this.waited), Duration.ofNanos(worked));
	}

	/**
	 * The parts that take the steps.
	 *
	 * @param leases of what instances that share a store load; {@code null} if they do
	 * not wait for each other
	 * @param observer observes the lookup
	 * @param nanoTime for durations
	 */
	record Parts(Addressing addressing, AnswerReader reader, Rewordings rewordings, SemanticMatching semantic,
			SharedAnswers sharedAnswers, SingleFlight flights, @Nullable InstanceLease leases, StepObserver observer,
			LongSupplier nanoTime) {

	}

}
