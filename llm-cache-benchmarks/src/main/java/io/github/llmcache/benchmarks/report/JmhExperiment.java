package io.github.llmcache.benchmarks.report;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import io.github.llmcache.benchmarks.ExactHitBenchmark;
import io.github.llmcache.benchmarks.MissBenchmark;
import io.github.llmcache.benchmarks.RedisExactHitBenchmark;
import io.github.llmcache.benchmarks.RedisMissBenchmark;
import io.github.llmcache.benchmarks.RewordingBenchmark;
import io.github.llmcache.benchmarks.SemanticHitBenchmark;
import io.github.llmcache.benchmarks.SemanticMissBenchmark;
import io.github.llmcache.benchmarks.Wording;
import io.github.llmcache.benchmarks.peer.Contender;

/**
 * Measures single operations with JMH: each round runs every benchmark once, in a JVM of
 * its own.
 */
final class JmhExperiment implements Experiment {

	private static final String CONTENDER = "contender";

	private static final String ALLOCATION = "gc.alloc.rate.norm";

	private static final int MEDIAN = 50;

	private static final Map<Class<?>, Section> BENCHMARKS = new LinkedHashMap<>();

	static {
		BENCHMARKS.put(ExactHitBenchmark.class, Section.EXACT_HIT);
		BENCHMARKS.put(RedisExactHitBenchmark.class, Section.REDIS_EXACT_HIT);
		BENCHMARKS.put(MissBenchmark.class, Section.MISS);
		BENCHMARKS.put(RedisMissBenchmark.class, Section.REDIS_MISS);
		BENCHMARKS.put(SemanticHitBenchmark.class, Section.SEMANTIC_HIT);
		BENCHMARKS.put(RewordingBenchmark.class, Section.REWORDING);
		BENCHMARKS.put(SemanticMissBenchmark.class, Section.SEMANTIC_MISS);
	}

	private final @Nullable RedisProcess redis;

	/**
	 * Create the experiment.
	 * @param redis the server, or {@code null} to leave out what needs one
	 */
	JmhExperiment(@Nullable RedisProcess redis) {
		this.redis = redis;
	}

	@Override
	public void run(Extent extent, Results results) throws ReflectiveOperationException, RunnerException {
		for (int round = 0; round < extent.rounds(); round++) {
			for (Class<?> benchmark : BENCHMARKS.keySet()) {
				String[] contenders = contenders(benchmark);
				if (contenders.length > 0) {
					for (RunResult result : new Runner(options(benchmark, contenders, extent)).run()) {
						add(benchmark, result, results);
					}
				}
			}
		}
	}

	private String[] contenders(Class<?> benchmark) throws NoSuchFieldException {
		Field field = benchmark.getField(CONTENDER);
		return Stream.of(field.getAnnotation(Param.class).value())
			.filter((name) -> this.redis != null || field.getType() != Contender.class
					|| !Contender.valueOf(name).needsRedis())
			.toArray(String[]::new);
	}

	private Options options(Class<?> benchmark, String[] contenders, Extent extent) {
		ChainedOptionsBuilder options = new OptionsBuilder().verbosity(VerboseMode.SILENT)
			.include(benchmark.getName().replace(".", "\\.") + "\\.")
			.param(CONTENDER, contenders)
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.forks(extent.forked() ? 1 : 0);
		if (this.redis != null) {
			options.jvmArgsAppend("-D" + RedisProcess.PORT_PROPERTY + "=" + this.redis.port());
		}
		if (extent.measurement().isZero()) {
			return options.mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(1).build();
		}
		return options.warmupIterations(2)
			.warmupTime(time(extent.warmUp().dividedBy(2)))
			.measurementIterations(1)
			.measurementTime(time(extent.measurement()))
			.build();
	}

	private static TimeValue time(Duration duration) {
		return TimeValue.milliseconds(duration.toMillis());
	}

	private static void add(Class<?> benchmark, RunResult result, Results results) {
		BenchmarkParams params = result.getParams();
		String parameter = new TreeSet<>(params.getParamsKeys()).stream()
			.filter((name) -> !name.equals(CONTENDER))
			.map((name) -> params.getParam(name).toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
		Result<?> time = result.getPrimaryResult();
		double value = (params.getMode() == Mode.SampleTime) ? time.getStatistics().getPercentile(MEDIAN)
				: time.getScore();
		Result<?> allocated = result.getSecondaryResults().get(ALLOCATION);
		results.add(Objects.requireNonNull(BENCHMARKS.get(benchmark)), label(benchmark, params.getParam(CONTENDER)),
				parameter, value, (allocated != null) ? allocated.getScore() : null);
	}

	private static String label(Class<?> benchmark, String contender) {
		return (benchmark == RewordingBenchmark.class) ? Wording.valueOf(contender).label()
				: Contender.valueOf(contender).label();
	}

	@Override
	public String toString() {
		return "JMH";
	}

}
