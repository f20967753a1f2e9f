package io.github.llmcache.readme;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ClassUtils;

import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;

/**
 * The tables of properties are what the configuration metadata says.
 */
class PropertyTableTests {

	private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

	private static final String ROOT = "llm-cache";

	private static final String TASKS = ROOT + ".tasks";

	private static final Pattern NOTHING = Pattern.compile("(?!)");

	@Test
	void tablesOfPropertiesAreUpToDate() throws IOException {
		Map<String, List<String>> groups = new TreeMap<>(
				Comparator.comparing((String group) -> !group.startsWith(ROOT)).thenComparing((group) -> group));
		List<JsonNode> properties = properties();
		for (JsonNode property : properties) {
			String name = property.get("name").asString();
			if (!name.equals(TASKS)) {
				String group = name.startsWith(ROOT) ? name.substring(0, name.lastIndexOf('.')) : "management";
				groups.computeIfAbsent(group, (key) -> new ArrayList<>()).add(row(property));
			}
		}
		groups.put(TASKS + ".<task>", taskRows(properties));
		Documents.check("properties",
				groups.entrySet().stream().map(PropertyTableTests::table).collect(Collectors.joining()), NOTHING);
	}

	private static List<JsonNode> properties() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(METADATA)).get("properties").valueStream().toList();
	}

	private static String table(Map.Entry<String, List<String>> group) {
		return "### `" + group.getKey() + "`\n\n| property | default | meaning |\n|---|---|---|\n"
				+ String.join("", group.getValue()) + "\n";
	}

	private static String row(JsonNode property) {
		String defaultValue = property.has("defaultValue") ? "`" + text(property.get("defaultValue")) + "`" : "";
		String meaning = property.get("description").asString() + values(property.get("type").asString());
		return "| `" + property.get("name").asString() + "` | " + defaultValue + " | " + meaning + " |\n";
	}

	private static String text(JsonNode value) {
		return value.isArray() ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
				: value.asString();
	}

	private static String values(String type) {
		Class<?> valueType = ClassUtils.isPresent(type, null) ? ClassUtils.resolveClassName(type, null) : Object.class;
		if (!valueType.isEnum()) {
			return "";
		}
		return Arrays.stream(valueType.getEnumConstants())
			.map((value) -> "`" + value.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
			.collect(Collectors.joining(", ", " (", ")"));
	}

	/**
	 * The metadata does not list what is in a map.
	 */
	private static List<String> taskRows(List<JsonNode> properties) {
		List<String> names = properties.stream().map((property) -> property.get("name").asString()).toList();
		return Arrays.stream(LlmCacheProperties.Task.class.getRecordComponents())
			.map(RecordComponent::getName)
			.sorted()
			.map((name) -> {
				String dashed = name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
				String overridden = Stream.of(ROOT + "." + dashed, ROOT + ".semantic." + dashed)
					.filter(names::contains)
					.findFirst()
					.map((property) -> "`" + property + "`")
					.orElse(null);
				return "| `" + TASKS + ".<task>." + dashed + "` | | in place of "
						+ Stream.of(overridden, attribute(name))
							.filter(Objects::nonNull)
							.collect(Collectors.joining(" and "))
						+ " |\n";
			})
			.toList();
	}

	private static @Nullable String attribute(String name) {
		return ClassUtils.hasMethod(LlmCached.class, name) ? "the annotation's `" + name + "`" : null;
	}

}
