package io.github.llmcache.grafana;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The check of queries reports what a scrape does not have.
 */
class PromQueryTests {

	private static final Scrape SCRAPE = Scrape.of("""
			# HELP calls_total Calls
			# TYPE calls_total counter
			calls_total{outcome="hit",task="a"} 3.0
			calls_total{outcome="miss",task="a, \\"b\\" {c}"} 1.0E-4
			seconds_bucket{task="a",le="0.5"} 1
			seconds_bucket{task="a",le="+Inf"} 2
			share{task="a"} NaN
			up 1
			""");

	@ParameterizedTest
	@ValueSource(strings = { "calls_total", "up * 2", "-sum(rate(calls_total{task=~\".*\"}[5m]))",
			"sum by (task) (increase(calls_total{outcome=~\"hit|miss\", task!=\"b\"}[1h] offset 1d)) > 0.5 * 3",
			"histogram_quantile(0.95, sum by (task, le) (rate(seconds_bucket[5m])))",
			"max by (task) (share) > 0.01 and on (task) sum by (task) (calls_total{outcome=\"hit\"}) >= 300",
			"sum(rate(calls_total{outcome=\"hit\"}[5m])) / sum(rate(calls_total[5m]))" })
	void whatExistsIsNoProblem(String query) {
		assertThat(PromQuery.of(query, SCRAPE).problems()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiterString = "::", quoteCharacter = '`',
			textBlock = """
					sum(rate(made_up_total[5m]))                           :: there is no made_up_total
					sum(rate(calls_total{made_up="a"}[5m]))                :: calls_total has no label made_up
					sum(rate(calls_total{outcome="stale"}[5m]))            :: there is no calls_total with outcome=stale
					sum(rate(calls_total{outcome="hit", task!="a"}[5m]))   :: there is no calls_total with task!=a
					sum(rate(calls_total{task=~"b|c"}[5m]))                :: there is no calls_total with task=~b|c
					sum by (reason) (rate(calls_total[5m]))                :: sum has no label reason to go by
					sum by (task) (sum by (outcome) (calls_total))         :: sum has no label task to go by
					sum by (task) (calls_total) / sum(calls_total)         :: both sides of / have different labels: [task] and []
					sum(calls_total) > 1 and on (task) share               :: and has no label task to go by
					sum by (outcome) (calls_total) > 1 and on (task) share :: and has no label task to go by
					histogram_quantile(0.9, sum(seconds_bucket))           :: histogram_quantile has no label le to go by
					sum(rate(calls_total))                                 :: rate needs a range
					made_up(calls_total)                                   :: has a function that is not known here: made_up
					sum(calls_total                                        :: has 'end' in place of ')'
					sum(calls_total))                                      :: cannot be read from ')' on
					sum(calls_total{task=~"$task"}[$range])                :: cannot be read: $range])
					sum(calls_total) >                                     :: ends too early
					""")
	void whatDoesNotExistIsReported(String query, String problem) {
		assertThat(PromQuery.of(query, SCRAPE).problems()).containsExactly(problem);
	}

	@Test
	void labelsOfTheResultAreKnown() {
		assertThat(PromQuery.of("sum by (task) (calls_total)", SCRAPE).labels()).containsExactly("task");
		assertThat(PromQuery.of("sum(calls_total)", SCRAPE).labels()).isEmpty();
		assertThat(PromQuery.of("calls_total > 1", SCRAPE).labels()).containsExactlyInAnyOrder("outcome", "task", "job",
				"instance");
		assertThat(PromQuery.of("histogram_quantile(0.5, sum by (le, task) (seconds_bucket))", SCRAPE).labels())
			.containsExactly("task");
	}

	@Test
	void namesAreThoseOfAllParts() {
		assertThat(PromQuery.of("sum(rate(calls_total[5m])) + sum(share)", SCRAPE).names())
			.containsExactly("calls_total", "share");
	}

}
