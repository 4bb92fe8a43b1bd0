"""The announcement file (TOML; F5): text and recipients."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from domain.announcements.announcement import LATEST_DAYS, LONGEST_NAME, Audience, Order, Wording
from domain.announcements.waves import Waves
from domain.cards.stages import Stage, stage_of
from domain.office.office import Office
from domain.people.names import clean_name
from domain.refusals.base import Detail

T = TypeVar("T")
_FILTERS = ("point", "district", "service", "since", "until")
_KEYS = ("name", "text", "recipients", "status", *_FILTERS, "waves", "send_at")


class UnusableAnnouncement(Exception):
    """The file is unusable as a whole; `code` is worded in Fluent as `announce-file-<code>`."""

    def __init__(self, code: str, **details: Detail) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def read_order(path: Path, office: Office, *, now: datetime) -> tuple[Order, Path | None]:
    """Read an announcement file; return the order, and the file of its recipients unless it names a stage.

    Raises:
        UnusableAnnouncement: it is unreadable or incomplete.
        BadText: its text cannot be sent.
    """
    order, recipients = order_in(_table(path), office, now=now)
    return order, None if recipients is None else path.parent / recipients


def order_in(table: Mapping[str, Any], office: Office, *, now: datetime) -> tuple[Order, str | None]:
    """The order that a table describes, and what it names as its list of recipients.

    Raises:
        UnusableAnnouncement: it is incomplete.
        BadText: its text cannot be sent.
    """
    for key in table:
        if key not in _KEYS:
            raise UnusableAnnouncement("unknown-key", key=key[:40], known=", ".join(_KEYS))
    waves = _waves(table.get("waves"), office.today(now))
    audience, recipients = _whom(table, office)
    wording = Wording.read(_text(table.get("text"), office), waves=waves is not None)
    order = Order(
        name=_name(table.get("name")),
        wording=wording,
        audience=audience,
        waves=waves,
        not_before=_send_at(table.get("send_at"), office, now),
    )
    return order, recipients


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise UnusableAnnouncement("unreadable", why=error.strerror or "") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        # The parser's message names the place and quotes at most one character.
        why = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "UTF-8"
        raise UnusableAnnouncement("no-toml", why=why) from None


def _name(value: Any) -> str:
    name = clean_name(value) if isinstance(value, str) else ""
    if not name or len(name) > LONGEST_NAME:
        raise UnusableAnnouncement("name", most=LONGEST_NAME)
    return name


def _text(value: Any, office: Office) -> str | dict[str, str]:
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
        raise UnusableAnnouncement("text")
    if strange := set(value) - set(office.languages):
        known = ", ".join(office.languages)
        raise UnusableAnnouncement("language", language=min(strange)[:20], known=known)
    return dict(value)


def _whom(table: Mapping[str, Any], office: Office) -> tuple[Audience, str | None]:
    recipients, status = table.get("recipients"), table.get("status")
    if (recipients is None) == (status is None):
        raise UnusableAnnouncement("whom")
    if recipients is not None:
        if not isinstance(recipients, str) or any(key in table for key in _FILTERS):
            raise UnusableAnnouncement("list")
        return Audience(), recipients
    point = _named(table, "point", office.point, (one.id for one in office.points))
    district = _named(table, "district", office.district, (one.name for one in office.districts))
    service = _named(table, "service", office.service, (one.id for one in office.services))
    audience = Audience(
        stage=_stage(status),
        point=point.id if point else None,
        since=_day(table, "since"),
        until=_day(table, "until"),
        district=district.name if district else None,
        service=service.id if service else None,
    )
    return audience, None


def _stage(value: Any) -> Stage:
    stage = stage_of(value) if isinstance(value, str) else None
    if stage is None:
        raise UnusableAnnouncement("status", known=", ".join(Stage))
    return stage


def _named(
    table: Mapping[str, Any], key: str, find: Callable[[str], T | None], known: Iterable[str]
) -> T | None:
    """What the office file has under the name in the table; None: the table names nothing."""
    value = table.get(key)
    if value is None:
        return None
    found = find(value) if isinstance(value, str) else None
    if found is None:
        raise UnusableAnnouncement(key, known=", ".join(known))
    return found


def _day(table: Mapping[str, Any], key: str) -> date | None:
    value = table.get(key)
    if value is not None and type(value) is not date:
        raise UnusableAnnouncement("day", key=key)
    return value


def _waves(value: Any, today: date) -> Waves | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or set(value) - {"per_day", "from"}:
        raise UnusableAnnouncement("waves")
    per_day, begins = value.get("per_day"), value.get("from")
    if type(per_day) is not int or per_day < 1 or type(begins) is not date or begins < today:
        raise UnusableAnnouncement("waves")
    return Waves(per_day=per_day, begins=begins)


def _send_at(value: Any, office: Office, now: datetime) -> datetime | None:
    """The moment at which it is to be sent; without an offset, in the office's zone."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        raise UnusableAnnouncement("send-at", most=LATEST_DAYS)
    wanted = value if value.tzinfo else value.replace(tzinfo=office.timezone)
    if not now < wanted <= now + timedelta(days=LATEST_DAYS):
        raise UnusableAnnouncement("send-at", most=LATEST_DAYS)
    return wanted
