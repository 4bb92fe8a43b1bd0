"""What a message already holds: a registration number, a NIK, or both (also `#KTP#NIK#NoKK#Nama#…`)."""

from dataclasses import dataclass

from domain.nik import find_nik
from domain.registration import NumberFormat


@dataclass(frozen=True, slots=True, repr=False)
class Spotted:
    """The texts in a message that answer the questions for number and NIK, as far as they are there.

    `more` is a second number, where somebody sent two pairs at once.
    """

    number: str | None
    nik: str | None
    more: str | None = None


def spot_pair(text: str, number_format: NumberFormat) -> Spotted:
    """Find number and NIK in one message; the digits of the number are never taken for a part of the NIK."""
    number = number_format.find(text)
    rest = number_format.without_number(text)
    more = number_format.find(rest) if number else None
    return Spotted(number=number, nik=find_nik(rest), more=more if more != number else None)
