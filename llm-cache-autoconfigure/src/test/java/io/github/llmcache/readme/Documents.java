package io.github.llmcache.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documents of this project, and the parts of them that tests write.
 */
public final class Documents {

	public static final Path ROOT = Path.of("..");

	static final Path REFERENCE = ROOT.resolve("docs/reference.md");

	/** {@code write} writes generated parts, instead of comparing them. */
	private static final String MODE = System.getProperty("llm-cache.docs", "compare");

	private static final String COMMAND = "mvn -pl llm-cache-autoconfigure test"
			+ " -Dtest='PropertyTableTests,EndpointExamplesTests' -Dllm-cache.docs=write";

	private Documents() {
	}

	/**
	 * The README and what it leads to.
	 */
	static List<Path> ofUsers() throws IOException {
		try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
			return Stream
				.concat(Stream.of(ROOT.resolve("README.md")),
						files.filter((file) -> file.toString().endsWith(".md")).sorted())
				.toList();
		}
	}

	/**
	 * Those of the modules and of contributors, too.
	 */
	static List<Path> all() throws IOException {
		return Stream
			.concat(ofUsers().stream(),
					Stream
						.of("sample-app/README.md", "llm-cache-benchmarks/README.md", "training/README.md",
								"CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
						.map(ROOT::resolve))
			.toList();
	}

	/**
	 * The blocks of code in a language.
	 */
	public static List<String> blocks(Path document, String language) throws IOException {
		return Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
			.matcher(Files.readString(document))
			.results()
			.map((match) -> match.group(1))
			.toList();
	}

	/**
	 * Configure an application with a block of YAML.
	 */
	public static void configure(ConfigurableApplicationContext context, String block) {
		try {
			new YamlPropertySourceLoader()
				.load("documented", new ByteArrayResource(block.getBytes(StandardCharsets.UTF_8)))
				.forEach(context.getEnvironment().getPropertySources()::addFirst);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Check that a generated part of the reference is up to date, or write it.
	 * @param part its name
	 * @param generated what should be there
	 * @param varying matches what need not be equal
	 */
	static void check(String part, String generated, Pattern varying) throws IOException {
		String reference = Files.readString(REFERENCE);
		String begin = "<!-- generated: " + part + " -->\n";
		String end = "<!-- end of " + part + " -->\n";
		int from = reference.indexOf(begin) + begin.length();
		int to = reference.indexOf(end);
		assertThat(to).as("place of " + part).isGreaterThanOrEqualTo(from);
		if (MODE.equals("write")) {
			Files.writeString(REFERENCE, reference.substring(0, from) + generated + reference.substring(to));
			return;
		}
		assertThat(varying.matcher(reference.substring(from, to)).replaceAll("..."))
			.as(part + " in docs/reference.md; write it by " + COMMAND)
			.isEqualTo(varying.matcher(generated).replaceAll("..."));
	}

}
