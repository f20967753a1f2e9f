package io.github.llmcache.benchmarks.peer;

import java.time.Duration;

import io.github.llmcache.annotation.LlmCached;

/**
 * With this library's annotation.
 */
public class LlmCachedAssistant extends Assistant {

	LlmCachedAssistant(Duration latency) {
		super(latency);
	}

	@Override
	@LlmCached(task = "text")
	public String text(String prompt, String model) {
		return super.text(prompt, model);
	}

	@Override
	@LlmCached(task = "record")
	public Answer record(String prompt, String model) {
		return super.record(prompt, model);
	}

}
