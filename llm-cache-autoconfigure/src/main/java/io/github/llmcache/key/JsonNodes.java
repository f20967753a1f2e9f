package io.github.llmcache.key;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;

/**
 * What nodes of JSON hold. Of two with the same text, one may be a text and the other
 * bytes.
 */
final class JsonNodes {

	private JsonNodes() {
	}

	static @Nullable Object content(JsonNode node) {
		return switch (node.getNodeType()) {
			case OBJECT -> properties(node);
			case ARRAY -> elements(node);
			case STRING -> node.stringValue();
			case NUMBER -> node.numberValue();
			case BOOLEAN -> node.booleanValue();
			case BINARY -> node.binaryValue();
			case POJO -> ((POJONode) node).getPojo();
			case NULL -> null;
			case MISSING -> throw new NotCanonicalException("a missing node is not a value");
		};
	}

	private static Map<String, JsonNode> properties(JsonNode node) {
		Map<String, JsonNode> properties = new HashMap<>();
		node.properties().forEach((property) -> properties.put(property.getKey(), property.getValue()));
		return properties;
	}

	private static List<JsonNode> elements(JsonNode node) {
		List<JsonNode> elements = new ArrayList<>();
		node.forEach(elements::add);
		return elements;
	}

}
