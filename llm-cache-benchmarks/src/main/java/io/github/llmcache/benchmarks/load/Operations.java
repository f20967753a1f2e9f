package io.github.llmcache.benchmarks.load;

import java.util.List;
import java.util.Locale;
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
import org.openjdk.jmh.runner.options.WarmupMode;

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
 * Measures single operations with JMH. All of them run in this JVM: those that are
 * compared with one another are all warmed up before the first of them is measured, so
 * that none has the advantage of a compiler that has seen nothing else, as in an
 * application with several caches.
 */
public final class Operations {

	private static final String CONTENDER = "contender";

	private static final String ALLOCATION = "gc.alloc.rate.norm";

	private static final int MEDIAN = 50;

	private static final int WARM_UPS = 2;

	private Operations() {
	}

	/**
	 * Measure.
	 * @param arguments how long each benchmark is warmed up, and how long it is measured,
	 * in milliseconds; zero for one call without a warm-up; then whether there is Redis
	 */
	public static void main(String[] arguments) throws ReflectiveOperationException, RunnerException {
		TimeValue warmUp = TimeValue.milliseconds(Long.parseLong(arguments[0]) / WARM_UPS);
		TimeValue measurement = TimeValue.milliseconds(Long.parseLong(arguments[1]));
		boolean redis = Boolean.parseBoolean(arguments[2]);
		measure(ExactHitBenchmark.class, "EXACT_HIT", warmUp, measurement, redis);
		measure(RewordingBenchmark.class, "REWORDING", warmUp, measurement, redis);
		measure(MissBenchmark.class, "MISS", warmUp, measurement, redis);
		measure(SemanticHitBenchmark.class, "SEMANTIC_HIT", warmUp, measurement, redis);
		measure(SemanticMissBenchmark.class, "SEMANTIC_MISS", warmUp, measurement, redis);
		measure(RedisExactHitBenchmark.class, "REDIS_EXACT_HIT", warmUp, measurement, redis);
		measure(RedisMissBenchmark.class, "REDIS_MISS", warmUp, measurement, redis);
	}

	private static void measure(Class<?> benchmark, String section, TimeValue warmUp, TimeValue measurement,
			boolean redis) throws ReflectiveOperationException, RunnerException {
		List<String> contenders = contenders(benchmark, redis);
		if (!contenders.isEmpty()) {
			for (RunResult result : new Runner(options(benchmark, contenders, warmUp, measurement)).run()) {
				print(benchmark, section, result);
			}
		}
	}

	private static List<String> contenders(Class<?> benchmark, boolean redis) throws NoSuchFieldException {
		return Stream.of(benchmark.getField(CONTENDER).getAnnotation(Param.class).value())
			.filter((name) -> redis || benchmark == RewordingBenchmark.class || !Contender.valueOf(name).needsRedis())
			.toList();
	}

	private static Options options(Class<?> benchmark, List<String> contenders, TimeValue warmUp,
			TimeValue measurement) {
		ChainedOptionsBuilder options = new OptionsBuilder().verbosity(VerboseMode.SILENT)
			.include(benchmark.getName().replace(".", "\\.") + "\\.")
			.param(CONTENDER, contenders.toArray(String[]::new))
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.forks(0)
			.measurementIterations(1);
		if (measurement.getTime() == 0) {
			return options.mode(Mode.SingleShotTime).warmupIterations(0).build();
		}
		return options.warmupMode(WarmupMode.BULK)
			.warmupIterations(WARM_UPS)
			.warmupTime(warmUp)
			.measurementTime(measurement)
			.build();
	}

	private static void print(Class<?> benchmark, String section, RunResult result) {
		BenchmarkParams params = result.getParams();
		String parameter = new TreeSet<>(params.getParamsKeys()).stream()
			.filter((name) -> !name.equals(CONTENDER))
			.map((name) -> params.getParam(name).toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
		String contender = params.getParam(CONTENDER);
		String label = (benchmark == RewordingBenchmark.class) ? Wording.valueOf(contender).label()
				: Contender.valueOf(contender).label();
		Result<?> time = result.getPrimaryResult();
		double value = (params.getMode() == Mode.SampleTime) ? time.getStatistics().getPercentile(MEDIAN)
				: time.getScore();
		@Nullable Result<?> allocated = result.getSecondaryResults().get(ALLOCATION);
		new Figure(section, label, parameter, value, (allocated != null) ? allocated.getScore() : null).print();
	}

}
