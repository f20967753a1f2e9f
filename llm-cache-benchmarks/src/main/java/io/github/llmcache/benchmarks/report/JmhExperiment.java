package io.github.llmcache.benchmarks.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
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
import io.github.llmcache.benchmarks.RedisExactHitBenchmark;
import io.github.llmcache.benchmarks.peer.Contender;

/**
 * Single operations, by JMH: in each round every benchmark once, in a JVM of its own.
 */
final class JmhExperiment implements Experiment {

	private static final String CONTENDER = "contender";

	private static final String ALLOCATION = "gc.alloc.rate.norm";

	private static final int MEDIAN = 50;

	private final Map<Class<?>, Section> benchmarks = new LinkedHashMap<>();

	private final List<String> jvmOptions;

	/**
	 * Create the experiment.
	 * @param redis the server, if there is one
	 */
	JmhExperiment(@Nullable RedisProcess redis) {
		this.benchmarks.put(ExactHitBenchmark.class, Section.EXACT_HIT);
		if (redis != null) {
			this.benchmarks.put(RedisExactHitBenchmark.class, Section.REDIS_EXACT_HIT);
		}
		this.jvmOptions = (redis != null) ? List.of("-D" + RedisProcess.PORT_PROPERTY + "=" + redis.port()) : List.of();
	}

	@Override
	public void run(Extent extent, Results results) throws RunnerException {
		for (int round = 0; round < extent.rounds(); round++) {
			for (RunResult result : new Runner(options(extent)).run()) {
				add(result, results);
			}
		}
	}

	private Options options(Extent extent) {
		ChainedOptionsBuilder options = new OptionsBuilder().verbosity(VerboseMode.SILENT)
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.forks(extent.forked() ? 1 : 0)
			.jvmArgsAppend(this.jvmOptions.toArray(String[]::new));
		this.benchmarks.keySet().forEach((type) -> options.include(type.getName().replace(".", "\\.") + "\\."));
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

	private void add(RunResult result, Results results) {
		BenchmarkParams params = result.getParams();
		String contender = params.getParam(CONTENDER);
		String parameter = new TreeSet<>(params.getParamsKeys()).stream()
			.filter((name) -> !name.equals(CONTENDER))
			.map((name) -> params.getParam(name).toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
		Result<?> time = result.getPrimaryResult();
		double value = (params.getMode() == Mode.SampleTime) ? time.getStatistics().getPercentile(MEDIAN)
				: time.getScore();
		Result<?> allocated = result.getSecondaryResults().get(ALLOCATION);
		results.add(section(params.getBenchmark()), Contender.valueOf(contender).label(), parameter, value,
				(allocated != null) ? allocated.getScore() : null);
	}

	private Section section(String method) {
		return this.benchmarks.entrySet()
			.stream()
			.filter((entry) -> method.startsWith(entry.getKey().getName() + "."))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElseThrow();
	}

}
