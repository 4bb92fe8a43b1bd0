"""How each language writes days, times, numbers and lists: the few forms that Fluent files cannot hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")
"""Western Indonesian time; it has had no summer time since 1964."""

Spans = Sequence[tuple[time, time]]
"""When it is open on one day: from, to; empty = closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The forms of one language. `days` begins with Monday, `months` with January."""

    days: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    clock_dot: str
    last_joint: str

    def day(self, moment: date) -> str:
        """Give "Senin, 30 November 2026"; an instant is first brought to the office's zone."""
        day = _local(moment)
        return f"{self.days[day.weekday()]}, {day.day} {self.months[day.month - 1]} {day.year}"

    def date(self, moment: date) -> str:
        """Give "30 Nov 2026"."""
        day = _local(moment)
        return f"{day.day} {self.short_months[day.month - 1]} {day.year}"

    def clock(self, moment: datetime | time) -> str:
        """Give "09.00 WIB"; a time without a date is taken as the office's own."""
        return f"{self.bare_clock(moment)} WIB"

    def bare_clock(self, moment: datetime | time) -> str:
        """Give "09.00"."""
        local = moment.astimezone(WIB) if isinstance(moment, datetime) else moment
        return f"{local.hour:02}{self.clock_dot}{local.minute:02}"

    def hours(self, week: Sequence[Spans]) -> str:
        """Give the opening hours of a week that begins with Monday, one line for days that are alike."""
        lines: list[tuple[int, int, Spans]] = []
        for weekday, spans in enumerate(week):
            if lines and lines[-1][1] == weekday - 1 and lines[-1][2] == spans:
                lines[-1] = (lines[-1][0], weekday, spans)
            elif spans:
                lines.append((weekday, weekday, spans))
        return "\n".join(f"{self._days(first, last)}: {self._spans(spans)}" for first, last, spans in lines)

    def _days(self, first: int, last: int) -> str:
        return self.days[first] if first == last else f"{self.days[first]}–{self.days[last]}"

    def _spans(self, spans: Spans) -> str:
        return self.join([f"{self.bare_clock(opens)}–{self.bare_clock(closes)}" for opens, closes in spans])

    def join(self, parts: Sequence[str]) -> str:
        """Give "A, B dan C"."""
        if len(parts) < 2:  # noqa: PLR2004 (two make a list)
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.last_joint} {parts[-1]}"


def _local(moment: date) -> date:
    return moment.astimezone(WIB).date() if isinstance(moment, datetime) else moment


_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")

GRAMMARS = {
    "id": Grammar(
        days=("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
        months=_MONTHS,
        short_months=_SHORT,
        clock_dot=".",
        last_joint="dan",
    ),
    # Day names from the office's own Javanese texts; the months of the civil calendar are the Indonesian ones.
    "jv": Grammar(
        days=("Senin", "Selasa", "Rebo", "Kemis", "Jemuwah", "Setu", "Ngahad"),
        months=_MONTHS,
        short_months=_SHORT,
        clock_dot=".",
        last_joint="saha",
    ),
    "en": Grammar(
        days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        months=(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        short_months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        clock_dot=":",
        last_joint="and",
    ),
}
