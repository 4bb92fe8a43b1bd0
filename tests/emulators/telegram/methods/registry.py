from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.emulators.telegram.bodies import Fields

if TYPE_CHECKING:
    from tests.emulators.telegram.emulator import Telegram

Do = Callable[["Telegram", Fields], Awaitable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """`counts`: the call counts for the rate limits. `notes` is the `description` beside a good result."""

    name: str
    do: Do
    counts: bool
    note: str | None


METHODS: dict[str, Method] = {}


def method(name: str, *, counts: bool = False, note: str | None = None) -> Callable[[Do], Do]:
    """Register a function as a method; names are looked up without regard to case, as the real server does."""

    def register(do: Do) -> Do:
        METHODS[name.lower()] = Method(name=name, do=do, counts=counts, note=note)
        return do

    return register
