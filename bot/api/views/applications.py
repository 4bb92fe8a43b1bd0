"""Applications: one, a list, rows of the register, and the stage."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.api.calls.call import ApiCall
from bot.api.calls.wire import ApiAnswer, ApiProblem
from bot.api.models.applications import (
    ApplicationDetails,
    ApplicationList,
    ApplicationsAsked,
    ApplicationShown,
    RowOutcome,
    SentApplications,
    SentFields,
    TakenInOne,
    TakenInRows,
)
from bot.api.models.base import cursor_of, place_of
from bot.importing.rows import CheckedRows, RowResult, SentRow, TakenIn, TooManyUnknown, check, take_in
from domain.office.registration import RegistrationNumber
from domain.refusals import BadNumber
from storage.cards import desk, lists
from storage.cards.desk import Card
from storage.cards.lists import CardFilter, CardLine, Place
from storage.ids import read_id
from storage.session import Writing


async def show(db: Writing, call: ApiCall) -> ApplicationDetails:
    """Get one application. Every look is written to the audit."""
    number = number_of(call)
    found = await desk.by_number(db, number=number, member=call.member.id, masked=not call.token.sees_people)
    if not found:
        raise ApiProblem(404, "not-found")
    card = found[0]
    call.insist(card.point)
    return ApplicationDetails(
        **_fields(call, card),
        submitted_on=card.submitted_on,
        complete_on=card.complete_on,
        updated_at=call.time(card.updated_at),
    )


def number_of(call: ApiCall) -> RegistrationNumber:
    """The registration number of the address.

    Raises:
        ApiProblem: 404, it is none.
    """
    try:
        return call.office.number.parse(call.path["number"])
    except BadNumber:
        raise ApiProblem(404, "not-found") from None


async def show_list(db: Writing, call: ApiCall, query: ApplicationsAsked) -> ApplicationList:
    """List applications, oldest status first. Every list is written to the audit."""
    wanted = CardFilter(stage=query.stage or "", point=call.point(query.point), least_days=query.least_days)
    lines, more = await lists.seen_lines(
        db,
        wanted=wanted,
        today=call.today,
        after=_place(query.cursor),
        limit=query.limit,
        member=call.member.id,
        masked=not call.token.sees_people,
    )
    return ApplicationList(
        items=[ApplicationShown(**_fields(call, one)) for one in lines],
        next=cursor_of(lines[-1].stage_on.isoformat(), str(lines[-1].id)) if more else None,
    )


def _place(cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    day, row = place_of(cursor, 2)
    last = read_id(row)
    try:
        on = date.fromisoformat(day)
    except ValueError:
        last = None
    if last is None:
        raise ApiProblem(422, "cursor", field="cursor")
    return on, last


def _fields(call: ApiCall, one: Card | CardLine) -> dict[str, Any]:
    """What is shown of an application by itself and in a list."""
    return {
        "id": str(one.id),
        "number": call.number(one.number),
        "name": one.name,
        "service": one.service,
        "stage": one.stage,
        "code": one.raw_code,
        "since": one.stage_on,
        "point": one.point,
    }


async def put(call: ApiCall, body: SentFields) -> ApiAnswer:
    """Create or change an application by a row of the register, with the rules of an import."""
    row = {**body.model_dump(exclude_unset=True), "no_registrasi": call.path["number"]}
    checked = await _checked(call, [row], accept_unknown=True)

    async def write(db: Writing) -> TakenInOne:
        done = await take_in(db, checked=checked, digest=call.digest, actor=call.actor)
        if done.results[0] is RowResult.REFUSED:
            one = done.refused[0]
            raise ApiProblem(
                422,
                one.problem.code,
                field=one.column,
                key=f"import-reason-{one.problem.code}",
                details=dict(one.problem.details),
            )
        return TakenInOne(import_id=done.import_id, result=done.results[0])

    return await call.finish(write)


async def take_batch(call: ApiCall, body: SentApplications) -> ApiAnswer:
    """Take up to 1,000 rows of the register in, with the rules of an import; good rows count, others are listed."""
    rows = [row.model_dump(exclude_unset=True) for row in body.rows]
    checked = await _checked(call, rows, accept_unknown=body.accept_unknown)

    async def write(db: Writing) -> TakenInRows:
        return _told(call, await take_in(db, checked=checked, digest=call.digest, actor=call.actor))

    return await call.finish(write)


async def _checked(call: ApiCall, rows: Sequence[SentRow], *, accept_unknown: bool) -> CheckedRows:
    try:
        return await check(
            call.store, rows, office=call.office, point=call.member.point, accept_unknown=accept_unknown
        )
    except TooManyUnknown as many:
        codes = ", ".join(f"{one.code} ({one.rows})" for one in many.unknown[:20])
        raise ApiProblem(409, "unknown-codes", field="accept_unknown", details={"codes": codes}) from None


def _told(call: ApiCall, done: TakenIn) -> TakenInRows:
    codes = {one.row: one.problem.code for one in done.refused}
    remarks = done.remarks(call.texts, call.language)
    refused = {one.row: RowOutcome.of_refused(one, codes[one.row]) for one in remarks}
    results = [
        refused.get(place) or RowOutcome(row=place, result=result)
        for place, result in enumerate(done.results, start=1)
    ]
    counts = done.counts
    return TakenInRows(
        import_id=done.import_id,
        rows=counts.rows,
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        refused=counts.refused,
        results=results,
    )
