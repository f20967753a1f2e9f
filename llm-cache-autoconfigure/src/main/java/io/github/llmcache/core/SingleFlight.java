package io.github.llmcache.core;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.Call.Hit;

/**
 * Lets one of several simultaneous calls with one prompt compute the answer, while the
 * others wait for it. Calls before and after an invalidation do not wait for each other.
 */
final class SingleFlight {

	private final long maxWaitNanos;

	private final ConcurrentMap<Destination, Flight> flights = new ConcurrentHashMap<>();

	/**
	 * Create it.
	 * @param maxWait how long a call waits for others, altogether; zero for not at all
	 */
	SingleFlight(Duration maxWait) {
		this.maxWaitNanos = maxWait.toNanos();
	}

	/**
	 * Lead the computation of an answer, unless another call does.
	 * @return what is led; it has to be landed, whatever happens. Or {@code null}: then
	 * {@link #follow} tells when there is something to look for
	 */
	@Nullable Flight lead(CacheKey key, long generation) {
		Flight own = new Flight(new Destination(key, generation));
		return (this.maxWaitNanos == 0 || this.flights.putIfAbsent(own.destination, own) == null) ? own : null;
	}

	/**
	 * Wait until the call that leads has landed.
	 * @param waited how long this call has waited before, in nanoseconds
	 * @return how it landed
	 */
	Landing follow(CacheKey key, long generation, long waited) {
		Flight flight = this.flights.get(new Destination(key, generation));
		if (flight == null) {
			return Landing.NOTHING;
		}
		if (flight.leader == Thread.currentThread()) {
			// a method that asks itself
			return Landing.ALONE;
		}
		try {
			return flight.landed.await(this.maxWaitNanos - waited, TimeUnit.NANOSECONDS) ? flight.landing
					: Landing.ALONE;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Landing.ALONE;
		}
	}

	/**
	 * How a computation ended for those who waited.
	 *
	 * @param hit what they can be served; its value belongs to the call that led
	 * @param alone whether to compute without leading, since waiting for somebody else
	 * would not help
	 */
	record Landing(@Nullable Hit hit, boolean alone) {

		/**
		 * The method failed, or its answer was overtaken, or all was over already: look
		 * for the answer, and lead if it is not there.
		 */
		static final Landing NOTHING = new Landing(null, false);

		/** There is nothing to be served, and there would not be the next time. */
		static final Landing ALONE = new Landing(null, true);

		static Landing with(Hit hit) {
			return new Landing(hit, false);
		}

	}

	/**
	 * The computation of one answer. Used by the thread that leads, but for waiting.
	 */
	final class Flight {

		private final Destination destination;

		private final Thread leader = Thread.currentThread();

		private final CountDownLatch landed = new CountDownLatch(1);

		private volatile Landing landing = Landing.NOTHING;

		private Flight(Destination destination) {
			this.destination = destination;
		}

		void land(Landing how) {
			this.landing = how;
			SingleFlight.this.flights.remove(this.destination, this);
			this.landed.countDown();
		}

	}

	private record Destination(CacheKey key, long generation) {

	}

}
