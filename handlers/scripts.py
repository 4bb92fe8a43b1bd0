"""Every conversation there is: a new one gets one line here."""

from importlib import import_module

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
    """Enter every conversation in the registry; loading twice changes nothing."""
    for name in SCRIPTS:
        import_module(f"handlers.{name}")
