package io.github.llmcache.test.autoconfigure;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCacheEvicts;
import io.github.llmcache.annotation.LlmCached;

/**
 * Leaves the components that a {@link LlmCacheTest} is about, by their annotations or
 * those of their supertypes.
 */
class LlmCacheTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<LlmCacheTest> {

	private static final Set<String> ANNOTATIONS = Set.of(LlmCached.class.getName(), LlmCacheEvict.class.getName(),
			LlmCacheEvicts.class.getName());

	private final Set<Class<?>> components;

	LlmCacheTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.components = Set.of(getAnnotation().getValue("components", Class[].class).orElse(new Class<?>[0]));
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return this.components;
	}

	@Override
	protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
		return super.defaultInclude(reader, factory) || (this.components.isEmpty() && isAnnotated(reader, factory));
	}

	private static boolean isAnnotated(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
		AnnotationMetadata type = reader.getAnnotationMetadata();
		if (ANNOTATIONS.stream().anyMatch((name) -> type.hasAnnotation(name) || type.hasAnnotatedMethods(name))) {
			return true;
		}
		for (String supertype : Stream
			.concat(Stream.ofNullable(type.getSuperClassName()), Stream.of(type.getInterfaceNames()))
			.toList()) {
			if (!supertype.startsWith("java.") && isAnnotated(factory.getMetadataReader(supertype), factory)) {
				return true;
			}
		}
		return false;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return super.equals(other) && other instanceof LlmCacheTypeExcludeFilter filter
				&& this.components.equals(filter.components);
	}

	@Override
	public int hashCode() {
		return 31 * super.hashCode() + this.components.hashCode();
	}

}
