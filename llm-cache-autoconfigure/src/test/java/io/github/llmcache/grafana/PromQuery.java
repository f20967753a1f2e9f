package io.github.llmcache.grafana;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.llmcache.grafana.Scrape.Series;

/**
 * A query of Prometheus, read as far as our dashboard and rules need the language: what
 * it names that a scrape does not have, and which labels its result has.
 */
final class PromQuery {

	private static final Pattern TOKEN = Pattern
		.compile("\"[^\"]*\"|\\d+[smhdw]\\b|\\d+(\\.\\d+)?|[A-Za-z_:][\\w:]*|=~|!~|[!=<>]=|[-+*/(){}\\[\\],=<>]");

	private static final Set<String> OPERATORS = Set.of("+", "-", "*", "/", "==", "!=", "<", ">", "<=", ">=", "and",
			"or", "unless");

	private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count");

	/** Functions of a counter within a range of time. */
	private static final Set<String> OF_RANGES = Set.of("rate", "increase");

	private final Scrape scrape;

	private final List<String> tokens = new ArrayList<>();

	private int position;

	private final Set<String> names = new TreeSet<>();

	private final List<String> problems = new ArrayList<>();

	private Result result = Result.NUMBER;

	private PromQuery(String query, Scrape scrape) {
		this.scrape = scrape;
		try {
			split(query);
			this.result = expression();
			if (this.position < this.tokens.size()) {
				throw new IllegalArgumentException("cannot be read from '" + peek() + "' on");
			}
		}
		catch (IllegalArgumentException ex) {
			this.problems.add(ex.getMessage());
		}
	}

	static PromQuery of(String query, Scrape scrape) {
		return new PromQuery(query, scrape);
	}

	/**
	 * What is wrong with it.
	 */
	List<String> problems() {
		return this.problems;
	}

	/**
	 * The names of what it selects.
	 */
	Set<String> names() {
		return this.names;
	}

	/**
	 * The labels of its result.
	 */
	Set<String> labels() {
		return this.result.labels();
	}

	private void split(String query) {
		Matcher matcher = TOKEN.matcher(query);
		int end = 0;
		while (matcher.find()) {
			if (!query.substring(end, matcher.start()).isBlank()) {
				break;
			}
			this.tokens.add(matcher.group());
			end = matcher.end();
		}
		if (!query.substring(end).isBlank()) {
			throw new IllegalArgumentException("cannot be read: " + query.substring(end).trim());
		}
	}

	/**
	 * Which operator binds closer makes no difference to what is checked.
	 */
	private Result expression() {
		Result left = operand();
		while (OPERATORS.contains(peek())) {
			String operator = next();
			Set<String> on = accept("on") ? list() : null;
			Result right = operand();
			if (on != null) {
				requireAll(left, on, operator);
				requireAll(right, on, operator);
			}
			left = combined(operator, on, left, right);
		}
		return left;
	}

	private Result combined(String operator, Set<String> on, Result left, Result right) {
		if (left.number() || right.number()) {
			return left.number() ? right : left;
		}
		if (on == null && !left.labels().equals(right.labels())) {
			this.problems.add("both sides of " + operator + " have different labels: " + left.labels() + " and "
					+ right.labels());
		}
		boolean keepsTheLeft = Set.of("and", "or", "unless").contains(operator);
		return (on == null || keepsTheLeft) ? left : Result.of(on);
	}

	private Result operand() {
		String token = next();
		if (token.equals("-")) {
			return operand();
		}
		if (token.equals("(")) {
			Result inner = expression();
			expect(")");
			return inner;
		}
		if (Character.isDigit(token.charAt(0))) {
			return Result.NUMBER;
		}
		if (AGGREGATIONS.contains(token)) {
			return aggregation(token);
		}
		return peek().equals("(") ? function(token) : selector(token);
	}

	private Result aggregation(String name) {
		Set<String> by = accept("by") ? list() : Set.of();
		expect("(");
		Result inner = expression();
		expect(")");
		requireAll(inner, by, name);
		return Result.of(by);
	}

	private Result function(String name) {
		expect("(");
		Result argument = expression();
		if (name.equals("histogram_quantile")) {
			expect(",");
			argument = expression();
			require(argument, "le", name);
		}
		else if (!OF_RANGES.contains(name)) {
			throw new IllegalArgumentException("has a function that is not known here: " + name);
		}
		else if (!argument.range()) {
			this.problems.add(name + " needs a range");
		}
		expect(")");
		Set<String> labels = new HashSet<>(argument.labels());
		labels.remove("le");
		return Result.of(name.equals("histogram_quantile") ? labels : argument.labels());
	}

	private Result selector(String name) {
		this.names.add(name);
		List<Series> selected = this.scrape.named(name);
		if (selected.isEmpty()) {
			this.problems.add("there is no " + name);
		}
		Set<String> labels = new HashSet<>();
		selected.forEach((series) -> labels.addAll(series.labels().keySet()));
		if (accept("{")) {
			while (!accept("}")) {
				selected = matching(name, selected, labels);
				accept(",");
			}
		}
		boolean range = accept("[");
		if (range) {
			next();
			expect("]");
		}
		if (accept("offset")) {
			next();
		}
		return new Result(labels, false, range);
	}

	private List<Series> matching(String name, List<Series> series, Set<String> labels) {
		String label = next();
		String operator = next();
		String value = next().replace("\"", "");
		if (series.isEmpty()) {
			return series;
		}
		if (!labels.contains(label)) {
			this.problems.add(name + " has no label " + label);
			return List.of();
		}
		boolean equal = operator.startsWith("=");
		Pattern pattern = Pattern.compile(operator.endsWith("~") ? value : Pattern.quote(value));
		List<Series> matching = series.stream()
			.filter((one) -> pattern.matcher(one.labels().getOrDefault(label, "")).matches() == equal)
			.toList();
		if (matching.isEmpty()) {
			this.problems.add("there is no " + name + " with " + label + operator + value);
		}
		return matching;
	}

	private void requireAll(Result argument, Set<String> labels, String where) {
		labels.forEach((label) -> require(argument, label, where));
	}

	private void require(Result argument, String label, String where) {
		if (!argument.number() && !argument.labels().contains(label)) {
			this.problems.add(where + " has no label " + label + " to go by");
		}
	}

	private Set<String> list() {
		Set<String> labels = new TreeSet<>();
		expect("(");
		while (!accept(")")) {
			labels.add(next());
			accept(",");
		}
		return labels;
	}

	private String peek() {
		return (this.position < this.tokens.size()) ? this.tokens.get(this.position) : "end";
	}

	private String next() {
		if (this.position == this.tokens.size()) {
			throw new IllegalArgumentException("ends too early");
		}
		return this.tokens.get(this.position++);
	}

	private boolean accept(String token) {
		boolean accepted = peek().equals(token);
		this.position += accepted ? 1 : 0;
		return accepted;
	}

	private void expect(String token) {
		if (!accept(token)) {
			throw new IllegalArgumentException("has '" + peek() + "' in place of '" + token + "'");
		}
	}

	/**
	 * What a part of a query gives: a number, or series, each with values over a range of
	 * time or with one.
	 */
	private record Result(Set<String> labels, boolean number, boolean range) {

		static final Result NUMBER = new Result(Set.of(), true, false);

		static Result of(Set<String> labels) {
			return new Result(labels, false, false);
		}

	}

}
