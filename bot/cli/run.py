"""`loket run`."""

import faulthandler
import gc
import logging
import sys
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from bot.cli.settings_check import notes_at_start
from bot.setup.exits import Stop
from bot.setup.logs import set_up_logs
from bot.setup.loops import run_office
from bot.setup.settings import Settings, load_settings

log = logging.getLogger(__name__)  # structlog loads rich unless bot/setup/logs.py comes first


def run(*, only: str | None, listen: str | None) -> None:
    """Run until a signal ends it."""
    settings = load_settings()
    if listen is not None:
        settings = load_settings(lambda: type(settings)(listen=listen))
    set_up_logs(level=settings.log_level.upper())
    _learn_holidays(settings)
    from bot.app import Running
    from bot.app import run as run_app
    from bot.channels import CAPS

    faulthandler.enable()  # the watchdog's SIGABRT then shows where the process hangs: functions and lines, no values

    def ready(running: Running) -> None:
        outside = f", from outside {settings.public_url}/" if settings.public_url else ""
        channels = running.channels.items()
        ways = [f"{name} ({one.contact.by})" if one.contact else name for name, one in channels]
        sys.stdout.write(
            f"Listening at http://{running.address}/{outside}\n"
            f"Channels: {', '.join(ways)}\n"
            f"Database: {shown_database(settings)}\n"
        )
        sys.stdout.flush()
        for note in notes_at_start(settings):
            log.warning("app.settings", extra={"note": note})

    run_office(run_app(settings, only=_channels(only, list(CAPS)), listen=settings.listen, ready=ready))


def shown_database(settings: Settings) -> str:
    """Where the database is, without the account and its password."""
    if settings.sqlite_file is not None:
        return f"SQLite, {settings.sqlite_file}"
    url = urlsplit(settings.database_url)
    hosts = parse_qs(url.query).get("host") or [url.netloc.rpartition("@")[2] or "the local socket"]
    return f"PostgreSQL, {url.path.strip('/')} at {', '.join(hosts)}"


def _learn_holidays(settings: Settings) -> None:
    """Learn them before the rest is loaded, which then uses the memory of what was needed for that."""
    from bot.setup.clock import wall_clock
    from bot.setup.holidays import holidays_around
    from bot.setup.office_file import load_office

    office = load_office(settings.office)
    holidays_around(office.today(wall_clock(settings.clock_shift)()), office.booking.horizon_days)
    gc.collect()


def _channels(only: str | None, known: Sequence[str]) -> tuple[str, ...] | None:
    if only is None:
        return None
    names = tuple(dict.fromkeys(name.strip() for name in only.split(",") if name.strip()))
    strange = [name for name in names if name not in known]
    if strange or not names:
        raise Stop(f"--only takes {', '.join(known)}: one or several, separated by commas.", code=2)
    return names
