package io.github.llmcache.interceptor;

import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Service;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCacheEvicts;
import io.github.llmcache.annotation.LlmCached;

import static org.assertj.core.api.Assertions.assertThat;

class AnnotationFilterTests {

	private final AnnotationFilter filter = new AnnotationFilter(
			List.of(LlmCached.class, LlmCacheEvict.class, LlmCacheEvicts.class));

	@Test
	void classesWithoutAnnotationOfTheCacheAreLeftOut() {
		assertThat(List.of(Plain.class, Other.class, ArrayList.class, Runnable.class)).noneMatch(this.filter::mayBeOn);
	}

	@Test
	void annotationsOfClassesAndMethodsAreFound() {
		assertThat(List.of(OnClass.class, OnMethod.class, OnPrivateMethod.class, Twice.class))
			.allMatch(this.filter::mayBeOn);
	}

	@Test
	void inheritedAnnotationsAreFound() {
		assertThat(List.of(OfClass.class, OfInterface.class, OfInterfaceOfSuperclass.class))
			.allMatch(this.filter::mayBeOn);
	}

	@Test
	void annotationsOfAnnotationsAreFound() {
		assertThat(List.of(Composed.class, ComposedTwice.class)).allMatch(this.filter::mayBeOn);
	}

	@Test
	void annotationsThatReferToEachOtherAreReadOnce() {
		assertThat(this.filter.mayBeOn(Circular.class)).isFalse();
		assertThat(this.filter.mayBeOn(CircularAndCached.class)).isTrue();
		assertThat(this.filter.mayBeOn(Circular.class)).isFalse();
	}

	static class Plain {

		String ask(String prompt) {
			return prompt;
		}

	}

	@Service
	@Configuration
	static class Other extends Plain implements Runnable {

		@Bean
		@Override
		public void run() {
		}

	}

	@LlmCached
	static class OnClass {

	}

	static class OnMethod {

		@LlmCached
		String ask(String prompt) {
			return prompt;
		}

	}

	static class OnPrivateMethod {

		@LlmCached
		private String ask(String prompt) {
			return prompt;
		}

	}

	static class Twice {

		@LlmCacheEvict("one")
		@LlmCacheEvict("other")
		void change() {
		}

	}

	static class OfClass extends OnMethod {

	}

	interface Asking {

		@LlmCached
		String ask(String prompt);

	}

	interface Deeper extends Asking {

	}

	abstract static class OfInterface implements Deeper {

	}

	abstract static class OfInterfaceOfSuperclass extends OfInterface {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@LlmCached("composed")
	@interface Cached {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@Cached
	@Inherited
	@interface CachedAgain {

	}

	static class Composed {

		@CachedAgain
		String ask(String prompt) {
			return prompt;
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@LlmCacheEvict(all = true)
	@Repeatable(Evictions.class)
	@interface Eviction {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Evictions {

		Eviction[] value();

	}

	static class ComposedTwice {

		@Eviction
		@Eviction
		void change() {
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@Two
	@interface One {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@One
	@interface Two {

	}

	@One
	static class Circular {

	}

	@Two
	static class CircularAndCached {

		@LlmCached
		String ask(String prompt) {
			return prompt;
		}

	}

}
