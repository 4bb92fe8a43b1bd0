"""Parses a webhook's body: messages, statuses, changed names, and unreadable items.

Each item of every change of every entry is parsed alone; a malformed one is parked, the others continue.
Only the first `MOST_ITEMS` of a body are read, so that no body holds up everybody else.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.channel import Heard, Moved
from bot.whatsapp.names import Contacts, before_and_after, digits, inner, objects, sender, text, updated
from bot.whatsapp.words import SILENT, words_of
from domain.codec import light_dataclass
from storage.people.identities import send_address
from storage.post.receipts import Receipt

CHANNEL = "whatsapp"
_STATES = {"sent": "sent", "delivered": "delivered", "read": "read", "played": "read", "failed": "failed"}
_CHANGES = frozenset({"user_changed_number", "user_changed_user_id", "customer_changed_number"})
_LISTS = frozenset({"messages", "statuses", "user_id_update"})
_LARGEST = 2**63 - 1
MOST_ITEMS = 10_000
"""Items of all lists of a body that are read; the others are parked.

The provider sends at most 1,000 updates in a body (https://developers.facebook.com/docs/graph-api/webhooks), each
of which has an entry, a change, a contact and a message or status.
"""

ReasonOf = Callable[[int | None], str]


@light_dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A message or a change of names, and the provider's time (seconds; 0: unknown)."""

    at: int
    what: Heard | Moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A kind of unreadable items: their place without numbers, and the problem; nothing of their content."""

    place: str
    problem: str


@dataclass(slots=True, kw_only=True)
class Found:
    """Content of a body; `parked` counts unreadable items, `ignored` irrelevant ones by reason."""

    events: list[Event] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    parked: Counter[Parked] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)


class Malformed(Exception):
    """An item lacks a required field; the message names it."""


def read(body: Any, *, account: str, reason_of: ReasonOf) -> Found:
    """Parse a body; never raises.

    Args:
        body: the provider's JSON.
        account: the office's phone number id; items for other numbers of the app are ignored.
        reason_of: reason for a failure's code.
    """
    reader = _Reader(account, reason_of)
    for _, whole in reader.items({"body": [body]}, "body", ""):
        for place, entry in reader.items(whole, "entry", ""):
            for spot, change in reader.items(entry, "changes", place):
                reader.take(partial(reader.change, at=spot), change, spot)
    return reader.found


class _Reader:
    """Collects the content of a body."""

    def __init__(self, account: str, reason_of: ReasonOf) -> None:
        self.found = Found()
        self._account = account
        self._reason_of = reason_of
        self._room = MOST_ITEMS

    def items(self, holder: Mapping[str, Any], key: str, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Objects of a list, each with the place of all of them; other values are parked."""
        listed = holder.get(key)
        if listed is None:
            return
        place = f"{at}.{key}".lstrip(".")
        if not isinstance(listed, list):
            self._park(place, "no list")
            return
        place += "[]"
        for number, item in enumerate(listed):
            if not self._room:
                self._park(place, "too many", count=len(listed) - number)
                return
            self._room -= 1
            if isinstance(item, dict):
                yield place, item
            else:
                self._park(place, "no object")

    def take(self, reading: Callable[[dict[str, Any]], None], item: dict[str, Any], at: str) -> None:
        """Parse one item; errors do not stop the next ones."""
        try:
            reading(item)
        except Malformed as problem:
            self._park(at, str(problem))
        except Exception as problem:  # noqa: BLE001  (one bad item must not stop the others)
            self._park(at, type(problem).__name__)

    def change(self, change: dict[str, Any], *, at: str) -> None:
        """Parse the known lists of a change, regardless of its field."""
        value = change.get("value")
        if not isinstance(value, dict):
            raise Malformed("value")
        ours = inner(value, "metadata")
        if ours.get("phone_number_id") and text(ours["phone_number_id"]) != self._account:
            self.found.ignored["other_number"] += 1
            return
        if not _LISTS & value.keys():
            self.found.ignored["other_field"] += 1
        self._messages(value, digits(ours.get("display_phone_number")), at)
        for place, item in self.items(value, "statuses", at):
            self.take(self._status, item, place)
        for place, item in self.items(value, "user_id_update", at):
            self.take(self._id_update, item, place)

    def _messages(self, value: dict[str, Any], own: str, at: str) -> None:
        contacts = Contacts(contact for _, contact in self.items(value, "contacts", at))
        messages = list(self.items(value, "messages", at))
        alone = len({(text(one.get("from")), text(one.get("from_user_id"))) for _, one in messages}) == 1
        reading = partial(self._message, contacts=contacts, own=own, alone=alone)
        for place, item in messages:
            self.take(reading, item, place)

    def _message(self, item: dict[str, Any], *, contacts: Contacts, own: str, alone: bool) -> None:
        if own and digits(item.get("from")) == own:
            self.found.ignored["own_message"] += 1
            return
        kind = text(item.get("type"))
        if item.get("group_id") or kind in SILENT:
            self.found.ignored["group" if item.get("group_id") else kind] += 1
            return
        number = _id_of(item)
        if kind == "system":
            self._system(item, number)
            return
        names = sender(item, contacts, alone=alone)
        if not names:
            raise Malformed("from")
        words = words_of(item)
        heard = Heard(
            channel=CHANNEL,
            account=self._account,
            message_id=number,
            address=send_address(names[0]),
            said_in=number,
            identities=names,
            **words,
        )
        self.found.events.append(Event(at=_moment(item), what=heard))

    def _system(self, item: dict[str, Any], number: str) -> None:
        system = item.get("system")
        if not isinstance(system, dict):
            raise Malformed("system")
        if text(system.get("type")) not in _CHANGES:
            self.found.ignored["system"] += 1
            return
        self._moved(number, *before_and_after(item), at=_moment(item))

    def _id_update(self, item: dict[str, Any]) -> None:
        before, after = updated(item)
        number = "user_id_update\x1f" + "\x1f".join(value for _kind, value in (*before, *after))
        self._moved(number, before, after, at=_moment(item))

    def _moved(self, number: str, before: Any, after: Any, *, at: int) -> None:
        if not before or not after:
            raise Malformed("user_id")
        moved = Moved(channel=CHANNEL, account=self._account, message_id=number, before=before, after=after)
        self.found.events.append(Event(at=at, what=moved))

    def _status(self, item: dict[str, Any]) -> None:
        number = _id_of(item)
        state = _STATES.get(text(item.get("status")))
        if state is None or item.get("recipient_type") == "group":
            self.found.ignored["other_status"] += 1
            return
        receipt = Receipt(
            channel=CHANNEL,
            id=number,
            state=state,  # type: ignore[arg-type]
            row=_number(item.get("biz_opaque_callback_data")),
            reason=self._reason_of(_code(item)) if state == "failed" else None,
            billed=_billed(item.get("pricing")),
        )
        self.found.receipts.append(receipt)

    def _park(self, place: str, problem: str, *, count: int = 1) -> None:
        self.found.parked[Parked(place=place, problem=problem)] += count


def _id_of(item: Mapping[str, Any]) -> str:
    number = text(item.get("id"))
    if not number:
        raise Malformed("id")
    return number


def _moment(item: Mapping[str, Any]) -> int:
    return _number(item.get("timestamp")) or 0


def _code(item: Mapping[str, Any]) -> int | None:
    return next((_number(one.get("code")) for one in objects(item, "errors")), None)


def _number(value: Any) -> int | None:
    """A decimal number that fits a row id; None for other values."""
    written = text(value)
    if not (written.isascii() and written.isdigit() and len(written) <= len(str(_LARGEST))):
        return None
    return number if (number := int(written)) <= _LARGEST else None


def _billed(pricing: Any) -> str | None:
    """Billed category of a message; None if it is free."""
    if not isinstance(pricing, dict):
        return None
    costs = pricing.get("billable", pricing.get("type") == "regular") is True
    return text(pricing.get("category")) or None if costs else None
