"""Trains the model of TextEquivalence on the figures of pairs of answers, shows how it does on families it has not seen, and writes it."""
import argparse
import json

import numpy as np
from scipy.optimize import minimize

# as in AnswerFigures; 1: more of it speaks for one meaning, -1: against it
FIGURES = {'prompts': 1, 'answers': 1, 'exchanged-in-prompt': -1, 'opposites-in-prompt': -1, 'numbers-in-prompt': -1, 'numbers-shared': 1,
           'numbers-exchanged': -1, 'numbers-disjoint': -1, 'quantities-equal': 1, 'quantities-disjoint': -1, 'names-exchanged': -1,
           'codes-exchanged': -1, 'codes': 1, 'content': 1}
FOLDS, REPEATS = 10, 5
FIT = 0.3  # weight of the data against that of small weights
WRONG_DIFFERENT = 0.013  # share of wrong verdicts among those of a kind, in families that were held out
SAME_MARGIN = 0.8  # how far beyond the last wrong "same", in logits


def read(path):
    rows = [json.loads(line) for line in open(path)]
    figures = np.array([[row['figures'][name] for name in FIGURES] for row in rows])
    return figures, np.array([row['same'] for row in rows]), np.array([row['family'] for row in rows])


def fit(figures, same):
    """Logistic regression whose weights have the signs that are given, on figures of one scale."""
    mean, scale = figures.mean(axis=0), figures.std(axis=0) + 1e-9
    scaled, target = (figures - mean) / scale, np.where(same, 1, -1)

    def loss(weights):
        margins = target * (scaled @ weights[:-1] + weights[-1])
        slopes = -FIT * target / (1 + np.exp(margins))
        value = FIT * np.logaddexp(0, -margins).sum() + weights[:-1] @ weights[:-1] / 2
        return value, np.append(scaled.T @ slopes + weights[:-1], slopes.sum())

    bounds = [(0, None) if sign > 0 else (None, 0) for sign in FIGURES.values()] + [(None, None)]
    weights = minimize(loss, np.zeros(figures.shape[1] + 1), jac=True, bounds=bounds, method='L-BFGS-B').x
    unscaled = weights[:-1] / scale
    return unscaled, weights[-1] - unscaled @ mean


def logits(model, figures):
    return figures @ model[0] + model[1]


def held_out(figures, same, families, seed):
    """Logits by models that have not seen the family."""
    names = np.random.default_rng(seed).permutation(np.unique(families))
    result = np.empty(len(same))
    for fold in np.array_split(names, FOLDS):
        here = np.isin(families, fold)
        result[here] = logits(fit(figures[~here], same[~here]), figures[here])
    return result


def thresholds(scores, same):
    order = np.argsort(scores)
    wrong = np.cumsum(same[order]) / np.arange(1, len(same) + 1)
    return scores[order][np.nonzero(wrong <= WRONG_DIFFERENT)[0][-1]], scores[~same].max() + SAME_MARGIN


def show(title, scores, same, limits):
    different, alike = scores <= limits[0], scores >= limits[1]
    print(f'{title}: SAME {alike.sum()} given, {(alike & ~same).sum()} wrong; DIFFERENT {different.sum()} given, '
          f'{(different & same).sum()} wrong ({(different & same).sum() / max(1, different.sum()):.1%}); '
          f'UNKNOWN {(~different & ~alike).mean():.1%} of {len(same)}')


def write(model, limits, path):
    with open(path, 'w') as file:
        file.write('# logistic regression over AnswerFigures, written by training/answers.py\n')
        lines = {'constant': model[1], 'different-up-to': limits[0], 'same-from': limits[1], **dict(zip(FIGURES, model[0]))}
        file.writelines(f'{name} {value:.4g}\n' for name, value in lines.items())


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('figures', help='figures of the families to train on')
    parser.add_argument('--check', help='figures of other families')
    parser.add_argument('--out')
    arguments = parser.parse_args()
    figures, same, families = read(arguments.figures)
    runs = [held_out(figures, same, families, seed) for seed in range(REPEATS)]
    limits = np.median([thresholds(scores, same) for scores in runs], axis=0)
    for scores in runs:
        show('families that were held out', scores, same, limits)
    model = fit(figures, same)
    if arguments.check:
        figures, same, families = read(arguments.check)
        show('other families', logits(model, figures), same, limits)
    if arguments.out:
        write(model, limits, arguments.out)
