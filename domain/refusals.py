"""What the office refuses, and the person can mend: a class and a code each, worded in Fluent as `refusal-<code>`.

    Refusal
    ├── BadNik
    │   ├── NikNot16Digits     nik-not-16-digits     (count)
    │   ├── NikBadDate         nik-bad-date
    │   ├── NikBadRegion       nik-bad-region
    │   └── NikBadSerial       nik-bad-serial
    ├── BadLastFour            bad-last-four
    ├── BadNumber
    │   ├── NumberBadShape     number-bad-shape      (example)
    │   └── NumberBadCheck     number-bad-check
    ├── BadPhone               bad-phone
    ├── TooManyTries           too-many-tries        (until)
    ├── NotAllowed             not-allowed
    ├── BadCode                bad-code
    └── SlotFull               slot-full

No detail holds what a person typed: details reach texts and the transcript, and may reach a log.
"""

from datetime import date, datetime
from typing import Any, ClassVar

Detail = str | int | date | datetime


class Refusal(Exception):
    """The office says no, and the person who asked can act on it.

    A concrete refusal has a `code` of its own; groups like `BadNik` have none and are only caught, never raised.
    """

    code: ClassVar[str]
    _by_code: ClassVar[dict[str, type["Refusal"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "code" in cls.__dict__:
            if cls.code in Refusal._by_code:
                raise TypeError(f"two refusals share the code {cls.code}")
            Refusal._by_code[cls.code] = cls

    def __init__(self, **details: Detail) -> None:
        super().__init__(self.code)
        self.details = details

    @classmethod
    def codes(cls) -> frozenset[str]:
        """Give every code there is: a test compares them with the texts of each language."""
        return frozenset(Refusal._by_code)

    def to_json(self) -> dict[str, Any]:
        """Give the refusal as JSON values, so that a replay can raise it again."""
        return {"code": self.code, "details": {name: _to_json(value) for name, value in self.details.items()}}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Refusal":
        """Read what `to_json` wrote.

        Raises:
            ValueError: no refusal has this code (any more), or it has other details now.
        """
        kind = cls._by_code.get(value["code"])
        if kind is None:
            raise ValueError(f"no refusal has the code {value['code']}")
        try:
            return kind(**{name: _from_json(detail) for name, detail in value["details"].items()})
        except TypeError as error:
            raise ValueError(f"{value['code']} has other details now") from error


def _to_json(detail: Detail) -> str | int | dict[str, str]:
    if isinstance(detail, datetime):
        return {"datetime": detail.isoformat()}
    if isinstance(detail, date):
        return {"date": detail.isoformat()}
    return detail


def _from_json(value: str | int | dict[str, str]) -> Detail:
    if not isinstance(value, dict):
        return value
    if "datetime" in value:
        return datetime.fromisoformat(value["datetime"])
    return date.fromisoformat(value["date"])


class BadNik(Refusal):
    """What was typed cannot be anybody's NIK."""


class NikNot16Digits(BadNik):
    """The digits are not sixteen, but `count`."""

    code = "nik-not-16-digits"

    def __init__(self, count: int) -> None:
        super().__init__(count=count)


class NikBadDate(BadNik):
    """The middle six digits are a date of no century."""

    code = "nik-bad-date"


class NikBadRegion(BadNik):
    """Regency or district is 00."""

    code = "nik-bad-region"


class NikBadSerial(BadNik):
    """The last four digits are 0000."""

    code = "nik-bad-serial"


class BadLastFour(Refusal):
    """What was typed is neither four digits nor a whole NIK."""

    code = "bad-last-four"


class BadNumber(Refusal):
    """What was typed cannot be a registration number."""


class NumberBadShape(BadNumber):
    """It does not look like one; `example` does."""

    code = "number-bad-shape"

    def __init__(self, example: str) -> None:
        super().__init__(example=example)


class NumberBadCheck(BadNumber):
    """The check character does not fit: one character is wrong or two are swapped."""

    code = "number-bad-check"


class BadPhone(Refusal):
    """What was typed is no Indonesian telephone number."""

    code = "bad-phone"


class TooManyTries(Refusal):
    """The chat gave too many wrong pairs; it may try again at `until`."""

    code = "too-many-tries"

    def __init__(self, until: datetime) -> None:
        super().__init__(until=until)
        self.until = until


class NotAllowed(Refusal):
    """The person's role does not permit this ("tidak berwenang")."""

    code = "not-allowed"


class BadCode(Refusal):
    """The staff code is unknown, used up or too old."""

    code = "bad-code"


class SlotFull(Refusal):
    """Every seat of the slot is taken ("baru saja terisi")."""

    code = "slot-full"
