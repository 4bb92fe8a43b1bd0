"""Seats: held for a resident, offered to the waiting list, and counted for staff."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from domain.appointments.booking import BookingState, TicketCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A seat kept for a person until `until`; confirming it makes an appointment."""

    id: int
    applicant: int
    service: str
    point: str
    starts_at: datetime
    ends_at: datetime
    until: datetime

    def to_json(self) -> dict[str, Any]:
        """Give the hold as JSON values, for the encrypted transcript."""
        return _json(
            self.id, self.applicant, self.service, self.point, self.starts_at, self.ends_at, self.until
        )

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: another version wrote it.
        """
        return cls(**_read(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A freed seat kept until `until` for one person of the waiting list."""

    id: int
    applicant: int
    service: str
    point: str
    starts_at: datetime
    ends_at: datetime
    until: datetime

    def to_json(self) -> dict[str, Any]:
        """Give the offer as JSON values, for the encrypted transcript."""
        return _json(
            self.id, self.applicant, self.service, self.point, self.starts_at, self.ends_at, self.until
        )

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: another version wrote it.
        """
        return cls(**_read(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """One appointment on a point's day list. `name` is masked, None if no application has it.

    `coming`: the resident said so. `asked_to_move`: the time was closed and no other is chosen yet.
    """

    booking: int
    code: TicketCode
    point: str
    starts_at: datetime
    service: str
    state: BookingState
    walked_in: bool
    name: str | None
    number: str | None
    coming: bool
    asked_to_move: bool

    def to_json(self) -> dict[str, Any]:
        """Give the line as JSON values, for the encrypted transcript."""
        return asdict(self) | {"code": self.code.to_json(), "starts_at": self.starts_at.isoformat()}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: another version wrote it.
        """
        read = {
            "code": TicketCode.from_json(value["code"]),
            "starts_at": datetime.fromisoformat(value["starts_at"]),
            "state": BookingState(value["state"]),
        }
        return cls(**(value | read))


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotCount:
    """Seat counts of a slot: `held` seats are neither free nor booked (held, offered, or not reopened yet)."""

    point: str
    starts_at: datetime
    seats: int
    held: int
    booked: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OddChat:
    """A chat that books more than a family would; staff decide, nothing is blocked."""

    chat: int
    applicants: int
    booked: int
    cancelled: int


def _json(
    row: int,
    applicant: int,
    service: str,
    point: str,
    starts_at: datetime,
    ends_at: datetime,
    until: datetime,
) -> dict[str, Any]:
    return {
        "id": row,
        "applicant": applicant,
        "service": service,
        "point": point,
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
        "until": until.isoformat(),
    }


def _read(value: dict[str, Any]) -> dict[str, Any]:
    moments = {name: datetime.fromisoformat(value[name]) for name in ("starts_at", "ends_at", "until")}
    return value | moments
