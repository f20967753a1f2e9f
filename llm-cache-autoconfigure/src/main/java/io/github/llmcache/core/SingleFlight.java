package io.github.llmcache.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.core.AnswerReader.Look;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.store.CacheKey;

/**
 * Lets one of several simultaneous calls with one prompt load the answer, while the
 * others wait for it. Calls before and after an eviction do not wait for each other;
 * calls that could not ask the store know only of evictions by this instance.
 */
final class SingleFlight {

	private final Duration maxWait;

	private final boolean failTogether;

	private final ConcurrentMap<Destination, Flight> flights = new ConcurrentHashMap<>();

	/** The latest flight for each key, for calls that do not know the generation. */
	private final ConcurrentMap<CacheKey, Flight> latest = new ConcurrentHashMap<>();

	private final AtomicLong evictions = new AtomicLong();

	private final AtomicLong announcements = new AtomicLong();

	/**
	 * Create a single flight without calls.
	 * @param maxWait how long a call waits for others in total; zero if it does not wait
	 * @param failTogether whether all that wait for an answer fail with the method
	 */
	SingleFlight(Duration maxWait, boolean failTogether) {
		this.maxWait = maxWait;
		this.failTogether = failTogether;
	}

	/**
	 * How long a call may still wait for others.
	 * @param waited how long it has waited
	 * @return the time in nanoseconds; negative if it has waited too long
	 */
	long remainingWait(Duration waited) {
		return this.maxWait.minus(waited).toNanos();
	}

	boolean failTogether() {
		return this.failTogether;
	}

	/**
	 * Lead the loading of an answer, or find the call that does.
	 * @param call the call
	 * @param look what it found in the store
	 * @return what this call or another one leads. What this call leads has to be landed,
	 * whatever happens
	 */
	Flight board(CallChain call, CacheKey key, Look look) {
		Flight own = new Flight(new Destination(key, look.generation()), call, this.evictions.get());
		if (this.maxWait.isZero()) {
			return own;
		}
		if (look.failed()) {
			return this.latest.merge(key, own, (other, mine) -> (other.evictions == mine.evictions) ? other : mine);
		}
		Flight other = this.flights.putIfAbsent(own.destination, own);
		if (other != null) {
			return other;
		}
		this.latest.put(key, own);
		return own;
	}

	/**
	 * An eviction begins. No call that begins when it has ended waits for one from
	 * before, whether the store can be asked or not.
	 */
	void onEviction() {
		this.evictions.incrementAndGet();
	}

	/**
	 * Announce the prompt that a flight will answer, and find one that was announced
	 * before and whose answer will do. Only the later of two ever waits for the other, so
	 * that no calls wait for each other in a circle.
	 * @param own the flight; it was not announced before
	 * @param prompt its prompt
	 * @param embedding the prompt's embedding
	 * @param minSimilarity the lowest cosine similarity of the other prompt
	 * @param accepted decides by the other prompt and its similarity, most similar first
	 * @return the other flight and its similarity, or {@code null}
	 */
	@Nullable OtherWording announce(Flight own, String prompt, float[] embedding, double minSimilarity,
			BiPredicate<String, Double> accepted) {
		if (this.maxWait.isZero()) {
			return null;
		}
		Announcement announced = new Announcement(prompt, embedding, this.announcements.incrementAndGet());
		own.announcement = announced;
		List<OtherWording> others = new ArrayList<>(0);
		for (Flight other : this.flights.values()) {
			Announcement earlier = other.announcement;
			if (earlier != null && earlier.number < announced.number && other.destination.isBeside(own.destination)) {
				double similarity = TextEmbedder.similarity(embedding, earlier.embedding);
				if (similarity >= minSimilarity) {
					others.add(new OtherWording(other, earlier.prompt, similarity));
				}
			}
		}
		others.sort(Comparator.comparingDouble(OtherWording::similarity).reversed());
		return others.stream()
			.filter((wording) -> accepted.test(wording.prompt(), wording.similarity()))
			.findFirst()
			.orElse(null);
	}

	/**
	 * How loading ended for those who waited.
	 *
	 * @param hit what they can be served; its value belongs to the call that led
	 * @param failure what the method threw
	 * @param alone whether to load without leading, since waiting for somebody else would
	 * not help
	 */
	record Landing(@Nullable Hit hit, @Nullable Throwable failure, boolean alone) {

		/**
		 * The answer was overtaken, or was given up, or all was over already: look for
		 * the answer, and lead if it is not there.
		 */
		static final Landing NOTHING = new Landing(null, null, false);

		/** There is nothing to be served, and there would not be the next time. */
		static final Landing ALONE = new Landing(null, null, true);

		static Landing with(Hit hit) {
			return new Landing(hit, null, false);
		}

		static Landing failed(Throwable failure) {
			return new Landing(null, failure, false);
		}

	}

	/**
	 * The loading of one answer.
	 */
	final class Flight {

		private final Destination destination;

		private final CallChain leader;

		/** The number of evictions by this instance when it began. */
		private final long evictions;

		private final CompletableFuture<Landing> landed = new CompletableFuture<>();

		private final CompletableFuture<@Nullable Object> stream = new CompletableFuture<>();

		private volatile @Nullable Announcement announcement;

		private Flight(Destination destination, CallChain leader, long evictions) {
			this.destination = destination;
			this.leader = leader;
			this.evictions = evictions;
		}

		CacheKey key() {
			return this.destination.key();
		}

		boolean isLedBy(CallChain call) {
			return this.leader == call;
		}

		/**
		 * Let a call begin to wait, here or by taking part in the stream.
		 * @return {@code false} if it would wait for itself, as in a method that asks
		 * itself
		 */
		boolean isAwaitedBy(CallChain call) {
			return call.waitFor(this.leader);
		}

		/**
		 * Let others take part in a stream that has begun.
		 */
		void share(Object running) {
			this.stream.complete(running);
		}

		/**
		 * Let nobody else take part in the stream, if there is one.
		 */
		void land(Landing how) {
			SingleFlight.this.flights.remove(this.destination, this);
			SingleFlight.this.latest.remove(key(), this);
			this.landed.complete(how);
			this.stream.complete(null);
		}

		/**
		 * Done when there is something to look at.
		 * @param streaming whether a stream that has begun will do
		 */
		CompletableFuture<?> event(boolean streaming) {
			return streaming ? this.stream : this.landed;
		}

		/**
		 * How it landed, or as if waiting did not help if it has not yet.
		 */
		Landing landing() {
			return this.landed.getNow(Landing.ALONE);
		}

		@Nullable Object stream() {
			return this.stream.getNow(null);
		}

	}

	/**
	 * The flight of a similar prompt.
	 */
	record OtherWording(Flight flight, String prompt, double similarity) {

	}

	private record Announcement(String prompt, float[] embedding, long number) {

	}

	private record Destination(CacheKey key, long generation) {

		boolean isBeside(Destination other) {
			return this.key.partition().equals(other.key.partition()) && this.generation == other.generation;
		}

	}

}
