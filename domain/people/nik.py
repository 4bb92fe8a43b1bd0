"""NIK: sixteen digits of a person, PPKKCC DDMMYY SSSS (women: day + 40), without check digit.

Only impossible NIKs are refused. The region is that of first issue, and neither it nor the date changes when
the person moves or is corrected (Permendagri 108/2019 Art. 15(3)), so nothing here compares them with a record
or a list of regions.
"""

import hmac
import re
from datetime import date
from typing import ClassVar, Self

from domain.codec import light_dataclass
from domain.refusals import NikBadDate, NikBadRegion, NikBadSerial, NikNot16Digits
from domain.text.typed import digit_runs, digits_of_length, plain

_YOUNGEST = 16  # early recording starts at 16 (C2)
_OLDEST = 120
_WOMEN = 40
_HIDDEN = "[NIK]"
# Fifteen or more digits in any grouping: a NIK, a mistyped one, or a family card's number.
_LONG = re.compile(r"[0-9](?:[\s.,/_\-]{0,3}[0-9]){14,}")
# Sixteen characters that would be a NIK if O were 0, and I or l were 1.
_SLIPPED = re.compile(r"(?<![0-9A-Za-z])[0-9OoIl](?:[ .\-]?[0-9OoIl]){15}(?![0-9A-Za-z])")
_STRAIGHT = str.maketrans("OoIl", "0011")
_DIGITS_AT_LEAST = 10  # of a slipped NIK
_LABELLED = re.compile(r"\bnik\b[^0-9]{0,20}(?=[0-9])", re.IGNORECASE)


@light_dataclass(frozen=True, slots=True, repr=False)
class HiddenDigits:
    """Digits that are masked in `str` and `repr`; only `digits` and `to_json` give them whole."""

    NAME: ClassVar[str]
    LENGTH: ClassVar[int]

    digits: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def to_json(self) -> str:
        """All digits, for the encrypted transcript."""
        return self.digits

    @classmethod
    def from_json(cls, value: str) -> Self:
        """Read what `to_json` wrote.

        Raises:
            ValueError: these are not so many digits.
        """
        if not re.fullmatch(rf"[0-9]{{{cls.LENGTH}}}", value):
            raise ValueError(f"no {cls.NAME} is stored here")
        return cls(value)


@light_dataclass(frozen=True, slots=True, repr=False)
class Nik(HiddenDigits):
    """A person's NIK."""

    NAME, LENGTH = "NIK", 16

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the NIK in a text, alone or in a sentence.

        Raises:
            NikNot16Digits: no group of sixteen digits; it has the length of the longest one.
            NikBadDate: the date exists in no century.
            NikBadRegion: regency or district 00.
            NikBadSerial: serial 0000.
        """
        digits = _sixteen(text)
        if digits[2:4] == "00" or digits[4:6] == "00":
            raise NikBadRegion
        day, month, year = _written_date(digits)
        # Every fourth year of 2000-2099 is a leap year, so a day that 20yy lacks exists in no century.
        if _existing(2000 + year, month, day) is None:
            raise NikBadDate
        if digits[12:] == "0000":
            raise NikBadSerial
        return cls(digits)

    @property
    def masked(self) -> str:
        """The most that is ever shown: 3516********0001."""
        return f"{self.digits[:4]}********{self.digits[-4:]}"

    def __str__(self) -> str:
        return self.masked

    @property
    def last_four(self) -> str:
        """The serial, used as proof where a channel may not ask for the whole NIK."""
        return self.digits[-4:]

    def birth_date(self, today: date, *, youngest: int = _YOUNGEST) -> date:
        """Date of birth, in the latest century that makes the person at least `youngest` today.

        If only a younger age is possible, that date; never in the future.
        """
        day, month, year = _written_date(self.digits)
        # Five centuries, because 29 February of a year 00 exists only every 400 years.
        centuries = range(today.year // 100 * 100, today.year // 100 * 100 - 500, -100)
        possible = [
            born
            for century in centuries
            if (born := _existing(century + year, month, day)) is not None and born <= today
        ]
        fitting = [born for born in possible if youngest <= _age(born, today) <= _OLDEST]
        return (fitting or possible)[0]

    def matches(self, recorded: "Nik") -> bool:
        """Whether this is the recorded NIK, in constant time."""
        return hmac.compare_digest(self.digits, recorded.digits)


def find_nik(text: str) -> str | None:
    """Digits in a sentence that are meant as a NIK, or None.

    One digit more or less is also found, so that the question can say what is wrong. Digits after the word NIK
    come first (a family card's number has sixteen digits, too).
    """
    if len(text) < Nik.LENGTH - 1:
        return None
    found = _meant(text)
    return found if found is not None and abs(len(found) - Nik.LENGTH) <= 1 else None


def straighten(text: str) -> str:
    """The text with the letters O, I and l as digits where they stand in a NIK."""

    def straight(match: re.Match[str]) -> str:
        typed = match.group()
        enough = sum(character.isdigit() for character in typed) >= _DIGITS_AT_LEAST
        return typed.translate(_STRAIGHT) if enough else typed

    return _SLIPPED.sub(straight, text)


def hide_niks(text: str) -> str:
    """Replace everything that could be read as a NIK, for other people's eyes."""
    text = straighten(text)
    return _LONG.sub(_HIDDEN, plain(text)) if _LONG.search(plain(text)) else text


def _meant(text: str) -> str | None:
    """Sixteen digits of the text, else its longest group of digits; digits after "NIK" come first."""
    if not _is_bare(text):
        text = straighten(plain(text))
    if _is_bare(text):
        return text
    label = _LABELLED.search(text)
    behind = text[label.end() :] if label else ""
    sixteen = digits_of_length(behind, Nik.LENGTH) or digits_of_length(text, Nik.LENGTH)
    return sixteen or max(digit_runs(behind or text), key=len, default=None)


def _is_bare(text: str) -> bool:
    return len(text) == Nik.LENGTH and text.isdigit() and text.isascii()


def _sixteen(text: str) -> str:
    digits = text if _is_bare(text) else _meant(text) or ""
    if len(digits) != Nik.LENGTH:
        raise NikNot16Digits(len(digits))
    return digits


def _written_date(digits: str) -> tuple[int, int, int]:
    """Day, month and two-digit year of birth; a woman's day has 40 added."""
    day = int(digits[6:8])
    return day - _WOMEN if day > _WOMEN else day, int(digits[8:10]), int(digits[10:12])


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
