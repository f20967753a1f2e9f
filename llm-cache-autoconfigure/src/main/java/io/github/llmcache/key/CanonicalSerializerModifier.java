package io.github.llmcache.key;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.VirtualAnnotatedMember;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.VirtualBeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.util.Annotations;
import tools.jackson.databind.util.SimpleBeanPropertyDefinition;

/**
 * Adds the class name to objects, so that two types with the same fields differ, and
 * orders sets, whose own order differs from one JVM to the next.
 */
final class CanonicalSerializerModifier extends ValueSerializerModifier {

	private static final long serialVersionUID = 1;

	private final transient ElementWriter elementWriter;

	/**
	 * Create the modifier.
	 * @param elementWriter writes an element of a set as canonical JSON
	 */
	CanonicalSerializerModifier(ElementWriter elementWriter) {
		this.elementWriter = elementWriter;
	}

	@Override
	public List<BeanPropertyWriter> changeProperties(SerializationConfig config, BeanDescription.Supplier description,
			List<BeanPropertyWriter> properties) {
		checkFields(description.getBeanClass());
		if (properties.isEmpty() && !description.getBeanClass().isRecord()) {
			return properties;
		}
		AnnotatedClass type = description.getClassInfo();
		JavaType text = config.constructType(String.class);
		BeanPropertyDefinition definition = SimpleBeanPropertyDefinition.construct(config,
				new VirtualAnnotatedMember(type, type.getRawType(), "@class", text), PropertyName.construct("@class"));
		List<BeanPropertyWriter> all = new ArrayList<>(properties);
		all.add(new ClassNameWriter(definition, type.getAnnotations(), text));
		return all;
	}

	@Override
	public ValueSerializer<?> modifyCollectionSerializer(SerializationConfig config, CollectionType type,
			BeanDescription.Supplier description, ValueSerializer<?> serializer) {
		return Set.class.isAssignableFrom(type.getRawClass()) ? new SetSerializer(this.elementWriter) : serializer;
	}

	/**
	 * Lambdas keep what they captured, and their name differs from one JVM to the next. A
	 * field of the same name in a superclass would be forgotten.
	 */
	private static void checkFields(Class<?> beanClass) {
		if (beanClass.isHidden()) {
			throw new IllegalArgumentException("Not a value");
		}
		Set<String> names = new HashSet<>();
		for (Class<?> type = beanClass; type != null; type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers()) && !names.add(field.getName())) {
					throw new IllegalArgumentException("There are two fields '" + field.getName() + "'");
				}
			}
		}
	}

	/**
	 * Writes an element of a set as canonical JSON.
	 */
	@FunctionalInterface
	interface ElementWriter {

		String write(@Nullable Object element, SerializationContext context);

	}

	private static final class ClassNameWriter extends VirtualBeanPropertyWriter {

		private static final long serialVersionUID = 1;

		ClassNameWriter(BeanPropertyDefinition definition, Annotations annotations, JavaType type) {
			super(definition, annotations, type);
		}

		@Override
		protected Object value(Object bean, JsonGenerator generator, SerializationContext context) {
			return bean.getClass().getName();
		}

		@Override
		public VirtualBeanPropertyWriter withConfig(MapperConfig<?> config, @Nullable AnnotatedClass declaringClass,
				BeanPropertyDefinition definition, JavaType type) {
			return this;
		}

	}

	private static final class SetSerializer extends ValueSerializer<Set<?>> {

		private final ElementWriter elementWriter;

		SetSerializer(ElementWriter elementWriter) {
			this.elementWriter = elementWriter;
		}

		@Override
		public void serialize(Set<?> set, JsonGenerator generator, SerializationContext context) {
			List<String> elements = new ArrayList<>(set.size());
			for (Object element : set) {
				elements.add(this.elementWriter.write(element, context));
			}
			Collections.sort(elements);
			generator.writeStartArray();
			for (String element : elements) {
				generator.writeRawValue(element);
			}
			generator.writeEndArray();
		}

	}

}
