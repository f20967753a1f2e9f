package io.github.llmcache.autoconfigure.aot;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import io.github.llmcache.annotation.LlmCached;

/**
 * Lets the cache read the fields of arguments, for keys, and read and write answers as
 * JSON, for the types that annotated methods declare.
 */
class LlmCachedAotProcessor implements BeanRegistrationAotProcessor {

	private final BindingReflectionHintsRegistrar registrar = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		Set<Type> types = new LinkedHashSet<>();
		ReflectionUtils.doWithMethods(ClassUtils.getUserClass(bean.getBeanClass()), (method) -> add(types, method),
				(method) -> AnnotatedElementUtils.hasAnnotation(method, LlmCached.class));
		if (types.isEmpty()) {
			return null;
		}
		return (context, code) -> this.registrar.registerReflectionHints(context.getRuntimeHints().reflection(),
				types.toArray(Type[]::new));
	}

	private static void add(Set<Type> types, Method method) {
		types.add(method.getGenericReturnType());
		types.addAll(Arrays.asList(method.getGenericParameterTypes()));
	}

}
