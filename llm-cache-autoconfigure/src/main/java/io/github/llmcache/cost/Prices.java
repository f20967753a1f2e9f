package io.github.llmcache.cost;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.TokenUsage;

/**
 * What models cost, and what the cache itself does.
 *
 * @param currency the currency of all prices, such as {@code USD}
 * @param models prices by the name of the model, in any case; the one of
 * {@value #DEFAULT} is for models without a price, and for answers whose model is not
 * known
 * @param cpuHour price of an hour of lookups; not negative
 * @param semanticLookup price of one search for similar prompts, beyond its time, such as
 * that of an embedding by a provider; not negative
 * @param judgeCall price of one question to a judge; not negative
 */
public record Prices(String currency, Map<String, Price> models, double cpuHour, double semanticLookup,
		double judgeCall) {

	/** The name of the price for all other models. */
	public static final String DEFAULT = "default";

	/** Nothing has a price. */
	public static final Prices NONE = new Prices("USD", Map.of(), 0, 0, 0);

	private static final double NANOS_PER_HOUR = 3.6e12;

	/** Providers add the date of a version to the name. */
	private static final Pattern DATE = Pattern.compile("[-@]20\\d\\d-?\\d\\d-?\\d\\d$");

	public Prices {
		if (!(cpuHour >= 0 && semanticLookup >= 0 && judgeCall >= 0)) {
			throw new IllegalArgumentException("Prices must not be negative");
		}
		Map<String, Price> byName = new TreeMap<>();
		models.forEach((model, price) -> byName.put(model.toLowerCase(Locale.ROOT), price));
		models = Map.copyOf(byName);
	}

	/**
	 * What an answer cost.
	 * @param model the model that gave it, if that is known. One whose name ends in a
	 * date, like {@code gpt-4o-2024-08-06}, has the price of the name without it unless
	 * it has one of its own
	 * @param usage its tokens
	 * @return the price; {@code null} if the model has none
	 */
	public @Nullable Double of(@Nullable String model, TokenUsage usage) {
		Price price = this.models.isEmpty() ? null : price(model);
		return (price != null) ? price.of(usage) : null;
	}

	/**
	 * Whether anything has a price.
	 * @return {@code false} if no money is counted
	 */
	public boolean isKnown() {
		return !this.models.isEmpty() || this.cpuHour > 0 || this.semanticLookup > 0 || this.judgeCall > 0;
	}

	private @Nullable Price price(@Nullable String model) {
		String name = (model != null) ? model.toLowerCase(Locale.ROOT) : DEFAULT;
		Price price = this.models.get(name);
		if (price == null) {
			price = this.models.get(DATE.matcher(name).replaceFirst(""));
		}
		return (price != null) ? price : this.models.get(DEFAULT);
	}

	/**
	 * What lookups cost.
	 * @param time how long they took
	 * @param searches how many of them searched for similar prompts
	 * @return the price
	 */
	public double ofLookups(Duration time, long searches) {
		return this.cpuHour * time.toNanos() / NANOS_PER_HOUR + searches * this.semanticLookup;
	}

}
