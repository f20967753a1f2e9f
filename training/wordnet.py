"""What the contrast examples need of WordNet: antonyms, sister terms, and synonyms of clear words."""
import collections
import os

FILES = {'noun': 'n', 'verb': 'v', 'adj': 'a', 'adv': 'r'}


class WordNet:

    def __init__(self, directory, vocabulary):
        self.synsets, self.senses = {}, collections.defaultdict(list)
        self.children = collections.defaultdict(list)
        self.antonyms = collections.defaultdict(set)
        self.vocabulary = vocabulary
        for name, kind in FILES.items():
            self._read_data(os.path.join(directory, 'data.' + name), kind)
            self._read_index(os.path.join(directory, 'index.' + name), kind)
        self.sense_counts = self._read_counts(os.path.join(directory, 'index.sense'))

    def _read_data(self, path, kind):
        with open(path, encoding='latin-1') as file:
            for line in file:
                if line.startswith(' '):
                    continue
                fields = line.split(' | ')[0].split()
                count = int(fields[3], 16)
                words = [fields[4 + 2 * i].split('(')[0].lower().replace('_', ' ') for i in range(count)]
                start = 4 + 2 * count
                key, parents = (kind, fields[0]), []
                for i in range(int(fields[start])):
                    symbol, target, target_kind, places = fields[start + 1 + 4 * i:start + 5 + 4 * i]
                    if symbol in ('@', '@i'):
                        parents.append((target_kind, target))
                    elif symbol == '!':
                        self._add_antonym(words[int(places[:2], 16) - 1], target_kind, target, int(places[2:], 16))
                self.synsets[key] = (words, parents)
                for parent in parents:
                    self.children[parent].append(key)

    def _add_antonym(self, word, kind, synset, place):
        self.antonyms[word].add((kind.replace('s', 'a'), synset, place))

    def _read_index(self, path, kind):
        with open(path, encoding='latin-1') as file:
            for line in file:
                if not line.startswith(' '):
                    fields = line.split()
                    self.senses[fields[0].replace('_', ' ')] += [(kind, s) for s in fields[-int(fields[2]):]]

    @staticmethod
    def _read_counts(path):
        counts = {}
        with open(path, encoding='latin-1') as file:
            for line in file:
                key, synset, _, count = line.split()
                lemma, kind = key.split('%')
                counts[(lemma.replace('_', ' '), 'nvara'[int(kind[0]) - 1], synset)] = int(count)
        return counts

    def opposites(self, word):
        found = []
        for kind, synset, place in self.antonyms.get(word, ()):
            words = self.synsets.get((kind, synset), ([], []))[0]
            if place <= len(words) and words[place - 1] in self.vocabulary:
                found.append(words[place - 1])
        return sorted(found)

    def sisters(self, word):
        """Other words under the parent of a noun's first sense, none of which can mean the same."""
        nouns = [s for s in self.senses.get(word, ()) if s[0] == 'n']
        if not nouns:
            return []
        own = {w for s in self.senses[word] for w in self.synsets[s][0]}
        found = set()
        for parent in self.synsets[nouns[0]][1]:
            for sister in self.children[parent]:
                first = self.synsets[sister][0][0]
                senses = [s for s in self.senses.get(first, ()) if s[0] == 'n']
                if senses and senses[0] == sister and first in self.vocabulary and first not in own:
                    found.add(first)
        return sorted(found)

    def synonyms(self, word):
        """Words of the same synset, if both words mostly mean that."""
        first = self._clear_sense(word)
        if first is None:
            return []
        return [w for w in self.synsets[first][0]
                if w != word and w in self.vocabulary and self._clear_sense(w) == first]

    def _clear_sense(self, word):
        counted = sorted(((self.sense_counts.get((word, k, s), 0), (k, s)) for k, s in self.senses.get(word, ())),
                         reverse=True)
        if not counted or counted[0][0] < 5:
            return None
        return counted[0][1] if len(counted) == 1 or counted[0][0] >= 3 * counted[1][0] else None
