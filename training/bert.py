"""An encoder with BERT's layers, its tokenizer, and the head that judges two prompts, in plain PyTorch."""
import json
import unicodedata

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional

HIDDEN, HEADS, INTERMEDIATE, POSITIONS = 384, 12, 1536, 512
CLS, SEP, UNKNOWN = 101, 102, 100
NOISE = {}


class Tokenizer:
    """WordPiece as in tokenizer.json: lower case, no accents, punctuation apart."""

    def __init__(self, path):
        with open(path, encoding='utf-8') as file:
            self.vocabulary = json.load(file)['model']['vocab']

    def pieces(self, text):
        ids = []
        for word in self._words(text):
            ids.extend(self._split(word))
        return ids

    def _words(self, text):
        text = unicodedata.normalize('NFD', text.lower())
        out = []
        for char in text:
            category = unicodedata.category(char)
            if category == 'Mn' or category.startswith('C') and char not in '\t\n\r':
                continue
            if char.isspace():
                out.append(' ')
            elif category.startswith('P') or char in '$+<=>^`|~' or 0x4E00 <= ord(char) <= 0x9FFF:
                out.append(f' {char} ')
            else:
                out.append(char)
        return ''.join(out).split()

    def _split(self, word):
        ids, start = [], 0
        while start < len(word):
            end = len(word)
            while end > start:
                piece = ('##' if start else '') + word[start:end]
                if piece in self.vocabulary:
                    break
                end -= 1
            if end == start or len(word) > 100:
                return [UNKNOWN]
            ids.append(self.vocabulary[piece])
            start = end
        return ids

    def pair(self, prompt, cached, longest=128):
        one, other = self.pieces(prompt)[:longest // 2], self.pieces(cached)[:longest // 2]
        ids = [CLS] + one + [SEP] + other + [SEP]
        return ids, [0] * (len(one) + 2) + [1] * (len(other) + 1)


class Layer(nn.Module):

    def __init__(self):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))
        self.output = nn.Linear(HIDDEN, HIDDEN)
        self.output_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up, self.down = nn.Linear(HIDDEN, INTERMEDIATE), nn.Linear(INTERMEDIATE, HIDDEN)
        self.down_norm = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x, mask, dropout):
        batch, length, _ = x.shape
        parts = (self.query, self.key, self.value)
        mixed = functional.linear(x, torch.cat([part.weight for part in parts]), torch.cat([part.bias for part in parts]))
        query, key, value = mixed.view(batch, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        attention = (query * (HIDDEN / HEADS) ** -0.5) @ key.transpose(2, 3)
        weights = torch.softmax(attention + mask.to(attention.dtype), -1)
        context = (weights @ value).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.output_norm(x + self.dropped(self.output(context), dropout))
        y = self.down(functional.gelu(self.up(x)))
        return self.down_norm(x + self.dropped(y, dropout))

    def dropped(self, x, share):
        return x * noise(x, share) if self.training and share else x


def noise(like, share):
    """Zero for a share of the elements; drawn once and cut at a random place each time, since drawing is slow."""
    if share not in NOISE:
        NOISE[share] = torch.empty(2 ** 23, dtype=torch.bfloat16).bernoulli_(1 - share) / (1 - share)
    start = int(torch.randint(2 ** 23 - like.numel(), (1,)))
    return NOISE[share][start:start + like.numel()].view_as(like).to(like.dtype)


class Verifier(nn.Module):
    """The first layers of an encoder over both prompts, and a logit from the mean and first token's vector."""

    def __init__(self, layers):
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.types = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.dense = nn.Linear(2 * HIDDEN, HIDDEN)
        self.logit = nn.Linear(HIDDEN, 1)

    def forward(self, ids, types, mask, dropout=0.1):
        positions = torch.arange(ids.shape[1])
        x = self.norm(self.words(ids) + self.positions(positions) + self.types(types))
        attention = (1 - mask)[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, attention, dropout)
        mean = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        pooled = torch.tanh(self.dense(torch.cat([x[:, 0], mean], 1)))
        return self.logit(functional.dropout(pooled, dropout, self.training)).squeeze(1)

    def load_encoder(self, path):
        """Take the weights of the float ONNX model, whose matrices have no names but stand in order."""
        graph = onnx.load(path).graph
        tensors = {t.name: torch.tensor(numpy_helper.to_array(t).astype(np.float32)) for t in graph.initializer}
        matrices = [tensors[n.input[1]].T for n in graph.node if n.op_type == 'MatMul' and n.input[1] in tensors]
        with torch.no_grad():
            self.words.weight.copy_(tensors['embeddings.word_embeddings.weight'])
            self.positions.weight.copy_(tensors['embeddings.position_embeddings.weight'])
            self.types.weight.copy_(tensors['embeddings.token_type_embeddings.weight'])
            copy_norm(self.norm, tensors, 'embeddings')
            for i, layer in enumerate(self.layers):
                prefix = f'encoder.layer.{i}.'
                parts = ((layer.query, 'attention.self.query'), (layer.key, 'attention.self.key'),
                         (layer.value, 'attention.self.value'), (layer.output, 'attention.output.dense'),
                         (layer.up, 'intermediate.dense'), (layer.down, 'output.dense'))
                for j, (linear, name) in enumerate(parts):
                    linear.weight.copy_(matrices[6 * i + j])
                    linear.bias.copy_(tensors[f'{prefix}{name}.bias'])
                copy_norm(layer.output_norm, tensors, prefix + 'attention.output')
                copy_norm(layer.down_norm, tensors, prefix + 'output')


def copy_norm(norm, tensors, prefix):
    norm.weight.copy_(tensors[f'{prefix}.LayerNorm.weight'])
    norm.bias.copy_(tensors[f'{prefix}.LayerNorm.bias'])


def batch_of(pairs):
    """Tensors of tokenized pairs, padded to the longest."""
    longest = max(len(ids) for ids, _ in pairs)
    ids = torch.zeros(len(pairs), longest, dtype=torch.long)
    types, mask = torch.zeros_like(ids), torch.zeros(len(pairs), longest)
    for i, (row, kinds) in enumerate(pairs):
        ids[i, :len(row)] = torch.tensor(row)
        types[i, :len(row)] = torch.tensor(kinds)
        mask[i, :len(row)] = 1
    return ids, types, mask


def scores(model, tokenizer, pairs):
    """The logit of each pair of a prompt and a cached one, in order."""
    model.eval()
    tokenized = [tokenizer.pair(b, a) for a, b in pairs]
    order = sorted(range(len(pairs)), key=lambda i: len(tokenized[i][0]))
    result = [0.0] * len(pairs)
    with torch.no_grad():
        for start in range(0, len(order), 64):
            part = order[start:start + 64]
            for i, logit in zip(part, model(*batch_of([tokenized[i] for i in part]))):
                result[i] = float(logit)
    model.train()
    return result
