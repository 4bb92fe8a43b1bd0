"""Plans an announcement: the one way for the command line and the console."""

import asyncio
from functools import partial

from bot.announcing.file import Order
from bot.announcing.preview import Desk, Preview
from domain.refusals.base import Refusal
from domain.staff.roles import StaffMember
from storage.announcements import control, drafts, freeze
from storage.announcements.records import Announcement, find
from storage.session import Reading, Writing

_ADD = 2000
_OWNER_PAUSE_SECONDS = 0.02
_FOLLOW_SECONDS = 0.1


async def plan(
    desk: Desk,
    order: Order,
    shown: Preview,
    *,
    by: StaffMember,
    override: bool = False,
    urgent: bool = False,
    told_chat: int | None = None,
    release: bool = True,
) -> int | Refusal:
    """Write the order down, release it and freeze its recipients; give its id, or the refusal: then nothing is there.

    With `release=False` it stays a draft for an approver. `shown` is the preview that the person saw.
    """
    store = desk.store
    make = partial(
        drafts.draft, name=order.name, wording=order.wording, audience=order.audience, by=by,
        waves=order.waves, urgent=urgent, override=override, told_chat=told_chat,
    )  # fmt: skip
    if release and (refusal := await _refused(desk, order, shown, by, urgent=urgent, override=override)):
        return refusal
    announcement = await store.write(make)
    if order.recipients is not None:
        for start in range(0, len(shown.applications), _ADD):
            some = shown.applications[start : start + _ADD]
            await store.write(partial(drafts.add_applications, announcement=announcement, ids=some))
            await asyncio.sleep(_OWNER_PAUSE_SECONDS)
    return await approve(desk, announcement, by=by, discard=True) if release else announcement


async def approve(desk: Desk, announcement: int, *, by: StaffMember, discard: bool = False) -> int | Refusal:
    """Release a draft and freeze it; give its id, or the refusal (`discard`: the draft goes with it)."""

    async def release(db: Writing) -> Announcement | Refusal:
        return await control.attempted(
            db,
            by=by,
            step=lambda: drafts.release(db, announcement=announcement, by=by, office=desk.office),
        )

    released = await desk.store.write(release)
    if isinstance(released, Refusal):
        if discard:
            await desk.store.write(partial(drafts.discard, announcement=announcement))
        return released
    await frozen(desk, announcement)
    return announcement


async def frozen(desk: Desk, announcement: int) -> Announcement:
    """Freeze a released announcement, or wait until another process has done it; give how it stands then."""
    spans = await desk.open_spans()
    owner = f"plan-{announcement}-{id(desk)}"
    while True:
        await freeze.freeze(
            desk.store,
            announcement=announcement,
            office=desk.office,
            render=desk.rendering,
            open_spans=spans,
            owner=owner,
            pause=lambda: asyncio.sleep(_OWNER_PAUSE_SECONDS),
        )
        one = await desk.store.read(partial(find, announcement=announcement))
        if one.state != "preparing":
            return one
        await asyncio.sleep(_FOLLOW_SECONDS)


async def would_refuse(
    desk: Desk, order: Order, shown: Preview, *, by: StaffMember, urgent: bool, override: bool
) -> Refusal | None:
    """Give the refusal that planning this would meet, for who only looks: nothing is written, and nothing audited."""
    try:
        await desk.store.read(lambda db: _check(db, desk, order, shown, by, urgent=urgent, override=override))
    except Refusal as refusal:
        return refusal
    return None


async def _check(
    db: Reading, desk: Desk, order: Order, shown: Preview, by: StaffMember, *, urgent: bool, override: bool
) -> None:
    await drafts.check(
        db, ids=shown.applications, recipients=shown.recipients, by=by, office=desk.office,
        audience=order.audience, already=shown.already, urgent=urgent, override=override,
    )  # fmt: skip


async def _refused(
    desk: Desk, order: Order, shown: Preview, by: StaffMember, *, urgent: bool, override: bool
) -> Refusal | None:
    """Ask before anything is written, so that what is refused leaves no row; the audit keeps the no."""

    async def check(db: Writing) -> Refusal | None:
        outcome = await control.attempted(
            db,
            by=by,
            step=lambda: _check(db, desk, order, shown, by, urgent=urgent, override=override),
        )
        return outcome if isinstance(outcome, Refusal) else None

    return await desk.store.write(check)
