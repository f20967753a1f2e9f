package io.github.llmcache.metrics;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.cost.Prices;
import io.github.llmcache.event.LookupEvent;

/**
 * Adds up what the lookups of one task cost and saved, as far as their timings do not
 * tell, and says once if those for other wordings cannot pay.
 */
final class CostRecorder {

	private static final Log logger = LogFactory.getLog(StatisticsRecorder.class);

	/** Every so many semantic lookups it is checked whether they pay. */
	private static final int CHECKED = 256;

	final LongAdder inputTokens = new LongAdder();

	final LongAdder outputTokens = new LongAdder();

	final LongAdder estimatedTokens = new LongAdder();

	final LongAdder countedHits = new LongAdder();

	final LongAdder pricedHits = new LongAdder();

	final DoubleAdder moneySaved = new DoubleAdder();

	final LongAdder nanosSaved = new LongAdder();

	final LongAdder searches = new LongAdder();

	final LongAdder semanticLookups = new LongAdder();

	final LongAdder semanticNanos = new LongAdder();

	final LongAdder semanticNanosSaved = new LongAdder();

	final LongAdder semanticPricedHits = new LongAdder();

	final DoubleAdder semanticMoneySaved = new DoubleAdder();

	private final String task;

	private final Prices prices;

	private final AtomicBoolean lossReported = new AtomicBoolean();

	CostRecorder(String task, Prices prices) {
		this.task = task;
		this.prices = prices;
	}

	void onLookup(LookupEvent event, TaskRecorder recorder) {
		Duration timeSaved = event.timeSaved();
		Double price = price(event);
		if (event.searched()) {
			this.searches.increment();
		}
		if (timeSaved != null) {
			this.nanosSaved.add(timeSaved.toNanos());
		}
		if (event.outcome() == Outcome.SEMANTIC) {
			this.semanticNanosSaved.add((timeSaved != null) ? timeSaved.toNanos() : 0);
			if (price != null) {
				this.semanticPricedHits.increment();
				this.semanticMoneySaved.add(price);
			}
		}
		if (event.outcome() == Outcome.SEMANTIC || (event.outcome() == Outcome.MISS && event.searched())) {
			this.semanticLookups.increment();
			this.semanticNanos.add(event.lookupTime().toNanos());
			if (this.semanticLookups.sum() % CHECKED == 0) {
				check(recorder);
			}
		}
	}

	private @Nullable Double price(LookupEvent event) {
		TokenUsage usage = event.tokensSaved();
		if (usage == null) {
			return null;
		}
		this.inputTokens.add(usage.inputTokens());
		this.outputTokens.add(usage.outputTokens());
		if (usage.estimated()) {
			this.estimatedTokens.add(usage.totalTokens());
		}
		this.countedHits.increment();
		Double price = this.prices.of(event.model(), usage);
		if (price != null) {
			this.pricedHits.increment();
			this.moneySaved.add(price);
		}
		return price;
	}

	private void check(TaskRecorder recorder) {
		if (this.lossReported.get()) {
			return;
		}
		CostSum sum = new CostSum(this.prices);
		sum.add(recorder);
		SemanticBalance balance = sum.balance(recorder.loads.timing().mean());
		if (balance.worth().isLoss() && this.lossReported.compareAndSet(false, true)) {
			logger.warn("LlmCache: matching other wordings does not pay for task '" + this.task + "': "
					+ balance.lookups() + " lookups took " + balance.lookupTime().toMillis() + " ms, and "
					+ balance.hits() + " hits saved " + balance.timeSaved().toMillis() + " ms"
					+ (balance.worth() == SemanticBalance.Worth.COSTS_TIME ? "" : money(balance))
					+ ". To match the same prompt only, set llm-cache.tasks." + this.task + ".semantic to false");
		}
	}

	private String money(SemanticBalance balance) {
		return String.format(Locale.ROOT, "; they cost %.4f %s and saved %.4f", balance.cost(), this.prices.currency(),
				balance.moneySaved());
	}

}
