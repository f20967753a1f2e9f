"""Writes trained weights as an ONNX model with 8-bit matrices: python3 export.py WEIGHTS MODEL."""
import sys

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from bert import HEADS, HIDDEN

HEAD_SIZE = HIDDEN // HEADS
# seven of eight bits: sums of products of eight bits overflow on processors without VNNI
LARGEST_WEIGHT = 63
LONGEST = 512


class Graph:

    def __init__(self):
        self.nodes, self.constants, self.count = [], [], 0

    def constant(self, value, dtype=None):
        self.count += 1
        array = np.asarray(value, dtype) if dtype else np.asarray(value)
        self.constants.append(numpy_helper.from_array(array, f'c{self.count}'))
        return f'c{self.count}'

    def add(self, kind, *inputs, outputs=1, **attributes):
        self.count += 1
        names = [f'{kind.lower()}{self.count}_{i}' for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def quantized(self, x, weight, bias):
        """x @ weight.T + bias, with a scale for each column of the weights and one for x."""
        matrix = weight.T
        scales = np.maximum(np.abs(matrix).max(0), 1e-8) / LARGEST_WEIGHT
        integers = np.round(matrix / scales).astype(np.int8)
        values, scale, zero = self.add('DynamicQuantizeLinear', x, outputs=3)
        product = self.add('MatMulInteger', values, self.constant(integers), zero, self.constant(0, np.int8))
        scale = self.add('Mul', scale, self.constant(scales.astype(np.float32)))
        product = self.add('Mul', self.add('Cast', product, to=TensorProto.FLOAT), scale)
        return self.add('Add', product, self.constant(bias))

    def norm(self, x, weights, name):
        return self.add('LayerNormalization', x, self.constant(weights[name + '.weight']),
                        self.constant(weights[name + '.bias']), axis=-1, epsilon=1e-12)

    def embeddings(self, weights):
        table = weights['words.weight']
        scales = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        ids = self.add('Squeeze', 'input_ids', self.constant([0], np.int64))
        words = self.add('Cast', self.add('Gather', self.constant(np.round(table / scales).astype(np.int8)), ids),
                         to=TensorProto.FLOAT)
        words = self.add('Mul', words, self.add('Gather', self.constant(scales.astype(np.float32)), ids))
        length = self.add('Squeeze', self.add('Shape', ids), self.constant([0], np.int64))
        places = self.add('Range', self.constant(0, np.int64), length, self.constant(1, np.int64))
        types = self.add('Squeeze', 'token_type_ids', self.constant([0], np.int64))
        sum = self.add('Add', words, self.add('Gather', self.constant(weights['positions.weight'][:LONGEST]), places))
        sum = self.add('Add', sum, self.add('Gather', self.constant(weights['types.weight']), types))
        return self.norm(sum, weights, 'norm')

    def layer(self, x, weights, prefix):
        shrink = HEAD_SIZE ** -0.5
        parts = [(weights[f'{prefix}{name}.weight'], weights[f'{prefix}{name}.bias']) for name in
                 ('query', 'key', 'value')]
        matrix = np.concatenate([parts[0][0] * shrink, parts[1][0], parts[2][0]])
        bias = np.concatenate([parts[0][1] * shrink, parts[1][1], parts[2][1]])
        mixed = self.add('Reshape', self.quantized(x, matrix, bias),
                         self.constant([-1, 3, HEADS, HEAD_SIZE], np.int64))
        split = self.add('Split', self.add('Transpose', mixed, perm=[1, 2, 0, 3]), outputs=3, axis=0)
        query, key, value = (self.add('Squeeze', part, self.constant([0], np.int64)) for part in split)
        attention = self.add('Softmax', self.add('MatMul', query, self.add('Transpose', key, perm=[0, 2, 1])), axis=-1)
        context = self.add('Transpose', self.add('MatMul', attention, value), perm=[1, 0, 2])
        context = self.add('Reshape', context, self.constant([-1, HIDDEN], np.int64))
        output = self.quantized(context, weights[prefix + 'output.weight'], weights[prefix + 'output.bias'])
        x = self.norm(self.add('Add', x, output), weights, prefix + 'output_norm')
        up = self.quantized(x, weights[prefix + 'up.weight'], weights[prefix + 'up.bias'])
        erf = self.add('Erf', self.add('Div', up, self.constant(2 ** 0.5, np.float32)))
        up = self.add('Mul', self.add('Mul', up, self.add('Add', erf, self.constant(1, np.float32))),
                      self.constant(0.5, np.float32))
        down = self.quantized(up, weights[prefix + 'down.weight'], weights[prefix + 'down.bias'])
        return self.norm(self.add('Add', x, down), weights, prefix + 'down_norm')

    def head(self, x, weights):
        first = self.add('Gather', x, self.constant([0], np.int64), axis=0)
        pooled = self.add('Concat', first, self.add('ReduceMean', x, axes=[0], keepdims=1), axis=1)
        dense = self.add('Gemm', pooled, self.constant(weights['dense.weight']), self.constant(weights['dense.bias']),
                         transB=1)
        self.nodes.append(helper.make_node('Gemm', [self.add('Tanh', dense), self.constant(weights['logit.weight']),
                                                    self.constant(weights['logit.bias'])], ['logit'], transB=1))


def main(source, target):
    state = torch.load(source, map_location='cpu')
    weights = {name: tensor.numpy() for name, tensor in state['model'].items()}
    graph = Graph()
    x = graph.embeddings(weights)
    for i in range(state['layers']):
        x = graph.layer(x, weights, f'layers.{i}.')
    graph.head(x, weights)
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [1, 'length']) for name in
              ('input_ids', 'token_type_ids')]
    outputs = [helper.make_tensor_value_info('logit', TensorProto.FLOAT, [1, 1])]
    model = helper.make_model(helper.make_graph(graph.nodes, 'verifier', inputs, outputs, graph.constants),
                              opset_imports=[helper.make_opsetid('', 17)], producer_name='llm-cache')
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, target)


if __name__ == '__main__':
    main(*sys.argv[1:])
