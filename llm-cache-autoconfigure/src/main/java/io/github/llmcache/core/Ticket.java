package io.github.llmcache.core;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.InstanceLease.Holding;
import io.github.llmcache.core.SingleFlight.Flight;
import io.github.llmcache.core.SingleFlight.Landing;

/**
 * What others wait for while a call goes on.
 *
 * @param flight the flight that the call leads, for calls of this instance
 * @param lease the lease that it holds, for other instances
 */
record Ticket(@Nullable Flight flight, @Nullable Holding lease) {

	/** Of a call that nobody waits for. */
	static final Ticket NONE = new Ticket(null, null);

	Ticket with(Holding newLease) {
		return new Ticket(this.flight, newLease);
	}

	/**
	 * Let go of those who wait.
	 * @param landing how it ended for them
	 * @param stored whether the answer was stored, which has ended the lease
	 * @param executor talks to the store
	 */
	void end(Landing landing, boolean stored, Executor executor) {
		if (this.lease != null) {
			this.lease.end(stored, executor);
		}
		if (this.flight != null) {
			this.flight.land(landing);
		}
	}

}
