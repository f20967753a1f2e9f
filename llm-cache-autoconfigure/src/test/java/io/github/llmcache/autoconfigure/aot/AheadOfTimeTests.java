package io.github.llmcache.autoconfigure.aot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with the cache, processed ahead of time.
 */
class AheadOfTimeTests {

	private final InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();

	@Test
	void anApplicationWithTheCacheIsProcessed() {
		process();
		assertThat(this.files.getGeneratedFiles(Kind.SOURCE).keySet())
			.anyMatch((file) -> file.contains("LlmCacheAutoConfiguration__BeanDefinitions"));
	}

	@Test
	void everyFileThatTheLibraryReadsIsIncluded() throws Exception {
		RuntimeHints hints = process();
		Path root = Path.of("src/main/resources");
		try (Stream<Path> paths = Files.walk(root.resolve("io/github/llmcache"))) {
			List<String> resources = paths.filter(Files::isRegularFile)
				.map((path) -> root.relativize(path).toString().replace('\\', '/'))
				.filter((path) -> !path.endsWith(".md"))
				.toList();
			assertThat(resources).hasSizeGreaterThan(20)
				.allMatch((resource) -> RuntimeHintsPredicates.resource().forResource(resource).test(hints));
		}
	}

	@Test
	void modelsAndNativeLibrariesAreIncluded() {
		RuntimeHints hints = process();
		assertThat(List.of("io/github/llmcache/models/paraphrase/model.onnx",
				"io/github/llmcache/models/all-minilm-l6-v2-int8/tokenizer.json",
				"ai/onnxruntime/native/linux-x64/libonnxruntime.so", "native/lib/linux-x86_64/cpu/libtokenizers.so"))
			.allMatch((resource) -> RuntimeHintsPredicates.resource().forResource(resource).test(hints));
	}

	@Test
	void typesOfAnnotatedMethodsMayBeReadAndWritten() throws Exception {
		RuntimeHints hints = process();
		assertThat(
				RuntimeHintsPredicates.reflection().onConstructorInvocation(Answer.class.getDeclaredConstructors()[0]))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(Options.class.getDeclaredField("depth")))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Unrelated.class)).rejects(hints);
	}

	private RuntimeHints process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of("llm-cache.semantic.enabled=false").applyTo(context);
			context.register(Application.class);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get("example", "Application")), this.files);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			return generation.getRuntimeHints();
		}
	}

	record Answer(String text) {
	}

	record Options(int depth) {
	}

	record Unrelated(String text) {
	}

	static class Assistant {

		@LlmCached(task = "support")
		public Answer ask(String prompt, Options options) {
			return new Answer(prompt + options.depth());
		}

		public Unrelated other() {
			return new Unrelated("");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, LlmCacheAutoConfiguration.class })
	static class Application {

		@Bean
		Assistant assistant() {
			return new Assistant();
		}

	}

}
