package io.github.llmcache.interceptor;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.Advised;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;
import io.github.llmcache.metrics.StatisticsSource;
import io.github.llmcache.store.CacheStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The shapes in which beans come.
 */
class AdvisedBeansTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmCacheAutoConfiguration.class))
		.withPropertyValues("llm-cache.semantic.enabled=false")
		.withBean(AtomicInteger.class, AtomicInteger::new);

	@Test
	void interfaceClientIsCached() {
		this.contextRunner.withUserConfiguration(ClientApplication.class).run((context) -> {
			Client client = context.getBean(Client.class);
			String first = client.ask("Hello?", "small");
			assertThat(client.ask("Hello?", "small")).isEqualTo(first);
			assertThat(client.ask("Hello?", "large")).isNotEqualTo(first);
		});
	}

	@Test
	void jdkProxyIsUsedWhereItIsAskedFor() {
		this.contextRunner.withPropertyValues("spring.aop.proxy-target-class=false")
			.withBean("impl", ClientImplementation.class)
			.run((context) -> {
				Client client = context.getBean(Client.class);
				assertThat(Proxy.isProxyClass(client.getClass())).isTrue();
				String first = client.ask("Hello?", "small");
				assertThat(client.ask("Hello?", "small")).isEqualTo(first);
			});
	}

	@Test
	void annotationOfATypeHoldsForItsPublicMethods() {
		this.contextRunner.withBean(WholeType.class).run((context) -> {
			WholeType bean = context.getBean(WholeType.class);
			assertThat(bean.one("Hello?")).isEqualTo(bean.one("Hello?"));
			assertThat(bean.two("Hello?")).isEqualTo(bean.two("Hello?"));
			assertThat(bean.packagePrivate("Hello?")).isNotEqualTo(bean.packagePrivate("Hello?"));
			bean.forget();
			assertThat(context.getBean(StatisticsSource.class).statistics().task("type").stored()).isEqualTo(2);
			assertThat(context.getBean(CacheStore.class).usage()).isEmpty();
		});
	}

	@Test
	void methodReplacesTheAnnotationOfItsType() {
		this.contextRunner.withBean(WholeType.class).run((context) -> {
			context.getBean(WholeType.class).other("Hello?");
			assertThat(context.getBean(StatisticsSource.class).statistics().tasks()).containsOnlyKeys("method");
		});
	}

	@Test
	void evictionHappensBeforeOrAfterTheInvocation() {
		this.contextRunner.withBean(Evicting.class).run((context) -> {
			Evicting bean = context.getBean(Evicting.class);
			int first = bean.ask("Hello?");
			assertThatIllegalStateException().isThrownBy(bean::evictAfterFailing);
			assertThat(bean.ask("Hello?")).isEqualTo(first);
			assertThatIllegalStateException().isThrownBy(bean::evictBeforeFailing);
			int second = bean.ask("Hello?");
			assertThat(second).isNotEqualTo(first);
			bean.evictUnless(true);
			assertThat(bean.ask("Hello?")).isEqualTo(second);
			bean.evictUnless(false);
			assertThat(bean.ask("Hello?")).isNotEqualTo(second);
		});
	}

	@Test
	void cacheIsOutsideOfOtherAdvice() {
		this.contextRunner.withUserConfiguration(CachingApplication.class).run((context) -> {
			Advised bean = (Advised) context.getBean(Caching.class);
			assertThat(bean.getAdvisors()).extracting((advisor) -> advisor.getAdvice().getClass().getSimpleName())
				.containsExactly("LlmCacheInterceptor", "CacheInterceptor");
		});
	}

	@Test
	void expressionThatFailsBypassesTheCache() {
		this.contextRunner.withBean(FailingExpression.class).run((context) -> {
			FailingExpression bean = context.getBean(FailingExpression.class);
			assertThat(bean.ask("Hello?")).isNotEqualTo(bean.ask("Hello?"));
			assertThat(context.getBean(StatisticsSource.class).statistics().task("failing").bypasses())
				.containsEntry("expression-failure", 2L);
		});
	}

	interface Client {

		@LlmCached("client")
		String ask(String prompt, String model);

	}

	@LlmCached("type")
	static class WholeType {

		private final AtomicInteger calls;

		WholeType(AtomicInteger calls) {
			this.calls = calls;
		}

		public int one(String prompt) {
			return this.calls.incrementAndGet();
		}

		public long two(String prompt) {
			return this.calls.incrementAndGet();
		}

		@LlmCached("method")
		public int other(String prompt) {
			return this.calls.incrementAndGet();
		}

		int packagePrivate(String prompt) {
			return this.calls.incrementAndGet();
		}

		@LlmCacheEvict("type")
		public void forget() {
		}

	}

	static class ClientImplementation implements Client {

		private final AtomicInteger calls;

		ClientImplementation(AtomicInteger calls) {
			this.calls = calls;
		}

		@Override
		public String ask(String prompt, String model) {
			return "answer " + this.calls.incrementAndGet();
		}

	}

	static class Evicting {

		private final AtomicInteger calls;

		Evicting(AtomicInteger calls) {
			this.calls = calls;
		}

		@LlmCached("evicting")
		public int ask(String prompt) {
			return this.calls.incrementAndGet();
		}

		@LlmCacheEvict("evicting")
		public void evictAfterFailing() {
			throw new IllegalStateException("fails");
		}

		@LlmCacheEvict(task = "evicting", beforeInvocation = true)
		public void evictBeforeFailing() {
			throw new IllegalStateException("fails");
		}

		@LlmCacheEvict(all = true, condition = "!#keep")
		public void evictUnless(boolean keep) {
		}

	}

	static class Caching {

		@LlmCached("caching")
		@Cacheable("caching")
		public int ask(String prompt) {
			return 1;
		}

	}

	static class FailingExpression {

		private final AtomicInteger calls;

		FailingExpression(AtomicInteger calls) {
			this.calls = calls;
		}

		@LlmCached(task = "failing", scope = "@missing.current()")
		public int ask(String prompt) {
			return this.calls.incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClientApplication {

		/**
		 * As the clients of interfaces are made: a proxy with no class of its own.
		 */
		@Bean
		Client client(AtomicInteger calls) {
			return (Client) Proxy.newProxyInstance(Client.class.getClassLoader(), new Class<?>[] { Client.class },
					(proxy, method, arguments) -> switch (method.getName()) {
						case "ask" -> "answer " + calls.incrementAndGet();
						case "hashCode" -> 1;
						case "equals" -> proxy == arguments[0];
						default -> "client";
					});
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class CachingApplication {

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

		@Bean
		Caching caching() {
			return new Caching();
		}

	}

}
