"""Contrast examples: small changes of a prompt that keep its answer, and small changes that do not."""
import re

from domains import DOMAINS, SLOTS

WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
NUMBER = re.compile(r'\d+')
NUMBER_WORDS = 'one two three four five six seven eight nine ten twenty thirty fifty hundred thousand'.split()
OPPOSITES = [pair.split('/') for pair in (
    'enable/disable on/off open/close start/stop add/remove grant/revoke increase/decrease active/inactive allow/deny '
    'safe/unsafe before/after max/min maximum/minimum first/last upload/download buy/sell more/less import/export '
    'encrypt/decrypt lock/unlock install/uninstall above/below over/under with/without always/never best/worst '
    'most/least highest/lowest largest/smallest cheapest/dearest win/lose send/receive push/pull accept/reject up/down '
    'in/out old/new left/right morning/evening show/hide subscribe/unsubscribe men/women boys/girls husband/wife '
    'mother/father son/daughter legal/illegal possible/impossible all/some and/or why/how when/where how/when what/who '
    'long/short hot/cold early/late public/private can/should gain/lose get/lose north/south east/west').split()]
NEGATIONS = [(' do ', ' do not '), (' is ', ' is not '), (' are ', ' are not '), (' can ', ' cannot '),
             (' does ', ' does not '), (' should ', ' should not '), (' will ', ' will not '), (' was ', ' was not '),
             (' did ', ' did not '), (' have ', ' have never '), (' to ', ' not to ')]
CONTRACTIONS = [("don't", 'do not'), ("can't", 'cannot'), ("isn't", 'is not'), ("what's", 'what is'), ("i'm", 'i am'),
                ("won't", 'will not'), ("doesn't", 'does not'), ("how's", 'how is'), ("it's", 'it is'),
                ("i've", 'i have'), ("where's", 'where is'), ("you're", 'you are'), ("aren't", 'are not'),
                ("who's", 'who is'), ("didn't", 'did not'), ("wouldn't", 'would not'), ("that's", 'that is')]
OPENINGS = [
    ('how do i ', 'how can i ', 'how to ', 'what is the way to ', 'what are the steps to ', 'what should i do to ',
     'tell me how to ', 'can you tell me how to ', 'i want to know how to ', 'if i want to {}, what should i do',
     'in order to {}, what should i do', 'i need to know how i can '),
    ('what is the best way to ', "what's the best way to ", 'how do i best ', 'which way is the best to '),
    ('why do ', 'why is it that ', 'for what reason do '),
    ('what is ', "what's ", 'tell me what is ', 'can you tell me what is ', 'do you know what is '),
    ('what are the ', 'which are the ', 'tell me the ', 'what are some of the ', 'list the '),
    ('should i ', 'is it a good idea to ', 'do you think i should '),
    ('who is ', 'tell me who is ', 'do you know who is '), ('where is ', 'tell me where is ', 'can you say where is '),
    ('can i ', 'is it possible to ', 'am i able to ', 'is there a way to ', 'would it be possible for me to ')]
COURTESIES = ['please ', 'hi, ', 'hello, ', 'hey there, ', 'quick question: ', 'could you please tell me, ',
              'i was wondering, ', 'excuse me, ', 'ok so ', 'just ', 'actually, ', 'sorry, one more thing: ']
THANKS = [' please', ', thanks', ' thank you', ' thanks in advance', ', do you know', ', any ideas', ' right now']
MODIFIERS = ('free cheap simple online new old local professional second small large annual daily public private '
             'international senior female male young used digital wireless average').split()
CONDITIONS = ['in india', 'for beginners', 'on android', 'on a mac', 'without a card', 'for free', 'at home', 'in 2016',
              'at night', 'for kids', 'in one day', 'after surgery', 'before christmas', 'for a company', 'by phone',
              'in germany', 'with python', 'offline', 'on weekends', 'if i am under 18']
PRONOUNS = [(' my ', ' your '), (' his ', ' her '), (' i ', ' you '), (' he ', ' she '), (' our ', ' their '),
            (' me ', ' him '), (' my ', ' his ')]
STOPS = set('''a an the of in on at to for from by with and or is are was were be been do does did can could should would will
    i you he she it we they my your his her our their me him what which who whom when where why how there this that these those
    not no any some if so as than then also just about into out up down have has had get got am its more most much many'''.split())

LIGHT = set('''really actually just please currently exactly possible possibly ever even still any some good thing things way ways
    one people someone somebody tell know give show list find best exist available existing various different own
    very quite truly anyone person kind type types today currently simply basically'''.split())


class Contrast:

    def __init__(self, prompts, wordnet, random):
        self.wordnet, self.random = wordnet, random
        self.names = sorted({m.group() for p in prompts for m in re.finditer(r'(?<=[a-z] )[A-Z][a-z]{2,}', p)
                             if m.group().lower() not in STOPS})
        self.opposites = {}
        for one, other in OPPOSITES:
            self.opposites.setdefault(one, []).append(other)
            self.opposites.setdefault(other, []).append(one)
        self.certain = [self.change_number, self.change_name, self.change_sister, self.change_opposite, self.negate,
                        self.swap_names, self.change_question]
        self.changes = [self.change_number, self.change_number, self.change_name, self.change_name, self.change_sister,
                        self.change_sister, self.change_opposite, self.change_opposite, self.change_question, self.negate,
                        self.swap_words,
                        self.swap_words, self.swap_names, self.change_person, self.modify, self.condition,
                        self.other_word, self.drop_word, self.drop_word, self.drop_clause, self.drop_clause,
                        self.insert_word, self.insert_word]
        self.prompts = prompts
        self.variations = [self.mistype, self.mistype, self.mistype, self.contract, self.contract, self.contract,
                           self.reopen, self.reopen, self.reopen, self.be_polite, self.exchange, self.exchange,
                           self.synonym, self.synonym, self.split_blank, self.front]

    def different(self, prompt):
        """Another question in almost the same words, or None."""
        return self._first(self.changes, prompt)

    def other_answer(self, prompt):
        """A change that makes it another question than any wording of the prompt, or None."""
        return self._first(self.certain, prompt)

    def same(self, prompt):
        """The same question in slightly other words, or None."""
        return self._first(self.variations, prompt)

    def _first(self, functions, prompt):
        for function in self.random.sample(functions, 6):
            changed = function(prompt)
            if changed and changed.lower() != prompt.lower():
                return changed
        return None

    def _words(self, prompt):
        words = [m for m in WORD.finditer(prompt) if m.group().lower() not in STOPS]
        self.random.shuffle(words)
        return words

    @staticmethod
    def _replace(prompt, match, text):
        return prompt[:match.start()] + text + prompt[match.end():]

    # --- what changes the answer

    def change_number(self, prompt):
        numbers = list(NUMBER.finditer(prompt))
        if numbers:
            match = self.random.choice(numbers)
            value = int(match.group()[:12])
            spread = 30 if value > 1900 and value < 2100 else max(3, value // 2)
            return self._replace(prompt, match, str(max(0, value + self.random.choice([-1, 1])
                                                        * self.random.randint(1, spread))))
        return self._swap_list(prompt, NUMBER_WORDS)

    def _swap_list(self, prompt, words):
        for match in self._words(prompt):
            if match.group().lower() in words:
                return self._replace(prompt, match, self.random.choice(words))
        return None

    def change_name(self, prompt):
        names = list(re.finditer(r'(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?', prompt))
        if not names:
            return None
        count = 1 + (' ' in (match := self.random.choice(names)).group())
        return self._replace(prompt, match, ' '.join(self.random.sample(self.names, count)))

    def change_sister(self, prompt):
        for match in self._words(prompt):
            sisters = self.wordnet.sisters(match.group().lower())
            if sisters:
                return self._replace(prompt, match, self.random.choice(sisters))
        return None

    def other_word(self, prompt):
        words = self._words(prompt)
        return self._replace(prompt, words[0], self.random.choice(self.names).lower()) if words else None

    def change_opposite(self, prompt):
        matches = list(WORD.finditer(prompt))
        self.random.shuffle(matches)
        for match in matches:
            word = match.group().lower()
            found = self.opposites.get(word) or self.wordnet.opposites(word)
            if found:
                return self._replace(prompt, match, self.random.choice(found))
        return None

    def negate(self, prompt):
        lower = f' {prompt.lower()} '
        found = [(a, b) for a, b in NEGATIONS if a in lower] + [(b, a) for a, b in NEGATIONS if b in lower] * 4
        if not found:
            return None
        old, new = self.random.choice(found)
        return lower.replace(old, new, 1).strip()

    def swap_words(self, prompt):
        words = sorted(self._words(prompt)[:2], key=lambda m: m.start())
        if len(words) < 2 or re.fullmatch(r'[\s,]*(and|or|vs\.?|versus)\s+(the |a )?', prompt[words[0].end():words[1].start()]):
            return None
        one, other = words
        return (prompt[:one.start()] + other.group() + prompt[one.end():other.start()] + one.group()
                + prompt[other.end():])

    def swap_names(self, prompt):
        match = re.search(r'\b(\w+) (to|from|than|over|against|before|after|for|into) (\w+)', prompt)
        if not match or {match.group(1).lower(), match.group(3).lower()} & STOPS:
            return None
        return self._replace(prompt, match, f'{match.group(3)} {match.group(2)} {match.group(1)}')

    def change_question(self, prompt):
        """A number, a list, or one thing: other answers about the same."""
        for question, others in (('how many ', ('which ', 'what ', 'list the ')), ('which ', ('how many ', 'why do ')),
                                 ('what are the ', ('how many ', 'why are the ')), ('list the ', ('how many ',)),
                                 ('how high is ', ('what is ', 'where is ')), ('how long is ', ('what is ', 'where is ')),
                                 ('how big is ', ('where is ',)), ('who is ', ('where is ', 'how old is ')),
                                 ('what is ', ('where is ', 'why is ')), ('where is ', ('what is ', 'how far is '))):
            if prompt.lower().startswith(question):
                return self.random.choice(others) + prompt[len(question):]
        return None

    def change_person(self, prompt):
        lower = f' {prompt.lower()} '
        found = [p for a, b in PRONOUNS for p in ((a, b), (b, a)) if p[0] in lower]
        if not found or self.random.random() < 0.5:
            return None
        old, new = self.random.choice(found)
        return lower.replace(old, new, 1).strip()

    def modify(self, prompt):
        match = re.search(r'\b(a|the|best|of|for|any) (?=[a-z]+)', prompt)
        return self._replace(prompt, match, match.group() + self.random.choice(MODIFIERS) + ' ') if match else None

    def condition(self, prompt):
        return prompt.rstrip('?!. ') + ' ' + self.random.choice(CONDITIONS)

    def drop_word(self, prompt):
        words = [m for m in self._words(prompt) if m.group().lower() not in LIGHT]
        if len(words) < 2:
            return None
        return re.sub(' +', ' ', self._replace(prompt, words[0], '')).strip()

    def drop_clause(self, prompt):
        matches = [m for m in re.finditer(r' (?:that|which|who|of|in|for|with|by|on|at|from|near|during|when|if|than) .+',
                                          prompt.rstrip('?!. '))
                   if len(prompt[:m.start()].split()) >= 3 and set(m.group().lower().split()[1:]) - STOPS]
        return prompt[:self.random.choice(matches).start()] if matches else None

    def insert_word(self, prompt):
        words = self._words(self.random.choice(self.prompts))
        places = self._words(prompt)
        if not words or not places or words[0].group().lower() in LIGHT | set(prompt.lower().split()):
            return None
        place = places[0]
        return prompt[:place.start()] + words[0].group().lower() + ' ' + prompt[place.start():]

    # --- what does not

    def mistype(self, prompt):
        for match in self._words(prompt):
            word = match.group()
            if len(word) >= 5:
                i = self.random.randint(1, len(word) - 3)
                kind = self.random.randint(0, 3)
                slip = (word[:i] + word[i + 1] + word[i] + word[i + 2:], word[:i] + word[i + 1:],
                        word[:i] + word[i] + word[i:],
                        word[:i] + self.random.choice('aeiorstn') + word[i + 1:])[kind]
                return self._replace(prompt, match, slip)
        return None

    def split_blank(self, prompt):
        places = [i for i, c in enumerate(prompt) if c == ' ' and 1 < i < len(prompt) - 2]
        if not places:
            return None
        i = self.random.choice(places)
        return prompt[:i] + self.random.choice((prompt[i + 1] + ' ' + prompt[i + 2:], prompt[i + 1:]))

    def contract(self, prompt):
        lower = prompt.lower()
        found = [p for a, b in CONTRACTIONS for p in ((a, b), (b, a)) if re.search(rf'\b{p[0]}\b', lower)]
        if not found:
            return None
        old, new = self.random.choice(found)
        return re.sub(rf'\b{old}\b', new, lower, count=1)

    def reopen(self, prompt):
        lower = prompt.lower().rstrip('?!. ')
        for family in OPENINGS:
            for opening in family:
                if '{}' not in opening and lower.startswith(opening):
                    rest = lower[len(opening):]
                    other = self.random.choice([o for o in family if o != opening])
                    return other.format(rest) if '{}' in other else other + rest
        return None

    def be_polite(self, prompt):
        if self.random.random() < 0.5:
            return self.random.choice(COURTESIES) + prompt
        return prompt.rstrip('?!. ') + self.random.choice(THANKS)

    def exchange(self, prompt):
        match = re.search(r'\b([\w-]+) (and|or|vs|versus) ([\w-]+)\b', prompt)
        if not match or {match.group(1).lower(), match.group(3).lower()} & STOPS:
            return None
        return self._replace(prompt, match, f'{match.group(3)} {match.group(2)} {match.group(1)}')

    def front(self, prompt):
        match = re.fullmatch(r'((?:how|what|why|when|where|which|can|should)\b.*) ((?:in|on|for|after|before) [\w ]+)', prompt.rstrip('?!. ').lower())
        return f'{match.group(2)}, {match.group(1)}' if match and len(match.group(2)) < 25 else None

    def synonym(self, prompt):
        for match in self._words(prompt):
            found = self.wordnet.synonyms(match.group().lower())
            if found:
                return self._replace(prompt, match, self.random.choice(found))
        return None


def domain_pair(random):
    """A labelled pair of one domain: other wording, other slot, other meaning, or several of these."""
    lines = random.choice(DOMAINS)
    one = random.randrange(len(lines))
    slots = draw_slots(random)
    first = random.choice(lines[one].split('|'))
    kind = random.random()
    other_line = one if kind < 0.7 or len(lines) == 1 else random.choice([i for i in range(len(lines)) if i != one])
    second = random.choice(lines[other_line].split('|'))
    changed = dict(slots)
    used = [s for s in re.findall(r'{(\w+)}', first) if '{' + s + '}' in second]
    if 0.4 < kind < 0.7 and used:
        name = random.choice(used)
        partner = name[:-1] if name.endswith('2') else name + '2'
        if partner in used and random.random() < 0.5 and not_symmetric(first, second):
            changed[name], changed[partner] = slots[partner], slots[name]
        else:
            changed[name] = random.choice([v for v in SLOTS[name.rstrip('2')] if v not in (slots[name], slots.get(partner))])
    same = other_line == one and all(changed[s] == slots[s] for s in used)
    return first.format(**slots), second.format(**changed), int(same)


VERBS = [verb.split('/') for verb in (
    'like/liked love/loved trust/trusted hate/hated help/helped follow/followed support/supported blame/blamed '
    'teach/taught pay/paid hire/hired call/called invite/invited block/blocked know/known owe/owed replace/replaced '
    'remember/remembered protect/protected own/owned beat/beaten defend/defended visit/visited praise/praised').split()]
MUTUAL = ['married to', 'related to', 'friends with', 'engaged to', 'similar to', 'connected to']
TIMES = [('before', 'after'), ('after', 'before'), ('until', 'since'), ('since', 'until')]
EVENTS = ['becoming a {x}', 'moving to {city}', 'the merger', 'the update', 'installing {language}', 'the payment',
          'leaving {country}', 'the trip to {city}', 'taking {drug}', 'my order was shipped']
QUESTIONS = ['what happened {t} {e}', 'what should i do {t} {e}', 'what was life like {t} {e}', 'what changed {t} {e}',
             'who was in charge {t} {e}', 'what did {person} do {t} {e}']


def role_pair(random):
    """Who does what to whom, and what comes first: active and passive voice, mutual relations, before and after."""
    slots = draw_slots(random)
    a, b = slots['person'], slots['person2']
    kind = random.randrange(3)
    if kind == 0:
        verb, participle = random.choice(VERBS)
        active = random.choice(['does {} {} {}', 'did {} {} {}', 'why does {} {} {}', 'will {} {} {}'])
        passive = {'does': 'is {} {} by {}', 'did ': 'was {} {} by {}', 'why ': 'why is {} {} by {}',
                   'will': 'will {} be {} by {}'}[active[:4]]
        first = active.format(a, verb, b)
        return random.choice([(first, passive.format(b, participle, a), 1), (first, passive.format(a, participle, b), 0),
                              (first, active.format(b, verb, a), 0),
                              (passive.format(a, participle, b), passive.format(b, participle, a), 0)])
    if kind == 1:
        relation = random.choice(MUTUAL)
        question = random.choice(['is {} {} {}', 'was {} {} {}', 'how is {} {} {}'])
        other = slots['city'] if random.random() < 0.5 else a
        return question.format(a, relation, b), question.format(b, relation, other), int(other == a)
    event = random.choice(EVENTS).format(x=random.choice(['nurse', 'teacher', 'writer', 'manager', 'player']), **slots)
    question = random.choice(QUESTIONS)
    time, other = random.choice(TIMES[:2] if random.random() < 0.8 else TIMES)
    first = question.format(t=time, e=event, **slots)
    if random.random() < 0.35:
        return first, f'{time} {event}, ' + question.replace(' {t} {e}', '').format(**slots), 1
    return first, question.format(t=other, e=event, **slots), 0


def not_symmetric(first, second):
    return not re.search('distance|how far|difference|differ|compare| vs |combine|together|take {drug}', first + second)


def draw_slots(random):
    slots = {}
    for name, values in SLOTS.items():
        slots[name], slots[name + '2'] = random.sample(values, 2)
    return slots
