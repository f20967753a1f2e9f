"""Streams of requests that were never sent, from labelled prompts: what the evidence model is trained on.

The task of a request begins with the family that its prompts are of.
"""
import collections
import gzip
import json
import random
import re
import sys

from jsonlines import rows
from slot_tasks import QUESTIONS, VALUES

ANSWERS_SKEW, WORDINGS_SKEW = 0.9, 1.1  # Zipf exponents
CHANGED = 0.1  # share of requests with a greeting, a slip or other blanks


def main(intents, pairs, clusters, answers, out):
    rnd = random.Random(7)
    requests = []
    utterances = rows(intents)
    for source, sizes in (('clinc150', (30, 30, 60)), ('banking77', (25, 45, 77))):
        requests += intent_streams(utterances, source, sizes, rnd)
    requests += question_streams(rows(pairs), rnd)
    requests += slot_streams(rnd)
    requests += traffic('needs-0', needs(rows(clusters)), 4000, rnd)
    worded = rows(answers)
    requests += traffic('answers-0', grouped(worded, 'prompt'), 4000, rnd)
    texts = grouped(worded, 'answer')
    rnd.shuffle(requests)
    with gzip.open(out, 'wt') as file:
        for i, (task, prompt, key) in enumerate(requests):
            if prompt.strip():
                request = {'id': str(i), 'task': task, 'prompt': prompt, 'answer_key': key}
                if key in texts:
                    request['answer'] = rnd.choice(texts[key])
                file.write(json.dumps(request) + '\n')


def needs(clusters):
    """Wordings of each need and of its look-alikes, which need another answer."""
    found = {}
    for cluster in clusters:
        found[cluster['id']] = cluster['same']
        for i, other in enumerate(cluster['other']):
            found[f"{cluster['id']}-{i}"] = other['prompts']
    return found


def grouped(answers, field):
    groups = collections.defaultdict(list)
    for row in answers:
        groups[row['answer_key']].append(row[field])
    return groups


def intent_streams(utterances, source, sizes, rnd):
    prompts = collections.defaultdict(list)
    unknown = []
    for row in utterances:
        if row['source'] == source:
            intent = row['intent'].split(':')[-1]
            (unknown if intent == 'oos' else prompts[intent]).append(row['prompt'])
    requests = []
    for i, size in enumerate(sizes):
        chosen = rnd.sample(sorted(prompts), size)
        task = f'{source}-{i}'
        requests += traffic(task, {intent: rnd.sample(prompts[intent], len(prompts[intent])) for intent in chosen},
                            40 * size, rnd)
        requests += [(task, prompt, f'unknown-{prompt}') for prompt in unknown[i::len(sizes)]]
    return requests


def question_streams(pairs, rnd):
    """Questions that are joined by pairs with the same answer."""
    parents = {}

    def root(prompt):
        parents.setdefault(prompt, prompt)
        while parents[prompt] != prompt:
            parents[prompt] = parents[parents[prompt]]
            prompt = parents[prompt]
        return prompt

    for row in pairs:
        one, other = root(row['prompt_a']), root(row['prompt_b'])
        if row['label'] == 1:
            parents[one] = other
    groups = collections.defaultdict(list)
    for prompt in sorted(parents):
        groups[root(prompt)].append(prompt)
    groups = [group for group in groups.values() if 2 <= len(group) <= 40]
    rnd.shuffle(groups)
    return [request for i in range(2)
            for request in traffic(f'qqp-{i}', {str(k): group for k, group in enumerate(groups[i::2][:1500])}, 3000, rnd)]


def slot_streams(rnd):
    requests = []
    for i in range(2):
        answers = {}
        for number, question in enumerate(QUESTIONS[i::2]):
            for _ in range(14):
                slots = choose_slots(question, rnd)
                wordings = [capitalize(wording.format(**slots), rnd) for wording in question.split('|')]
                answers[f'{number} {sorted(slots.items())}'] = rnd.sample(wordings, len(wordings))
        requests += traffic(f'slots-{i}', answers, 2600, rnd)
    return requests


def choose_slots(question, rnd):
    slots = {}
    for slot in sorted(set(re.findall(r'{(\w+)}', question))):
        slots[slot] = rnd.choice([v for v in VALUES[slot.rstrip('2')] if v not in slots.values()])
    return slots


def capitalize(prompt, rnd):
    return prompt[0].upper() + prompt[1:] + rnd.choice(('?', '.', '')) if rnd.random() < 0.2 else prompt


def traffic(task, answers, count, rnd):
    keys = sorted(answers)
    rnd.shuffle(keys)
    requests = []
    for key in rnd.choices(keys, zipf(len(keys), ANSWERS_SKEW), k=count):
        wording = rnd.choices(answers[key], zipf(len(answers[key]), WORDINGS_SKEW))[0]
        requests.append((task, change(wording, rnd) if rnd.random() < CHANGED else wording, key))
    return requests


def zipf(count, exponent):
    return [1 / (rank + 1) ** exponent for rank in range(count)]


def change(prompt, rnd):
    kind = rnd.randrange(4)
    if kind == 0:
        return prompt.lower()
    if kind == 1:
        return prompt.rstrip('?.! ') + rnd.choice(('', '!', '.', '??'))
    if kind == 2:
        return rnd.choice(('Hi, ', 'Hello, ', 'please ', 'hey ')) + prompt
    words = prompt.split(' ')
    place = rnd.randrange(len(words))
    if len(words[place]) > 3:
        i = rnd.randrange(1, len(words[place]) - 2)
        word = words[place]
        words[place] = word[:i] + word[i + 1] + word[i] + word[i + 2:]
    return ' '.join(words)


if __name__ == '__main__':
    main(*sys.argv[1:])
