package io.github.llmcache.language;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.prompt.LowerCase;

/**
 * A number with what it counts or measures, so that 50 cm are half a metre, a week is 7
 * days, and 3 pm is 15:00.
 *
 * @param number as it was read
 * @param unit the unit that all units of the kind are converted to, or for unknown units
 * the word or symbol that follows; or empty
 * @param value how many of the unit
 */
public record Quantity(String number, String unit, String value) {

	private static final String CLOCK = "clock";

	private static final Map<String, Measure> MEASURES = new HashMap<>();

	static {
		measure("min", 1.0 / 60, "s", "sec", "second");
		measure("min", 1, "min", "minute");
		measure("min", 60, "h", "hr", "hour");
		measure("min", 24 * 60, "d", "day");
		measure("min", 7 * 24 * 60, "wk", "week");
		measure("month", 1, "month", "mo");
		measure("month", 12, "year", "yr");
		measure("mm", 1, "mm", "millimetre", "millimeter");
		measure("mm", 10, "cm", "centimetre", "centimeter");
		measure("mm", 1_000, "m", "metre", "meter");
		measure("mm", 1_000_000, "km", "kilometre", "kilometer");
		measure("inch", 1, "inch", "inches");
		measure("inch", 12, "ft", "foot", "feet");
		measure("inch", 36, "yd", "yard");
		measure("inch", 63_360, "mi", "mile");
		measure("mg", 1, "mg", "milligram");
		measure("mg", 1_000, "g", "gram");
		measure("mg", 1_000_000, "kg", "kilo", "kilogram");
		measure("ounce", 1, "oz", "ounce");
		measure("ml", 1, "ml", "millilitre", "milliliter");
		measure("ml", 1_000, "l", "litre", "liter");
		measure("euro", 1, "€", "eur", "euro");
		measure("dollar", 1, "$", "usd", "dollar");
		measure("pound", 1, "£", "gbp", "lb", "pound");
		measure("%", 1, "%", "percent");
		measure("celsius", 1, "c", "°c", "celsius");
		measure("fahrenheit", 1, "f", "°f", "fahrenheit");
		measure("km/h", 1, "kph", "kmh");
		measure("mph", 1, "mph");
		measure("MB", 0.001, "kb", "kilobyte");
		measure("MB", 1, "mb", "megabyte");
		measure("MB", 1_000, "gb", "gigabyte", "gig");
		measure("MB", 1_000_000, "tb", "terabyte");
	}

	private static final Set<String> UNITS = MEASURES.values().stream().map(Measure::unit).collect(Collectors.toSet());

	private record Measure(String unit, double factor) {

	}

	private static void measure(String unit, double factor, String... names) {
		for (String name : names) {
			MEASURES.put(name, new Measure(unit, factor));
		}
	}

	/**
	 * All numbers and dates of a text.
	 */
	public static List<Quantity> of(List<Token> tokens) {
		return of(tokens, Integer.MAX_VALUE);
	}

	/**
	 * The first numbers and dates of a text, up to a number of them.
	 */
	public static List<Quantity> of(List<Token> tokens, int most) {
		List<Quantity> quantities = new ArrayList<>();
		for (int i = 0; i < tokens.size() && quantities.size() < most; i++) {
			Token token = tokens.get(i);
			if (token.kind() == TokenKind.DATE) {
				quantities.add(new Quantity(token.term(), "", token.term()));
			}
			else if (token.kind() == TokenKind.NUMBER) {
				quantities.add(of(plain(token.term()), unit(tokens, i)));
			}
			else if (token.term().equals("half") && i + 2 < tokens.size()
					&& tokens.get(i + 1).kind() == TokenKind.ARTICLE && measure(tokens.get(i + 2)) != null) {
				quantities.add(of("0.5", tokens.get(i + 2)));
			}
		}
		return quantities;
	}

	/** 38.0 is 38, and 06 is 6. */
	private static String plain(String number) {
		return (parse(number) != null) ? new BigDecimal(number).stripTrailingZeros().toPlainString() : number;
	}

	/** The unit follows, but for signs of currencies, which may stand before. */
	private static @Nullable Token unit(List<Token> tokens, int index) {
		Token before = (index > 0) ? tokens.get(index - 1) : null;
		if (before != null && before.kind() == TokenKind.SYMBOL && measure(before) != null) {
			return before;
		}
		int next = index + 1;
		if (next < tokens.size() && tokens.get(next).text().equals("°")) {
			next++;
		}
		return (next < tokens.size()) ? tokens.get(next) : null;
	}

	private static Quantity of(String number, @Nullable Token unit) {
		Double value = parse(number);
		String name = (unit != null) ? LowerCase.of(unit.text()) : "";
		if (value != null && (name.equals("am") || name.equals("pm"))) {
			return new Quantity(number, CLOCK, text(60 * (value % 12 + (name.equals("pm") ? 12 : 0))));
		}
		if (number.matches("\\d{1,2}:\\d{2}")) {
			String[] parts = number.split(":");
			return new Quantity(number, CLOCK, text(60 * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1])));
		}
		Measure measure = (unit != null) ? measure(unit) : null;
		if (value != null && measure != null) {
			return new Quantity(number, measure.unit(), text(value * measure.factor()));
		}
		return new Quantity(number, (unit != null && unit.kind() == TokenKind.CONTENT) ? unit.term() : "", number);
	}

	private static @Nullable Measure measure(Token token) {
		String name = LowerCase.of(token.text());
		Measure measure = MEASURES.get(name);
		return (measure == null && name.endsWith("s")) ? MEASURES.get(name.substring(0, name.length() - 1)) : measure;
	}

	private static @Nullable Double parse(String number) {
		return number.matches("\\d{1,9}(\\.\\d{1,9})?") ? Double.valueOf(number) : null;
	}

	private static String text(double value) {
		return Double.toString(Math.rint(value * 1_000) / 1_000);
	}

	/**
	 * Whether both may mean the same: the number is the same, or what it measures is.
	 */
	public boolean matches(Quantity other) {
		return this.number.equals(other.number)
				|| (!this.unit.isEmpty() && this.unit.equals(other.unit) && this.value.equals(other.value));
	}

	/**
	 * Whether both have the same number, of known units, and another amount: 5 minutes
	 * and 5 seconds, 20 euros and 20 dollars.
	 */
	public boolean isOfAnotherUnit(Quantity other) {
		return this.number.equals(other.number) && isMeasured() && other.isMeasured() && !isSameAmount(other);
	}

	/**
	 * Whether the amounts are the same, in whatever units.
	 */
	public boolean isSameAmount(Quantity other) {
		return this.unit.equals(other.unit) && this.value.equals(other.value);
	}

	private boolean isMeasured() {
		return UNITS.contains(this.unit);
	}

}
