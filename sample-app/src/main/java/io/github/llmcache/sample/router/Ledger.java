package io.github.llmcache.sample.router;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import org.springframework.stereotype.Component;

import io.github.llmcache.answer.Outcome;

/**
 * The books: what was asked, what it cost and what was saved. Safe for use by many
 * threads.
 */
@Component
public class Ledger {

	private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);

	private Duration timeSaved = Duration.ZERO;

	private double spent;

	private double saved;

	synchronized void add(AssistantReply reply) {
		this.outcomes.merge(reply.outcome(), 1L, Long::sum);
		this.timeSaved = this.timeSaved.plus(reply.timeSaved());
		this.spent += reply.cost();
		this.saved += reply.saved();
	}

	/**
	 * Where things stand.
	 * @return the balance since the application started
	 */
	public synchronized Balance balance() {
		return new Balance(Map.copyOf(this.outcomes), this.timeSaved, this.spent, this.saved);
	}

	/**
	 * Where things stand.
	 *
	 * @param outcomes number of requests by outcome; outcomes that did not occur are left
	 * out
	 * @param timeSaved how much longer everything would have taken without the cache
	 * @param spent what the models cost, in dollars
	 * @param saved what they would have cost in addition without the cache, in dollars
	 */
	public record Balance(Map<Outcome, Long> outcomes, Duration timeSaved, double spent, double saved) {

		public long count(Outcome outcome) {
			return this.outcomes.getOrDefault(outcome, 0L);
		}

		public long requests() {
			return this.outcomes.values().stream().mapToLong(Long::longValue).sum();
		}

		public long hits() {
			return count(Outcome.EXACT) + count(Outcome.SEMANTIC) + count(Outcome.STALE);
		}

	}

}
