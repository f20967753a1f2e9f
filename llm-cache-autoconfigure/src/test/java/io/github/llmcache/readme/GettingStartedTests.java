package io.github.llmcache.readme;

import com.example.FirstHit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application of docs/getting-started.md prints what is said there.
 */
@ExtendWith(OutputCaptureExtension.class)
class GettingStartedTests {

	@Test
	void firstHit(CapturedOutput output) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(FirstHit.class)
			.web(WebApplicationType.NONE)
			.run("--llm-cache.store=memory")) {
			assertThat(output.getOut().lines().filter((line) -> line.startsWith("CachedAnswer")))
				.extracting((line) -> line.replaceAll(", age=.*", ""))
				.satisfiesExactly((line) -> assertThat(line).endsWith("outcome=MISS, similarity=null"),
						(line) -> assertThat(line).endsWith("outcome=EXACT, similarity=null"),
						(line) -> assertThat(line).contains("outcome=SEMANTIC, similarity=0.97"),
						(line) -> assertThat(line).endsWith("outcome=MISS, similarity=null"));
		}
	}

}
