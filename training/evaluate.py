"""Prints how well trained weights tell labelled pairs apart: python3 evaluate.py ENCODER WEIGHTS PAIRS."""
import collections
import os
import sys

import numpy as np
import torch

from bert import Tokenizer, Verifier, scores
from jsonlines import rows


def recall_at(precision, score, label):
    order = np.argsort(-score)
    right = np.cumsum(label[order])
    enough = np.where(right >= precision * np.arange(1, len(order) + 1))[0]
    return right[enough[-1]] / max(1, label.sum()) if len(enough) else 0.0


def main(encoder, weights, path):
    state = torch.load(weights)
    model = Verifier(state['layers'])
    model.load_state_dict(state['model'])
    pairs = rows(path)
    score = np.array(scores(model, Tokenizer(os.path.join(encoder, 'tokenizer.json')),
                            [(row['prompt_a'], row['prompt_b']) for row in pairs]))
    label = np.array([row['label'] for row in pairs])
    groups = collections.defaultdict(list)
    for i, row in enumerate(pairs):
        groups['all'].append(i)
        groups['source ' + row['source']].append(i)
        groups[f"{row['category']} {row['label']}"].append(i)
    for name, members in sorted(groups.items()):
        s, y = score[members], label[members]
        probability = 1 / (1 + np.exp(-s))
        print(f'{name:32s} {len(members):6d} positive {y.mean():.2f} recall@.90 {recall_at(0.9, s, y):.3f} '
              f'mean p {probability.mean():.3f} p>.5 {(probability > 0.5).mean():.3f} p>.9 {(probability > 0.9).mean():.3f} '
              f'p>.97 {(probability > 0.97).mean():.3f}')


if __name__ == '__main__':
    main(*sys.argv[1:])
