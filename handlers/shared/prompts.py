"""Prompts: the names of the recorded sentences that an answer consists of when it is listened to.

A prompt is the key of a text without variables (`report-printed`), a text with one value (`report-policy.post`), the part
of a text before or after the name of a place, or a value that every language reads in its own way (`number.37`,
`date.2026-11-23`, `clock.08:30`, `point.sooko`). bot/voice/sentences.py gives the words of each.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.cards.application import MOST_AHEAD
from domain.office.office import Office, Point
from domain.office.week import Span
from handlers.engine.chat import Choice, Said
from handlers.engine.dialogue import Dialogue
from handlers.engine.playing import Reply
from handlers.engine.scene import Question, Scene

_WHOLE = (
    "report-submitted report-recorded report-sent-to-center report-needs-review report-print-ready "
    "report-waiting-blank report-meanwhile report-printed report-ikd-checked report-ikd-who "
    "report-kia-checked report-kia-who report-16-checked report-16-waits follow-not-yet follow-when "
    "forecast-meanwhile status-not-found status-after-not-found status-following engine-promise menu-ask "
    "push-head push-shift push-stop"
)
WHOLE = frozenset(_WHOLE.split())
"""Texts without variables."""
_LABELS = (
    "status-follow status-unfollow status-other status-retry menu-status menu-booking menu-officer "
    "menu-help menu-language menu-data engine-yes engine-no"
)
LABELS = frozenset(_LABELS.split())
"""Labels of choices."""
VARIANTS: Mapping[str, str] = {
    "report-bring-pickup": "kind",
    "report-bring-recording": "kind",
    "report-policy": "policy",
    "status-ask-nik": "whole",
}
"""Texts with one variable, and its name."""
_PLACED = (
    "report-docs-incomplete report-not-recorded report-record-failed report-duplicate "
    "report-print-on-arrival report-ready-for-pickup report-ikd-record report-ikd-ready report-kia-ask"
)
PLACED = frozenset(_PLACED.split())
"""Texts in which only the name of a place varies."""
_JOINTS = (
    "voice-welcome voice-notice voice-number-ends voice-where voice-address voice-hours voice-at voice-to "
    "voice-and voice-open-now voice-closed-now voice-closed-today voice-picked-up voice-picked-up-else "
    "voice-delivered voice-delivered-else voice-ikd-active voice-ikd-active-else voice-ahead "
    "voice-ahead-none voice-more-than voice-ahead-cards voice-complete voice-standard "
    "voice-standard-paused voice-standard-late voice-data-date voice-earliest voice-before "
    "voice-no-forecast voice-free voice-ask-number voice-offer voice-anything-else voice-for voice-type"
)
JOINTS = frozenset(_JOINTS.split())
"""Sentences and parts that are only listened to."""
MOST = MOST_AHEAD
"""Largest number that is read aloud."""
_TAIL = 4  # digits of a registration number that tell which one it is
_DAYS, _MONTHS = 7, 12


class Unrecorded(Exception):
    """A part of the answer has no prompt."""


def prompts_of(said: Sequence[Said], question: Question | None, office: Office, *, page: int) -> list[str]:
    """Prompts of an answer with its question and choices; empty if some part of it has none.

    `page` is the number of choices that fit below a message.
    """
    try:
        found = [prompt for one in said for prompt in _of(one, office)]
        if question is not None:
            found += _of(question.said, office)
            found += _of_choices(question.choices, page)
    except Unrecorded:
        return []
    return found


def note_spoken(scene: Scene, dialogue: Dialogue, reply: Reply) -> None:
    """Record the prompts of an answer, for offices with recordings.

    What is said about listening is no answer: the one before it can be listened to again.
    """
    if scene.voice is None or not (reply.said or reply.question):
        return
    asked = [reply.question.said] if reply.question is not None else []
    if not any(one.key.startswith("listen-") for one in (*reply.said, *asked)):
        dialogue.spoken = prompts_of(reply.said, reply.question, scene.office, page=scene.caps.page)


def all_prompts(office: Office) -> Iterator[str]:
    """Every prompt that an answer of this office can have."""
    yield from sorted(WHOLE | LABELS | JOINTS)
    for key, variable in VARIANTS.items():
        yield from (f"{key}.{value}" for value in _values(variable, office))
    for key in sorted(PLACED):
        yield from (f"{key}.before", f"{key}.after")
    yield from ("report-rejected", "report-cancelled")
    for point in office.points:
        yield from (f"point.{point.id}", f"address.{point.id}")
    yield from (f"day.{weekday}" for weekday in range(_DAYS))
    yield from (f"month.{month}" for month in range(1, _MONTHS + 1))
    yield from (f"number.{number}" for number in range(MOST + 1))


def _values(variable: str, office: Office) -> tuple[str, ...]:
    """Values that a variable of a text can have in this office."""
    if variable == "kind":
        return (*(service.id for service in office.services), "other")
    return ("in_person", *office.pickup.ways) if variable == "policy" else ("yes", "no")


def _of(said: Said, office: Office) -> Iterator[str]:
    """Prompts of one text.

    Raises:
        Unrecorded: it has none.
    """
    key, variables = said.key, said.variables
    if key in WHOLE:
        yield key
    elif key in VARIANTS:
        yield f"{key}.{_variant(key, variables, office)}"
    elif key in PLACED and not variables.get("noted"):
        yield from (f"{key}.before", f"point.{_named(office, variables['place']).id}", f"{key}.after")
    elif key in _BUILT:
        yield from _BUILT[key](variables, office)
    else:
        raise Unrecorded


def _of_choices(choices: Sequence[Choice], page: int) -> Iterator[str]:
    """Prompts of the choices, each with its number."""
    if len(choices) > page:
        raise Unrecorded
    for number, choice in enumerate(choices, start=1):
        if choice.label not in LABELS or choice.variables:
            raise Unrecorded
        yield from ("voice-for", choice.label, "voice-type", f"number.{number}")


def _variant(key: str, variables: Mapping[str, Any], office: Office) -> str:
    given = variables.get(VARIANTS[key])
    value = ("yes" if given else "no") if isinstance(given, bool) else str(given)
    if value not in _values(VARIANTS[key], office):
        raise Unrecorded
    return value


def _named(office: Office, name: Any) -> Point:
    return _only(one for one in office.points if one.name == name)


def _only(points: Iterator[Point]) -> Point:
    found = next(points, None)
    if found is None:
        raise Unrecorded
    return found


def _day(office: Office, moment: Any) -> str:
    if isinstance(moment, datetime):
        moment = office.local(moment).date()
    if not isinstance(moment, date):
        raise Unrecorded
    return f"date.{moment.isoformat()}"


def _clock(office: Office, moment: datetime) -> str:
    return f"clock.{office.local(moment):%H:%M}"


_Built = Callable[[Mapping[str, Any], Office], Iterator[str]]


def _head(variables: Mapping[str, Any], _office: Office) -> Iterator[str]:
    digits = [one for one in str(variables["number"]) if one.isascii() and one.isdigit()][-_TAIL:]
    yield from ("voice-number-ends", *(f"number.{digit}" for digit in digits))


def _ahead(variables: Mapping[str, Any], _office: Office) -> Iterator[str]:
    if not variables["ahead"]:
        yield "voice-ahead-none"
    else:
        yield from ("voice-ahead", f"number.{variables['ahead']}", "voice-ahead-cards")


def _ahead_many(variables: Mapping[str, Any], _office: Office) -> Iterator[str]:
    yield from ("voice-ahead", "voice-more-than", f"number.{variables['most']}", "voice-ahead-cards")


def _address(variables: Mapping[str, Any], office: Office) -> Iterator[str]:
    point = _only(one for one in office.points if one.address == variables["address"])
    yield from ("voice-address", f"address.{point.id}")


def _where(variables: Mapping[str, Any], office: Office) -> Iterator[str]:
    point = _named(office, variables["place"])
    yield from ("voice-where", f"point.{point.id}", "voice-address", f"address.{point.id}")


def _hours(variables: Mapping[str, Any], _office: Office) -> Iterator[str]:
    """Opening hours; consecutive days with equal hours are told together."""
    yield "voice-hours"
    runs: list[tuple[int, int, tuple[Span, ...]]] = []
    for weekday, spans in enumerate(variables["hours"].days):
        if runs and runs[-1][1] == weekday - 1 and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], weekday, spans)
        elif spans:
            runs.append((weekday, weekday, spans))
    for first, last, spans in runs:
        yield f"day.{first}"
        if last > first:
            yield from ("voice-to", f"day.{last}")
        for place, span in enumerate(spans):
            yield "voice-and" if place else "voice-at"
            yield from (f"clock.{span.opens:%H:%M}", "voice-to", f"clock.{span.closes:%H:%M}")


def _open_now(variables: Mapping[str, Any], office: Office) -> Iterator[str]:
    yield from ("voice-open-now", _clock(office, variables["closes"]))


def _opens(joint: str) -> _Built:
    def told(variables: Mapping[str, Any], office: Office) -> Iterator[str]:
        opens = variables["opens"]
        yield from (joint, _day(office, opens), "voice-at", _clock(office, opens))

    return told


def _next(variables: Mapping[str, Any], _office: Office) -> Iterator[str]:
    yield "voice-offer" if variables.get("offer") else "voice-anything-else"


def _dated(before: str, variable: str, *after: str) -> _Built:
    """A sentence with a day in the middle."""

    def told(variables: Mapping[str, Any], office: Office) -> Iterator[str]:
        yield from (before, _day(office, variables[variable]), *after)

    return told


def _range(variables: Mapping[str, Any], office: Office) -> Iterator[str]:
    yield from ("voice-earliest", _day(office, variables["earliest"]))
    yield from ("voice-before", _day(office, variables["before"]))


def _always(*prompts: str) -> _Built:
    """The same prompts whatever the variables are."""

    def told(_variables: Mapping[str, Any], _office: Office) -> Iterator[str]:
        yield from prompts

    return told


def _without_note(key: str) -> _Built:
    """A text that can hold a note of the office, which nobody has recorded."""

    def told(variables: Mapping[str, Any], _office: Office) -> Iterator[str]:
        if variables.get("noted"):
            raise Unrecorded
        yield key

    return told


_BUILT: Mapping[str, _Built] = {
    "engine-welcome": _always("voice-welcome"),
    "engine-notice": _always("voice-notice"),
    "engine-notice-brief": _always("voice-notice"),
    "status-ask-number": _always("voice-ask-number"),
    "status-next": _next,
    "status-next-again": _next,
    "report-head": _head,
    "report-ahead": _ahead,
    "report-ahead-many": _ahead_many,
    "report-address": _address,
    "report-hours": _hours,
    "report-open-now": _open_now,
    "report-opens": _opens("voice-closed-now"),
    "report-closed-today": _opens("voice-closed-today"),
    "report-picked-up": _dated("voice-picked-up", "on", "voice-picked-up-else"),
    "report-delivered": _dated("voice-delivered", "on", "voice-delivered-else"),
    "report-ikd-active": _dated("voice-ikd-active", "on", "voice-ikd-active-else"),
    "report-rejected": _without_note("report-rejected"),
    "report-cancelled": _without_note("report-cancelled"),
    "report-standard": _dated("voice-complete", "complete_on", "voice-standard"),
    "report-standard-paused": _dated("voice-complete", "complete_on", "voice-standard-paused"),
    "report-standard-late": _dated("voice-complete", "complete_on", "voice-standard-late"),
    "report-data-date": _dated("voice-data-date", "on", "voice-free"),
    "follow-where": _where,
    "forecast-range": _range,
    "forecast-data": _always(),
    "forecast-untold": _always("voice-no-forecast"),
}
