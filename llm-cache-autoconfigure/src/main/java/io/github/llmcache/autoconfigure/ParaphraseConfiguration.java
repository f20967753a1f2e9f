package io.github.llmcache.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnResource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.djl.DjlParaphraseModel;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * The model that reads two prompts together, if it is on the classpath.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(
		name = { "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer", "ai.djl.onnxruntime.engine.OrtEngine" })
@ConditionalOnBooleanProperty(name = { "llm-cache.semantic.enabled", "llm-cache.semantic.paraphrase-model" },
		matchIfMissing = true)
@ConditionalOnResource(resources = DjlParaphraseModel.BUNDLED_MODEL)
@ConditionalOnMissingBean(ParaphraseModel.class)
class ParaphraseConfiguration {

	/**
	 * The warm-up loads it after the start, if there is one.
	 */
	@Bean
	DjlParaphraseModel llmCacheParaphraseModel(ObjectProvider<SemanticWarmUp> warmUp) {
		return (warmUp.getIfAvailable() != null) ? DjlParaphraseModel.bundledWhenAsked() : DjlParaphraseModel.bundled();
	}

}
