"""Formats of days, times, hours and lists by language, which Fluent files cannot express."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal

from domain.office.week import Span, Week

_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_DAYS_JV = ("Senin", "Selasa", "Rebo", "Kemis", "Jemuwah", "Setu", "Ngahad")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_ONES_EN = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS_EN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _count(number: int) -> list[str]:
    """Indonesian words of a number up to 1,000; each is recorded once (`satu`, `puluh`, `belas`)."""
    for unit, words, alone in ((1000, "ribu", "seribu"), (100, "ratus", "seratus"), (10, "puluh", "sepuluh")):
        many, rest = divmod(number, unit)
        if unit == 10 and many == 1 and rest:  # noqa: PLR2004 (a teen)
            return ["sebelas"] if rest == 1 else [_ONES[rest], "belas"]
        if many:
            return [*([alone] if many == 1 else [_ONES[many], words]), *(_count(rest) if rest else ())]
    return [_ONES[number]]


def _count_en(number: int) -> list[str]:
    """English words of a number up to 1,000."""
    for unit, word in ((1000, "thousand"), (100, "hundred")):
        many, rest = divmod(number, unit)
        if many:
            return [_ONES_EN[many], word, *(_count_en(rest) if rest else ())]
    if number < len(_ONES_EN):
        return [_ONES_EN[number]]
    tens, ones = divmod(number, 10)
    return [_TENS_EN[tens - 2], *([_ONES_EN[ones]] if ones else ())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Formats of one language. `days` begins with Monday, `months` with January; `Texts` sets the office's `zone`.

    `button_days` are short enough for a button. `count` gives the words of a number up to 1,000. `singular` is CLDR's
    rule of the plural category `one`; languages without plural forms have none.
    """

    days: tuple[str, ...]
    button_days: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    clock_dot: str
    decimal_mark: str
    last_joint: str
    count: Callable[[int], list[str]] = _count
    singular: str = ""
    zone: tzinfo = UTC

    def day(self, moment: date) -> str:
        """For instance "Senin, 30 November 2026"; an instant is converted to the office's zone."""
        day = self._local(moment)
        return f"{self.days[day.weekday()]}, {day.day} {self.months[day.month - 1]} {day.year}"

    def short_day(self, moment: date) -> str:
        """For instance "30 Nov 2026"."""
        day = self._local(moment)
        return f"{day.day} {self.short_months[day.month - 1]} {day.year}"

    def day_month(self, moment: date) -> str:
        """For instance "30 Nov", where the year is plain."""
        day = self._local(moment)
        return f"{day.day} {self.short_months[day.month - 1]}"

    def weekday(self, moment: date) -> str:
        """For instance "Senin 30 Nov", short enough for a button."""
        day = self._local(moment)
        return f"{self.button_days[day.weekday()]} {day.day} {self.short_months[day.month - 1]}"

    def clock(self, moment: datetime) -> str:
        """For instance "09.00 WIB"."""
        local = moment.astimezone(self.zone)
        return f"{self._time(local.time())} {local.tzname()}"

    def short_clock(self, moment: datetime) -> str:
        """For instance "09.00", for a button."""
        return self._time(moment.astimezone(self.zone).time())

    @property
    def plural_form(self) -> dict[str, str]:
        """CLDR's rules by category, as Fluent asks for them."""
        return {"one": self.singular} if self.singular else {}

    @property
    def thousands_mark(self) -> str:
        """For instance the full stop in "1.234"."""
        return "." if self.decimal_mark == "," else ","

    def number(self, value: Decimal) -> str:
        """For instance "91,48"."""
        return str(value).replace(".", self.decimal_mark)

    def hours(self, week: Week) -> str:
        """Opening hours of a week, one line for consecutive equal days."""
        lines: list[tuple[int, int, tuple[Span, ...]]] = []
        for weekday, spans in enumerate(week.days):
            if lines and lines[-1][1] == weekday - 1 and lines[-1][2] == spans:
                lines[-1] = (lines[-1][0], weekday, spans)
            elif spans:
                lines.append((weekday, weekday, spans))
        return "\n".join(f"{self._days(first, last)}: {self._spans(spans)}" for first, last, spans in lines)

    def join(self, parts: Sequence[str]) -> str:
        """For instance "A, B dan C"."""
        *first, last = parts or [""]
        return f"{', '.join(first)} {self.last_joint} {last}" if first else last

    def _local(self, moment: date) -> date:
        return moment.astimezone(self.zone).date() if isinstance(moment, datetime) else moment

    def _days(self, first: int, last: int) -> str:
        return self.days[first] if first == last else f"{self.days[first]}–{self.days[last]}"

    def _spans(self, spans: Sequence[Span]) -> str:
        return self.join([f"{self._time(span.opens)}–{self._time(span.closes)}" for span in spans])

    def _time(self, moment: time) -> str:
        return f"{moment.hour:02}{self.clock_dot}{moment.minute:02}"


GRAMMARS = {
    "id": Grammar(
        days=_DAYS,
        button_days=_DAYS,
        months=_MONTHS,
        short_months=_SHORT,
        clock_dot=".",
        decimal_mark=",",
        last_joint="dan",
    ),
    # Day names from the office's own Javanese texts; the months of the civil calendar are the Indonesian ones.
    "jv": Grammar(
        days=_DAYS_JV,
        button_days=_DAYS_JV,
        months=_MONTHS,
        short_months=_SHORT,
        clock_dot=".",
        decimal_mark=",",
        last_joint="saha",
    ),
    "en": Grammar(
        days=_DAYS_EN,
        button_days=tuple(day[:3] for day in _DAYS_EN),
        months=_MONTHS_EN,
        short_months=tuple(month[:3] for month in _MONTHS_EN),
        clock_dot=":",
        decimal_mark=".",
        last_joint="and",
        count=_count_en,
        singular="i = 1 and v = 0",
    ),
}
