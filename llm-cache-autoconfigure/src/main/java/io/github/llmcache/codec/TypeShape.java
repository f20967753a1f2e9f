package io.github.llmcache.codec;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;

import org.springframework.util.ReflectionUtils;

import io.github.llmcache.platform.Sha256;

/**
 * Describes a type by its name and by the structure of the classes that can be reached
 * from it, so that a type that was changed does not look as it did before.
 * <p>
 * The structure of a class is what its JSON may depend on: its fields that are neither
 * static nor transient, the constants of an enum, whatever their order, its generic
 * superclass and interfaces, the permitted subclasses of a sealed type, and Jackson's
 * annotations with the values that are not their defaults. All that these name is
 * reached, too. Classes of the platform, of Kotlin and of Jackson count by name only, and
 * a type from which no other can be reached is described by its name alone.
 * <p>
 * What is not in the classes makes no difference: mix-ins and settings of the mapper, and
 * subclasses that no type and no annotation names.
 */
final class TypeShape {

	private static final List<String> LIBRARIES = List.of("java.", "javax.", "jdk.", "kotlin.", "com.fasterxml.",
			"tools.jackson.");

	private static final List<String> ANNOTATIONS = List.of("com.fasterxml.jackson.annotation.",
			"tools.jackson.databind.annotation.");

	private static final int DIGEST_BYTES = 8;

	private final Map<String, String> structures = new TreeMap<>();

	private final Set<Type> reached = new HashSet<>();

	private final Queue<Type> pending = new ArrayDeque<>();

	private TypeShape() {
	}

	static String of(Type type) {
		TypeShape shape = new TypeShape();
		shape.reach(type);
		for (Type next = shape.pending.poll(); next != null; next = shape.pending.poll()) {
			shape.follow(next);
		}
		return shape.structures.isEmpty() ? type.getTypeName() : type.getTypeName() + "#" + shape.digest();
	}

	private String digest() {
		byte[] digest = Sha256.begin()
			.digest(String.join("\n", this.structures.values()).getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
	}

	/**
	 * The names of the types, which are followed later: a class may reach itself.
	 */
	private String reach(Type... types) {
		for (Type type : types) {
			if (this.reached.add(type)) {
				this.pending.add(type);
			}
		}
		return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
	}

	private void follow(Type type) {
		if (type instanceof ParameterizedType parameterized) {
			reach(parameterized.getRawType());
			reach(parameterized.getActualTypeArguments());
		}
		else if (type instanceof GenericArrayType array) {
			reach(array.getGenericComponentType());
		}
		else if (type instanceof WildcardType wildcard) {
			reach(wildcard.getUpperBounds());
			reach(wildcard.getLowerBounds());
		}
		else if (type instanceof TypeVariable<?> variable) {
			reach(variable.getBounds());
		}
		else if (type instanceof Class<?> plain && plain.isArray()) {
			reach(plain.getComponentType());
		}
		else if (type instanceof Class<?> plain && !plain.isPrimitive() && !isIn(LIBRARIES, plain)) {
			this.structures.put(plain.getName(), structure(plain));
		}
	}

	private String structure(Class<?> type) {
		List<String> lines = new ArrayList<>();
		lines.add("class " + type.getName() + annotations(type));
		for (TypeVariable<?> variable : type.getTypeParameters()) {
			lines.add("variable " + variable.getName() + " extends " + reach(variable.getBounds()));
		}
		if (type.getGenericSuperclass() != null) {
			lines.add("extends " + reach(type.getGenericSuperclass()));
		}
		lines.add("implements " + reach(type.getGenericInterfaces()));
		if (type.isSealed() && !type.isEnum()) {
			lines.add("permits " + reach(sorted(type.getPermittedSubclasses())));
		}
		if (type.isRecord()) {
			lines.add("components " + components(type));
		}
		fields(type)
			.map((field) -> "field " + field.getName() + " " + reach(field.getGenericType()) + annotations(field))
			.forEach(lines::add);
		executables(type).forEach(lines::add);
		return String.join("\n", lines);
	}

	private static Type[] sorted(Class<?>[] types) {
		return Arrays.stream(types).sorted(Comparator.comparing(Class::getName)).toArray(Type[]::new);
	}

	/**
	 * A record may be written as an array, in which the order counts.
	 */
	private static String components(Class<?> type) {
		return Arrays.stream(type.getRecordComponents())
			.map(RecordComponent::getName)
			.collect(Collectors.joining(", "));
	}

	private static Stream<Field> fields(Class<?> type) {
		return Arrays.stream(type.getDeclaredFields())
			.filter((field) -> field.isEnumConstant() || isState(field))
			.sorted(Comparator.comparing(Field::getName));
	}

	private static boolean isState(Field field) {
		return !field.isSynthetic() && !Modifier.isStatic(field.getModifiers())
				&& !Modifier.isTransient(field.getModifiers());
	}

	/**
	 * Methods and constructors count if they are annotated: as property, creator or
	 * value.
	 */
	private Stream<String> executables(Class<?> type) {
		return Stream.concat(Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods()))
			.filter((executable) -> !executable.isSynthetic())
			.filter((executable) -> isAnnotated(executable)
					|| Stream.of(executable.getParameters()).anyMatch(TypeShape::isAnnotated))
			.map(this::executable)
			.sorted();
	}

	private String executable(Executable executable) {
		String parameters = Stream.of(executable.getParameters())
			.map(this::parameter)
			.collect(Collectors.joining(", "));
		return "method " + executable.getName() + "(" + parameters + ") "
				+ reach(executable.getAnnotatedReturnType().getType()) + annotations(executable);
	}

	private String parameter(Parameter parameter) {
		return reach(parameter.getParameterizedType()) + annotations(parameter);
	}

	private static boolean isAnnotated(AnnotatedElement element) {
		return Stream.of(element.getDeclaredAnnotations()).anyMatch(TypeShape::isJackson);
	}

	private static boolean isJackson(Annotation annotation) {
		Class<?> type = annotation.annotationType();
		return isIn(ANNOTATIONS, type) || type.isAnnotationPresent(JacksonAnnotationsInside.class);
	}

	private static boolean isIn(List<String> packages, Class<?> type) {
		return packages.stream().anyMatch(type.getName()::startsWith);
	}

	private String annotations(AnnotatedElement element) {
		return Stream.of(element.getDeclaredAnnotations())
			.filter(TypeShape::isJackson)
			.map(this::annotation)
			.sorted()
			.collect(Collectors.joining());
	}

	private String annotation(Annotation annotation) {
		StringBuilder description = new StringBuilder(" @").append(reach(annotation.annotationType())).append("(");
		Stream.of(annotation.annotationType().getDeclaredMethods())
			.filter((attribute) -> !attribute.isSynthetic())
			.sorted(Comparator.comparing(Method::getName))
			.forEach((attribute) -> {
				ReflectionUtils.makeAccessible(attribute);
				Object value = ReflectionUtils.invokeMethod(attribute, annotation);
				if (value != null && !Objects.deepEquals(value, attribute.getDefaultValue())) {
					description.append(attribute.getName()).append("=").append(value(value)).append(";");
				}
			});
		return description.append(")").toString();
	}

	private String value(Object value) {
		if (value instanceof Class<?> type) {
			return reach(type);
		}
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (value instanceof Annotation annotation) {
			return annotation(annotation);
		}
		if (value.getClass().isArray()) {
			return IntStream.range(0, Array.getLength(value))
				.mapToObj((index) -> value(Array.get(value, index)))
				.collect(Collectors.joining(",", "{", "}"));
		}
		String text = value.toString();
		return text.length() + ":" + text;
	}

}
