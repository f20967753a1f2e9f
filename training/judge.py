"""Trains the judge of wordings, all layers of an encoder over both prompts: python3 judge.py --help."""
import argparse
import collections
import glob
import json
import os
import random
import re
import time

import numpy as np
import torch
from torch.nn import functional

from bert import Tokenizer, Verifier, batch_of, scores as scores_of
from contrast import Contrast, domain_pair, role_pair
from jsonlines import rows
from wordnet import WordNet

SEED, LONGEST = 20261125, 128
CLUSTERS, PAIRS, CHANGED = 8, 8, 12  # of each step
PARTS = 3  # of a step, by length, so that little is padded
UNSURE = re.compile(r't[3-7]-')  # whose look-alikes' two wordings need not be of one need


def clusters_of(patterns):
    """Clusters as JSON lines, gzip or not; files that appear later are found the next time."""
    found = []
    for path in sorted(path for pattern in patterns for path in glob.glob(pattern)):
        if path.endswith('.gz'):
            found.extend(rows(path))
        else:
            with open(path, encoding='utf-8') as file:
                found.extend(json.loads(line) for line in file if line.strip())
    return found


class Neighbours:
    """Finds prompts of other needs that share rare words with a prompt."""

    def __init__(self, clusters):
        self.prompts, self.owners = [], []
        self.places = collections.defaultdict(list)
        for i, cluster in enumerate(clusters):
            for prompt in cluster['same']:
                for word in set(re.findall(r'\w+', prompt.lower())):
                    self.places[word].append(len(self.prompts))
                self.prompts.append(prompt)
                self.owners.append(i)

    def of(self, prompt, owner, rng):
        votes = collections.Counter()
        for word in set(re.findall(r'\w+', prompt.lower())):
            places = self.places.get(word, ())
            if len(places) < len(self.prompts) / 8:
                for place in places:
                    if self.owners[place] != owner:
                        votes[place] += 1 / (8 + len(places))
        best = [place for place, _ in votes.most_common(6)]
        return self.prompts[rng.choice(best)] if best else rng.choice(self.prompts)


def group(cluster, owner, neighbours, rng):
    """A prompt against wordings of its need, and against those of others: (a, b, label)s; the first of all is shared."""
    others = cluster['other']
    if rng.random() < 0.2:
        k = rng.randrange(len(others))
        anchor, same = others[k]['prompts'] if rng.random() < 0.5 else others[k]['prompts'][::-1]
        same = [] if UNSURE.match(cluster['id']) else [same]
        different = [rng.choice(cluster['same'])]
        different += [rng.choice(other['prompts']) for i, other in enumerate(others) if i != k]
        different.append(rng.choice(cluster['same']))
    else:
        anchor, *same = rng.sample(cluster['same'], 3)
        different = [rng.choice(other['prompts']) for other in others]
        different.append(neighbours.of(anchor, owner, rng))
    return [(anchor, b, 1) for b in same] + [(anchor, b, 0) for b in different]


def changed(cluster, contrast, rng):
    """A pair made by rule: a prompt and a change of it or of another of its wordings, or slots in a template."""
    kind = rng.random()
    if kind < 0.2:
        return domain_pair(rng)
    if kind < 0.3:
        return role_pair(rng)
    if kind < 0.6:
        one, other = rng.sample(cluster['same'], 2)
        return one, contrast.other_answer(other), 0
    prompt, label = rng.choice(contrast.prompts), int(rng.random() < 0.4)
    return prompt, contrast.same(prompt) if label else contrast.different(prompt), label


def endless(items, rng):
    while True:
        yield from rng.sample(items, len(items))


def steps_of(patterns, needs, pairs, wordnet, rng):
    """Groups of pairs of each step; groups of one are judged alone, larger ones against each other, too."""
    labelled = endless(pairs, rng)
    while True:
        clusters = clusters_of(patterns)
        if needs:
            clusters = random.Random(SEED).sample(clusters, needs)
        neighbours = Neighbours(clusters)
        prompts = [prompt for cluster in clusters for prompt in cluster['same']]
        contrast = Contrast(prompts + [row['prompt_a'] for row in rng.sample(pairs, 10_000)], wordnet, rng)
        print(f'{len(clusters)} clusters', flush=True)
        order = rng.sample(range(len(clusters)), len(clusters))
        for start in range(0, len(order) - CLUSTERS + 1, CLUSTERS):
            groups = [group(clusters[i], i, neighbours, rng) for i in order[start:start + CLUSTERS]]
            groups += [[(row['prompt_a'], row['prompt_b'], row['label'])] for row in (next(labelled) for _ in range(PAIRS))]
            while len(groups) < CLUSTERS + PAIRS + CHANGED:
                a, b, label = changed(rng.choice(clusters), contrast, rng)
                if b and a.lower() != b.lower():
                    groups.append([(a, b, label)])
            yield [[(b, a, y) if rng.random() < 0.5 else (a, b, y) for a, b, y in pairs_of] for pairs_of in groups]


def logits(model, tokenizer, pairs, parts, precision):
    """One logit for each pair, in order."""
    tokenized = [tokenizer.pair(a, b, LONGEST) for a, b in pairs]
    order = sorted(range(len(pairs)), key=lambda i: len(tokenized[i][0]))
    size = -(-len(order) // parts)
    found = []
    with precision():
        for start in range(0, len(order), size):
            found.append(model(*batch_of([tokenized[i] for i in order[start:start + size]])).float())
    return torch.cat(found)[torch.tensor(np.argsort(order))]


def loss_of(scores, groups, margin_weight):
    """Cross-entropy of each pair, and of each wording of the same need against all others of its group."""
    labels = torch.tensor([float(y) for pairs in groups for _, _, y in pairs])
    loss = functional.binary_cross_entropy_with_logits(scores, labels * 0.96 + 0.02)
    terms, start = [], 0
    for pairs in groups:
        y, s = labels[start:start + len(pairs)], scores[start:start + len(pairs)]
        start += len(pairs)
        if 0 < y.sum() < len(pairs):
            rest = torch.logsumexp(s[y == 0], 0)
            terms.append(torch.stack([functional.softplus(rest - one) for one in s[y == 1]]).mean())
    return loss + margin_weight * torch.stack(terms).mean()


def recall_at(rate, score, label):
    """Share of label 1 above the score that this share of label 0 reaches."""
    different = np.sort(score[label == 0])[::-1]
    return float((score[label == 1] > different[int(rate * len(different))]).mean())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--encoder', required=True, help='directory with model.onnx (float) and tokenizer.json')
    parser.add_argument('--clusters', required=True, nargs='+', help='needs, each in several wordings with look-alikes')
    parser.add_argument('--pairs', required=True, nargs='+', help='labelled pairs, JSON lines, gzip')
    parser.add_argument('--check', help='pairs to print figures of; never trained on')
    parser.add_argument('--wordnet', default='/usr/share/wordnet')
    parser.add_argument('--layers', type=int, default=12)
    parser.add_argument('--minutes', type=float, default=120, help='how long to train')
    parser.add_argument('--steps', type=int, help='how many steps to train, however long they take')
    parser.add_argument('--needs', type=int, help='how many of the needs to train on, for a learning curve')
    parser.add_argument('--float32', action='store_true', help='for processors that do not know bfloat16')
    parser.add_argument('--rate', type=float, default=1e-4)
    parser.add_argument('--margin', type=float, default=0.5, help='weight of the margin in the loss')
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--out', required=True, help='file to write weights to; resumes from OUT.checkpoint')
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    precision = lambda: torch.autocast('cpu', dtype=torch.bfloat16, enabled=not options.float32)
    tokenizer = Tokenizer(os.path.join(options.encoder, 'tokenizer.json'))
    pairs = [row for path in options.pairs for row in rows(path)]
    check = rows(options.check) if options.check else []
    model = Verifier(options.layers)
    model.load_encoder(os.path.join(options.encoder, 'model.onnx'))
    model.words.weight.requires_grad_(False)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, options.rate, weight_decay=0.01, foreach=True)
    average = {name: value.clone() for name, value in model.state_dict().items()}
    spent, step, checkpoint = 0.0, 0, options.out + '.checkpoint'
    if os.path.exists(checkpoint):
        state = torch.load(checkpoint)
        model.load_state_dict(state['model'])
        optimizer.load_state_dict(state['optimizer'])
        average, spent, step = state['average'], state['spent'], state['step']
        rng.seed(SEED + step)
    model.train()
    begun, total, seen = time.time() - spent, 0.0, 0
    steps = steps_of(options.clusters, options.needs, pairs, WordNet(options.wordnet, tokenizer.vocabulary), rng)
    while (share := step / options.steps if options.steps else (time.time() - begun) / 60 / options.minutes) < 1:
        groups = next(steps)
        for settings in optimizer.param_groups:
            settings['lr'] = options.rate * min(1, (step + 1) / 150) * max(0.01, 1 - share)
        scores = logits(model, tokenizer, [(a, b) for pairs_of in groups for a, b, _ in pairs_of], PARTS, precision)
        loss = loss_of(scores, groups, options.margin)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        step, seen, total = step + 1, seen + len(scores), total + loss.item()
        keep = min(0.998, step / (step + 20))
        with torch.no_grad():
            for name, value in model.state_dict().items():
                average[name].lerp_(value, 1 - keep) if value.is_floating_point() else average[name].copy_(value)
        if step % 50 == 0:
            print(f'{step} loss {total / 50:.4f} share {share:.3f} {seen / (time.time() - begun - spent + 1e-9):.0f} pairs/s',
                  flush=True)
            total = 0.0
        if step % 300 == 0:
            torch.save({'model': model.state_dict(), 'optimizer': optimizer.state_dict(), 'average': average,
                        'spent': time.time() - begun, 'step': step}, checkpoint + '.new')
            os.replace(checkpoint + '.new', checkpoint)
            if check and step % 900 == 0:
                report(options, average, tokenizer, check, precision)
    torch.save({'layers': options.layers, 'model': average}, options.out)
    if check:
        report(options, average, tokenizer, check, precision)


def report(options, weights, tokenizer, check, precision):
    model = Verifier(options.layers)
    model.load_state_dict(weights)
    with precision():
        score = np.array(scores_of(model, tokenizer, [(row['prompt_a'], row['prompt_b']) for row in check]))
    label = np.array([row['label'] for row in check])
    print('recall at ' + ', '.join(f'{rate:.1%}: {recall_at(rate, score, label):.3f}'
                                   for rate in (0.005, 0.01, 0.02, 0.03, 0.05, 0.1)), flush=True)


if __name__ == '__main__':
    main()
