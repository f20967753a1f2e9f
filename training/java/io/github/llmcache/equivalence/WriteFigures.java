package io.github.llmcache.equivalence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.answer.AnswerEquivalence.Comparison;
import io.github.llmcache.djl.DjlParaphraseModel;

/**
 * Writes what the library sees of all pairs of answers of one family, as JSON lines:
 * {@code WriteFigures ANSWERS.jsonl.gz FIGURES.jsonl}.
 */
final class WriteFigures {

	private WriteFigures() {
	}

	public static void main(String[] args) throws IOException {
		JsonMapper json = new JsonMapper();
		List<JsonNode> rows;
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
				new GZIPInputStream(Files.newInputStream(Path.of(args[0]))), StandardCharsets.UTF_8))) {
			rows = reader.lines().map(json::readTree).toList();
		}
		AnswerFigures figures = new AnswerFigures();
		try (DjlParaphraseModel model = DjlParaphraseModel.bundled();
				PrintWriter out = new PrintWriter(args[1], StandardCharsets.UTF_8)) {
			JointReading reading = new JointReading(model);
			for (int i = 0; i < rows.size(); i++) {
				JsonNode one = rows.get(i);
				for (JsonNode other : rows.subList(i + 1, rows.size())) {
					Map<String, Double> known = text(one, "family").equals(text(other, "family"))
							? figures.of(comparison(one, other), text(one, "answer"), text(other, "answer"), reading)
							: null;
					if (known != null) {
						Map<String, Object> line = new LinkedHashMap<>();
						line.put("family", text(one, "family"));
						line.put("same", text(one, "answer_key").equals(text(other, "answer_key")));
						line.put("figures", known);
						out.println(json.writeValueAsString(line));
					}
				}
			}
		}
	}

	private static Comparison comparison(JsonNode one, JsonNode other) {
		return new Comparison("training", text(one, "prompt"), text(one, "answer"), text(other, "prompt"),
				text(other, "answer"));
	}

	private static String text(JsonNode row, String field) {
		return row.get(field).asString();
	}

}
