package io.github.llmcache.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links between the documents lead to files and headings that exist.
 */
class LinkTests {

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

	/** At the beginning of a row of a table. */
	private static final Pattern INTERFACE = Pattern.compile("(?m)^\\| \\[?`([A-Z]\\w+)`");

	private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");

	private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");

	@Test
	void everyLinkLeadsSomewhere() throws IOException {
		List<String> broken = new ArrayList<>();
		int links = 0;
		for (Path document : Documents.all()) {
			for (String link : matches(LINK, document)) {
				if (!link.matches("[a-z]+:.*")) {
					links++;
					if (!exists(document, link)) {
						broken.add(document + " -> " + link);
					}
				}
			}
		}
		assertThat(broken).isEmpty();
		assertThat(links).isGreaterThan(40);
	}

	@Test
	void everyDocumentIsLinkedFromTheReadme() throws IOException {
		String readme = Files.readString(Documents.ROOT.resolve("README.md"));
		for (Path document : Documents.ofUsers()) {
			if (!document.endsWith("README.md")) {
				assertThat(readme).contains("(docs/" + document.getFileName() + ")");
			}
		}
	}

	@Test
	void everyInterfaceThatIsNamedExists() throws IOException {
		List<String> named = matches(INTERFACE, Documents.ROOT.resolve("docs/extending.md"));
		try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
			assertThat(sources.map((source) -> source.getFileName().toString().replace(".java", "")).toList())
				.containsAll(named);
		}
		assertThat(named).hasSizeGreaterThan(15);
	}

	@Test
	void everyTestThatIsNamedExists() throws IOException {
		String threats = Files.readString(Documents.ROOT.resolve("docs/threat-model.md"));
		List<MatchResult> named = TEST.matcher(threats).results().toList();
		for (MatchResult test : named) {
			assertThat(source(test.group(1))).as(test.group()).contains(" " + test.group(2) + "(");
		}
		assertThat(named).hasSizeGreaterThan(25);
	}

	@Test
	void everyThreatNamesATest() throws IOException {
		String threats = Files.readString(Documents.ROOT.resolve("docs/threat-model.md"));
		int rows = 0;
		for (String table : threats.split("(?m)^\\| threat \\| what stands against it \\| test \\|\n\\|[-|]+\\|\n")) {
			for (String row : table.lines().takeWhile((line) -> line.startsWith("|")).toList()) {
				assertThat(row.split(" \\| ")).as(row).hasSize(3);
				assertThat(TEST.matcher(row.substring(row.lastIndexOf(" | "))).find()).as(row).isTrue();
				rows++;
			}
		}
		assertThat(rows).isGreaterThan(30);
	}

	/**
	 * The source of a test.
	 */
	private static String source(String name) throws IOException {
		for (String tests : List.of("llm-cache-autoconfigure/src/test/java", "llm-cache-test/src/main/java",
				"sample-app/src/test/java")) {
			try (Stream<Path> sources = Files.walk(Documents.ROOT.resolve(tests))) {
				List<Path> found = sources.filter((source) -> source.endsWith(name + ".java")).toList();
				if (!found.isEmpty()) {
					return Files.readString(found.get(0));
				}
			}
		}
		return "";
	}

	private static boolean exists(Path document, String link) throws IOException {
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
		if (!Files.exists(target)) {
			return false;
		}
		return parts.length == 1 || matches(HEADING, target).stream().map(LinkTests::anchor).anyMatch(parts[1]::equals);
	}

	/**
	 * As GitHub makes it.
	 */
	private static String anchor(String heading) {
		return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
	}

	private static List<String> matches(Pattern pattern, Path document) throws IOException {
		String text = CODE.matcher(Files.readString(document)).replaceAll("");
		try (Stream<MatchResult> results = pattern.matcher(text).results()) {
			return results.map((match) -> match.group(1)).toList();
		}
	}

}
