package io.github.llmcache.core;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.Call.Hit;
import io.github.llmcache.core.SingleFlight.Flight;
import io.github.llmcache.core.SingleFlight.Landing;
import io.github.llmcache.core.SingleFlight.OtherWording;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.LeaseStore.Lease;

/**
 * One call's way to an answer that is there, to one that is being computed, or to the
 * right to compute it. Where the call has to wait for others, it says for what, so that a
 * thread waits if the caller is one, and none if the caller wants a future.
 */
final class AnswerSearch {

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	/** So that a failed computation is noticed within a tenth of a second. */
	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

	private final Call call;

	private final AnswerLookup lookup;

	private final SingleFlight flights;

	private final @Nullable InstanceLease leases;

	private final LongSupplier nanoTime;

	/** The last look at the store, by any call, before this one began. */
	private final long began;

	private Supplier<Step> next = this::start;

	AnswerSearch(Call call, AnswerLookup lookup, SingleFlight flights, @Nullable InstanceLease leases,
			LongSupplier nanoTime) {
		this.call = call;
		this.lookup = lookup;
		this.flights = flights;
		this.leases = leases;
		this.nanoTime = nanoTime;
		this.began = lookup.looks();
	}

	/**
	 * Go on.
	 * @return what to wait for before going on again, or the decision
	 */
	Step advance() {
		return this.next.get();
	}

	/**
	 * Wait no more.
	 */
	void giveUp() {
		this.next = this::alone;
	}

	private Step start() {
		Hit exact = this.lookup.exact(this.call);
		if (!this.call.control.isServed()) {
			this.lookup.prepare(this.call);
			return Decision.LOAD;
		}
		return (exact != null) ? decided(exact) : board();
	}

	/**
	 * Lead, or follow who does.
	 */
	private Step board() {
		if (this.call.key == null) {
			return Decision.LOAD;
		}
		Flight flight = this.flights.board(this.call, this.call.key);
		if (flight.isLedBy(this.call)) {
			this.call.flight = flight;
			return search();
		}
		return flight.isAwaitedBy(this.call) ? await(flight, () -> landed(flight))
				: decided(this.lookup.similar(this.call));
	}

	private Step landed(Flight flight) {
		Object running = stream(flight);
		if (running != null) {
			return new Decision.Join(new RunningStream(running, Outcome.EXACT, flight.key().digest(), null, null));
		}
		this.call.chain.goOn();
		Landing landing = flight.landing();
		if (landing.failure() != null && this.flights.failTogether()) {
			return new Decision.Fail(landing.failure());
		}
		Hit landed = landing.hit();
		Hit found = (landed != null && landed.isAsNewAs(this.began)) ? this.lookup.handedOver(this.call, landed)
				: this.lookup.exact(this.call);
		if (found != null) {
			return decided(found);
		}
		return landing.alone() ? decided(this.lookup.similar(this.call)) : board();
	}

	private Step alone() {
		return decided(lookAgain());
	}

	/**
	 * A stream to take part in. Who has waited long enough for others does not.
	 */
	private @Nullable Object stream(Flight flight) {
		return (this.call.streaming && remainingWait() > 0) ? flight.stream() : null;
	}

	private @Nullable Hit lookAgain() {
		Hit exact = this.lookup.exact(this.call);
		return (exact != null) ? exact : this.lookup.similar(this.call);
	}

	private Step search() {
		Hit similar = this.lookup.similar(this.call);
		return (similar != null) ? decided(similar) : followOtherWording();
	}

	/**
	 * Wait for the answer to another wording, if it will do.
	 */
	private Step followOtherWording() {
		OtherWording other = (!this.call.bypasses() && this.call.flight != null && this.call.embedding != null)
				? this.flights.announce(this.call.flight, this.call.prompt, this.call.embedding,
						this.call.policy.minSimilarity(),
						(prompt, similarity) -> this.lookup.isSame(this.call, prompt, similarity))
				: null;
		return (other != null && other.flight().isAwaitedBy(this.call))
				? await(other.flight(), () -> otherWordingLanded(other)) : askInstances();
	}

	private Step otherWordingLanded(OtherWording other) {
		Object running = stream(other.flight());
		if (running != null) {
			return new Decision.Join(new RunningStream(running, Outcome.SEMANTIC, other.flight().key().digest(),
					other.similarity(), other.prompt()));
		}
		this.call.chain.goOn();
		Hit found = lookAgain();
		return (found != null) ? decided(found) : askInstances();
	}

	/**
	 * Compute, unless another instance does: then wait for its answer.
	 */
	private Step askInstances() {
		return (this.leases != null && this.call.key != null && !this.call.bypasses())
				? askInstances(this.leases, this.call.key, this.leases.newOwner(), FIRST_PAUSE) : Decision.LOAD;
	}

	private Step askInstances(InstanceLease instances, CacheKey key, String owner, long pause) {
		Lease lease = instances.ask(this.call.task(), key, this.call.generation, owner);
		if (lease == Lease.GRANTED) {
			this.call.lease = instances.hold(this.call.task(), key, this.call.generation, owner);
			// nothing can be there if there was nobody to wait for
			return decided((pause != FIRST_PAUSE) ? this.lookup.exact(this.call) : null);
		}
		if (lease == Lease.STORED || remainingWait() <= 0) {
			return decided(this.lookup.exact(this.call));
		}
		return await(Wait.pause(Math.min(pause, remainingWait())),
				() -> askInstances(instances, key, owner, Math.min(2 * pause, LONGEST_PAUSE)));
	}

	private long remainingWait() {
		return this.flights.remainingWait(this.call);
	}

	private Wait await(Flight flight, Supplier<Step> then) {
		return await(new Wait(flight.event(this.call.streaming), remainingWait()), then);
	}

	private Wait await(Wait wait, Supplier<Step> then) {
		long start = this.nanoTime.getAsLong();
		this.next = () -> {
			this.call.waited += this.nanoTime.getAsLong() - start;
			return then.get();
		};
		return wait;
	}

	private static Decision decided(@Nullable Hit found) {
		return (found != null) ? new Decision.Serve(found) : Decision.LOAD;
	}

}
