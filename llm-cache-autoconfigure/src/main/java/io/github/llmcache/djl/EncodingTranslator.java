package io.github.llmcache.djl;

import java.nio.LongBuffer;
import java.util.Set;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;

/**
 * Turns the tokens of one text into the model's input, and the output into a vector that
 * is not scaled yet.
 * <p>
 * One text makes one run: a model with dynamic quantisation takes its scales from the
 * whole batch, so that the vector of a text would depend on its neighbours.
 */
final class EncodingTranslator implements NoBatchifyTranslator<Encoding, float[]> {

	private static final String MASK = "attention_mask";

	private static final String TOKEN_TYPES = "token_type_ids";

	static final Set<String> INPUTS = Set.of("input_ids", MASK, TOKEN_TYPES);

	private static final String TOKEN_VECTORS = "last_hidden_state";

	private final Set<String> inputs;

	private final Pooling pooling;

	EncodingTranslator(Set<String> inputs, Pooling pooling) {
		this.inputs = inputs;
		this.pooling = pooling;
	}

	@Override
	public NDList processInput(TranslatorContext context, Encoding encoding) {
		NDManager manager = context.getNDManager();
		NDList rows = new NDList(row(manager, "input_ids", encoding.getIds()));
		if (this.inputs.contains(MASK)) {
			rows.add(row(manager, MASK, encoding.getAttentionMask()));
		}
		if (this.inputs.contains(TOKEN_TYPES)) {
			rows.add(row(manager, TOKEN_TYPES, encoding.getTypeIds()));
		}
		return rows;
	}

	private static NDArray row(NDManager manager, String name, long[] values) {
		NDArray row = manager.create(LongBuffer.wrap(values), new Shape(1, values.length), DataType.INT64);
		row.setName(name);
		return row;
	}

	@Override
	public float[] processOutput(TranslatorContext context, NDList outputs) {
		NDArray output = outputs.get(TOKEN_VECTORS);
		if (output == null) {
			output = outputs.head();
		}
		Shape shape = output.getShape();
		float[] values = output.toFloatArray();
		if (shape.dimension() == 2) {
			return values;
		}
		return this.pooling.pool(values, Math.toIntExact(shape.get(2)));
	}

}
