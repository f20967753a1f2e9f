package io.github.llmcache.interceptor;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedMethod;

/**
 * The names, types and annotations of a method's parameters, including the annotations
 * that an interface declares on them.
 */
final class AnnotatedSignature {

	private final Method method;

	private final Class<?> targetClass;

	private final MethodParameter[] parameters;

	private final List<String> names = new ArrayList<>();

	private final boolean named;

	private final boolean suspending;

	AnnotatedSignature(Method method, Class<?> targetClass) {
		this.method = method;
		this.targetClass = targetClass;
		this.suspending = KotlinDetector.isSuspendingFunction(method);
		MethodParameter[] declared = new AnnotatedMethod(method).getMethodParameters();
		this.parameters = this.suspending ? Arrays.copyOf(declared, declared.length - 1) : declared;
		DefaultParameterNameDiscoverer discoverer = new DefaultParameterNameDiscoverer();
		boolean allNamed = true;
		for (MethodParameter parameter : this.parameters) {
			parameter.initParameterNameDiscovery(discoverer);
			String name = parameter.getParameterName();
			allNamed &= name != null;
			this.names.add((name != null) ? name : "a" + parameter.getParameterIndex());
		}
		this.named = allNamed;
	}

	Method method() {
		return this.method;
	}

	Class<?> targetClass() {
		return this.targetClass;
	}

	int size() {
		return this.parameters.length;
	}

	List<String> names() {
		return this.names;
	}

	String name(int index) {
		return this.names.get(index);
	}

	Class<?> type(int index) {
		return this.parameters[index].getParameterType();
	}

	boolean isAnnotated(int index, Class<? extends Annotation> annotation) {
		return this.parameters[index].hasParameterAnnotation(annotation);
	}

	/**
	 * The parameter that a variable names: by its name, or as {@code a0} or {@code p0}.
	 * @return the index, or -1
	 */
	int indexOf(String variable) {
		int index = this.names.indexOf(variable);
		if (index < 0 && variable.matches("[ap]\\d{1,3}")) {
			index = Integer.parseInt(variable.substring(1));
		}
		return (index < size()) ? index : -1;
	}

	/**
	 * Indexes of the parameters with an annotation.
	 */
	List<Integer> annotated(Class<? extends Annotation> annotation) {
		List<Integer> indexes = new ArrayList<>();
		for (int i = 0; i < size(); i++) {
			if (isAnnotated(i, annotation)) {
				indexes.add(i);
			}
		}
		return indexes;
	}

	/**
	 * Whether the method is one of Kotlin's suspend functions, which may give their
	 * answer after they return. The continuation is not counted as a parameter.
	 */
	boolean isSuspending() {
		return this.suspending;
	}

	/**
	 * What the method gives in the end: of a suspend function, what its continuation
	 * takes.
	 */
	Type answerType() {
		Type type = this.method.getGenericReturnType();
		if (this.suspending) {
			Type[] types = this.method.getGenericParameterTypes();
			type = ((ParameterizedType) types[types.length - 1]).getActualTypeArguments()[0];
			if (type instanceof WildcardType wildcard && wildcard.getLowerBounds().length == 1) {
				type = wildcard.getLowerBounds()[0];
			}
		}
		return GenericTypeResolver.resolveType(type, this.targetClass);
	}

	/**
	 * The exception for a name that no parameter has. The name may be right if the class
	 * file has no names of parameters.
	 */
	InvalidOperationException invalidName(String problem, String remedy) {
		return this.named ? invalid(problem, remedy) : invalid(problem + " (the class file has no names)",
				"Compile with the javac option '-parameters', which keeps the names of parameters. Or: " + remedy);
	}

	InvalidOperationException invalid(String problem, String remedy) {
		return new InvalidOperationException(this.method, problem, remedy);
	}

}
