"""Trains the evidence model on what replays observed, shows how it does on families it has not seen, and writes it."""
import argparse
import collections
import json
import math

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

# as in MatchFeatures; 1: more of it speaks for the candidate, -1: against it
FEATURES = {'similarity': 1, 'margin': 1, 'support': 1, 'supporters': 1, 'share': 1, 'opinion': 1, 'supported': 1, 'rival': -1, 'answers': 0,
            'candidates': 0, 'rarest added': -1, 'added': -1, 'rarest lost': -1, 'lost': -1, 'words': 0}
NOISY, NOISY_WEIGHT = 'qqp-', 0.5  # the paraphrase model was trained on these pairs, and labels are noisy
SINGLE = math.log1p(1)
OPINION, DECIDING = 5, 15


def read(paths):
    rows = [json.loads(line) for path in paths for line in open(path)]
    rows = [row for row in rows if not row['accepted']]
    return (np.array([row['features'] for row in rows]), np.array([row['right'] for row in rows]),
            np.array([row['task'] for row in rows]))


def family(task):
    return task.split('-')[0]


def fit(features, labels, tasks):
    model = HistGradientBoostingClassifier(
        max_iter=150, max_leaf_nodes=10, min_samples_leaf=30, l2_regularization=5, learning_rate=0.06,
        monotonic_cst=list(FEATURES.values()), random_state=1)
    weights = np.where(np.char.startswith(tasks, NOISY), NOISY_WEIGHT, 1.0)
    return model.fit(features[:, :len(FEATURES)], labels, sample_weight=weights)


def show(features, labels, tasks):
    families = np.array([family(task) for task in tasks])
    table = collections.defaultdict(list)
    for held_out in sorted(set(families)):
        here = families == held_out
        model = fit(features[~here], labels[~here], tasks[~here])
        probability = model.predict_proba(features[here][:, :len(FEATURES)])[:, 1]
        eligible = ((features[here][:, 3] > SINGLE + 1e-9) & (features[here][:, DECIDING] == 0)
                    & (features[here][:, OPINION] >= 0))
        for task in sorted(set(tasks[here])):
            mine = tasks[here] == task
            for level in (0.85, 0.9, 0.92, 0.95, 0.97):
                served = mine & eligible & (probability >= level)
                table[task].append((served.sum(), (served & ~labels[here]).sum()))
            table[task].append((mine.sum(), (mine & ~labels[here]).sum()))
    print(f'{"corroborated/wrong from":24s}' + ''.join(f'{level:>12}' for level in (0.85, 0.9, 0.92, 0.95, 0.97, 'all')))
    table['total'] = [tuple(map(sum, zip(*column))) for column in zip(*table.values())]
    for task, counts in table.items():
        print(f'{task:24s}' + ''.join(f'{f"{n}/{wrong}":>12}' for n, wrong in counts))


def write(model, path):
    with open(path, 'w') as file:
        file.write('# gradient-boosted trees over MatchFeatures, written by training/evidence.py\n')
        file.write(f'{float(np.ravel(model._baseline_prediction)[0]):.6g}\n')
        for predictors in model._predictors:
            file.write(' '.join(node_text(node) for node in predictors[0].nodes) + '\n')


def node_text(node):
    if node['is_leaf']:
        return f'{node["value"]:.5g}'
    return f'{node["feature_idx"]}:{node["num_threshold"]:.9g}:{node["left"]}:{node["right"]}'


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('matches', nargs='+')
    parser.add_argument('--out')
    parser.add_argument('--without', help='leave out a family')
    arguments = parser.parse_args()
    data = read(arguments.matches)
    if arguments.without:
        kept = np.array([family(task) != arguments.without for task in data[2]])
        data = tuple(column[kept] for column in data)
    else:
        show(*data)
    if arguments.out:
        write(fit(*data), arguments.out)
