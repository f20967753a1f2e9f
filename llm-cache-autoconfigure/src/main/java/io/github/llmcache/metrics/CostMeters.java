package io.github.llmcache.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.cost.Prices;
import io.github.llmcache.event.JudgeEvent;
import io.github.llmcache.event.LookupEvent;

/**
 * The meters of what one task's lookups cost and saved.
 */
final class CostMeters {

	private final MeterRegistry registry;

	private final Tags taskTags;

	private final Prices prices;

	private final Tokens reported;

	private final Tokens estimated;

	private final Timer semanticHits;

	private final Timer semanticMisses;

	private final @Nullable Counter moneySaved;

	private final @Nullable Counter spentOnLookups;

	private final @Nullable Counter spentOnJudge;

	CostMeters(MeterRegistry registry, Tags taskTags, Prices prices) {
		this.registry = registry;
		this.taskTags = taskTags;
		this.prices = prices;
		this.reported = new Tokens(tokens("input", "reported"), tokens("output", "reported"));
		this.estimated = new Tokens(tokens("input", "estimated"), tokens("output", "estimated"));
		this.semanticHits = semantic("semantic");
		this.semanticMisses = semantic("miss");
		boolean known = prices.isKnown();
		this.moneySaved = known ? money("llm.cache.money.saved", "Price of the tokens that hits saved", Tags.empty())
				: null;
		this.spentOnLookups = known ? spent("lookups") : null;
		this.spentOnJudge = known ? spent("judge") : null;
	}

	void onLookup(LookupEvent event) {
		TokenUsage usage = event.tokensSaved();
		if (usage != null) {
			(usage.estimated() ? this.estimated : this.reported).add(usage);
			Double price = this.prices.of(event.model(), usage);
			if (this.moneySaved != null && price != null) {
				this.moneySaved.increment(price);
			}
		}
		if (event.outcome() == Outcome.SEMANTIC) {
			this.semanticHits.record(event.lookupTime());
		}
		else if (event.outcome() == Outcome.MISS && event.searched()) {
			this.semanticMisses.record(event.lookupTime());
		}
		if (this.spentOnLookups != null) {
			this.spentOnLookups.increment(this.prices.ofLookups(event.lookupTime(), event.searched() ? 1 : 0));
		}
	}

	void onJudge(JudgeEvent event) {
		if (this.spentOnJudge != null && event.result().isCall()) {
			this.spentOnJudge.increment(this.prices.judgeCall());
		}
	}

	private Counter tokens(String kind, String source) {
		return Counter.builder("llm.cache.tokens.saved")
			.description("Tokens that the model took for the served entries")
			.tags(this.taskTags.and("kind", kind, "source", source))
			.register(this.registry);
	}

	private Timer semantic(String outcome) {
		return Timer.builder("llm.cache.semantic.lookups")
			.description("Lookups for other wordings, and the time that they took")
			.tags(this.taskTags.and("outcome", outcome))
			.register(this.registry);
	}

	private Counter spent(String on) {
		return money("llm.cache.money.spent", "Price of lookups and of questions to a judge", Tags.of("on", on));
	}

	private Counter money(String name, String description, Tags tags) {
		return Counter.builder(name)
			.description(description)
			.tags(this.taskTags.and("currency", this.prices.currency()).and(tags))
			.register(this.registry);
	}

	private record Tokens(Counter input, Counter output) {

		void add(TokenUsage usage) {
			this.input.increment(usage.inputTokens());
			this.output.increment(usage.outputTokens());
		}

	}

}
