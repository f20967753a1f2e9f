package io.github.llmcache.autoconfigure;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.type.AnnotationMetadata;

import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.interceptor.InterceptedCache;
import io.github.llmcache.interceptor.LlmCacheAdvisor;
import io.github.llmcache.policy.CachePolicies;

/**
 * Advises annotated beans. Nothing here starts the engine early.
 */
@Configuration(proxyBeanMethods = false)
@Import(InterceptorConfiguration.ProxyCreatorRegistrar.class)
class InterceptorConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LlmCacheAdvisor llmCacheAdvisor(ConfigurableListableBeanFactory beans) {
		return new LlmCacheAdvisor(beans, beans::resolveEmbeddedValue, () -> cache(beans));
	}

	private static InterceptedCache cache(ListableBeanFactory beans) {
		return new InterceptedCache(beans.getBean(LlmCache.class), beans.getBean(LlmCacheEvents.class).failures(),
				beans.getBean(PayloadCodec.class), beans.getBean(CachePolicies.class), isEmbedderDefined(beans));
	}

	/**
	 * By definitions only, so that nothing is started.
	 */
	private static boolean isEmbedderDefined(ListableBeanFactory beans) {
		return beans.getBeanNamesForType(TextEmbedder.class, true, false).length > 0;
	}

	/**
	 * Without aspectjweaver, or with {@code spring.aop.auto=false}, Spring Boot registers
	 * no proxy creator that would apply our advisor: the annotation would do nothing.
	 */
	static final class ProxyCreatorRegistrar implements ImportBeanDefinitionRegistrar, EnvironmentAware {

		private Environment environment = new StandardEnvironment();

		@Override
		public void setEnvironment(Environment environment) {
			this.environment = environment;
		}

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
			if (this.environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true)) {
				AopConfigUtils.forceAutoProxyCreatorToUseClassProxying(registry);
			}
		}

	}

}
