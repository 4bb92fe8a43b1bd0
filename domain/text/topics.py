"""What a sentence may be about: topics with short examples of what residents say, in standard words (`colloquial.py`)."""

from functools import cache

from domain.text.classifier import Classifier
from domain.text.examples import (
    conditions,
    counter,
    elsewhere,
    family,
    loss,
    moves,
    new_card,
    opening,
    pickup,
    progress,
    reading,
    records,
    visits,
    waiting,
)

_OF_A_CARD = (progress, waiting, pickup, conditions, counter)
_ERRANDS = (opening, visits, reading, family, moves, loss, records, new_card)
ELSEWHERE = "-"
"""None of the topics."""
ABOUT_A_CARD = frozenset(topic for room in (*_OF_A_CARD, elsewhere) for topic in room.TEXTS)
"""Topics of questions about the card that was just shown, and `ELSEWHERE`."""
WITHOUT_A_CARD = frozenset(topic for room in (*_ERRANDS, elsewhere) for topic in room.TEXTS)
"""Topics of errands, and `ELSEWHERE`."""
CLEAR = 0.5
"""Lead from which a topic is clear enough to be answered before other conversations are thought of; of 417 sentences that the
examples do not hold, 82 % reach it, and 98 % of these are right."""


def examples() -> dict[str, list[str]]:
    """All examples by topic; 1 MB, so nothing keeps them beside what is learnt from them."""
    rooms = (*_OF_A_CARD, *_ERRANDS, elsewhere)
    return {topic: texts.split(", ") for room in rooms for topic, texts in room.TEXTS.items()}


@cache
def classifier() -> Classifier:
    """Tells what a sentence is about from all examples."""
    return Classifier(examples())
