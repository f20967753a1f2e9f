"""Trains the verifier: python3 train.py --help."""
import argparse
import gzip
import json
import os
import random
import time

import torch
from torch.nn import functional

from bert import Tokenizer, Verifier, batch_of
from contrast import Contrast, domain_pair, role_pair
from wordnet import WordNet

BATCH, SEED = 32, 20261124


def rows(path):
    with gzip.open(path, 'rt', encoding='utf-8') as file:
        return [json.loads(line) for line in file]


def words(text):
    return {w.strip('.,?!()"\'').lower() for w in text.split()}


def examples(pairs, contrast, rng, count):
    """An endless mixture, cut at count: labelled pairs as they are, and changed ones."""
    prompts = [p for row in pairs for p in (row['prompt_a'], row['prompt_b'])]
    positives = [row for row in pairs if row['label']]
    order = []
    made = []
    while len(made) < count:
        kind = rng.random()
        example = None
        if kind < 0.42:
            order = order or rng.sample(range(len(pairs)), len(pairs))
            row = pairs[order.pop()]
            example = row['prompt_a'], row['prompt_b'], row['label']
        elif kind < 0.54:
            prompt = rng.choice(prompts)
            example = prompt, contrast.different(prompt), 0
        elif kind < 0.62:
            prompt = rng.choice(prompts)
            other = contrast.same(prompt)
            example = prompt, other and rng.random() < 0.3 and contrast.same(other) or other, 1
        elif kind < 0.74:
            row = rng.choice(positives)
            a, b = rng.sample([row['prompt_a'], row['prompt_b']], 2)
            example = a, contrast.different(b, words(a) & words(b)), 0
        elif kind < 0.80:
            row = rng.choice(positives)
            a, b = rng.sample([row['prompt_a'], row['prompt_b']], 2)
            example = a, contrast.same(b), 1
        else:
            a, b, label = domain_pair(rng) if kind < 0.96 else role_pair(rng)
            example = a, rng.random() < 0.2 and contrast.same(b) or b, label
        if example[1] and example[0].lower() != example[1].lower():
            a, b, label = example
            made.append((b, a, label) if rng.random() < 0.5 else (a, b, label))
    return made


def batches(made, tokenizer, rng):
    """Pairs of about the same length together; the order of batches is random."""
    for start in range(0, len(made), 100 * BATCH):
        chunk = [(tokenizer.pair(a, b, 96), label) for a, b, label in made[start:start + 100 * BATCH]]
        chunk.sort(key=lambda example: len(example[0][0]))
        groups = [chunk[i:i + BATCH] for i in range(0, len(chunk), BATCH)]
        rng.shuffle(groups)
        yield from groups


def scores(model, tokenizer, pairs):
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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--encoder', required=True, help='directory with model.onnx (float) and tokenizer.json')
    parser.add_argument('--pairs', required=True, nargs='+', help='labelled pairs, JSON lines, gzip')
    parser.add_argument('--without', nargs='*', default=[], help='sources to leave out')
    parser.add_argument('--wordnet', default='/usr/share/wordnet')
    parser.add_argument('--layers', type=int, default=3)
    parser.add_argument('--count', type=int, default=200_000, help='examples to train on')
    parser.add_argument('--rate', type=float, default=2e-4)
    parser.add_argument('--out', required=True, help='file to write weights to')
    options = parser.parse_args()
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    tokenizer = Tokenizer(os.path.join(options.encoder, 'tokenizer.json'))
    pairs = [row for path in options.pairs for row in rows(path) if row['source'] not in options.without]
    contrast = Contrast([row['prompt_a'] for row in pairs], WordNet(options.wordnet, tokenizer.vocabulary), rng)
    made = examples(pairs, contrast, rng, options.count)
    print(f'{len(made)} examples, {sum(label for _, _, label in made)} of label 1', flush=True)
    model = Verifier(options.layers)
    model.load_encoder(os.path.join(options.encoder, 'model.onnx'))
    model.words.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], options.rate, weight_decay=0.01)
    steps = -(-len(made) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps))
    checkpoint = options.out + '.checkpoint'
    first = 0
    if os.path.exists(checkpoint):
        state = torch.load(checkpoint)
        model.load_state_dict(state['model'])
        optimizer.load_state_dict(state['optimizer'])
        schedule.load_state_dict(state['schedule'])
        first = state['step'] + 1
    model.train()
    start, total = time.time(), 0.0
    for step, group in enumerate(batches(made, tokenizer, rng)):
        if step < first:
            continue
        labels = torch.tensor([float(label) for _, label in group])
        loss = functional.binary_cross_entropy_with_logits(model(*batch_of([pair for pair, _ in group])), labels)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        total += loss.item()
        if step % 100 == 99:
            print(f'{step + 1}/{steps} loss {total / 100:.4f}, {(step + 1 - first) * BATCH / (time.time() - start):.0f} pairs/s',
                  flush=True)
            total = 0.0
        if step % 500 == 499:
            torch.save({'model': model.state_dict(), 'optimizer': optimizer.state_dict(),
                        'schedule': schedule.state_dict(), 'step': step}, checkpoint)
    torch.save({'layers': options.layers, 'model': model.state_dict()}, options.out)


if __name__ == '__main__':
    main()
