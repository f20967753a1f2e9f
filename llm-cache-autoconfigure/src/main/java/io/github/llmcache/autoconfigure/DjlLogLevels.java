package io.github.llmcache.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Keeps Deep Java Library's start-up chatter out of the log, where the application does
 * not set these levels: it warns that there is no graphics processor, which is not
 * needed.
 */
class DjlLogLevels implements EnvironmentPostProcessor {

	private static final Map<String, Object> LEVELS = Map.of("logging.level.ai.djl", "warn",
			"logging.level.ai.djl.onnxruntime.engine.OrtEngine", "error", "logging.level.ai.djl.util.cuda.CudaUtils",
			"error");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		DefaultPropertiesPropertySource.addOrMerge(LEVELS, environment.getPropertySources());
	}

}
