package io.github.llmcache.test.autoconfigure;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.TestPropertySourceUtils;

/**
 * Properties that come with {@link AutoConfigureLlmCache}: before those of the
 * application, and after those that the test itself gives.
 */
class TestProperties implements ContextCustomizerFactory {

	static final String BUNDLED_MODELS = "llm-cache-test.bundled-models";

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configuration) {
		AutoConfigureLlmCache annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				AutoConfigureLlmCache.class);
		return (annotation != null) ? new Properties(annotation.bundledModels()) : null;
	}

	/**
	 * Equal ones share a context.
	 */
	private record Properties(boolean bundledModels) implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
			MapPropertySource properties = new MapPropertySource("LlmCache test properties",
					Map.of("llm-cache.store", "memory", "llm-cache.semantic.paraphrase-model", this.bundledModels,
							BUNDLED_MODELS, this.bundledModels));
			MutablePropertySources sources = context.getEnvironment().getPropertySources();
			String before = TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME;
			if (sources.contains(before)) {
				sources.addAfter(before, properties);
			}
			else {
				sources.addFirst(properties);
			}
		}

	}

}
