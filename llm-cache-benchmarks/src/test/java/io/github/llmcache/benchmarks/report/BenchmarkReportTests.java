package io.github.llmcache.benchmarks.report;

import java.nio.file.Path;

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
	void everySectionIsMeasured(@TempDir Path directory) throws Exception {
		BenchmarkReport.run(Extent.SMOKE, directory);

		assertThat(directory.resolve("benchmarks.md")).content().contains("Exact hit, embedded").doesNotContain("NaN");
		assertThat(directory.resolve("benchmarks/report.json")).content().contains("exact-hit").doesNotContain("NaN");
		for (Section section : Section.values()) {
			assertThat(directory.resolve("benchmarks").resolve(section.id() + ".svg")).content().contains("<svg");
		}
	}

}
