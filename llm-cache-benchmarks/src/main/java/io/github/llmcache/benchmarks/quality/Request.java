package io.github.llmcache.benchmarks.quality;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A prompt, and the name of its right answer.
 *
 * @param prompt the prompt
 * @param answer the same for prompts that ask for the same
 */
record Request(String prompt, String answer) {

	private static final String RESOURCE = "/clusters_unseen.jsonl.gz";

	private static final long SEED = 14;

	/**
	 * Make requests for needs in six wordings each, and for look-alikes that need another
	 * answer, in random order.
	 * @param needs how many
	 * @return the requests, the same ones each time
	 */
	static List<Request> ofNeeds(int needs) throws IOException {
		List<Request> requests = new ArrayList<>();
		JsonMapper mapper = new JsonMapper();
		InputStream resource = Objects.requireNonNull(Request.class.getResourceAsStream(RESOURCE), RESOURCE);
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
			lines.lines().limit(needs).map(mapper::readTree).forEach((need) -> {
				String id = need.get("id").asString();
				add(requests, need.get("same"), id);
				for (int i = 0; i < need.get("other").size(); i++) {
					add(requests, need.get("other").get(i).get("prompts"), id + " look-alike " + i);
				}
			});
		}
		Collections.shuffle(requests, new Random(SEED));
		return requests;
	}

	private static void add(List<Request> requests, JsonNode prompts, String answer) {
		prompts.forEach((prompt) -> requests.add(new Request(prompt.asString(), answer)));
	}

}
