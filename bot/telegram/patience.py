"""How long to wait when Telegram or the store is in trouble: longer each time, and as long as Telegram asks."""

import structlog

from bot.channel import Sleep, Throttled

_PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)

log = structlog.get_logger(__name__)


class Patience:
    """Waits out trouble; `calm` makes the next pause short again."""

    def __init__(self, sleep: Sleep) -> None:
        self._sleep = sleep
        self._failures = 0

    def calm(self) -> None:
        """Things work."""
        self._failures = 0

    async def wait(self, problem: Exception) -> None:
        """Wait because of a problem."""
        seconds = _PAUSES[min(self._failures, len(_PAUSES) - 1)]
        if isinstance(problem, Throttled):
            seconds = max(seconds, problem.retry_after_seconds)
        self._failures += 1
        log.warning("telegram.waits", problem=type(problem).__name__, seconds=seconds)
        await self._sleep(seconds)
