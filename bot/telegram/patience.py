"""Waiting during trouble of Telegram or the store: longer each time, and as long as Telegram asks."""

import structlog

from bot.channel import Outage, Sleep, Throttled

_PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)

TO_DO = {
    "webhook_elsewhere": "Another program set a webhook for this bot's token, so that nothing is heard here. Stop it there "
    "and restart, or get a new token from @BotFather and put it into LOKET_TELEGRAM_TOKEN.",
    "polled_elsewhere": "Another program asks for this bot's messages with the same token. Stop it there, or get a new "
    "token from @BotFather and put it into LOKET_TELEGRAM_TOKEN.",
    "token_refused": "Telegram does not know this bot's token (any more). Put the one that @BotFather shows into "
    "LOKET_TELEGRAM_TOKEN and restart.",
    "certificate_refused": "The certificate at LOKET_TELEGRAM_API_BASE is not accepted: the clock of this machine is wrong, a "
    "firewall replaces certificates, or the address names another server.",
}
"""What a person can do about trouble that waiting does not end."""
_SURE = 3  # so often in a row, as the previous process may still be polling during a restart

log = structlog.get_logger(__name__)


class Patience:
    """Waits during trouble; `calm` resets the pauses.

    `trouble` is a code for trouble that needs a person, logged once and shown in the metrics until it ends.
    """

    def __init__(self, sleep: Sleep) -> None:
        self._sleep = sleep
        self._failures = 0
        self._told: str | None = None
        self.trouble: str | None = None

    def calm(self) -> None:
        """Record a success."""
        self._failures = 0
        self._told = self.trouble = None

    async def wait(self, problem: Exception) -> None:
        """Wait after a problem."""
        seconds = _PAUSES[min(self._failures, len(_PAUSES) - 1)]
        if isinstance(problem, Throttled):
            seconds = max(seconds, problem.retry_after_seconds)
        self._failures += 1
        self._look_at(problem)
        log.warning("telegram.retry", problem=type(problem).__name__, seconds=seconds)
        await self._sleep(seconds)

    def _look_at(self, problem: Exception) -> None:
        why = problem.why if isinstance(problem, Outage) else None
        if why is None or self._failures < _SURE:
            return
        self.trouble = why
        if self._told != why:
            self._told = why
            log.error("telegram.needs_action", why=why, to_do=TO_DO[why])
