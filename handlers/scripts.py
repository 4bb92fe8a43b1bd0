"""Every conversation there is: a new one gets one line here, at its place in the menu."""

from importlib import import_module

from handlers.registry import CONVERSATIONS

SCRIPTS = (
    "menu",
    "status",
    "booking",
    "booking_calls",
    "help",
    "lost_number",
    "questions",
    "small_talk",
    "language",
    "stop",
    "staff",
    "hand_over",
    "talking",
    "today",
    "check_in",
    "walk_in",
    "done",
    "announce",
    "swap",
    "ikm",
    "rating",
    "cases",
    "case_news",
    "my_data",
    "consents",
    "correct",
    "erase",
    "alarm",
)


def load() -> None:
    """Enter every conversation in the registry, in this list's order, which is the menu's; twice changes nothing."""
    for name in SCRIPTS:
        import_module(f"handlers.{name}")
    place = {f"handlers.{name}": number for number, name in enumerate(SCRIPTS)}
    entries = sorted(
        CONVERSATIONS.items(), key=lambda entry: place.get(entry[1].script.__module__, len(place))
    )
    CONVERSATIONS.clear()
    CONVERSATIONS.update(entries)
