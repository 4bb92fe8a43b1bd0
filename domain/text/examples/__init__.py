"""Short examples of what residents ask about a card, in standard words (`colloquial.py`), by topic; "-" is about no card."""

from domain.text.examples import counter, elsewhere, pickup, progress

EXAMPLES = {
    topic: tuple(texts.split(", "))
    for room in (progress, pickup, counter, elsewhere)
    for topic, texts in room.TEXTS.items()
}
