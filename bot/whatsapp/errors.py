"""Meaning of the Cloud API's error codes.

https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from bot.whatsapp.names import inner
from storage.post.receipts import WINDOW_CLOSED

_NO_SUCH_OBJECT = 33  # subcode of 100: the number's id or the version in the address is wrong
_INVALID = 100


class Reaction(Enum):
    """Reaction to a refusal."""

    WAIT = auto()  # this message waits, longer each time, and all pushes
    WAIT_FOR_PERSON = auto()  # this person waits, longer each time
    TEMPLATE = auto()  # send a template, or hold it until the resident writes
    KEEP = auto()  # hold it with a reason
    GIVE_UP_PERSON = auto()  # this person cannot be reached
    GIVE_UP = auto()  # this message cannot be sent
    DOWN = auto()  # the provider has trouble: retry later
    SHUT = auto()  # the provider refuses us as a whole: stop calling, tell staff


@dataclass(frozen=True, slots=True)
class Meaning:
    """A reaction and its reason; `seconds` is the wait, or the first one unless the provider `told` it."""

    reaction: Reaction
    reason: str
    seconds: float = 0.0
    told: bool = False


class Refused(Exception):
    """The provider refused a call; contains no personal data and no token."""

    def __init__(self, meaning: Meaning, *, code: int | None = None) -> None:
        super().__init__(f"{meaning.reason} ({code})" if code else meaning.reason)
        self.meaning = meaning
        self.code = code


_ACCESS = Meaning(Reaction.SHUT, "access")
_DOWN = Meaning(Reaction.DOWN, "provider_down")
_SETUP = Meaning(Reaction.SHUT, "number_not_ready")

CODES: dict[int, Meaning] = {
    # our account
    **dict.fromkeys((0, 3, 10, 190, *range(200, 300), 131005), _ACCESS),
    368: Meaning(Reaction.SHUT, "blocked_by_provider"),
    131031: Meaning(Reaction.SHUT, "account_locked"),
    131042: Meaning(Reaction.SHUT, "payment"),
    **dict.fromkeys((131037, 131045, 133010), _SETUP),
    # rate limits
    **dict.fromkeys((4, 80007, 133016), Meaning(Reaction.WAIT, "too_fast", 5)),
    130429: Meaning(Reaction.WAIT, "too_fast", 2),
    131056: Meaning(Reaction.WAIT_FOR_PERSON, "too_fast_for_person"),
    131048: Meaning(Reaction.KEEP, "spam_limit", 3600),
    # trouble of the provider
    **dict.fromkeys((1, 2, 131000, 131016, 131057, 133000, 133004), _DOWN),
    # the recipient
    131047: Meaning(Reaction.TEMPLATE, WINDOW_CLOSED),
    131026: Meaning(Reaction.GIVE_UP_PERSON, "undeliverable"),
    131030: Meaning(Reaction.GIVE_UP_PERSON, "not_a_test_recipient"),
    131021: Meaning(Reaction.GIVE_UP_PERSON, "own_number"),
    130497: Meaning(Reaction.GIVE_UP_PERSON, "country"),
    131049: Meaning(Reaction.GIVE_UP, "held_back_by_provider"),
    131050: Meaning(Reaction.GIVE_UP, "declined_by_person"),
    130472: Meaning(Reaction.GIVE_UP, "experiment"),
    # templates: nothing was sent, so nothing is lost
    132001: Meaning(Reaction.KEEP, "template_missing", 3600),
    132007: Meaning(Reaction.KEEP, "template_refused", 3600),
    **dict.fromkeys((132015, 132016), Meaning(Reaction.KEEP, "template_paused", 3600)),
    **dict.fromkeys((132000, 132005, 132012, 132018), Meaning(Reaction.KEEP, "template_differs", 3600)),
    # the message
    _INVALID: Meaning(Reaction.GIVE_UP, "malformed"),
    **dict.fromkeys((131008, 131009, 131051, 135000), Meaning(Reaction.GIVE_UP, "malformed")),
    **dict.fromkeys((131052, 131053), Meaning(Reaction.GIVE_UP, "media")),
}

GATEWAY = "gateway"  # an intermediary answered: the message may have been accepted
_GATEWAY = frozenset({502, 504})
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _TOO_MANY, _SERVER = 401, 403, 404, 429, 500


def meaning_of(code: int | None, *, status: int = 400) -> Meaning:
    """Meaning of a code; an unlisted one is judged by the HTTP status."""
    known = CODES.get(code) if code is not None else None
    if known is not None:
        return known
    if status == _TOO_MANY:
        return Meaning(Reaction.WAIT, "too_fast", 5)
    if status in {_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND}:
        return _ACCESS
    if status in _GATEWAY:
        return Meaning(Reaction.DOWN, GATEWAY)
    if status >= _SERVER or 300 <= status < 400:  # noqa: PLR2004 (a redirect: something on the way, not the provider)
        return _DOWN
    return Meaning(Reaction.GIVE_UP, f"code_{code}" if code is not None else f"http_{status}")


def reason_of(code: int | None) -> str:
    """Reason for the code of a `failed` status."""
    return meaning_of(code).reason if code is not None else "refused"


def refused(status: int, answer: Any, *, retry_after: str | None = None) -> Refused:
    """Refusal for an answer other than 200; `retry_after` is the header of that name."""
    error = inner(answer, "error")
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    meaning = meaning_of(code, status=status)
    if code == _INVALID and subcode == _NO_SUCH_OBJECT:
        meaning = _ACCESS
    if retry_after is not None and retry_after.isascii() and retry_after.isdigit():
        told = min(max(float(retry_after), 1.0), 3600.0)
        seconds = told if meaning.reaction is Reaction.WAIT else max(told, meaning.seconds)
        meaning = Meaning(meaning.reaction, meaning.reason, seconds, told=True)
    return Refused(meaning, code=code)


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
