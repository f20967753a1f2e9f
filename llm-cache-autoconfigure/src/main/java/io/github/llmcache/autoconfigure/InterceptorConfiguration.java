package io.github.llmcache.autoconfigure;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
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
import org.springframework.util.function.SingletonSupplier;

import io.github.llmcache.codec.PayloadCodec;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.interceptor.LlmCacheAdvisor;
import io.github.llmcache.interceptor.LlmCacheInterceptor;
import io.github.llmcache.interceptor.LlmCacheOperationSource;

/**
 * Advises annotated beans. Nothing here starts the engine early.
 */
@Configuration(proxyBeanMethods = false)
@Import(InterceptorConfiguration.ProxyCreatorRegistrar.class)
class InterceptorConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DeclaredTasks llmCacheDeclaredTasks(ListableBeanFactory beanFactory,
			ObjectProvider<LlmCacheProperties> properties) {
		return new DeclaredTasks(beanFactory, properties::getObject);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LlmCacheOperationSource llmCacheOperationSource(ConfigurableBeanFactory beanFactory, DeclaredTasks tasks) {
		return new LlmCacheOperationSource(() -> beanFactory, beanFactory::resolveEmbeddedValue, tasks::add);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LlmCacheInterceptor llmCacheInterceptor(LlmCacheOperationSource operations, ObjectProvider<LlmCache> cache,
			ObjectProvider<LlmCacheEvents> events, ObjectProvider<PayloadCodec> codec) {
		return new LlmCacheInterceptor(operations, SingletonSupplier.of(cache::getObject),
				SingletonSupplier.of(() -> events.getObject().failures()), codec::getObject);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LlmCacheAdvisor llmCacheAdvisor(LlmCacheOperationSource operations, LlmCacheInterceptor interceptor) {
		return new LlmCacheAdvisor(operations, interceptor);
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
