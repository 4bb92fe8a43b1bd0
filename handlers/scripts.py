"""List of all conversations, in menu order; a new one gets a line here."""

from importlib import import_module

from handlers.engine.registry import CONVERSATIONS

SCRIPTS = (
    "guide.menu",
    "appointments.queue",
    "appointments.aftercare",
    "cards.status",
    "appointments.booking",
    "appointments.calls",
    "guide.help",
    "cards.lost_number",
    "guide.questions",
    "guide.errands",
    "guide.small_talk",
    "guide.language",
    "people.stop",
    "staff.sign_in",
    "handovers.hand_over",
    "handovers.talk",
    "staff.today",
    "staff.check_in",
    "staff.call",
    "staff.finish",
    "announcements.announce",
    "announcements.swap",
    "ratings.index",
    "ratings.rating",
    "ratings.cases",
    "ratings.case_status",
    "people.my_data",
    "people.consents",
    "people.correct",
    "people.visit",
    "people.erase",
    "staff.alarm",
    "staff.console",
    "staff.needs",
)


def load() -> None:
    """Register all conversations in this order, which is the menu's; idempotent."""
    for name in SCRIPTS:
        import_module(f"handlers.{name}")
    place = {f"handlers.{name}": number for number, name in enumerate(SCRIPTS)}
    entries = sorted(
        CONVERSATIONS.items(), key=lambda entry: place.get(entry[1].script.__module__, len(place))
    )
    CONVERSATIONS.clear()
    CONVERSATIONS.update(entries)
