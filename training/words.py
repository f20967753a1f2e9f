"""Words as the evidence model compares them, and how rare they are: the same as WordRarity in the library."""
import collections
import math
import re
import sys

from jsonlines import rows

WORD = re.compile(r'[^\W\d_]+|\d+')
ENDINGS = ('ing', 'ies', 'ed', 'es', 's', 'ly')
FEWEST, RAREST = 20, 9.0


def stem(word):
    if len(word) < 5:
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[:-len(ending)]
            break
    return word[:-1] if len(word) >= 5 and word.endswith('e') else word


def main(pairs, intents, out):
    prompts = {row[field] for row in rows(pairs) for field in ('prompt_a', 'prompt_b')}
    prompts |= {row['prompt'] for row in rows(intents)}
    counts = collections.Counter(word for prompt in prompts for word in {stem(w) for w in WORD.findall(prompt.lower())})
    with open(out, 'w') as file:
        file.write('# word without its ending, and ln(prompts / prompts with it) / 9; words that are not here count as 1\n')
        for word, count in sorted(counts.items()):
            rarity = math.log(len(prompts) / count) / RAREST
            if count >= FEWEST and word.isascii() and word.isalpha() and rarity < 1:
                file.write(f'{word} {rarity:.3f}\n')


if __name__ == '__main__':
    main(*sys.argv[1:])
