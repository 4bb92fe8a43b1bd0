"""Loket without answers in the webhook's response: every reply is a call."""

import functools
from typing import Any

from bot.__main__ import main
from bot.turns.dispatcher import Dispatcher


def never_inline() -> None:
    stock: Any = Dispatcher.__call__

    @functools.wraps(stock)
    async def hear(self: Any, heard: Any, *, inline: bool = False) -> Any:
        return await stock(self, heard)

    Dispatcher.__call__ = hear  # type: ignore[method-assign]


if __name__ == "__main__":
    never_inline()
    main()
