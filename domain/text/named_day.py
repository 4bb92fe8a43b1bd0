"""The day that a sentence names anywhere in it: "sabtu buka gak", "25 desember libur?", "natal tutup?"."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from domain.refusals.base import Refusal
from domain.text.dates import parse_day
from domain.text.typed import lowered

_LONGEST = 300  # characters
_WORDS_READ = 20
_WORDS_OF_A_DAY = 5
_SATURDAY = 5
# What residents call a holiday, and a part of its name in the calendar.
_FEASTS = (
    (re.compile(r"\b(?:natal|christmas)\b"), "natal"),
    (re.compile(r"\bimlek\b"), "imlek"),
    (re.compile(r"\b(?:idul ?adha|lebaran haji|riyoyo besar)\b"), "idul adha"),
    (re.compile(r"\b(?:lebaran|idul ?fitri|riyoyo|bakda|hari raya|eid)\b"), "idul fitri"),
    (re.compile(r"\bnyepi\b"), "nyepi"),
    (re.compile(r"\bwaisak\b"), "waisak"),
    (re.compile(r"\b(?:maulid|muludan)\b"), "maulid"),
    (re.compile(r"\bisra\b"), "isra"),
    (re.compile(r"\bpaskah\b"), "paskah"),
    (re.compile(r"\b(?:agustusan|kemerdekaan|17an)\b"), "kemerdekaan"),
    (re.compile(r"\bburuh\b"), "buruh"),
    (re.compile(r"\bpancasila\b"), "pancasila"),
    (re.compile(r"\b(?:tahun baru|new year)\b"), "masehi"),
)
_EVE = re.compile(r"\b(?:eve|malam (?:natal|tahun baru|lebaran|takbiran|idul ?fitri)|h-1)\b")
_SUNDAY = 6
_ON_SUNDAY = re.compile(r"\bminggu\b(?! (?:ini|depan|lalu|kemarin))")
_WEEKEND = re.compile(r"\b(?:weekend|akhir pekan|malam minggu)\b")
_TODAY = re.compile(r"\b(?:hari ini|sekarang|today|saiki|sakniki|dinten niki)\b")
_COLLECTIVE = "cuti"


def day_in(text: str, today: date, holidays: Mapping[date, str]) -> date | None:
    """The first day from today on that the sentence names; a holiday is looked up by its name."""
    said = lowered(text[:_LONGEST])
    for feast, name in _FEASTS:
        if feast.search(said):
            found = _next_of(name, today, holidays)
            return found - timedelta(days=1) if found and _EVE.search(said) else found
    if _WEEKEND.search(said):
        return today + timedelta(days=(_SATURDAY - today.weekday()) % 7)
    typed = _typed_day(said, today)
    if typed is None and _ON_SUNDAY.search(said):
        return today + timedelta(days=(_SUNDAY - today.weekday()) % 7)
    return typed or (today if _TODAY.search(said) else None)


def _next_of(name: str, today: date, holidays: Mapping[date, str]) -> date | None:
    """The next holiday of that name, not the leave around it."""
    found = (
        day
        for day, called in sorted(holidays.items())
        if day >= today and name in called.casefold() and not called.casefold().startswith(_COLLECTIVE)
    )
    return next(found, None)


def _typed_day(said: str, today: date) -> date | None:
    """The longest run of words that is a day by the grammar of `dates.py`."""
    words = [one.strip("?!.,;") for one in said.split()][:_WORDS_READ]
    for length in range(min(_WORDS_OF_A_DAY, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            if run.isdecimal():
                continue
            try:
                return parse_day(run, today)
            except Refusal:
                continue
    return None
