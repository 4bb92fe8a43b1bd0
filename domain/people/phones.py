"""Indonesian phone numbers in their many spellings, stored as E.164 and never shown whole."""

import re
from typing import Self

from domain.codec import light_dataclass
from domain.refusals import BadPhone
from domain.text.typed import only_digits, plain

_WRITTEN = re.compile(r"\+?\(?[0-9][0-9 .()\-]*")
_MOBILE = re.compile(r"0?(8[0-9]{8,11})")  # as most are written
# National plan: mobile numbers are 8 and 8 to 11 more digits; others an area code (21, 321 …) and a subscriber
# number.
_NATIONAL = re.compile(r"8[0-9]{8,11}|[2-79][0-9]{7,10}")


@light_dataclass(frozen=True, slots=True, repr=False)
class Phone:
    """A phone number as E.164, masked in `str` and `repr`."""

    e164: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 0812…, 62812…, +62 (0)812…, 0062812… or 812… (a spreadsheet dropped the zero); the first of several.

        Raises:
            BadPhone: this is no Indonesian number.
        """
        if mobile := _MOBILE.fullmatch(text):
            return cls(f"+62{mobile[1]}")
        written = _WRITTEN.search(plain(text))
        if written is None:
            raise BadPhone
        national = _national(written.group())
        if not _NATIONAL.fullmatch(national):
            raise BadPhone
        return cls(f"+62{national}")

    def __str__(self) -> str:
        return f"+62*******{self.e164[-3:]}"

    def __repr__(self) -> str:
        return f"Phone({str(self)!r})"


def _national(written: str) -> str:
    """The number without country code and trunk zero; empty if it has neither and is no mobile number."""
    digits = only_digits(written)
    for country in ("0062", "62"):
        if digits.startswith(country):
            return digits.removeprefix(country).removeprefix("0")
    if digits.startswith("0") and not digits.startswith("00") and not written.startswith("+"):
        return digits[1:]
    return digits if digits.startswith("8") and not written.startswith("+") else ""
