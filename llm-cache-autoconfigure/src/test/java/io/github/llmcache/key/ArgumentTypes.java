package io.github.llmcache.key;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Classes of an application whose objects are arguments.
 */
final class ArgumentTypes {

	private ArgumentTypes() {
	}

	enum Mode {

		FAST, SLOW {

			@Override
			public String toString() {
				return "FAST";
			}

		}

	}

	enum Quality {

		FAST

	}

	record Pair(@Nullable Object a, @Nullable Object b) {

	}

	record Typed(long number, @Nullable Mode mode, @Nullable Set<?> set, @Nullable Optional<?> optional,
			@Nullable Object any) {

	}

	static class Base {

		private final @Nullable Object name;

		Base(@Nullable Object name) {
			this.name = name;
		}

	}

	static final class Derived extends Base {

		private final @Nullable Object other;

		Derived(@Nullable Object name, @Nullable Object other) {
			super(name);
			this.other = other;
		}

	}

	static final class Outer {

		private final @Nullable Object state;

		Outer(@Nullable Object state) {
			this.state = state;
		}

		Object inner() {
			return new Inner();
		}

		static Supplier<@Nullable Object> anonymous(@Nullable Object captured) {
			return new Supplier<>() {

				@Override
				public @Nullable Object get() {
					return captured;
				}

			};
		}

		private final class Inner {

			private final int constant = "inner".length();

			@Override
			public String toString() {
				return "Inner " + this.constant + Outer.this.state;
			}

		}

	}

	static final class Money extends Number {

		private static final long serialVersionUID = 1;

		private final int amount;

		private final String currency;

		Money(int amount, String currency) {
			this.amount = amount;
			this.currency = currency;
		}

		@Override
		public int intValue() {
			return this.amount;
		}

		@Override
		public long longValue() {
			return this.amount;
		}

		@Override
		public float floatValue() {
			return this.amount;
		}

		@Override
		public double doubleValue() {
			return this.amount;
		}

		@Override
		public String toString() {
			return this.amount + this.currency.substring(0, 0);
		}

	}

	static final class OwnList extends ArrayList<Object> {

		private static final long serialVersionUID = 1;

		private final String currency;

		OwnList(Collection<?> elements, String currency) {
			super(elements);
			this.currency = currency;
		}

		String currency() {
			return this.currency;
		}

	}

	static final class OwnMap extends HashMap<Object, Object> {

		private static final long serialVersionUID = 1;

		private final String currency;

		OwnMap(String currency, Map<?, ?> entries) {
			super(entries);
			this.currency = currency;
		}

		String currency() {
			return this.currency;
		}

	}

	/**
	 * With elements that may be equal to each other.
	 */
	static final class OwnSet extends AbstractSet<Object> {

		private final String currency;

		private final transient Set<Object> elements = Collections.newSetFromMap(new IdentityHashMap<>());

		OwnSet(String currency, Set<?> elements) {
			this.currency = currency;
			this.elements.addAll(elements);
		}

		@Override
		public Iterator<Object> iterator() {
			return this.elements.iterator();
		}

		@Override
		public int size() {
			return this.elements.size();
		}

		String currency() {
			return this.currency;
		}

	}

	static final class OwnEntry extends AbstractMap.SimpleImmutableEntry<Object, Object> {

		private static final long serialVersionUID = 1;

		private final String currency;

		OwnEntry(@Nullable Object key, @Nullable Object value, String currency) {
			super(key, value);
			this.currency = currency;
		}

		String currency() {
			return this.currency;
		}

	}

}
