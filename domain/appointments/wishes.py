"""Days and times in residents' words: "besok", "senin jam 9", "terserah", "yang sore"."""

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Self

from domain.refusals.appointments import BadDay, DayPast, NotADate, NotATime
from domain.text.date_words import WORDS
from domain.text.dates import Part, read_day
from domain.text.named_day import day_in
from domain.text.typed import fold, without_courtesy

WISH = "wish:"
DAY_WORDS = frozenset(
    word
    for word, meant in WORDS.items()
    if meant == "ahad" or (meant[:1] in ("w", "m") and meant[1:].isdecimal())
)
_ANY_DAY = date(2024, 1, 1)  # only whether a text can be read matters, not what it is
_TOMORROW = "besok"
_AFTER_PRAYER = time(12)
_ABOUT_BOOKING = re.compile(
    r"\b(?:(?:re)?schedule|jadwal(?:nya|ku)?|rekam|perekaman|ngrekam|daftar|pesan|booking|book|antri(?:an)?|antre(?:an)?|"
    r"(?:di|dipun)?(?:ubah|rubah|ganti|pindah|geser|mundur|undur|maju)(?:kan|in)?|change|move)\b"
)
_AROUND = re.compile(
    r"\b(?:mau|pengen|ingin|minta|bisa|kalau|kalo|klo|gimana|saya|aku|kulo|kula|badhe|arep|tolong|mohon|dong|deh|lah|oke?|bs|bsa|iso|isok|saged|pak|bu|ya|nggih|ktp|"
    r"(?:di|dipun)?(?:ubah|rubah|ganti|pindah|geser|mundur|undur|maju)(?:kan|in)?|"
    r"foto|ambil|datang|hari|i want to|can i|come|an appointment|my appointment|for|jadwal(?:nya|ku)?|rekam|perekaman|"
    r"ngrekam|daftar|pesan|booking|book|antri(?:an)?|antre(?:an)?)\b"
)
_ANYTHING = (
    "terserah, dimana saja, di mana saja, sembarang, terserah saja, bebas, kapan saja, jam berapa saja, "
    "mana saja, yang mana saja, any, any time, secepatnya, secepat mungkin, paling cepat, tercepat, "
    "paling awal, sing paling cepet, paling cepet, earliest, the earliest, as soon as possible, asap"
)
ANY = frozenset(_ANYTHING.split(", "))
_ANY_WORDS = re.compile(
    r"(?:(?:kapan|jam|hari|berapa|mana|di|tempat|saja|aja|ae|wae|mawon|ya|yo|dong|deh|pak|bu|mas|mbak|kak|min|yang|sing|ada|bisa|kosong|sampeyan|admin|petugas|nya|gimana|loketnya|the) ?)*"
    r"(?:terserah|bebas|sembarang\w*|sakarep\w*|manut|ngikut|nurut|any(?: ?time| ?day)?|secepatnya|secepat mungkin|(?:paling|yang) (?:cepat|cepet|awal|gasik|dekat|deket|dini)|tercepat|terdekat|earliest|soonest|asap|as soon as possible)"
    r"(?: ?(?:kapan|jam|hari|berapa|mana|di|tempat|saja|aja|ae|wae|mawon|ya|yo|dong|deh|pak|bu|mas|mbak|kak|min|admin|sampeyan|petugas|nya|bisa|ada|tidak|gak|ga))*"
)
_ASKS = re.compile(
    r"\b(?:ada|apa|gak|ga|gk|nggak|ngga|tidak|tdk|ora|buka|kosong|masih|slot|kuota|tempat|ta|kah|ndak|available|free|sih|jadwale?|onok|wonten|enek)\b"
)
_OR_NOT = re.compile(
    r"\b(bisa|bs|iso|isok|saged|boleh|oleh|ada|onok|wonten|buka|kosong|penuh|masih) (?:tidak|tdk|gak|ga|gk|nggak|ngga|enggak|ndak|ora|mboten)\b"
)
"""The end of a question, which says nothing against the day in it."""
_CLAUSES = re.compile(
    r"[,;!?]+|\b(?:soal(?:nya|e)|karena|krn|mergo|amargi|because|(?:kalau|kalo|klo|nek|lek|if) (?:tidak|gak|ga|gk|nggak|ndak|ora|not))\b"
)
_NEXT_WEEK = re.compile(r"\b(?:minggu|pekan|mgg|mggu) (?:depan|ngarep|ngajeng)\b|\bnext week\b")
_NOT_THEN = re.compile(
    r"\b(?:tidak|tdk|gak|ga|gk|nggak|ngga|enggak|ndak|ora|jangan|ojo|selain|kecuali|bukan|sebelum|sampai|libur)\b"
)
_EARLIEST = ANY | frozenset(
    ("paling pagi", "paling isuk", "pagi sekali", "paling gasik", "jam pertama", "paling pertama")
)
_ANOTHER_DAY_WORDS = re.compile(
    r"(?:(?:ganti|ubah|pindah|pilih|cari|salah|bukan) )+(?:ke )?hari(?:nya)?(?: (?:lain|yang lain|itu|ini))?|hari (?:lain|yang lain)|dino liyane"
)
_PRAYERS = re.compile(
    r"\b(?:bar|bubar|mbar|sakwise|rampung|habis|bakda|bakdo|ba'da|bada|setelah|sesudah|sehabis|abis|mari) (?:dhuhur|dzuhur|zuhur|duhur|luhur|dhuhr|jumatan)\b"
)
_PARTS = re.compile(
    r"(?:(?:yang|yg|sing|jam|agak|waktu|nanti) )*(?P<part>pagi|isuk|esuk|enjing|siang|awan|sore|sonten|morning|noon|afternoon)(?:an)?(?: hari)?(?: (?:dikit|sedikit|aja|saja|ae))*"
)
_PARTS_SAID = {"pagi": "isuk esuk enjing morning", "siang": "awan noon afternoon", "sore": "sonten"}
_PART_OF = {said: part for part, words in _PARTS_SAID.items() for said in words.split()}


@dataclass(frozen=True, slots=True)
class Wish:
    """A wanted day, with a time if one was given."""

    day: date
    at: time | None = None

    def to_json(self) -> str:
        """The wish as `2026-11-24` or `2026-11-24T09:00`."""
        return f"{self.day}T{self.at:%H:%M}" if self.at else str(self.day)

    @classmethod
    def from_json(cls, value: str) -> Self:
        """Read what `to_json` wrote."""
        day, _, at = value.partition("T")
        return cls(date.fromisoformat(day), time.fromisoformat(at) if at else None)


@dataclass(frozen=True, slots=True)
class DayParser:
    """Reads a day in words; with a chosen day, also a time alone."""

    today: date
    chosen: date | None = None
    first: "Wish | None" = None
    offered: tuple[time, ...] = ()

    def parse(self, text: str) -> Wish:
        """Read "besok", "24 Desember", "senin jam 9"; "jam 9" for the chosen day; "terserah" is the first offer.

        Raises:
            NotADate, NoSuchDay, OtherWeekday, DayPast: as domain/text/dates.py.
            NotATime: it is no time of the chosen day, and no other day.
        """
        said = without_courtesy(text).removeprefix("yang ").removeprefix("sing ")
        if self.first is not None and self._is_any(fold(text), said):
            return self.first
        if self.chosen is not None:
            meant = self._of_the_chosen(said) or self._time_alone(text, self.chosen)
            if meant is not None:
                return meant
        try:
            typed = read_day(text, self.today)
        except NotADate:
            if self.first is None:
                raise
            return self._in_a_clause(text) or self._asked(said)
        return Wish(typed.day, typed.at)

    def _in_a_clause(self, text: str) -> "Wish | None":
        """The first clause that is a day or a time and nothing else: "jam 9, kalau gak bisa jam 10"."""
        clauses = [one for one in map(str.strip, _CLAUSES.split(fold(text))) if one]
        if len(clauses) == 1:
            return None
        for clause in clauses:
            try:
                return replace(self, first=None).parse(clause)
            except (BadDay, DayPast):
                continue
        return None

    def _is_any(self, *said: str) -> bool:
        """Whether the words leave the choice to us: "terserah kapan saja", "paling cepat kapan"."""
        known = _EARLIEST if self.chosen else ANY
        return any(one in known or _ANY_WORDS.fullmatch(one) for one in said)

    def _asked(self, said: str) -> "Wish":
        """The day or time that a question names ("jumat ada?", "jam 9 ada?"), or the first one for "ada yang sore?".

        Raises:
            NotADate, NotATime: it names neither.
        """
        core = " ".join(_ASKS.sub(" ", _AROUND.sub(" ", said)).split())
        if self.first is not None and _PARTS.fullmatch(core):
            return (self.chosen and self._of_the_chosen(core)) or Wish(self.first.day)
        if _NEXT_WEEK.search(said):
            return Wish(self.today + timedelta(days=7 - self.today.weekday()))
        if not _NOT_THEN.search(_OR_NOT.sub(r"\1", said)):
            if self.chosen is not None and (meant := self._time_alone(core, self.chosen)):
                return meant
            named = day_in(said, self.today, {})
            if named is not None:
                return Wish(named)
        raise NotATime if self.chosen else NotADate

    def _of_the_chosen(self, said: str) -> "Wish | None":
        """The first offer of a named part of the chosen day, or `ANOTHER_DAY`; else None."""
        if _ANOTHER_DAY_WORDS.fullmatch(said):
            return ANOTHER_DAY
        found = _PARTS.fullmatch(_PRAYERS.sub("siang", said))
        if found is None or self.chosen is None:
            return None
        part = Part(_PART_OF.get(found["part"], found["part"]))
        within = [
            one
            for one in self.offered
            if part.holds(one) and (part is not Part.MIDDAY or one >= _AFTER_PRAYER)
        ]
        within = within or [one for one in self.offered if part.holds(one)]
        return Wish(self.chosen, within[0]) if within else None

    def _time_alone(self, text: str, chosen: date) -> "Wish | None":
        try:
            read = read_day(f"{_TOMORROW} {_as_time(text)}", self.today)
        except BadDay:
            return None
        alone = read.day == self.today + timedelta(days=1)  # "lusa jam 9" names a day of its own
        return Wish(chosen, read.at) if read.at is not None and alone else None


ANOTHER_DAY = Wish(date.max)
"""The answer that asks for the day again."""


def _as_time(text: str) -> str:
    """The text without words for "o'clock"."""
    words = text.casefold().split()
    if not words or any(word in DAY_WORDS for word in words) or len(words) > 5:  # noqa: PLR2004 ("jam 9 lebih 30 menit")
        raise NotADate
    return (
        text if any(word in {"jam", "pukul", "pkl", "tabuh", "jm", "at"} for word in words) else f"jam {text}"
    )


def as_wish(text: str) -> str | None:
    """The text marked as a wish for another time, if it names a day or a time; else None."""
    try:
        DayParser(_ANY_DAY, chosen=_ANY_DAY).parse(text)
    except NotADate:
        return None
    except (BadDay, DayPast):
        pass  # a day that cannot be: the script says why
    return f"{WISH}{text}"


def spoken_wish(text: str) -> tuple[str, bool] | None:
    """The wish of a whole message ("mau rekam rabu jam 10"), and whether it is about booking in so many words.

    None: it names no day and no time, or has other words ("tidak bisa besok").
    """
    said = _OR_NOT.sub(r"\1", fold(text))
    core = " ".join(_AROUND.sub(" ", said).split())
    wish = as_wish(text) or (as_wish(core) if core != text.casefold() else None)
    return None if wish is None else (wish, _ABOUT_BOOKING.search(said) is not None)
