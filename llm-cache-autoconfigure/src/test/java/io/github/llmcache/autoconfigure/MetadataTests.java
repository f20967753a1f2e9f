package io.github.llmcache.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the build generates for Spring Boot and for IDEs.
 */
class MetadataTests {

	private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

	@Test
	void importsAreSortedAndTheirClassesExist() {
		List<String> imports = new String(read(IMPORTS), StandardCharsets.UTF_8).lines().toList();
		assertThat(imports).hasSize(7).isSorted().allSatisfy((name) -> {
			Class<?> type = ClassUtils.resolveClassName(name, null);
			assertThat(MergedAnnotations.from(type).isPresent(AutoConfiguration.class)).isTrue();
		});
	}

	@Test
	void classesNamedAsTextExist() {
		List<String> imports = new String(read(IMPORTS), StandardCharsets.UTF_8).lines().toList();
		List<String> names = imports.stream()
			.map((name) -> MergedAnnotations.from(ClassUtils.resolveClassName(name, null)).get(AutoConfiguration.class))
			.flatMap((annotation) -> List.of(annotation.getStringArray("afterName")).stream())
			.toList();
		assertThat(names).hasSizeGreaterThanOrEqualTo(2).allMatch((name) -> ClassUtils.isPresent(name, null));
	}

	@Test
	void everyPropertyIsDescribed() {
		JsonNode properties = JsonMapper.builder()
			.build()
			.readTree(read("META-INF/spring-configuration-metadata.json"))
			.get("properties");
		assertThat(properties.size()).isGreaterThan(15);
		assertThat(properties).allSatisfy(
				(property) -> assertThat(property.path("description").asString("")).as(property.get("name").asString())
					.isNotBlank());
	}

	private static byte[] read(String resource) {
		try (InputStream input = MetadataTests.class.getClassLoader()
			.getResources(resource)
			.asIterator()
			.next()
			.openStream()) {
			return input.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
