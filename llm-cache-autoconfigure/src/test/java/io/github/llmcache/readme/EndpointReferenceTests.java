package io.github.llmcache.readme;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.core.annotation.AnnotatedElementUtils;

import io.github.llmcache.core.LlmCache;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each operation of each endpoint is in docs/reference.md with a command, which
 * {@link EndpointExamplesTests} has sent.
 */
class EndpointReferenceTests {

	private static final Map<Class<? extends Annotation>, String> METHODS = Map.of(ReadOperation.class, "GET",
			WriteOperation.class, "POST", DeleteOperation.class, "DELETE");

	private static final Pattern PATH = Pattern.compile("/actuator/([^\\s'?]+)");

	private static final Pattern METHOD = Pattern.compile("-X (\\w+)");

	@Test
	void everyOperationIsShownWithACommand() throws IOException {
		Set<String> operations = operations();
		assertThat(operations).contains("GET llmcache/*", "POST llmcachetransfer/*", "DELETE llmcacheentries/*/*");
		assertThat(commands()).containsAll(operations);
	}

	private static Set<String> operations() {
		return new ClassFileImporter().importUrl(LlmCache.class.getProtectionDomain().getCodeSource().getLocation())
			.stream()
			.map(JavaClass::reflect)
			.filter((type) -> AnnotatedElementUtils.hasAnnotation(type, Endpoint.class))
			.flatMap(EndpointReferenceTests::operations)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Stream<String> operations(Class<?> endpoint) {
		String id = AnnotatedElementUtils.findMergedAnnotation(endpoint, Endpoint.class).id();
		return METHODS.entrySet()
			.stream()
			.flatMap((operation) -> Stream.of(endpoint.getDeclaredMethods())
				.filter((method) -> method.isAnnotationPresent(operation.getKey()) && !isPage(method))
				.map((method) -> operation.getValue() + " " + id + "/*".repeat(selectors(method))));
	}

	/** A page is for browsers. */
	private static boolean isPage(Method method) {
		ReadOperation read = method.getAnnotation(ReadOperation.class);
		return read != null && List.of(read.produces()).contains("text/html");
	}

	private static int selectors(Method method) {
		int selectors = 0;
		for (Parameter parameter : method.getParameters()) {
			selectors += parameter.isAnnotationPresent(Selector.class) ? 1 : 0;
		}
		return selectors;
	}

	private static Set<String> commands() throws IOException {
		Set<String> commands = new TreeSet<>();
		for (String block : Documents.blocks(Documents.REFERENCE, "sh")) {
			List<MatchResult> paths = PATH.matcher(block).results().toList();
			if (paths.size() == 1) {
				String method = METHOD.matcher(block)
					.results()
					.map((match) -> match.group(1))
					.findFirst()
					.orElse(block.contains(" -d ") ? "POST" : "GET");
				commands.add(method + " " + paths.get(0).group(1).replaceAll("/[^/]+", "/*"));
			}
		}
		return commands;
	}

}
