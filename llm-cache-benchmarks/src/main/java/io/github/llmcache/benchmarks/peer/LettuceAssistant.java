package io.github.llmcache.benchmarks.peer;

import java.time.Duration;

import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;

/**
 * The floor on Redis: one {@code GET} by the prompt, with no annotation and no codec.
 */
public class LettuceAssistant extends Assistant implements AutoCloseable {

	private final RedisClient client;

	private final RedisCommands<String, String> commands;

	LettuceAssistant(Duration latency, RedisClient client) {
		super(latency);
		this.client = client;
		this.commands = client.connect().sync();
	}

	@Override
	public String text(String prompt, String model) {
		String key = "lettuce:" + model + ":" + prompt;
		String text = this.commands.get(key);
		if (text == null) {
			text = super.text(prompt, model);
			this.commands.set(key, text, SetArgs.Builder.ex(Duration.ofDays(1)));
		}
		return text;
	}

	@Override
	public void close() {
		this.client.shutdown();
	}

}
