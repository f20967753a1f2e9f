package io.github.llmcache.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.benchmarks.load.EvictAll;
import io.github.llmcache.benchmarks.load.Growth;
import io.github.llmcache.benchmarks.load.Operations;
import io.github.llmcache.benchmarks.load.StartUp;
import io.github.llmcache.benchmarks.load.Throughput;
import io.github.llmcache.benchmarks.peer.Contender;
import io.github.llmcache.benchmarks.quality.Quality;
import io.github.llmcache.benchmarks.report.Results.Row;

/**
 * Measures everything and writes the report: {@code benchmarks.md} and the directory
 * {@code benchmarks} with the figures as JSON and the plots as SVG.
 */
public final class BenchmarkReport {

	private static final String NAME = "benchmarks";

	private static final int VIRTUAL_THREADS_SINCE = 21;

	private BenchmarkReport() {
	}

	/**
	 * Measure.
	 * @param arguments the directory to write into, and optionally the number of rounds
	 */
	public static void main(String[] arguments) throws Exception {
		long start = System.nanoTime();
		Extent extent = (arguments.length > 1) ? Extent.FULL.withRounds(Integer.parseInt(arguments[1])) : Extent.FULL;
		run(extent, Path.of(arguments[0]));
		System.out.printf("All took %d s.%n", Duration.ofNanos(System.nanoTime() - start).toSeconds());
	}

	static void run(Extent extent, Path directory) throws Exception {
		Results results = new Results();
		Machine machine;
		try (RedisProcess redis = RedisProcess.start()) {
			machine = Machine.current((redis != null) ? redis.version() : "none");
			if (redis == null) {
				results.omit("what needs Redis; there is no `redis-server` on the `PATH`, nor in `"
						+ RedisProcess.VARIABLE + "`.");
			}
			else {
				System.setProperty(RedisProcess.PORT_PROPERTY, Integer.toString(redis.port()));
			}
			results.omit(
					"a million entries in one partition: building their graph takes more time than everything else here.");
			if (Runtime.version().feature() < VIRTUAL_THREADS_SINCE) {
				results.omit("virtual threads; they need Java 21 or later.");
			}
			for (Experiment experiment : experiments(extent, redis)) {
				long start = System.nanoTime();
				experiment.run(results);
				System.out.printf("%s took %d s.%n", experiment,
						Duration.ofNanos(System.nanoTime() - start).toSeconds());
			}
		}
		write(machine, extent, results, directory);
	}

	private static List<Experiment> experiments(Extent extent, @Nullable RedisProcess redis) {
		List<Experiment> experiments = new ArrayList<>();
		int rounds = extent.rounds();
		for (int round = 0; round < rounds; round++) {
			experiments.add(new Experiment(Operations.class, redis, extent.warmUp().toMillis(),
					extent.measurement().toMillis(), redis != null));
		}
		experiments.add(new Experiment(EvictAll.class, redis, Section.EVICTION, rounds, extent.evicted(),
				Contender.CACHEABLE_CAFFEINE, Contender.LLM_CACHED));
		if (redis != null) {
			experiments.add(new Experiment(EvictAll.class, redis, Section.REDIS_EVICTION, rounds, extent.evicted(),
					Contender.CACHEABLE_REDIS, Contender.LLM_CACHED_REDIS));
		}
		experiments
			.add(new Experiment(Throughput.class, redis, rounds, extent.load().toMillis(), list(extent.threads())));
		for (int round = 0; round < rounds; round++) {
			experiments.add(new Experiment(StartUp.class, redis, false));
			experiments.add(new Experiment(StartUp.class, redis, true));
			experiments.add(new Experiment(StartUp.class, redis, true, StartUp.AT_ONCE));
		}
		experiments.add(new Experiment(Growth.class, redis, rounds, list(extent.sizes())));
		experiments.add(new Experiment(Quality.class, redis, extent.needs()));
		return experiments;
	}

	private static String list(List<Integer> numbers) {
		return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
	}

	private static void write(Machine machine, Extent extent, Results results, Path directory) throws IOException {
		Path plots = Files.createDirectories(directory.resolve(NAME));
		Map<String, List<Row>> sections = new LinkedHashMap<>();
		for (Section section : Section.values()) {
			List<Row> rows = results.rows(section);
			if (!rows.isEmpty()) {
				sections.put(section.id(), rows);
				Files.writeString(plots.resolve(section.id() + ".svg"), Charts.draw(section, rows));
			}
		}
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("machine", machine);
		json.put("omissions", results.omissions());
		json.put("sections", sections);
		JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		Files.writeString(plots.resolve("report.json"), mapper.writeValueAsString(json) + "\n");
		Files.writeString(directory.resolve(NAME + ".md"),
				MarkdownReport.write(machine, extent.rounds(), results, NAME));
	}

}
