package io.github.llmcache.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

import io.github.llmcache.test.DeterministicEmbedder;
import io.github.llmcache.test.MutableClock;
import io.github.llmcache.test.RecordingListener;

/**
 * Adds the cache to a Spring test as tests need it: answers in memory, which is emptied
 * before each test; a {@link MutableClock} and a {@link RecordingListener} as beans; and,
 * unless the bundled models are asked for, a {@link DeterministicEmbedder} with its
 * verifier in place of models. Beans of the application's own take the place of these.
 * <p>
 * For a whole application beside {@code @SpringBootTest}; {@link LlmCacheTest} has it
 * already.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureLlmCache {

	/**
	 * Whether the embedding model and the paraphrase model of the starter decide, as they
	 * do in production, instead of the test.
	 * @return by default {@code false}: no model is loaded
	 */
	boolean bundledModels() default false;

}
