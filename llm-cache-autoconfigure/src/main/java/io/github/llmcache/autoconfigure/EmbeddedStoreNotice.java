package io.github.llmcache.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

import io.github.llmcache.autoconfigure.properties.LlmCacheProperties;
import io.github.llmcache.store.memory.MemoryCacheStore;

/**
 * Says at start-up that answers are in this JVM, and why, if Redis may have been meant.
 */
final class EmbeddedStoreNotice {

	private static final String CONNECTION_FACTORY = "org.springframework.data.redis.connection.RedisConnectionFactory";

	private static final Log logger = LogFactory.getLog(MemoryCacheStore.class);

	private EmbeddedStoreNotice() {
	}

	static void log(LlmCacheProperties properties, ListableBeanFactory beans) {
		String text = "LlmCache: answers are stored in the memory of this JVM";
		String[] factories = (properties.store() == null) ? connectionFactories(beans) : new String[0];
		if (factories.length > 1) {
			logger.warn(text + ", not on Redis: there are several connection factories (" + String.join(", ", factories)
					+ ") and none is primary; name one by llm-cache.redis.connection-factory, or set"
					+ " llm-cache.store=memory");
		}
		else if (factories.length == 1) {
			logger.warn(text + ", not on Redis: that needs a LettuceConnectionFactory and resilience4j-circuitbreaker;"
					+ " set llm-cache.store to redis to have what is missing explained, or to memory");
		}
		else {
			logger.info(text);
		}
		logEncryption(properties);
	}

	/**
	 * Whoever gives keys expects encrypted answers, and there are none in memory.
	 */
	private static void logEncryption(LlmCacheProperties properties) {
		if (properties.encryption().primary() != null) {
			logger.warn("LlmCache: answers in the memory of this JVM are not encrypted; llm-cache.encryption is for"
					+ " what is on Redis (llm-cache.store=redis)");
		}
	}

	private static String[] connectionFactories(ListableBeanFactory beans) {
		ClassLoader loader = EmbeddedStoreNotice.class.getClassLoader();
		if (!ClassUtils.isPresent(CONNECTION_FACTORY, loader)) {
			return new String[0];
		}
		return beans.getBeanNamesForType(ClassUtils.resolveClassName(CONNECTION_FACTORY, loader), true, false);
	}

}
