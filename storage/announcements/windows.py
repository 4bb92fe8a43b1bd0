"""Pickup windows of announcements in waves: every application gets a day and a window."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select, update

from domain.announcements.waves import OpenSpans, assign, families
from domain.office.office import Office
from storage.announcements.records import Announcement
from storage.bulk import in_pieces
from storage.schema import announcement_applications, applications, follows
from storage.session import Reading
from storage.store import Store

_set_window = (
    update(announcement_applications)
    .where(
        announcement_applications.c.announcement_id == bindparam("id"),
        announcement_applications.c.application_id == bindparam("application"),
    )
    .values(comes_at=bindparam("starts"), comes_until=bindparam("ends"))
)


async def give_windows(store: Store, one: Announcement, office: Office, open_spans: OpenSpans) -> None:
    """Assign a day and window to every application, followed or not: the counter serves all of them."""
    facts, pairs = await store.read(partial(_waiting_for_windows, announcement=one.id))
    if one.waves is None or all(row.comes_at for row in facts):
        return
    points = {row.application_id: row.point or office.points[0].id for row in facts}
    groups = [(points[group[0]], group) for group in families(pairs, points)]
    now = store.clock()
    begins = max(now, one.not_before or now)
    found = assign(groups, one.waves, open_spans, office.timezone, not_before=begins)
    rows = [
        {"id": one.id, "application": application, "starts": window.starts_at, "ends": window.ends_at}
        for application, window in found.items()
    ]
    for some in in_pieces(rows):
        await store.write(lambda db, some=some: db.run(_set_window, some))  # type: ignore[misc]


async def _waiting_for_windows(
    db: Reading, *, announcement: int
) -> tuple[Sequence[Any], list[tuple[int, int]]]:
    mine = announcement_applications.c.announcement_id == announcement
    facts = await db.rows(
        select(
            announcement_applications.c.application_id,
            announcement_applications.c.comes_at,
            applications.c.point,
        )
        .join(applications, applications.c.id == announcement_applications.c.application_id)
        .where(mine)
        .order_by(applications.c.stage_on, applications.c.id)
    )
    pairs = await db.rows(
        select(follows.c.chat_id, follows.c.application_id)
        .join(
            announcement_applications,
            follows.c.application_id == announcement_applications.c.application_id,
        )
        .where(mine)
    )
    return facts, [(row.chat_id, row.application_id) for row in pairs]
