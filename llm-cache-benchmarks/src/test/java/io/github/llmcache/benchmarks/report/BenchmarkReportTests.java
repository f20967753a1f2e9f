package io.github.llmcache.benchmarks.report;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs every benchmark once.
 */
@Tag("thorough")
class BenchmarkReportTests {

	@Test
	void everySectionIsMeasuredOrSaidToBeLeftOut(@TempDir Path directory) throws Exception {
		BenchmarkReport.run(Extent.SMOKE, directory);

		Path plots = directory.resolve("benchmarks");
		assertThat(directory.resolve("benchmarks.md")).content()
			.contains("| commit |")
			.doesNotContain("NaN")
			.doesNotContain("Infinity");
		assertThat(plots.resolve("report.json")).content().contains("\"exact-hit\"").doesNotContain("NaN");
		for (Section section : measurable()) {
			assertThat(plots.resolve(section.id() + ".svg")).content().contains("<svg").doesNotContain("NaN");
		}
	}

	private static Set<Section> measurable() throws Exception {
		Set<Section> sections = EnumSet.allOf(Section.class);
		if (Runtime.version().feature() < 21) {
			sections.remove(Section.VIRTUAL_THREADS);
		}
		if (RedisProcess.executable() == null) {
			sections.removeIf((section) -> section.name().startsWith("REDIS_"));
		}
		return sections;
	}

}
