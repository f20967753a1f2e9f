package io.github.llmcache.benchmarks.peer;

import java.time.Duration;

import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.anno.Cached;

/**
 * With JetCache's annotation, on Redis.
 */
public class JetCacheRemoteAssistant extends Assistant {

	JetCacheRemoteAssistant(Duration latency) {
		super(latency);
	}

	@Override
	@Cached(name = "text", cacheType = CacheType.REMOTE, expire = 86_400)
	public String text(String prompt, String model) {
		return super.text(prompt, model);
	}

	@Override
	@Cached(name = "record", cacheType = CacheType.REMOTE, expire = 86_400)
	public Answer record(String prompt, String model) {
		return super.record(prompt, model);
	}

}
