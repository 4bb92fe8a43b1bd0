"""Days as residents type them: "besok", "senin depan", "3 hari lagi", "tgl 5", "24 Desember", "sesuk", "next monday".

A small grammar: the text is normalized, each word is mapped (date_words.py), and the rest must match one rule
(date_rules.py) as a whole. An unknown word makes it no date: guessing a day is worse than asking again.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from domain.refusals.appointments import DayPast, NotADate
from domain.text.date_rules import RULES
from domain.text.date_words import PHRASES, WORDS
from domain.text.typed import plain

LONGEST = 80
_NOON = 12
_HOUR_WORDS = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"
_HOURS_IN_WORDS = _HOUR_WORDS.split()
_HALF = re.compile(rf"\b(?:jam )?s(?:e)?tengah ([1-9]|1[0-2]|{'|'.join(_HOURS_IN_WORDS)})\b(?![.:])")
_SAID_HOUR = rf"(?:jam )?(?P<hour>[0-9]{{1,2}}|{'|'.join(_HOURS_IN_WORDS)})"
_PAST = re.compile(
    rf"\b{_SAID_HOUR} (?P<way>lebih|lewat|liwat|luwih|langkung|kurang|punjul) (?P<minutes>seperempat|setengah|[0-9]{{1,2}})(?: menit| mnt)?\b"
)
_MINUTES = {"seperempat": 15, "setengah": 30}
# "pindah ke rabu": words for changing an appointment before the new day.
_CHANGES = re.compile(
    r"^(?:(?:tolong|mohon|mau|minta|bisa|saya|please|jadwal(?:nya|ku)?) )*"
    r"(?:di)?(?:ubah|rubah|ganti|pindah(?:kan|in)?|geser|mundur(?:kan|in)?|undur|majukan|maju|change|move)"
    r"(?: jadwal(?:nya|ku)?)?(?: (?:ke|jadi|menjadi|di|pada|to))?(?: hari)? "
)
_MARKS = re.compile(r"[^a-z0-9/.:\-]+")
# between a number and a word
_JOINTS = re.compile(r"(?<=[0-9])[/.:\-]?(?=[a-z])|(?<=[a-z])[/.:\-]*(?=[0-9])|(?<=[a-z])[/\-](?=[a-z])")
_DAY_OF = re.compile(r"(?<![0-9] )\bhari (?=\w)")
_AT = re.compile(r"\bjam ([0-9]{1,2})(?:[.:]([0-9]{2}))?(?![0-9.:])")
_AT_A_PART = re.compile(
    r"(?<!jam )(?<!tgl )(?<![0-9.:])\b([0-9]{1,2}(?:[.:][0-9]{2})?) (?=(?:pagi|siang|sore|malam)\b)"
)  # "besok 9 pagi", "monday 2pm"
_ABOUT = re.compile(r"(?<=[0-9]) an\b")  # "jam 9an"
_AT_END = re.compile(r"(?<=\S )()?([0-9]{1,2})[.:]([0-9]{2})$")
_EARLIEST_HOUR = 6
"""`jam 2` is two in the afternoon, because no office opens before six."""


class Part(StrEnum):
    """A part of the day."""

    MORNING = "pagi"
    MIDDAY = "siang"
    AFTERNOON = "sore"
    EVENING = "malam"

    def holds(self, moment: time) -> bool:
        """Whether a time is in this part (pagi before 11, siang before 15, sore before 18)."""
        starts, ends = _HOURS[self]
        return starts <= moment.hour < ends


_PARTS = frozenset(part.value for part in Part)
_HOURS = {Part.MORNING: (0, 11), Part.MIDDAY: (11, 15), Part.AFTERNOON: (15, 18), Part.EVENING: (18, 24)}


@dataclass(frozen=True, slots=True)
class TypedDay:
    """A day, with the time typed beside it."""

    day: date
    at: time | None = None


def parse_day(text: str, today: date) -> date:
    """Read a day from today on.

    Raises:
        NotADate: it could not be read as a day.
        NoSuchDay: a month that is shorter (31 February).
        OtherWeekday: weekday and date contradict each other.
        DayPast: a day before today.
    """
    return read_day(text, today).day


def read_day(text: str, today: date) -> TypedDay:
    """Read a day with its time, and a part of the day beside it ("besok pagi", "senin jam 9 pagi").

    Raises:
        NotADate, NoSuchDay, OtherWeekday, DayPast: as `parse_day`.
    """
    words, at = _without_time(_tidy(text))
    words, part = _without_part(words)
    try:
        day = _day(words, today, alone=part is None)
    except (ValueError, OverflowError) as error:  # year 0, or beyond what a calendar supports
        raise NotADate from error
    if day < today:
        raise DayPast(day)
    return TypedDay(day, _clock(at, part))


def _tidy(text: str) -> str:
    """The text in words of the grammar, separated by single spaces."""
    text = plain(text)
    if len(text) > LONGEST:
        raise NotADate
    folded = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(one for one in folded if not unicodedata.combining(one))
    text = " ".join(_MARKS.sub(" ", text).split())
    for phrase, meant in PHRASES:
        text = phrase.sub(meant, text)
    text = _JOINTS.sub(" ", text)
    words = (WORDS.get(word, word) for word in (word.strip(".:-/") for word in text.split()))
    text = _PAST.sub(_minutes_past, " ".join(word for word in words if word))
    text = _HALF.sub(_half_past, text)
    text = _AT_A_PART.sub(r"jam \1 ", _ABOUT.sub("", text))
    text = _CHANGES.sub("", text)
    return _DAY_OF.sub("", text)


def _minutes_past(match: re.Match[str]) -> str:
    """Minutes after or before an hour: "9 lebih 30" is 09.30, "10 kurang seperempat" is 09.45."""
    named, said = match["hour"], match["minutes"]
    hour = int(named) if named.isdecimal() else _HOURS_IN_WORDS.index(named) + 1
    minutes = _MINUTES.get(said) or int(said)
    clock = hour * 60 + (-minutes if match["way"] == "kurang" else minutes)
    return f"jam {clock // 60}.{clock % 60:02}"


def _half_past(match: re.Match[str]) -> str:
    """Half an hour before the named one: "setengah 10" is 09.30."""
    named = match.group(1)
    hour = int(named) if named.isdecimal() else _HOURS_IN_WORDS.index(named) + 1
    return f"jam {(hour - 1) % 24 or _NOON}.30"


def _without_time(words: str) -> tuple[str, time | None]:
    """Remove "jam 9", "jam 09.30" or, beside other words, "09.30"."""
    found = _AT.search(words) or _AT_END.search(words)
    if found is None:
        return words, None
    hour, minute = (int(group or 0) for group in found.groups()[-2:])
    if hour >= 24 or minute >= 60:  # noqa: PLR2004 (hours of a day, minutes of an hour)
        raise NotADate
    return " ".join(f"{words[: found.start()]} {words[found.end() :]}".split()), time(hour, minute)


def _without_part(words: str) -> tuple[str, Part | None]:
    parts = [word for word in words.split() if word in _PARTS]
    if not parts:
        return words, None
    rest = " ".join(word for word in words.split() if word not in parts)
    return rest, Part(parts[0])


def _clock(at: time | None, part: Part | None) -> time | None:
    """Convert a spoken hour to the clock: "jam 2 siang" and "jam 2" are 14.00."""
    if at is None or at.hour >= _NOON or at.hour == 0:
        return at
    later = part in {Part.AFTERNOON, Part.EVENING} or (at.hour <= _EARLIEST_HOUR and part is not Part.MORNING)
    return at.replace(hour=at.hour + _NOON) if later else at


def _day(words: str, today: date, *, alone: bool) -> date:
    if words in {"", "nanti"} and alone:
        raise NotADate  # a time alone names no day
    for rule, give in RULES:
        found = rule.fullmatch(words)
        if found is not None:
            return give(found, today)
    raise NotADate
