"""Answers to follow-up questions about a card that was just shown: where, who, when, what to bring."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.appointments.calendar import Calendar
from domain.cards.application import Application
from domain.cards.stages import Stage
from domain.office.office import Office
from domain.text.colloquial import standard
from domain.text.followups import RECORDED, asks_hours, is_short, likely_topic_of, means_another, topic_of
from domain.text.grievance import is_grievance
from domain.text.scam import looks_like_scam
from domain.text.summary_replies import place_wanted
from handlers.cards.coming import wanted_in, words_of_coming
from handlers.engine.chat import Said
from handlers.engine.screen import Place
from handlers.shared.day_hours import hours_on
from handlers.shared.forecast import Told, at_length
from handlers.shared.kinds import IKD, key_of
from handlers.shared.pickup import bring_to_fetch, bring_to_record, requirements_of, ways
from handlers.shared.report import address_of, ahead_of, collects, open_now, place_of, stage_of, week_of
from storage.appointments import bookings
from storage.cards import chat_applications
from storage.people.sittings import Covered
from storage.session import Reading

ABOUT, OTHER, PACE, UNKNOWN, WHEN = "about:", "other", "pace", "unknown", "when"
COMES = "comes"
"""Topic of the day or time at which somebody wants to come; a colon and the words for it follow."""
_WORDS_OF_A_QUESTION = 3  # shorter ones are slips, or words for the choices
_TO_RECORD = frozenset({Stage.NOT_RECORDED, Stage.RECORD_FAILED, Stage.DUPLICATE})
_CHOICES = frozenset({"status-next", "status-next-again"})
_RECALLED_HOURS = 24
# the same for everybody, or for the counter
_NOT_RECALLED = frozenset({"cost", "temporary", "life", "receipt", "finger"})


def follow_up(question: str, text: str) -> str | None:
    """The answer `about:<topic>` that a sentence is to the open choices of a card, or None."""
    if question not in _CHOICES or is_grievance(text) or looks_like_scam(text):
        return None
    topic = topic_of(text)
    return f"{ABOUT}{topic}" if topic else None


def likely(question: str, text: str, again: bool) -> str | None:  # noqa: FBT001 (a callback of the registry)
    """The most likely topic of a sentence that means nothing else; a status asked `again` is this card's."""
    if question not in _CHOICES or not is_short(text) or is_grievance(text) or looks_like_scam(text):
        return None
    if means_another(text):
        return OTHER
    topic = likely_topic_of(text)
    if topic is not None:
        return f"{ABOUT}{topic}"
    if again:
        return f"{ABOUT}{WHEN}"
    return f"{ABOUT}{UNKNOWN}" if len(standard(text).split()) >= _WORDS_OF_A_QUESTION else None


def wants_to_come(question: str, text: str) -> str | None:
    """The answer `about:comes:<words>` that a day or time is below a card, `about:where` for the hours, or None."""
    if question not in _CHOICES:
        return None
    if asks_hours(text):
        return f"{ABOUT}where"
    words = words_of_coming(text)
    return f"{ABOUT}{COMES}:{words}" if words else None


async def recall(db: Reading, chat: int, covered: Covered, text: str) -> str | None:
    """The argument `about:<topic>:<application>` if a sentence asks about the one card shown within a day."""
    topic, words = topic_of(text), words_of_coming(text)
    if (topic is None or topic in _NOT_RECALLED or is_grievance(text)) and words is None:
        return None
    since = db.now - timedelta(hours=_RECALLED_HOURS)
    known = await chat_applications.known_to(db, chat=chat, since=since, booked_since=since, covered=covered)
    if len(known) != 1:
        return None
    if words is not None or place_wanted(text) is not None:
        booked = await bookings.bookings_of_chat(db, chat=chat, covered=covered)
        if booked:  # that shall be moved
            return None
    about = known[0].application
    return f"{ABOUT}{topic}:{about}" if words is None else f"{ABOUT}{COMES}:{about}:{words}"


async def known(db: Reading, *, application: int, chat: int, covered: Covered) -> Application | None:
    """An application shown in the chat within a day."""
    since = db.now - timedelta(hours=_RECALLED_HOURS)
    return await chat_applications.of_known(
        db, application=application, chat=chat, since=since, booked_since=since, covered=covered
    )


def pin_of(application: Application, office: Office) -> Place | None:
    """The address of a card's place on the map, if its coordinates are known; the text has its name."""
    place = place_of(application, office)
    if place.pin is None:
        return None
    return Place(latitude=place.pin[0], longitude=place.pin[1], name=place.address)


@dataclass(frozen=True, slots=True)
class _Card:
    """The card asked about, and what the answers need beside it."""

    application: Application
    calendar: Calendar
    now: datetime
    printed: int
    forecast: Told
    words: str

    @property
    def office(self) -> Office:
        return self.calendar.office


def answer(
    topic: str,
    application: Application,
    calendar: Calendar,
    now: datetime,
    printed: int = 0,
    forecast: Told = None,
) -> list[Said]:
    """Text of the answer about a topic; `printed`: cards printed in the week of `last_week`; `forecast`: for `when`."""
    topic, _, words = topic.partition(":")
    card = _Card(application, calendar, now, printed, forecast, words)
    if topic.startswith(RECORDED) and application.stage not in _TO_RECORD:
        return [Said("follow-recorded")]
    return list(_ANSWERS[topic.removeprefix(RECORDED)](card))


def last_week(today: date) -> tuple[date, date]:
    """Monday and Sunday of the week before."""
    monday = today - timedelta(days=today.weekday() + 7)
    return monday, monday + timedelta(days=6)


def _where(card: _Card) -> Iterator[Said]:
    place = place_of(card.application, card.office)
    key = "follow-where-record" if card.application.stage in _TO_RECORD else "follow-where"
    yield Said(key, address_of(place))
    week = week_of(card.calendar, place, card.now)
    if any(week.days):
        yield Said("report-hours", {"hours": week})
    yield from open_now(card.calendar, [place], card.now)
    if card.application.stage in _TO_RECORD:
        yield Said("follow-queue-record")
    yield from _not_yet(card)


def _comes(card: _Card) -> Iterator[Said]:
    """The hours of the card's place on the day that is named; a time alone means the next such time."""
    application, place = card.application, place_of(card.application, card.office)
    if not collects(application, card.office):
        yield stage_of(application, card.office)
        if application.stage is not Stage.DOCS_INCOMPLETE:
            yield from _not_yet(card)
            return
    wish = wanted_in(card.words, place, card.calendar, card.now)
    if wish is None:
        yield from _where(card)
        return
    if application.stage is not Stage.DOCS_INCOMPLETE:  # which names the place
        yield Said("follow-where", address_of(place))
    yield from hours_on(card.calendar, [place], wish.day, card.now)
    plan = card.calendar.day(place.id, wish.day)
    if wish.at is not None and plan.open_spans:
        at = datetime.combine(wish.day, wish.at, card.office.timezone)
        yield Said("follow-then", {"at": at, "open": plan.closed_at(wish.at) is None})


def _who(card: _Card) -> Iterator[Said]:
    if card.application.stage in _TO_RECORD:
        yield Said("booking-in-person")
        return
    yield from ways(card.office, card.application.service)
    if "power_of_attorney" not in card.office.pickup.ways and card.application.service != IKD:
        yield Said("follow-who-else")
    yield from _not_yet(card)


def _letter(card: _Card) -> Iterator[Said]:
    if "power_of_attorney" in card.office.pickup.ways:
        yield Said("follow-letter")
    else:
        yield Said("follow-no-letter")
        yield from ways(card.office, card.application.service)
    yield from _not_yet(card)


def _village(card: _Card) -> Iterator[Said]:
    if card.application.service == IKD:
        yield Said("follow-ikd-sent", {"place": place_of(card.application, card.office).name})
        return
    offered = [way for way in card.office.pickup.ways if way in ("village", "post")]
    for way in offered:
        yield Said("report-policy", {"policy": way})
    if not offered:
        yield Said("follow-no-delivery", {"place": place_of(card.application, card.office).name})


def _ahead(card: _Card) -> Iterator[Said]:
    told = list(ahead_of(card.application, card.office))
    yield from told or [stage_of(card.application, card.office), Said("follow-no-queue")]


def _pace(card: _Card) -> Iterator[Said]:
    first, last = last_week(card.office.today(card.now))
    yield Said("follow-pace", {"first": first, "last": last, "printed": card.printed})
    yield from ahead_of(card.application, card.office)


def _when(card: _Card) -> Iterator[Said]:
    yield stage_of(card.application, card.office)
    if card.application.stage in _TO_RECORD:
        yield Said("follow-queue-record")
        return
    if collects(card.application, card.office) or card.application.final:
        return
    yield from ahead_of(card.application, card.office)
    yield from at_length(card.forecast, card.application)


def _bring(card: _Card) -> Iterator[Said]:
    service = card.application.service
    if card.application.stage in _TO_RECORD:
        yield bring_to_record(service, card.office)
        yield from requirements_of(service, card.office)
    else:
        if card.application.stage is Stage.DOCS_INCOMPLETE:
            yield stage_of(card.application, card.office)  # has what is missing
        yield bring_to_fetch(service, card.office)
        yield from _not_yet(card)


def _cost(_card: _Card) -> Iterator[Said]:
    yield Said("fees-text")


def _temporary(card: _Card) -> Iterator[Said]:
    kind = card.application.service
    yield Said("follow-temporary", {"place": place_of(card.application, card.office).name, "kind": kind})


def _meaning(card: _Card) -> Iterator[Said]:
    if key_of(card.application.service, card.application.stage) is not None:
        yield stage_of(card.application, card.office)
        return
    yield Said("follow-meaning", {"stage": str(card.application.stage or "other")})
    if card.application.stage is None:
        yield stage_of(card.application, card.office)


def _unknown(_card: _Card) -> Iterator[Said]:
    yield Said("follow-unknown")


def _blank(card: _Card) -> Iterator[Said]:
    yield Said("follow-blank")
    yield stage_of(card.application, card.office)


def _queue(card: _Card) -> Iterator[Said]:
    if card.application.stage in _TO_RECORD:
        yield Said("follow-queue-record")
        return
    yield Said("follow-queue")
    yield from _not_yet(card)


def _notify(card: _Card) -> Iterator[Said]:
    state = "final" if card.application.final else "followed" if card.application.followed else "open"
    yield Said("follow-notify", {"state": state})


def _at_counter(key: str) -> Callable[[_Card], Iterator[Said]]:
    """A sentence that names the card's place."""

    def told(card: _Card) -> Iterator[Said]:
        yield Said(key, {"place": place_of(card.application, card.office).name})

    return told


def _until(card: _Card) -> Iterator[Said]:
    """Until when a card is kept, or papers are accepted."""
    if card.application.stage is Stage.DOCS_INCOMPLETE:
        yield stage_of(card.application, card.office)
        yield Said("follow-until-papers", {"phone": card.office.contact.phone})
        return
    if card.application.final:
        yield stage_of(card.application, card.office)
        return
    yield Said("follow-until", {"phone": card.office.contact.phone})
    yield from _not_yet(card)


def _life(card: _Card) -> Iterator[Said]:
    yield Said("follow-life", {"phone": card.office.contact.phone})


def _not_yet(card: _Card) -> Iterator[Said]:
    """A warning that there is nothing to fetch yet."""
    waits = card.application.stage not in {*_TO_RECORD, Stage.DOCS_INCOMPLETE}
    if waits and not card.application.final and not collects(card.application, card.office):
        yield Said("follow-not-yet")


_ANSWERS: dict[str, Callable[[_Card], Iterator[Said]]] = {
    "where": _where,
    COMES: _comes,
    "who": _who,
    "letter": _letter,
    "village": _village,
    "ahead": _ahead,
    PACE: _pace,
    WHEN: _when,
    "bring": _bring,
    "cost": _cost,
    "temporary": _temporary,
    "meaning": _meaning,
    "until": _until,
    "finger": _at_counter("follow-finger"),
    UNKNOWN: _unknown,
    "blank": _blank,
    "queue": _queue,
    "notify": _notify,
    "receipt": _at_counter("follow-receipt"),
    "handin": _at_counter("follow-hand-in"),
    "wrong": _at_counter("follow-wrong"),
    "anywhere": _at_counter("follow-anywhere"),
    "dress": _at_counter("follow-dress"),
    "phone": _at_counter("follow-phone"),
    "life": _life,
}
