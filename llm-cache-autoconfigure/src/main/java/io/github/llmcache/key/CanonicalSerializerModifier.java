package io.github.llmcache.key;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

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

	private final transient Function<@Nullable Object, String> elementWriter;

	/**
	 * Create the modifier.
	 * @param elementWriter writes an element of a set as canonical JSON
	 */
	CanonicalSerializerModifier(Function<@Nullable Object, String> elementWriter) {
		this.elementWriter = elementWriter;
	}

	@Override
	public List<BeanPropertyWriter> changeProperties(SerializationConfig config, BeanDescription.Supplier description,
			List<BeanPropertyWriter> properties) {
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

		private final Function<@Nullable Object, String> elementWriter;

		SetSerializer(Function<@Nullable Object, String> elementWriter) {
			this.elementWriter = elementWriter;
		}

		@Override
		public void serialize(Set<?> set, JsonGenerator generator, SerializationContext context) {
			List<String> elements = new ArrayList<>(set.size());
			for (Object element : set) {
				elements.add(this.elementWriter.apply(element));
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
