"""Booking rules: the office file's table `[booking]` (O1)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

from domain.refusals.appointments import NoShowRule, TooLateToChange, TooManyCancels, TooManyChanges


def _least(number: int) -> Any:
    return field(metadata={"least": number})


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRules:
    """Rules for the calendar of recordings, and for fairness between residents.

    `release` are times of day at which equal parts of the day newly within the horizon open for booking; empty:
    all at once. A limit of 0 (`most_…`) means no limit. `walk_in_every`: see `in_order` in
    domain/appointments/counter.py. `tell_ahead`: with so many people or fewer ahead, those who wait are told once;
    0: never.
    """

    seats_per_slot: int
    walk_in_share: float = field(metadata={"most": 1})
    walk_in_every: int
    tell_ahead: int
    slot_minutes: int = _least(1)
    lead_minutes: int
    horizon_days: int
    hold_seconds: int
    reopen_seconds: tuple[int, int]
    offer_seconds: int
    release: tuple[time, ...]
    remind_minutes: tuple[int, ...]
    move_until_minutes: int
    cancel_until_minutes: int
    most_moves: int
    most_cancels: int
    cancel_window_days: int
    no_show_minutes: int
    most_no_shows: int
    no_show_window_days: int
    no_show_wait_days: int

    def __post_init__(self) -> None:
        least, most = self.reopen_seconds
        if least > most:
            raise ValueError("reopen_seconds ends before it begins")
        if sorted(set(self.release)) != list(self.release):
            raise ValueError('release must be times in the order of the day, like ["08:00", "12:00"]')

    def bookable_of(self, seats: int) -> int:
        """Bookable seats of so many; the walk-in share is rounded up to whole seats.

        At least that share is kept: of 4 seats, a share of 0.3 keeps 2 and leaves 2 to book.
        """
        kept = (Decimal(seats) * Decimal(str(self.walk_in_share))).to_integral_value(ROUND_CEILING)
        return seats - int(kept)

    def released_of(self, seats: int, slot_number: int, parts: int) -> int:
        """Bookable seats of a slot after so many parts of its day were released.

        Parts alternate over slots and seats, so that each part has early and late times.
        """
        total = len(self.release)
        if parts >= total:
            return seats
        return sum((slot_number + seat) % total < parts for seat in range(seats))

    def check_move(self, *, starts_at: datetime, moves: int, now: datetime) -> None:
        """Check that an appointment moved so often may be moved again.

        Raises:
            TooManyChanges: no more moves are allowed.
            TooLateToChange: it begins too soon.
        """
        if self.most_moves and moves >= self.most_moves:
            raise TooManyChanges(self.most_moves)
        self._check_time(starts_at - timedelta(minutes=self.move_until_minutes), now)

    def check_cancel(self, *, starts_at: datetime, now: datetime) -> None:
        """Check that an appointment may be cancelled; by default until its begin, because late is better than never.

        Raises:
            TooLateToChange: it begins too soon, or has begun.
        """
        self._check_time(starts_at - timedelta(minutes=self.cancel_until_minutes), now)

    def check_history(
        self, *, no_shows: Sequence[datetime], cancels: Sequence[datetime], now: datetime
    ) -> None:
        """Check that a person with these no-shows and cancellations may book.

        Days in the refusals are in the zone of `now`.

        Raises:
            NoShowRule: too many no-shows, the last one too recent.
            TooManyCancels: the window holds too many cancellations; one must expire first.
        """
        missed = sorted(one for one in no_shows if one > now - timedelta(days=self.no_show_window_days))
        if self.most_no_shows and len(missed) >= self.most_no_shows:
            again = missed[-1] + timedelta(days=self.no_show_wait_days)
            if now < again:
                raise NoShowRule(_day_after(again, now))
        window = timedelta(days=self.cancel_window_days)
        recent = sorted(one for one in cancels if one > now - window)
        if self.most_cancels and len(recent) >= self.most_cancels:
            raise TooManyCancels(_day_after(recent[-self.most_cancels] + window, now))

    def missed_at(self, starts_at: datetime) -> datetime:
        """The moment from which a missing person counts as a no-show."""
        return starts_at + timedelta(minutes=self.no_show_minutes)

    @staticmethod
    def _check_time(until: datetime, now: datetime) -> None:
        if now > until:
            raise TooLateToChange(until)


def _day_after(moment: datetime, now: datetime) -> date:
    """The first full day after the moment, so that "from that day on" holds from its first minute."""
    return moment.astimezone(now.tzinfo).date() + timedelta(days=1)
