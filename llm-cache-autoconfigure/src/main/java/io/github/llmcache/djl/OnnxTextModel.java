package io.github.llmcache.djl;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.github.llmcache.embedding.EmbeddingModelException;

import org.springframework.core.NestedExceptionUtils;

/**
 * The native half: an ONNX Runtime session and a tokenizer, loaded from files that are
 * not needed afterwards.
 */
final class OnnxTextModel implements AutoCloseable {

	private final Model model;

	private final TextTokenizer tokenizer;

	private final int window;

	private OnnxTextModel(Model model, TextTokenizer tokenizer, int window) {
		this.model = model;
		this.tokenizer = tokenizer;
		this.window = window;
	}

	/**
	 * Load a model.
	 * @param window the most tokens that it is given at once
	 * @param threads how many threads may work on one input
	 */
	static OnnxTextModel load(ModelDirectory directory, int window, int threads) {
		new SupportedPlatform().check(directory.location());
		Thread thread = Thread.currentThread();
		ClassLoader callers = thread.getContextClassLoader();
		// DJL looks for its engines once, with the class loader of the thread that asks
		// first
		thread.setContextClassLoader(OnnxTextModel.class.getClassLoader());
		try {
			OnnxTextModel model = doLoad(directory, window, threads);
			NativeHeap.trim();
			return model;
		}
		catch (EmbeddingModelException ex) {
			throw ex;
		}
		catch (EngineException | LinkageError | AssertionError ex) {
			throw nativeFailure(directory, ex);
		}
		catch (MalformedModelException | OrtException | IOException | RuntimeException ex) {
			throw new EmbeddingModelException(directory.location(), "it cannot be read as an ONNX model with tokenizer",
					"Check that " + ModelDirectory.MODEL + " and " + ModelDirectory.TOKENIZER
							+ " are complete and belong together.",
					ex);
		}
		finally {
			thread.setContextClassLoader(callers);
		}
	}

	private static EmbeddingModelException nativeFailure(ModelDirectory directory, Throwable failure) {
		// DJL has to be the first that starts ONNX Runtime, and does not try again
		if (NestedExceptionUtils.getMostSpecificCause(failure) instanceof IllegalStateException) {
			return new EmbeddingModelException(directory.location(), "something else has started ONNX Runtime before",
					"Let whatever else uses ai.onnxruntime depend on the TextEmbedder bean (@DependsOn).", failure);
		}
		return new EmbeddingModelException(directory.location(),
				"the native libraries of ONNX Runtime and the tokenizer cannot be loaded",
				"Use a platform they support (glibc, not musl) and a java.io.tmpdir that allows execution.", failure);
	}

	private static OnnxTextModel doLoad(ModelDirectory directory, int window, int threads)
			throws MalformedModelException, OrtException, IOException {
		// this starts ONNX Runtime, which has to come before anything else asks for it
		Model model = Model.newInstance("text-model", Device.cpu(), "OnnxRuntime");
		try (SessionOptions options = sessionOptions(threads)) {
			model.load(directory.path(), ModelDirectory.MODEL, Map.of("sessionOptions", options));
			List<String> inputs = model.getBlock().describeInput().keys();
			if (!EncodingTranslator.INPUTS.containsAll(inputs)) {
				throw new EmbeddingModelException(directory.location(), "its inputs are " + inputs,
						"Use a model with no other inputs than " + EncodingTranslator.INPUTS + ".");
			}
			return new OnnxTextModel(model, directory.openTokenizer(), window);
		}
		catch (MalformedModelException | OrtException | IOException | RuntimeException | Error ex) {
			model.close();
			throw ex;
		}
	}

	private static SessionOptions sessionOptions(int threads) throws OrtException {
		SessionOptions options = new SessionOptions();
		try {
			options.setIntraOpNumThreads(threads);
			// threads that look for work all the time take the processors from others
			options.addConfigEntry("session.intra_op.allow_spinning", "0");
			options.setInterOpNumThreads(1);
			// the arena grows by powers of two, and never gives back what weights have
			// left in it when they were rearranged: 30 MB for both models
			options.addConfigEntry("session.use_device_allocator_for_initializers", "1");
			return options;
		}
		catch (OrtException | RuntimeException ex) {
			options.close();
			throw ex;
		}
	}

	List<Encoder> newEncoders(int count, Pooling pooling) {
		Set<String> inputs = Set.copyOf(this.model.getBlock().describeInput().keys());
		List<Encoder> encoders = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			encoders.add(new Encoder(this.tokenizer, this.window,
					this.model.newPredictor(new EncodingTranslator(inputs, pooling))));
		}
		return encoders;
	}

	@Override
	public void close() {
		this.model.close();
		this.tokenizer.close();
	}

}
