"""Registration numbers PREFIX-YYMMDD-XXXX-C; the check character catches typing errors before a look-up.

An office may have other numbers; a regular expression in the office file describes them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from domain import codec
from domain.codec import light_dataclass
from domain.refusals import NumberBadCheck, NumberBadShape
from domain.text.typed import plain

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# The product after each character, by the product before it.
_STEPS = [
    {character: ((before + value) % 36 or 36) * 2 % 37 for value, character in enumerate(_ALPHABET)}
    for before in range(37)
]
# Without I and O, which are read as 1 and 0; 34^4 still exceeds the 10^6 that make guessing useless.
_DRAWN = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_AS_DIGITS = str.maketrans("OQDILZSB", "00011258")
_AS_DRAWN = str.maketrans("OI", "01")
# What a character may be read for; our own serials have no I and O.
_ALIKE = {"O": "0O", "0": "0O", "I": "1I", "1": "1I", "L": "L1"}
_SEPARATORS = re.compile(r"[\s._/\-]+")
_DAY, _BODY = 6, 11  # characters of the date; of date, serial and check character
# A date since 2020; a phone number begins with 0 or 62.
_PLAUSIBLE_DAY = re.compile(r"[2-5][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_SHOWN = 3  # characters of a masked number before its last one
_GAP = r"[ ._/\-]{0,3}"


def check_character(text: str) -> str:
    """Check character of letters A-Z and digits, by ISO 7064 MOD 37,36."""
    product = 36
    for character in text:
        product = _STEPS[product][character]
    return _ALPHABET[(37 - product) % 36]


@light_dataclass(frozen=True, slots=True)
class RegistrationNumber:
    """An application's number in canonical spelling."""

    json_shape = codec.ALONE

    canonical: str

    def __str__(self) -> str:
        return self.canonical

    @property
    def masked(self) -> str:
        """The number with stars for all but its beginning and its end, so that nobody looks it up: `MJK-******-****-Z`."""
        shown = min(_SHOWN, (len(self.canonical) - 1) // _SHOWN)
        first, rest, last = self.canonical[:shown], self.canonical[shown:-1], self.canonical[-1:]
        return first + re.sub(r"\w", "*", rest) + last


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFormat:
    """Format of an office's registration numbers.

    `prefix` is the office's mark in our own format. `pattern` is a case-insensitive regular expression for
    numbers the office already has; both kinds are accepted.
    """

    prefix: str
    pattern: str | None = None
    example: str = ""
    _own: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _opaque: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9A-Z]{1,8}", self.prefix):
            raise ValueError("the prefix is one to eight capitals or digits")
        own = rf"({self.prefix}){_GAP}([0-9]{{6}}){_GAP}([0-9A-Z]{{4}}){_GAP}([0-9A-Z])"
        object.__setattr__(self, "_own", re.compile(_alone(own)))
        opaque = (self.pattern or "").removeprefix("^").removesuffix("$")
        try:
            re.compile(opaque)
        except re.error as error:
            raise ValueError(f"the pattern is no regular expression: {error}") from error
        compiled = re.compile(_alone(opaque), re.IGNORECASE) if opaque else None
        object.__setattr__(self, "_opaque", compiled)
        if not self.example:
            object.__setattr__(self, "example", self._spell(f"{self.prefix}2611020007"))

    def parse(self, text: str) -> RegistrationNumber:
        """Read a registration number, alone or in a sentence.

        Lower case, spaces, missing or typographic dashes and full-width characters are accepted.

        Raises:
            NumberBadShape: this is no registration number; the refusal has an example.
            NumberBadCheck: our own format, but the check character does not fit.
        """
        found: str | None = None
        own = self._own.fullmatch(text)  # as nearly all are written
        if own is None:
            found = self.find(text)
            if found is None:
                raise NumberBadShape(self.example)
            own = self._own.fullmatch(found)
            if own is None:
                return RegistrationNumber(found)
        if check_character("".join(own.group(1, 2, 3))) != own[4]:
            raise NumberBadCheck
        return RegistrationNumber(found or "-".join(own.groups()))

    def repair(self, text: str) -> RegistrationNumber | None:
        """The one number of our own format that a mistyped text can mean, or None.

        Letters and digits that look alike are exchanged, a missing prefix is added, and so is a missing last
        character; except in the last case, the check character proves the result.
        """
        bare = _SEPARATORS.sub("", plain(text).upper())
        body = bare.translate(_AS_DIGITS)
        prefix = self.prefix.translate(_AS_DIGITS)
        if len(bare) == len(self.prefix) + _BODY - 1 and body.startswith(prefix):
            drawn = bare[len(self.prefix) :].translate(_AS_DRAWN)
            return next((RegistrationNumber(self._spell(one)) for one in self._bodies(drawn)), None)
        own = bare[len(self.prefix) :] if body.startswith(prefix) else bare
        if len(own) != _BODY:
            return None
        last = _ALIKE.get(own[-1], own[-1])
        proved = [self._spell(one) for one in self._bodies(own[:-1]) if check_character(one) in last]
        drawn = self._spell(next(self._bodies(own[:-1].translate(_AS_DRAWN)), self.prefix + "0" * 10))
        if drawn in proved:
            return RegistrationNumber(drawn)
        return RegistrationNumber(proved[0]) if len(proved) == 1 else None

    def _bodies(self, own: str) -> Iterator[str]:
        """Prefix, date and serial as they may be meant: the date in digits, the serial with either reading."""
        day = own[:_DAY].translate(_AS_DIGITS)
        if not _PLAUSIBLE_DAY.fullmatch(day):
            return
        readings = [_ALIKE.get(one, one) for one in own[_DAY:]]
        for serial in product(*readings):
            yield f"{self.prefix}{day}{''.join(serial)}"

    def draw(self, day: date, random_bytes: bytes) -> RegistrationNumber:
        """A number for an application of that day; eight random bytes choose one of 34^4."""
        chance = int.from_bytes(random_bytes)
        serial = ""
        for _ in range(4):
            chance, place = divmod(chance, len(_DRAWN))
            serial += _DRAWN[place]
        return RegistrationNumber(self._spell(f"{self.prefix}{day:%y%m%d}{serial}"))

    def _spell(self, body: str) -> str:
        return f"{body[:-10]}-{body[-10:-4]}-{body[-4:]}-{check_character(body)}"

    def find(self, text: str) -> str | None:
        """The first text that looks like a number, in canonical spelling, or None."""
        text = _tidy(text)
        found = self._search(text) or (self._opaque and self._opaque.fullmatch(text.replace(" ", "")))
        if found is None:
            return None
        return "-".join(found.groups()) if found.re is self._own else found.group()

    def without_number(self, text: str) -> str:
        """The text without its registration number."""
        found = self._search(text := _tidy(text))
        return text if found is None else f"{text[: found.start()]}\n{text[found.end() :]}"

    @property
    def expressions(self) -> tuple[re.Pattern[str], ...]:
        """Regular expressions of a number in capitals: our own format, and the office's if it has one."""
        return (self._own,) if self._opaque is None else (self._own, self._opaque)

    def _search(self, text: str) -> re.Match[str] | None:
        return self._own.search(text) or (self._opaque.search(text) if self._opaque else None)


def _tidy(text: str) -> str:
    return " ".join(plain(text).upper().split())


def _alone(pattern: str) -> str:
    """Pattern that matches only without adjacent letters or digits."""
    return rf"(?<![0-9A-Z])(?:{pattern})(?![0-9A-Z])"
