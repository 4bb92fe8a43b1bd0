"""Finds the topic of a sentence from labelled examples, by complement naive Bayes over words and pairs of words.

Method: Rennie, Shih, Teevan and Karger, "Tackling the Poor Assumptions of Naive Bayes Text Classifiers", ICML 2003, without its
normalisations, which brought nothing here. It only counts, so an example more needs no tuning.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

_SMOOTHING = 0.1  # 0.05 to 0.4 give the same on sentences that were not seen
_WORDS_AT_LEAST, _WORDS_AT_MOST = 2, 40
_KNOWN_AT_LEAST = 0.5  # of the words


@dataclass(frozen=True, slots=True)
class Verdict:
    """The most likely topic; `lead`: by how many nats it is ahead of the second, divided by the root of the features that are known."""

    topic: str
    lead: float


class Classifier:
    """Weights of the words and pairs of words of examples, by topic; an example itself has its topic.

    A feature weighs the more for a topic the rarer it is in the examples of all others. Weights are computed when a
    sentence first needs them.
    """

    def __init__(self, examples: Mapping[str, Iterable[str]]) -> None:
        """Learn from sentences in standard words, by topic; at most 256 topics."""
        self._topics = {sentence: topic for topic, sentences in examples.items() for sentence in sentences}
        self._names = tuple(examples)
        places = {topic: bytes([place]) for place, topic in enumerate(self._names)}
        self._having: dict[str, bytes] = {}  # the topic's place, once for each example with the feature
        sizes: Counter[str] = Counter()
        for sentence, topic in self._topics.items():
            features = _features(sentence)
            sizes[topic] += len(features)
            for feature in features:
                self._having[feature] = self._having.get(feature, b"") + places[topic]
        whole = sizes.total() + _SMOOTHING * len(self._having)
        # for each known feature
        self._each = {topic: math.log(whole - size) for topic, size in sizes.items()}
        self._more: dict[str, dict[str, float]] = {}

    def verdict(self, sentence: str, among: Collection[str] = ()) -> Verdict | None:
        """The topic of a sentence in standard words, one of `among` if given.

        None: most words are in no example, or it is a lone word, which tells too little if it is no example.
        """
        exact = self._topics.get(sentence)
        if exact is not None and (not among or exact in among):
            return Verdict(exact, math.inf)
        words = sentence.split()
        if len(words) < _WORDS_AT_LEAST or sum(one in self._having for one in words) < _KNOWN_AT_LEAST * len(
            words
        ):
            return None
        known = [self._weights(one) for one in _features(sentence) if one in self._having]
        scores = {topic: len(known) * self._each[topic] for topic in among or self._each}
        for weights in known:
            for topic, weight in weights.items():
                if topic in scores:
                    scores[topic] += weight
        first = max(scores, key=scores.__getitem__)
        best = scores.pop(first)
        return Verdict(first, (best - max(scores.values())) / math.sqrt(len(known)))

    def knows(self, word: str) -> bool:
        """Whether an example has this word."""
        return word in self._having

    def _weights(self, feature: str) -> dict[str, float]:
        """What a feature adds for the topics that have it, beside the others."""
        weights = self._more.get(feature)
        if weights is None:
            counts = Counter(self._having[feature])
            total = counts.total() + _SMOOTHING
            weights = {
                self._names[place]: math.log(total / (total - count)) for place, count in counts.items()
            }
            self._more[feature] = weights
        return weights


def _features(sentence: str) -> set[str]:
    words = sentence.split()[:_WORDS_AT_MOST]
    return {*words, *(f"{one} {after}" for one, after in pairwise(words))}
