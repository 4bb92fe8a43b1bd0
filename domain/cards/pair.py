"""Finds a registration number, a NIK, or both in a message (also `#KTP#NIK#NoKK#Nama#…`)."""

import re
from itertools import accumulate

from domain.codec import light_dataclass
from domain.office.registration import NumberFormat
from domain.people.nik import find_nik
from domain.text.typed import only_digits, plain

_BETWEEN = re.compile(r"[\s#,;:*|]+")
_WHOLE = 16  # digits of a NIK, and of a family card's number
_MEANT_AS_NUMBER = 3  # digits; shorter numbers mean something else
_MEANT_AS_NIK = range(11, 21)  # digits; fewer are a date or a fragment, more a payload
_YEAR = re.compile(r"(19|20)\d\d")
_PHONE_OR_TIME = ("0", "+", "20")  # no region code begins so


@light_dataclass(frozen=True, slots=True, repr=False)
class Spotted:
    """Texts in a message that answer the questions for number and NIK, if present.

    `more` is a second number, if two pairs were sent at once. `odd`: beside a NIK is something that looks like
    a failed registration number.
    """

    number: str | None
    nik: str | None
    more: str | None = None
    odd: bool = False


def spot_pair(text: str, number_format: NumberFormat) -> Spotted:
    """Find number and NIK in one message; digits of the number never count as part of the NIK."""
    number = number_format.find(text)
    rest = number_format.without_number(text)
    if number is None:
        number = next((token for token in _tokens(text) if number_format.repair(token)), None)
        rest = text if number is None else plain(text).replace(number, "\n")
    nik = find_nik(rest)
    if number is None:
        odd = nik is not None and any(map(_is_odd, _beside(rest, nik)))
        return Spotted(number=None, nik=nik, odd=odd)
    more = number_format.find(rest)
    return Spotted(number=number, nik=nik or _slip(rest), more=more if more != number else None)


def _slip(rest: str) -> str | None:
    """Digits meant as a NIK though some are missing or extra, or None."""
    found = [token for token in _tokens(rest) if token.isdecimal() and len(token) in _MEANT_AS_NIK]
    return next((token for token in found if not token.startswith(_PHONE_OR_TIME)), None)


def _tokens(text: str) -> list[str]:
    return [token for token in _BETWEEN.split(plain(text)) if token]


def _beside(text: str, nik: str) -> list[str]:
    """Words beside a NIK, which may be typed in several blocks."""
    tokens = _tokens(text)
    blocks = [only_digits(token) for token in tokens]
    digits = "".join(blocks)
    last: dict[int, int] = {}  # number of digits up to the end of a token -> the first such token
    for place, upto in enumerate(accumulate(map(len, blocks))):
        last.setdefault(upto, place)
    begins = 0
    for first, block in enumerate(blocks):
        end = last.get(begins + len(nik))
        if block and end is not None and digits.startswith(nik, begins):
            return [*tokens[:first], *tokens[end + 1 :]]
        begins += len(block)
    return []


def _is_odd(token: str) -> bool:
    digits = only_digits(token)
    if len(digits) < _MEANT_AS_NUMBER or len(digits) == _WHOLE or _YEAR.fullmatch(token):
        return False
    return not token.startswith(_PHONE_OR_TIME)
