"""`loket run`."""

import faulthandler
from collections.abc import Sequence

from bot.setup.exits import Stop
from bot.setup.logs import set_up_logs
from bot.setup.loops import run_office
from bot.setup.settings import load_settings


def run(*, only: str | None, listen: str | None) -> None:
    """Run until a signal ends it."""
    from bot.app import run as run_app
    from bot.channels import CAPS

    settings = load_settings()
    if listen is not None:
        settings = load_settings(lambda: type(settings)(listen=listen))
    set_up_logs()
    faulthandler.enable()  # the watchdog's SIGABRT then shows where the process hangs: functions and lines, no values
    run_office(run_app(settings, only=_channels(only, list(CAPS)), listen=settings.listen))


def _channels(only: str | None, known: Sequence[str]) -> tuple[str, ...] | None:
    if only is None:
        return None
    names = tuple(dict.fromkeys(name.strip() for name in only.split(",") if name.strip()))
    strange = [name for name in names if name not in known]
    if strange or not names:
        raise Stop(f"--only takes {', '.join(known)}: one or several, separated by commas.", code=2)
    return names
