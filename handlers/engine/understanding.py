"""Finds the conversation of a free sentence by its similarity to examples in the texts.

Kept simple so that results can be explained: words are normalised (slang, fillers, typing errors), each
example is compared word by word, and rare words weigh more. `Matcher.explain` returns the scores; nothing is
learnt or stored.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from domain.text.typed import plain

SURE = 0.58
"""Similarity from which the conversation is opened."""
UNSURE = 0.22
"""Similarity from which we ask "maksudnya …?"."""
_SURE_OF_A_WORD = 0.75  # more than half of an example: "terus" is not yet "bohong terus"
_LEAD = 0.1  # minimum lead over the second for opening without asking
_SAME_WORD = 84  # of 100; below, one letter of five makes another word ("hujan", "human")
_LETTERS_AT_LEAST = 4  # shorter words have too many neighbours for corrections
_WORDS_AT_MOST = 60  # per sentence and per clause
_WORDS_READ = 200  # of all clauses; more than the longest text of a resident has
_OFFERED = 3
_WORD = re.compile(r"[a-z0-9]+")
_CLAUSE = re.compile(r"[,.;:?!\n]+|\s(?:tapi|tp|terus|trus|trs|soalnya|soale|nanging|but)\s")
_CLAUSE_WEIGHS = 0.95  # slightly less than the whole sentence
_CLAUSE_AT_LEAST = 2  # meaningful words
_STRETCHED = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True, slots=True)
class Guess:
    """Conversations that a sentence may mean, the most similar first; `sure`: the first is meant."""

    names: tuple[str, ...] = ()
    sure: bool = False


class Matcher:
    """Compares sentences with examples of each conversation.

    Args:
        examples: sentences by conversation.
        slang: standard words by their slang forms.
        fillers: words without meaning for the comparison.
        careful: conversations that are never opened without asking.
        unoffered: conversations that are never proposed.
        yielding: conversations that give way to any other in the sentence, like thanks beside a question.
    """

    def __init__(
        self,
        examples: Mapping[str, Iterable[str]],
        *,
        slang: Mapping[str, str] | None = None,
        fillers: Iterable[str] = (),
        careful: Iterable[str] = (),
        unoffered: Iterable[str] = (),
        yielding: Iterable[str] = (),
    ) -> None:
        self._slang = dict(slang or {})
        self._fillers = frozenset(fillers)
        self._careful = frozenset(careful)
        self._unoffered = frozenset(unoffered)
        self._yielding = frozenset(yielding)
        self._examples = [
            (name, frozenset(words))
            for name, sentences in examples.items()
            for sentence in sentences
            if (words := self._plain_words(sentence))
        ]

    def guess(self, sentence: str) -> Guess:
        """Conversations that a sentence may mean."""
        scores = self.explain(sentence)
        for name in self._yielding:
            if max((score for other, score in scores.items() if other != name), default=0) >= SURE:
                scores.pop(name, None)
        ranked = [name for name, score in scores.most_common() if score >= UNSURE]
        if not ranked:
            return Guess()
        best, second = scores[ranked[0]], scores[ranked[1]] if len(ranked) > 1 else 0.0
        least = SURE if len(self._plain_words(sentence)) > 1 else _SURE_OF_A_WORD
        sure = best >= least and best - second >= _LEAD and ranked[0] not in self._careful
        if sure:
            return Guess(tuple(ranked[:_OFFERED]), sure)
        return Guess(tuple(name for name in ranked if name not in self._unoffered)[:_OFFERED])

    def topic(self, sentence: str, topics: Sequence[tuple[str, str]]) -> str:
        """Argument of the first topic whose words all occur in the sentence, in any order; else ""."""
        if not topics:
            return ""
        spoken = set(self._plain_words(sentence)[:_WORDS_READ])
        spoken |= {self._corrected(word) for word in spoken}
        return next((one for words, one in topics if spoken.issuperset(self._plain_words(words))), "")

    def explain(self, sentence: str) -> Counter[str]:
        """Similarity (0 to 1) of a sentence, or its best clause, to the best example of each conversation."""
        whole, clauses = self._plain_words(sentence)[:_WORDS_AT_MOST], self._clauses(sentence)
        meant = {word: self._corrected(word) for word in {*whole, *chain.from_iterable(clauses)}}
        scores = self._compare(frozenset(meant[word] for word in whole))
        for words in {frozenset(meant[word] for word in clause) for clause in clauses}:
            if len(words) >= _CLAUSE_AT_LEAST:
                for name, score in self._compare(words).items():
                    scores[name] = max(scores[name], score * _CLAUSE_WEIGHS)  # type: ignore[assignment]
        return scores

    def _clauses(self, sentence: str) -> list[list[str]]:
        """Words of each clause, up to `_WORDS_READ` in all."""
        clauses, left = [], _WORDS_READ
        for clause in _CLAUSE.split(sentence):
            words = self._plain_words(clause)[:_WORDS_AT_MOST]
            left -= len(words)
            if left < 0:
                break
            clauses.append(words)
        return clauses

    def _compare(self, words: frozenset[str]) -> Counter[str]:
        scores: Counter[str] = Counter()
        size = self._size(words)
        if not size:
            return scores
        shared: Counter[int] = Counter()
        for word in words:
            for place in self._places.get(word, ()):
                shared[place] += self._weight[word] ** 2  # type: ignore[assignment]
        for place in sorted(shared):
            name, likeness = self._examples[place][0], shared[place] / (size * self._sizes[place])
            scores[name] = max(scores[name], likeness)  # type: ignore[assignment]
        return scores

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Places of the examples by word."""
        found: dict[str, list[int]] = {}
        for place, (_, words) in enumerate(self._examples):
            for word in words:
                found.setdefault(word, []).append(place)
        return found

    @cached_property
    def _sizes(self) -> list[float]:
        return [self._size(words) for _, words in self._examples]

    def _size(self, words: Iterable[str]) -> float:
        return math.sqrt(sum(self._weight.get(word, self._stranger) ** 2 for word in words))

    @cached_property
    def _weight(self) -> dict[str, float]:
        """Weight of each word: the fewer conversations use it, the higher."""
        used: dict[str, set[str]] = {}
        for name, words in self._examples:
            for word in words:
                used.setdefault(word, set()).add(name)
        conversations = len({name for name, _ in self._examples})
        return {word: math.log(1 + conversations / len(names)) for word, names in used.items()}

    @cached_property
    def _stranger(self) -> float:
        """Weight of a word in no example; it lowers every similarity slightly."""
        return 0.45 * sum(self._weight.values()) / max(len(self._weight), 1)

    @cached_property
    def _long_words(self) -> Sequence[str]:
        return sorted(word for word in self._weight if len(word) >= _LETTERS_AT_LEAST)

    def _corrected(self, word: str) -> str:
        if word in self._weight or len(word) < _LETTERS_AT_LEAST:
            return word
        from rapidfuzz import fuzz, process  # 2 MB, with the first word that is not known

        found = process.extractOne(word, self._long_words, scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
        return found[0] if found else word

    def _plain_words(self, sentence: str) -> list[str]:
        spoken = _WORD.findall(_STRETCHED.sub(r"\1", plain(sentence).casefold()))
        known = " ".join(self._slang.get(word, word) for word in spoken).split()
        return [word for word in known if word not in self._fillers]
