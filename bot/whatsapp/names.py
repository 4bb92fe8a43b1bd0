"""Names of a sender, from everywhere in a webhook.

A sender may have a phone number, a business-scoped id, or both; `contacts` and each of its fields may be
missing (developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from storage.people.identities import Identity

_PHONE = re.compile(r"\+?([0-9]{3,20})")
_ID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}")
_PARENT = re.compile(r"[A-Z]{2}\.ENT\.[A-Za-z0-9]{1,128}")
_LONGEST_ID = 256
_CHANGED = re.compile(r".*changed from (\S+) to \S+", re.DOTALL)


def text(value: Any) -> str:
    """A string of a webhook, storable; empty for other values."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def inner(holder: Any, key: str) -> dict[str, Any]:
    """An object within another one of the provider; empty for other values."""
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, dict) else {}


def objects(holder: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects of a list within an object of the provider; other values are left out."""
    value = holder.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


class Contacts:
    """People in a webhook's `contacts`, indexed once, because a body may have hundreds."""

    def __init__(self, contacts: Iterable[Mapping[str, Any]]) -> None:
        self.known = [_of_contact(contact) for contact in contacts]
        self._places: dict[Identity, int] = {}
        for place, theirs in enumerate(self.known):
            for name in theirs.items():
                self._places.setdefault(name, place)

    def with_a_name_of(self, mine: Mapping[str, str]) -> dict[str, str] | None:
        """Names of the first contact that shares one."""
        places = [self._places[name] for name in mine.items() if name in self._places]
        return self.known[min(places)] if places else None


def sender(message: Mapping[str, Any], contacts: Contacts, *, alone: bool) -> tuple[Identity, ...]:
    """Names of a message's sender; `alone`: there is no other sender beside these contacts."""
    mine = _names(
        numbers=[message.get("from")],
        ids=[message.get("from_user_id")],
        parents=[message.get("from_parent_user_id")],
    )
    theirs = contacts.with_a_name_of(mine)
    if theirs is None and alone and len(contacts.known) == 1 and _may_be(mine, contacts.known[0]):
        theirs = contacts.known[0]
    told = {**(theirs or {}), **mine}
    return tuple((kind, told[kind]) for kind in ("phone", "bsuid", "parent") if kind in told)


def before_and_after(message: Mapping[str, Any]) -> tuple[tuple[Identity, ...], tuple[Identity, ...]]:
    """Old and new names in a system message; the old id may be only in its text."""
    system = message["system"]
    after = _names(
        numbers=[system.get("wa_id"), system.get("new_wa_id")],
        ids=[system.get("user_id")],
        parents=[system.get("parent_user_id")],
    )
    worded = _CHANGED.fullmatch(text(system.get("body")).strip())
    old = [worded[1]] if worded else []
    # The sender's fields may have the new names already; then the text has the old ones.
    before = _names(
        numbers=[message.get("from"), *(one for one in old if _PHONE.fullmatch(one))],
        ids=[
            message.get("from_user_id"),
            system.get("previous_user_id"),
            *(one for one in old if _ID.fullmatch(one)),
        ],
        parents=[message.get("from_parent_user_id"), *(one for one in old if _PARENT.fullmatch(one))],
        known=after,
    )
    return tuple(before.items()), tuple(after.items())


def updated(update: Mapping[str, Any]) -> tuple[tuple[Identity, ...], tuple[Identity, ...]]:
    """Names before and after a `user_id_update`."""
    ids, parents = inner(update, "user_id"), inner(update, "parent_user_id")
    before = _names(ids=[ids.get("previous")], parents=[parents.get("previous")])
    after = _names(numbers=[update.get("wa_id")], ids=[ids.get("current")], parents=[parents.get("current")])
    return tuple(before.items()), tuple(after.items())


def digits(value: Any) -> str:
    """Digits of a phone number; empty for other values."""
    found = _PHONE.fullmatch(text(value).strip())
    return found[1] if found else ""


def _of_contact(contact: Mapping[str, Any]) -> dict[str, str]:
    return _names(
        numbers=[contact.get("wa_id")],
        ids=[contact.get("user_id")],
        parents=[contact.get("parent_user_id")],
    )


def _may_be(mine: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Whether the only contact can be the only sender: numbers have variants (Mexico), ids do not."""
    return all(mine.get(kind, theirs[kind]) == theirs[kind] for kind in theirs if kind != "phone")


def _names(
    *,
    numbers: Iterable[Any] = (),
    ids: Iterable[Any] = (),
    parents: Iterable[Any] = (),
    known: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Names by kind, the first unknown one of each; an id in place of a number counts as an id."""
    found: dict[str, str] = {}
    told = [(_kind_of(value), value) for value in map(_clean, filter(None, numbers))]
    told += [
        ("parent" if _PARENT.fullmatch(value) else "bsuid", value) for value in map(_clean, filter(None, ids))
    ]
    told += [("parent", value) for value in map(_clean, filter(None, parents))]
    for kind, value in told:
        name = f"+{value.removeprefix('+')}" if kind == "phone" else value
        if kind and name and name != (known or {}).get(kind):
            found.setdefault(kind, name)
    return found


def _kind_of(name: str) -> str:
    """Kind of a name in place of a phone number."""
    if _PHONE.fullmatch(name):
        return "phone"
    if _PARENT.fullmatch(name):
        return "parent"
    return "bsuid" if _ID.fullmatch(name) else ""


def _clean(value: Any) -> str:
    """A name as written; empty if it cannot be one."""
    name = text(value).strip()
    return name if len(name) <= _LONGEST_ID and name.isprintable() else ""
