package io.github.llmcache.benchmarks.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/**
 * The floor of a semantic lookup: tokenizer and ONNX Runtime on the bundled model,
 * nothing else. Answers nothing.
 */
public class EmbeddingAssistant extends Assistant implements AutoCloseable {

	private static final String MODEL = "/io/github/llmcache/models/all-minilm-l6-v2-int8/";

	private final OrtEnvironment environment;

	private final OrtSession session;

	private final HuggingFaceTokenizer tokenizer;

	EmbeddingAssistant() throws IOException, OrtException {
		super(Duration.ZERO);
		OnnxRuntimeStart.byDjl();
		this.environment = OrtEnvironment.getEnvironment();
		OrtSession.SessionOptions options = new OrtSession.SessionOptions();
		options.setIntraOpNumThreads(1);
		try (InputStream model = resource("model.onnx"); InputStream vocabulary = resource("tokenizer.json")) {
			this.session = this.environment.createSession(model.readAllBytes(), options);
			this.tokenizer = HuggingFaceTokenizer.newInstance(vocabulary, Map.of());
		}
	}

	@Override
	public void store(String prompt, String model) {
		// nothing is kept
	}

	private static InputStream resource(String name) {
		return Objects.requireNonNull(EmbeddingAssistant.class.getResourceAsStream(MODEL + name), name);
	}

	@Override
	public String text(String prompt, String model) {
		try {
			return Float.toString(embed(prompt)[0]);
		}
		catch (OrtException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private float[] embed(String text) throws OrtException {
		Encoding encoding = this.tokenizer.encode(text);
		long[] shape = { 1, encoding.getIds().length };
		try (OnnxTensor ids = tensor(encoding.getIds(), shape);
				OnnxTensor mask = tensor(encoding.getAttentionMask(), shape);
				OnnxTensor types = tensor(encoding.getTypeIds(), shape);
				OrtSession.Result result = this.session
					.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
			return mean(((float[][][]) result.get(0).getValue())[0]);
		}
	}

	private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
		return OnnxTensor.createTensor(this.environment, LongBuffer.wrap(values), shape);
	}

	private static float[] mean(float[][] tokens) {
		float[] mean = new float[tokens[0].length];
		double squares = 0;
		for (int i = 0; i < mean.length; i++) {
			for (float[] token : tokens) {
				mean[i] += token[i];
			}
			squares += mean[i] * mean[i];
		}
		for (int i = 0; i < mean.length; i++) {
			mean[i] /= (float) Math.sqrt(squares);
		}
		return mean;
	}

	@Override
	public void close() throws OrtException {
		this.session.close();
		this.tokenizer.close();
	}

}
