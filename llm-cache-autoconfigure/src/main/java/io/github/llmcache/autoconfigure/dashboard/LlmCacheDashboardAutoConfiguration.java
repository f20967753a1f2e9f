package io.github.llmcache.autoconfigure.dashboard;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.MappedInterceptor;

import io.github.llmcache.actuate.dashboard.DashboardInterceptor;
import io.github.llmcache.actuate.dashboard.DashboardWebFilter;
import io.github.llmcache.actuate.dashboard.LlmCacheDashboardEndpoint;
import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.history.TrafficHistory;

/**
 * Auto-configuration for the dashboard, a page beside the Actuator's endpoints.
 */
@AutoConfiguration(afterName = "io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration")
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBooleanProperty("llm-cache.dashboard.enabled")
@ConditionalOnWebApplication
@ConditionalOnBean(LlmCache.class)
public final class LlmCacheDashboardAutoConfiguration {

	@Bean
	static ExposureNotice llmCacheDashboardNotice(ObjectProvider<LlmCacheDashboardEndpoint> endpoint) {
		return new ExposureNotice(endpoint);
	}

	/**
	 * What is needed where the page is exposed.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnAvailableEndpoint(LlmCacheDashboardEndpoint.class)
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnMissingBean
		TrafficHistory llmCacheTrafficHistory(LlmCacheProperties properties, ObjectProvider<Clock> clock) {
			return new TrafficHistory(properties.dashboard().history(), clock.getIfUnique(Clock::systemUTC));
		}

		@Bean
		@ConditionalOnMissingBean
		LlmCacheDashboardEndpoint llmCacheDashboardEndpoint(TrafficHistory history, ObjectProvider<PathMapper> paths,
				ObjectProvider<WebEndpointsSupplier> endpoints) {
			return new LlmCacheDashboardEndpoint(history,
					(id) -> PathMapper.getRootPath(paths.orderedStream().toList(), id), new WebAccess(endpoints));
		}

		/**
		 * Finds its way into the context of a separate management port, as all mapped
		 * interceptors and web filters do.
		 */
		@Configuration(proxyBeanMethods = false)
		@ConditionalOnWebApplication(type = Type.SERVLET)
		@ConditionalOnClass(MappedInterceptor.class)
		static class ServletConfiguration {

			@Bean
			MappedInterceptor llmCacheDashboardInterceptor(WebEndpointProperties properties,
					ObjectProvider<PathMapper> paths) {
				String path = path(properties, paths);
				return new MappedInterceptor(new String[] { path, path + "/**" }, new DashboardInterceptor());
			}

		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnWebApplication(type = Type.REACTIVE)
		static class ReactiveConfiguration {

			@Bean
			DashboardWebFilter llmCacheDashboardWebFilter(WebEndpointProperties properties,
					ObjectProvider<PathMapper> paths) {
				return new DashboardWebFilter(path(properties, paths));
			}

		}

		private static String path(WebEndpointProperties properties, ObjectProvider<PathMapper> paths) {
			EndpointId id = EndpointId.of(LlmCacheDashboardEndpoint.ID);
			return properties.getBasePath() + "/" + PathMapper.getRootPath(paths.orderedStream().toList(), id);
		}

	}

}
