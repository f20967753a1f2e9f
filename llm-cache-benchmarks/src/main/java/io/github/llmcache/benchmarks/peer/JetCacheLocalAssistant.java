package io.github.llmcache.benchmarks.peer;

import java.time.Duration;

import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.anno.Cached;

/**
 * With JetCache's annotation, in memory.
 */
public class JetCacheLocalAssistant extends Assistant {

	JetCacheLocalAssistant(Duration latency) {
		super(latency);
	}

	@Override
	@Cached(name = "text", cacheType = CacheType.LOCAL, localLimit = 100_000, expire = 86_400)
	public String text(String prompt, String model) {
		return super.text(prompt, model);
	}

	@Override
	@Cached(name = "record", cacheType = CacheType.LOCAL, localLimit = 100_000, expire = 86_400)
	public Answer record(String prompt, String model) {
		return super.record(prompt, model);
	}

}
