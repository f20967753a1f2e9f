package io.github.llmcache.benchmarks.peer;

import java.time.Duration;

import org.springframework.cache.annotation.Cacheable;

/**
 * With Spring's annotation.
 */
public class CacheableAssistant extends Assistant {

	CacheableAssistant(Duration latency) {
		super(latency);
	}

	@Override
	@Cacheable("text")
	public String text(String prompt, String model) {
		return super.text(prompt, model);
	}

	@Override
	@Cacheable("record")
	public Answer record(String prompt, String model) {
		return super.record(prompt, model);
	}

}
