"""Finds the topic of a sentence from labelled examples, by complement naive Bayes over words and pairs of words.

Method: Rennie, Shih, Teevan and Karger, "Tackling the Poor Assumptions of Naive Bayes Text Classifiers", ICML 2003, without its
normalisations, which brought nothing here. It only counts, so an example more needs no tuning.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

_SMOOTHING = 0.1  # 0.05 to 0.4 give the same on sentences that were not seen
_WORDS_AT_MOST = 40
_KNOWN_AT_LEAST = 0.5  # of the words


@dataclass(frozen=True, slots=True)
class Verdict:
    """The most likely topic; `lead`: by how many nats it is ahead of the second, divided by the root of the features that are known."""

    topic: str
    lead: float


class Classifier:
    """Weights of the words and pairs of words of examples, by topic; an example itself has its topic.

    A feature weighs the more for a topic the rarer it is in the examples of all others.
    """

    def __init__(self, examples: Mapping[str, Iterable[str]]) -> None:
        """Learn from sentences in standard words, by topic."""
        self._topics = {sentence: topic for topic, sentences in examples.items() for sentence in sentences}
        counts: dict[str, Counter[str]] = {}
        sizes: Counter[str] = Counter()
        for sentence, topic in self._topics.items():
            for feature in _features(sentence):
                counts.setdefault(feature, Counter())[topic] += 1
                sizes[topic] += 1
        whole = sizes.total() + _SMOOTHING * len(counts)
        self._each = {
            topic: math.log(whole - size) for topic, size in sizes.items()
        }  # for each known feature
        self._more = {feature: _weights(found) for feature, found in counts.items()}

    def verdict(self, sentence: str) -> Verdict | None:
        """The topic of a sentence in standard words; None: most of them are in no example."""
        if sentence in self._topics:
            return Verdict(self._topics[sentence], math.inf)
        words = sentence.split()
        if not words or sum(one in self._more for one in words) < _KNOWN_AT_LEAST * len(words):
            return None
        known = [self._more[one] for one in _features(sentence) if one in self._more]
        scores = {topic: len(known) * each for topic, each in self._each.items()}
        for weights in known:
            for topic, weight in weights.items():
                scores[topic] += weight
        first = max(scores, key=scores.__getitem__)
        best = scores.pop(first)
        return Verdict(first, (best - max(scores.values())) / math.sqrt(len(known)))


def _weights(counts: Counter[str]) -> dict[str, float]:
    """What a feature adds for the topics that have it, beside the others."""
    total = counts.total() + _SMOOTHING
    return {topic: math.log(total / (total - count)) for topic, count in counts.items()}


def _features(sentence: str) -> set[str]:
    words = sentence.split()[:_WORDS_AT_MOST]
    return {*words, *(f"{one} {after}" for one, after in pairwise(words))}
