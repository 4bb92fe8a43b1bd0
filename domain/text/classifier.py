"""Finds the topic of a sentence from labelled examples, by complement naive Bayes over words and pairs of words.

Method: Rennie, Shih, Teevan and Karger, "Tackling the Poor Assumptions of Naive Bayes Text Classifiers", ICML 2003, without its
normalisations, which brought nothing here. It only counts, so an example more needs no tuning.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

_SMOOTHING = 0.1  # 0.05 to 0.4 give the same on sentences that were not seen
_WORDS_AT_MOST = 40
_KNOWN_AT_LEAST = 0.5  # of the words


@dataclass(frozen=True, slots=True)
class Verdict:
    """The most likely topic; `lead`: by how many nats it is ahead of the second, divided by the root of the features that are known."""

    topic: str
    lead: float


@dataclass(slots=True)
class Classifier:
    """Counts of the words and pairs of words of examples, by topic; an example itself has its topic."""

    _examples: dict[str, str] = field(default_factory=dict)
    _of: dict[str, Counter[str]] = field(default_factory=dict)  # by feature
    _size: Counter[str] = field(default_factory=Counter)  # features of all examples, by topic
    _whole: int = 0

    @classmethod
    def of(cls, examples: Mapping[str, Iterable[str]]) -> "Classifier":
        """Learn from sentences in standard words, by topic."""
        learnt = cls()
        for topic, sentences in examples.items():
            for sentence in sentences:
                learnt._examples[sentence] = topic
                for feature in _features(sentence):
                    learnt._of.setdefault(feature, Counter())[topic] += 1
                    learnt._size[topic] += 1
        learnt._whole = learnt._size.total()
        return learnt

    def verdict(self, sentence: str) -> Verdict | None:
        """The topic of a sentence in standard words; None: most of them are in no example."""
        if sentence in self._examples:
            return Verdict(self._examples[sentence], math.inf)
        words = sentence.split()
        if not words or sum(one in self._of for one in words) < _KNOWN_AT_LEAST * len(words):
            return None
        known = [self._of[one] for one in _features(sentence) if one in self._of]
        scores = {topic: sum(self._weight(topic, one) for one in known) for topic in self._size}
        first, second = Counter(scores).most_common(2)
        return Verdict(first[0], (first[1] - second[1]) / math.sqrt(len(known)))

    def _weight(self, topic: str, counts: Counter[str]) -> float:
        """How unlikely a feature is in the examples of all other topics."""
        others = counts.total() - counts[topic] + _SMOOTHING
        return math.log((self._whole - self._size[topic] + _SMOOTHING * len(self._of)) / others)


def _features(sentence: str) -> set[str]:
    words = sentence.split()[:_WORDS_AT_MOST]
    return {*words, *(f"{one} {after}" for one, after in pairwise(words))}
