"""The event loop of the office."""

import asyncio
from collections.abc import Coroutine
from typing import Any


def run_office(office: Coroutine[Any, Any, None]) -> None:
    """Run on uvloop, which halves the loop's cost per message; where it is missing, on asyncio's own."""
    try:
        import uvloop
    except ImportError:  # pragma: no cover (Windows)
        asyncio.run(office)
    else:
        uvloop.run(office)
