"""Base class of all refusals."""

from datetime import date, datetime
from inspect import get_annotations
from typing import Any, ClassVar, dataclass_transform

Detail = str | int | date | datetime


@dataclass_transform(eq_default=False)
class Refusal(Exception):
    """The office refuses a request, and the person can act on it.

    A concrete refusal has its own `code`. Groups like `BadNik` have none; they are caught, never raised. Its details are
    the annotated attributes of its class, given in their order or by name.
    """

    code: ClassVar[str]
    _names: ClassVar[tuple[str, ...]] = ()
    _by_code: ClassVar[dict[str, type["Refusal"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._names += tuple(get_annotations(cls))
        if "code" in cls.__dict__:
            if cls.code in Refusal._by_code:
                raise TypeError(f"two refusals share the code {cls.code}")
            Refusal._by_code[cls.code] = cls

    def __init__(self, *values: Detail, **details: Detail) -> None:
        super().__init__(self.code)
        given = dict(zip(self._names, values, strict=False)) | details
        if given.keys() != set(self._names) or len(given) != len(values) + len(details):
            raise TypeError(f"{self.code} takes {self._names}")
        self.details = given
        vars(self).update(given)

    @classmethod
    def codes(cls) -> frozenset[str]:
        """All codes; a test compares them with the texts of each language."""
        return frozenset(Refusal._by_code)

    def to_json(self) -> dict[str, Any]:
        """The refusal as JSON values, so that a replay can raise it again."""
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
