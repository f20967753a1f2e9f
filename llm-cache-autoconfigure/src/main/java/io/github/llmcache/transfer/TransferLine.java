package io.github.llmcache.transfer;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.github.llmcache.platform.Sha256;

/**
 * A line: a JSON object whose last field is a checksum of all that is before it, which
 * shows whether the line was cut off or changed.
 */
final class TransferLine {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Pattern SUM = Pattern.compile("(.*),\"sum\":\"([0-9a-f]{16})\"}\\s*", Pattern.DOTALL);

	private TransferLine() {
	}

	static ObjectNode begin() {
		return JSON.createObjectNode();
	}

	static String write(ObjectNode object) {
		String text = JSON.writeValueAsString(object);
		String content = text.substring(0, text.length() - 1);
		return content + ",\"sum\":\"" + sum(content) + "\"}\n";
	}

	/**
	 * Read a line.
	 * @return the object, or {@code null} if the line is not complete and unchanged
	 */
	static @Nullable JsonNode read(String line) {
		Matcher matcher = SUM.matcher(line);
		if (!matcher.matches() || !sum(matcher.group(1)).equals(matcher.group(2))) {
			return null;
		}
		try {
			return JSON.readTree(matcher.group(1) + '}');
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static String sum(String content) {
		return Sha256.hex(content.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
	}

}
