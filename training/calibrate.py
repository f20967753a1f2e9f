"""Scales the judge's logit into that of a probability, on pairs that it was not trained on: python3 calibrate.py --help."""
import argparse
import os

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression

from bert import Tokenizer, Verifier, scores as scores_of
from jsonlines import rows
from judge import recall_at

RATES = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1)


def fit(score, label):
    """Platt's scaling, as if half of the pairs asked for the same."""
    model = LogisticRegression(C=1e6, class_weight='balanced').fit(score[:, None], label)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--encoder', required=True, help='directory with tokenizer.json')
    parser.add_argument('--pairs', required=True, nargs='+', help='labelled pairs that the judge has not seen')
    parser.add_argument('--weights', required=True, help='what judge.py wrote, or its checkpoint')
    parser.add_argument('--out', required=True, help='the same weights, calibrated')
    options = parser.parse_args()
    state = torch.load(options.weights)
    weights = state.get('average', state['model'])
    model = Verifier(state.get('layers', 12))
    model.load_state_dict(weights)
    pairs = [(row['prompt_a'], row['prompt_b'], row['label']) for path in options.pairs for row in rows(path)]
    pairs += [(b, a, label) for a, b, label in pairs]
    tokenizer = Tokenizer(os.path.join(options.encoder, 'tokenizer.json'))
    with torch.autocast('cpu', dtype=torch.bfloat16):
        score = np.array(scores_of(model, tokenizer, [(a, b) for a, b, _ in pairs]))
    label = np.array([y for _, _, y in pairs])
    scale, shift = fit(score, label)
    weights['logit.weight'] *= scale
    weights['logit.bias'] = weights['logit.bias'] * scale + shift
    torch.save({'layers': len(model.layers), 'model': weights}, options.out)
    print(f'{len(pairs)} pairs, scale {scale:.3f}, shift {shift:.3f}')
    probability = 1 / (1 + np.exp(-(scale * score + shift)))
    for rate in RATES:
        threshold = np.sort(probability[label == 0])[::-1][int(rate * (label == 0).sum())]
        print(f'look-alikes {rate:.2%}: probability {threshold:.3f}, wordings {recall_at(rate, score, label):.3f}')


if __name__ == '__main__':
    main()
