package io.github.llmcache.key;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.text.DecimalFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CanonicalJson}: arguments of which nobody can tell whether they are
 * equal.
 */
@Timeout(60)
class UncacheableArgumentTests {

	static Stream<Object> arguments() {
		List<String> list = List.of("secret");
		String captured = list.get(0);
		Supplier<String> capturing = () -> captured;
		Supplier<String> notCapturing = () -> "constant";
		Iterable<String> iterable = list::iterator;
		return Stream.of(list.stream(), IntStream.range(0, 3), list.iterator(),
				new ByteArrayInputStream(new byte[] { 1 }), new StringReader("secret"), capturing, notCapturing,
				iterable, (Callable<String>) () -> captured, new CompletableFuture<>(), new Thread(() -> {
				}), Thread.currentThread().getContextClassLoader(), new Object(), cyclicObject(), cyclicList(),
				cyclicMap(), cyclicSet(), parentWithChildren(), new Shadowing("a", "b"), anonymous(), new Random(1),
				new DecimalFormat("0"), new PriorityQueue<>(list), new TreeMap<>((a, b) -> 0),
				new SimpleTimeZone(1, "UTC"), new Birthday(), new Accounts(), new IllegalStateException("a"),
				Proxy.newProxyInstance(Supplier.class.getClassLoader(), new Class<?>[] { Supplier.class },
						(proxy, method, args) -> captured));
	}

	@ParameterizedTest
	@MethodSource("arguments")
	void argumentWithoutCanonicalFormIsRefusedWhereverItIs(Object value) {
		assertThatIsRefused(new Argument("options", value), value.getClass());
		assertThatIsRefused(new Argument("options", new Holder("a", value)), Holder.class);
		assertThatIsRefused(new Argument("options", new Holder("a", value), List.of("name")), Holder.class);
		assertThatIsRefused(new Argument("options", Arrays.asList(1, value)), Arrays.asList().getClass());
		Map<String, Object> map = new HashMap<>();
		map.put("key", value);
		assertThatIsRefused(new Argument("options", map), HashMap.class);
	}

	@Test
	void nothingIsConsumed() throws Exception {
		Iterator<String> iterator = List.of("a", "b").iterator();
		InputStream input = new ByteArrayInputStream(new byte[] { 1, 2 });
		Stream<String> stream = Stream.of("a", "b");
		StringReader reader = new StringReader("ab");
		for (Object value : List.of(iterator, input, stream, reader)) {
			assertThatIsRefused(new Argument("options", value), value.getClass());
			assertThatIsRefused(new Argument("options", new Holder("a", value), List.of("name")), Holder.class);
		}
		assertThat(iterator).toIterable().containsExactly("a", "b");
		assertThat(input.readAllBytes()).containsExactly(1, 2);
		assertThat(stream).containsExactly("a", "b");
		assertThat(reader.read()).isEqualTo('a');
	}

	@Test
	void hugeArgumentIsRefused() {
		List<Object> huge = Collections.nCopies(20_000, "x".repeat(1_000));
		assertThatIsRefused(new Argument("options", huge), huge.getClass());
		assertThatIsRefused(new Argument("options", new Holder("a", huge), List.of("name")), Holder.class);
	}

	@Test
	void hugeSetIsRefusedBeforeItIsWritten() {
		Wide wide = new Wide(null);
		for (int i = 0; i < 40; i++) {
			wide = new Wide(wide);
		}
		assertThatIsRefused(new Argument("options", wide), Wide.class);
		assertThatIsRefused(new Argument("options", new Holder("a", wide), List.of("name")), Holder.class);
	}

	@Test
	void argumentUpToSixteenMegabytesIsAccepted() {
		assertThat(Keys.of("x".repeat(15 << 20))).isNotEqualTo(Keys.of("x".repeat((15 << 20) - 1)));
	}

	private static void assertThatIsRefused(Argument argument, Class<?> type) {
		assertThatExceptionOfType(UncacheableArgumentException.class).isThrownBy(() -> Keys.ofAll(argument))
			.withMessageStartingWith(
					"Argument 'options' of type " + type.getName() + " cannot be turned into canonical JSON: ");
	}

	private static Object cyclicObject() {
		Node node = new Node();
		node.next = new Node();
		node.next.next = node;
		return node;
	}

	private static Object cyclicList() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		return list;
	}

	private static Object cyclicMap() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("self", map);
		return map;
	}

	private static Object cyclicSet() {
		Set<Object> set = Collections.newSetFromMap(new IdentityHashMap<>());
		set.add(List.of("a", set));
		return set;
	}

	private static Object parentWithChildren() {
		Parent parent = new Parent();
		for (int i = 0; i < 3; i++) {
			Parent child = new Parent();
			child.parent = parent;
			parent.children.add(child);
		}
		return parent;
	}

	private static Object anonymous() {
		return new Object() {

			@Override
			public String toString() {
				return "no fields";
			}

		};
	}

	record Holder(String name, Object value) {

	}

	static final class Node {

		Node next;

	}

	static final class Parent {

		Parent parent;

		final Set<Parent> children = new HashSet<>();

	}

	static final class Wide {

		final Set<Object> children = new HashSet<>();

		Wide(Wide child) {
			this.children.add(new Object[] { child });
			this.children.add(new Object[] { child });
		}

	}

	static final class Birthday extends Date {

		private static final long serialVersionUID = 1;

	}

	static final class Accounts extends Properties {

		private static final long serialVersionUID = 1;

	}

	static class Shadowed {

		@SuppressWarnings("unused")
		private final String name;

		Shadowed(String name) {
			this.name = name;
		}

	}

	static final class Shadowing extends Shadowed {

		@SuppressWarnings("unused")
		private final String name;

		Shadowing(String hidden, String name) {
			super(hidden);
			this.name = name;
		}

	}

}
