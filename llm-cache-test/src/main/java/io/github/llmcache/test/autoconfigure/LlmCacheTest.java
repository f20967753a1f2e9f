package io.github.llmcache.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.Environment;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCached;

/**
 * For a test of what is cached: only the cache and the components with methods annotated
 * with {@link LlmCached @LlmCached} or {@link LlmCacheEvict @LlmCacheEvict} are there,
 * and what the test adds, such as a {@code @MockitoBean} in place of the client that they
 * call. No model is loaded, no Redis is asked, and nothing of Actuator is there;
 * {@link AutoConfigureLlmCache} says what is there instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(LlmCacheTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(LlmCacheTypeExcludeFilter.class)
@AutoConfigureLlmCache
@ImportAutoConfiguration
public @interface LlmCacheTest {

	/**
	 * Alias for {@link #components}.
	 * @return the components
	 */
	@AliasFor("components")
	Class<?>[] value() default {};

	/**
	 * The components to test, of those that are found by scanning.
	 * @return by default all that have annotated methods
	 */
	@AliasFor("value")
	Class<?>[] components() default {};

	/**
	 * Properties in the form {@literal key=value}, for the {@link Environment}.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Whether the models of the starter decide, as they do in production.
	 * @return by default {@code false}: no model is loaded
	 */
	@AliasFor(annotation = AutoConfigureLlmCache.class)
	boolean bundledModels() default false;

	/**
	 * Whether the components with annotated methods are there without being named.
	 * @return if {@code false}, only those are that {@link #includeFilters} match
	 */
	boolean useDefaultFilters() default true;

	/**
	 * What else is there of what is found by scanning.
	 * @return the filters
	 */
	ComponentScan.Filter[] includeFilters() default {};

	/**
	 * What is not there although it has annotated methods.
	 * @return the filters
	 */
	ComponentScan.Filter[] excludeFilters() default {};

	/**
	 * Auto-configuration classes that are not applied.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
