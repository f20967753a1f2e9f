package io.github.llmcache.index;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.junit.jupiter.api.Test;

import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VectorIndexFactoryTests {

	private final ManualExecutor executor = new ManualExecutor();

	@Test
	void graphIsKeptFromTheThresholdOn() {
		VectorIndex index = new VectorIndexFactory(3, this.executor).create();
		index.put("a", new float[] { 1, 0 });
		index.put("b", new float[] { 0, 1 });
		assertThat(this.executor.waiting()).isZero();
		index.put("c", new float[] { 0.6f, 0.8f });
		assertThat(this.executor.waiting()).isOne();
		this.executor.runAll();
		assertThat(index.search(new float[] { 1, 0 }, 2, 0.5)).extracting(Neighbour::id).containsExactly("a", "c");
	}

	@Test
	void indexesOfOneFactoryShareNothing() {
		VectorIndexFactory factory = new VectorIndexFactory(3, this.executor);
		VectorIndex first = factory.create();
		VectorIndex second = factory.create();
		first.put("a", new float[] { 1, 0 });
		second.put("a", new float[] { 1, 0, 0 });
		first.remove("a");
		assertThat(second.size()).isOne();
	}

	@Test
	void thresholdThatIsNotPositiveIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new VectorIndexFactory(0, this.executor))
			.withMessageContaining("graphThreshold");
	}

	@Test
	void indexStaysExactWithoutJVector() throws Exception {
		try (URLClassLoader withoutJVector = classLoaderWithoutJVector()) {
			assertThat(ClassUtils.isPresent("io.github.jbellis.jvector.graph.GraphSearcher", withoutJVector)).isFalse();
			Class<?> type = withoutJVector.loadClass(VectorIndexFactory.class.getName());
			Object factory = type.getConstructor(int.class, Executor.class).newInstance(3, this.executor);
			Object index = invoke(factory, "create");
			for (int i = 0; i < 10; i++) {
				invoke(index, "put", "v" + i, new float[] { i / 10f, 1 });
			}
			assertThat(this.executor.waiting()).isZero();
			assertThat((List<?>) invoke(index, "search", new float[] { 0, 1 }, 20, -1.0)).hasSize(10);
		}
	}

	private static Object invoke(Object target, String name, Object... arguments) throws Exception {
		for (var method : target.getClass().getDeclaredMethods()) {
			if (method.getName().equals(name)) {
				ReflectionUtils.makeAccessible(method);
				return method.invoke(target, arguments);
			}
		}
		throw new NoSuchMethodException(name);
	}

	private static URLClassLoader classLoaderWithoutJVector() throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (!element.contains("jvector")) {
				urls.add(new File(element).toURI().toURL());
			}
		}
		return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
	}

}
