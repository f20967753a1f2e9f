package io.github.llmcache.benchmarks.peer;

import java.time.Duration;

import com.alicp.jetcache.autoconfigure.JetCacheAutoConfiguration;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application as a user has it: a web server and an annotated method.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = { DataRedisAutoConfiguration.class, JetCacheAutoConfiguration.class })
public class WebApplication {

	@Bean
	Assistant assistant() {
		return new LlmCachedAssistant(Duration.ZERO);
	}

}
