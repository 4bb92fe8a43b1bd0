"""Proof of ownership: the NIK, or its last four digits on channels that may not ask for more."""

import hmac
from dataclasses import dataclass
from typing import Self

from domain.codec import light_dataclass
from domain.people.nik import HiddenDigits, Nik
from domain.refusals import BadLastFour, BadNik
from domain.text.typed import digit_runs, digits_of_length


@light_dataclass(frozen=True, slots=True, repr=False)
class LastFour(HiddenDigits):
    """The last four digits of a NIK. Masked in `str` and `repr`: with a date of birth they are half of it."""

    NAME, LENGTH = "last four digits of a NIK", 4

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read four digits, alone or in a sentence.

        Raises:
            BadLastFour: there are no four digits, or they are 0000, which nobody has.
        """
        runs = [digits for digits in digit_runs(text) if len(digits) == LastFour.LENGTH]
        if not runs or runs[0] == "0000":
            raise BadLastFour
        return cls(runs[0])

    def __str__(self) -> str:
        return "****"

    def matches(self, recorded: Nik) -> bool:
        """Whether the recorded NIK ends with them, in constant time."""
        return hmac.compare_digest(self.digits, recorded.last_four)


Proof = Nik | LastFour


@dataclass(frozen=True, slots=True)
class ProofParser:
    """Reads the proof that a channel may ask for: the full NIK (`full_nik`), or its last four digits.

    Sixteen digits typed instead of four are accepted as a NIK, because they prove more. If they are no NIK,
    four digits are asked for again, never sixteen.
    """

    full_nik: bool

    def parse(self, text: str) -> Proof:
        """Read the proof.

        Raises:
            BadNik: sixteen digits were expected and not typed.
            BadLastFour: four digits were expected, and neither they nor a NIK were typed.
        """
        if self.full_nik:
            return Nik.parse(text)
        if not digits_of_length(text, Nik.LENGTH):
            return LastFour.parse(text)
        try:
            return Nik.parse(text)
        except BadNik:
            raise BadLastFour from None

    def from_json(self, value: str) -> Proof:
        """Read what the proof's `to_json` wrote.

        Raises:
            ValueError: this is no proof.
        """
        return LastFour.from_json(value) if len(value) == LastFour.LENGTH else Nik.from_json(value)
