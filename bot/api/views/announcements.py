"""Announcements: a draft for an approver, and what became of it."""

from dataclasses import asdict, replace

from bot.announcing.file import UnusableAnnouncement, order_in
from bot.announcing.recipients import Listed, match
from bot.announcing.render import preview
from bot.api.calls.call import ApiCall
from bot.api.calls.wire import ApiProblem
from bot.api.models.applications import RowOutcome
from bot.api.models.office import AnnouncementDrafted, AnnouncementShown, DeliveryCounts, SentAnnouncement
from bot.importing.report import remarks
from domain.announcements.announcement import Order, State
from domain.cards.register import RefusedRow
from domain.cards.register_rows import NumberRow
from domain.refusals import BadNumber
from domain.refusals.announcements import BadText, UnknownAnnouncement
from domain.staff.roles import WHOLE_OFFICE
from domain.text.cells import Problem
from storage.announcements import approvers, drafts
from storage.announcements.records import find, point_of
from storage.announcements.results import counts_of
from storage.session import Reading, Writing

# The field of what stands in the way of a draft, unless it has the same name.
_FIELDS = {"language": "text", "whom": "status", "list": "numbers", "send-at": "send_at"}
MOST_DRAFTS = 20
"""Drafts of a token that may wait; approvers are told of each."""
_OF_A_FILE = {"whom", "list", "send-at"}  # their sentences for announcement files say how TOML writes it


async def draft(db: Writing, call: ApiCall, body: SentAnnouncement) -> AnnouncementDrafted:
    """Draft an announcement; approvers are told, and one of them releases it."""
    order = _order(call, body)
    if await drafts.waiting(db, by=call.member) >= MOST_DRAFTS:
        raise ApiProblem(409, "too-many-waiting")
    listed = Listed()
    if body.numbers is None:
        call.insist(order.audience.point or WHOLE_OFFICE)
    else:
        listed = await _listed(db, call, body.numbers)
        order = replace(order, listed=listed.applications)
    shown = await preview(order, by=call.member, office=call.office, texts=call.texts)(db)
    made = await drafts.draft(db, order=order, by=call.member)
    await drafts.add_applications(db, announcement=made, ids=order.listed or ())
    await approvers.tell(db, announcement=made)
    return AnnouncementDrafted(
        id=made,
        state=State.DRAFT,
        recipients=shown.recipients,
        none=shown.none_count,
        refused=_told(call, listed.refused),
    )


def _order(call: ApiCall, sent: SentAnnouncement) -> Order:
    """The order as an announcement file would say it.

    Raises:
        ApiProblem: 422, it is incomplete or cannot be sent.
    """
    told = sent.model_dump(exclude_none=True, exclude={"numbers", "waves"})
    if sent.numbers is not None:
        told["recipients"] = "numbers"
    elif sent.status is not None and (point := call.point(sent.point)) is not None:
        told["point"] = point
    if sent.waves is not None:
        told["waves"] = {"per_day": sent.waves.per_day, "from": sent.waves.first}
    try:
        return order_in(told, call.office, now=call.store.clock())[0]
    except UnusableAnnouncement as why:
        code = f"announcement-{why.code}"
        key = f"api-{code}" if why.code in _OF_A_FILE else f"announce-file-{why.code}"
        field = _FIELDS.get(why.code, why.code)
        raise ApiProblem(422, code, field=field, key=key, details=why.details) from None
    except BadText as bad:
        key = f"refusal-{bad.code}"
        raise ApiProblem(422, bad.code, field="text", key=key, details=bad.details) from None


async def _listed(db: Reading, call: ApiCall, numbers: list[str]) -> Listed:
    """The applications of some numbers, and the numbers refused."""
    rows, refused = [], []
    for place, typed in enumerate(numbers, start=1):
        try:
            rows.append(NumberRow(row=place, number=call.office.number.parse(typed)))
        except BadNumber as bad:
            problem = Problem(bad.code, tuple(bad.details.items()))
            refused.append(RefusedRow(place, "no_registrasi", problem))
    found = await match(db, rows=rows, by=call.member)
    return Listed(applications=found.applications, refused=(*refused, *found.refused))


def _told(call: ApiCall, refused: tuple[RefusedRow, ...]) -> list[RowOutcome]:
    codes = {one.row: one.problem.code for one in refused}
    return [
        RowOutcome.of_refused(one, codes[one.row], column="numbers")
        for one in remarks(refused, call.texts, call.language)
    ]


async def show(db: Reading, call: ApiCall) -> AnnouncementShown:
    """Get an announcement with its counts."""
    try:
        one = await find(db, announcement=call.path_id())
    except UnknownAnnouncement:
        raise ApiProblem(404, "not-found") from None
    call.insist(point_of(one))
    return AnnouncementShown(
        id=one.id,
        name=one.name,
        state=one.state,
        planned=one.planned,
        created_at=call.time(one.created_at),
        starts_at=call.maybe_time(one.starts_at),
        finished_at=call.maybe_time(one.finished_at),
        counts=DeliveryCounts(**asdict(await counts_of(db, announcement=one.id))),
    )
