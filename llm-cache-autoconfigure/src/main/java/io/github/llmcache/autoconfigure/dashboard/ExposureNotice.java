package io.github.llmcache.autoconfigure.dashboard;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.llmcache.actuate.dashboard.LlmCacheDashboardEndpoint;

/**
 * Says at start-up that the page is enabled, and nobody can see it.
 */
final class ExposureNotice implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(LlmCacheDashboardEndpoint.class);

	private final ObjectProvider<LlmCacheDashboardEndpoint> endpoint;

	ExposureNotice(ObjectProvider<LlmCacheDashboardEndpoint> endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.endpoint.getIfAvailable() == null) {
			logger.warn("LlmCache: the dashboard is enabled, but not exposed; add " + LlmCacheDashboardEndpoint.ID
					+ " to management.endpoints.web.exposure.include");
		}
	}

}
