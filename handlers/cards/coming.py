"""The day or time at which somebody wants to come for a card that was just shown."""

import re
from datetime import datetime

from domain.appointments.calendar import Calendar
from domain.appointments.wishes import DAY_WORDS, WISH, DayParser, Wish, spoken_wish
from domain.office.office import Point
from domain.refusals.appointments import BadDay, DayPast
from domain.text.date_words import WORDS
from domain.text.typed import fold

_TO_COME = re.compile(
    r"\b(?:tak|sy|aku|aq|apa(?:kah)?|opo|what about|how about|gimana|piye|kalau|kalo|mampir|nyamperin|(?:di|ng?)?ant[ae]r(?:kan|in|nya|e|no)?|(?:di)?serahkan|setor|kumpulkan|(?:di)?lengkapi|berkas(?:nya|e)?|dokumen(?:nya|e)?|(?:di)?ambil(?:nya|e|in|kan)?|(?:di|n)?jupuk(?:e)?|(?:di)?pundhut|still|masih|isih|taksih|ke ?sana|mrono|mriko|kesitu|langsung|oke?|okay|boleh|angsal|deh|"
    r"aja|saja|ae|wae|mawon|nanti|mengko|pick (?:it |the card )?up|collect(?: it)?|get it|be there|alright|works?)\b"
)
_LONGEST_DAY = 80  # characters
_DAYS = DAY_WORDS | {
    word for word, meant in WORDS.items() if meant in ("besok", "lusa", "ini", "minggu", "hari", "tgl")
}


def words_of_coming(text: str) -> str | None:
    """The words for the day or time in a sentence that is about nothing else, and not about an appointment."""
    core = " ".join(_TO_COME.sub(" ", fold(text[:_LONGEST_DAY])).split())
    digits = any(map(str.isdecimal, core)) and any(map(str.isalpha, core))  # a number alone is a choice
    if not digits and _DAYS.isdisjoint(core.split()):  # "selamat siang" greets
        return None
    wish = spoken_wish(core)
    return wish[0].removeprefix(WISH) if wish is not None and not wish[1] else None


def wanted_in(words: str, place: Point, calendar: Calendar, now: datetime) -> Wish | None:
    """The day, and the time if one is named, at which somebody wants to come; None: it cannot be.

    A time alone means today if it is still to come and the place is open, else the next open day.
    """
    today, zone = calendar.office.today(now), calendar.office.timezone
    try:
        wish = DayParser(today, chosen=today).parse(words)
    except (BadDay, DayPast):
        return None
    over = wish.at is not None and datetime.combine(wish.day, wish.at, zone) < now
    closed = not calendar.day(place.id, today).open_spans
    if wish.day == today and (over or closed) and _DAYS.isdisjoint(words.split()):
        return Wish(calendar.next_open_day(place.id, today) or today, wish.at)
    return wish
