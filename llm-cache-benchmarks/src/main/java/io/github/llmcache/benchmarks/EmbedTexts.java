package io.github.llmcache.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Embeds texts once, for measurements that would otherwise spend minutes on it each time.
 *
 * <pre class="code">
 * java -cp llm-cache-benchmarks/target/benchmarks.jar io.github.llmcache.benchmarks.EmbedTexts texts.txt 200000 vectors.f32
 * </pre>
 */
public final class EmbedTexts {

	private EmbedTexts() {
	}

	/**
	 * Write vectors.
	 * @param arguments file of texts as for the benchmarks, number of vectors, file to
	 * write
	 */
	public static void main(String[] arguments) throws IOException {
		List<float[]> vectors = BenchmarkVectors.load(arguments[0], Integer.parseInt(arguments[1]));
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[2])))) {
			for (float[] vector : vectors) {
				ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
				bytes.asFloatBuffer().put(vector);
				out.write(bytes.array());
			}
		}
	}

}
