"""`loket estimate`: what the ranges told for "kapan jadi?" are worth, measured on the office's own past."""

from datetime import timedelta
from json import dumps

import typer

from bot.cli.arguments import day
from bot.cli.store import with_office
from bot.setup.exits import Stop
from bot.turns.forecasts import past
from domain import codec
from domain.cards.forecast.forecast import HISTORY_DAYS, Worth
from domain.office.office import Office
from storage.cards import forecasts
from storage.store import Store

_MOST_DAYS = 730
"""Without --from the replay begins so many days before --to."""
_LINES = (
    ("cases", "Ranges whose card is ready or overdue"),
    ("coverage", "Ready within the range (aim: 0.85 to 0.95)"),
    ("late", "Ready after the range (aim: at most 0.07)"),
    ("median_width_days", "Median length of a range, in days"),
    ("told", "Questions that were answered with a range"),
)


def estimate(*, since: str | None, until: str | None, replay: bool, json: bool) -> None:
    """Print the worth of the ranges: of a replay, or as kept for the console and the public page."""

    async def work(office: Office, store: Store) -> Worth:
        if not replay:
            return await store.read(forecasts.worth)
        today = office.today(store.clock())
        first = day(since, "--from") if since else None
        last = day(until, "--to") if until else today
        if first is not None and first > last:
            raise Stop("--to must not be before --from.", code=2)
        began = (first or last - timedelta(days=_MOST_DAYS)) - timedelta(days=HISTORY_DAYS)
        walk, _, _ = await past(store, office, since=began, until=min(last, today))
        for _ in walk.run(min(last, today), score_from=first, score_to=last):
            pass
        return Worth.of(walk.score)

    if not replay and (since or until):
        raise Stop("--from and --to need --replay.", code=2)
    found = codec.dump(with_office(work))
    if json:
        typer.echo(dumps(found))
        return
    for name, meaning in _LINES:
        typer.echo(f"{meaning:<45} {'-' if found[name] is None else found[name]}")
