package io.github.llmcache.benchmarks.peer;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The algorithm of the original request for this library: reads all keys of a task from
 * Redis and the entries of the first hundred, each with its vector as JSON, and compares
 * them one by one.
 */
public class OriginalAssistant extends Assistant implements AutoCloseable {

	private static final int COMPARED = 100;

	private static final double MIN_SIMILARITY = 0.9;

	private final JsonMapper mapper = new JsonMapper();

	private final FillingEmbedder embedder = new FillingEmbedder();

	private final RedisClient client;

	private final RedisCommands<String, String> commands;

	OriginalAssistant(Duration latency, RedisClient client) {
		super(latency);
		this.client = client;
		this.commands = client.connect().sync();
	}

	@Override
	public String text(String prompt, String model) {
		float[] vector = this.embedder.embed(prompt);
		if (vector == null) {
			return super.text(prompt, model);
		}
		Entry nearest = nearest(model, vector);
		if (nearest != null) {
			return nearest.answer();
		}
		String text = super.text(prompt, model);
		store(model, new Entry(prompt, text, vector));
		return text;
	}

	@Override
	public void store(String prompt, String model) {
		store(model, new Entry(prompt, super.text(prompt, model), Objects.requireNonNull(Fillers.vector(prompt))));
	}

	private void store(String model, Entry entry) {
		this.commands.setex("original:" + model + ":" + entry.prompt(), Duration.ofDays(1).toSeconds(),
				this.mapper.writeValueAsString(entry));
	}

	private @Nullable Entry nearest(String model, float[] vector) {
		List<String> keys = this.commands.keys("original:" + model + ":*");
		Entry nearest = null;
		double highest = MIN_SIMILARITY;
		for (String key : keys.subList(0, Math.min(COMPARED, keys.size()))) {
			String json = this.commands.get(key);
			Entry entry = (json != null) ? this.mapper.readValue(json, Entry.class) : null;
			if (entry != null && cosine(vector, entry.vector()) >= highest) {
				nearest = entry;
				highest = cosine(vector, entry.vector());
			}
		}
		return nearest;
	}

	private static double cosine(float[] one, float[] other) {
		double product = 0;
		double squares = 0;
		double otherSquares = 0;
		for (int i = 0; i < one.length; i++) {
			product += one[i] * other[i];
			squares += one[i] * one[i];
			otherSquares += other[i] * other[i];
		}
		return product / Math.sqrt(squares * otherSquares);
	}

	@Override
	public void close() {
		this.client.shutdown();
		this.embedder.close();
	}

	record Entry(String prompt, String answer, float[] vector) {

	}

}
