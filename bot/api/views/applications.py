"""Applications: one, a list, rows of the register, and the stage."""

from collections.abc import Sequence
from datetime import date

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
        id=str(card.id),
        number=call.number(card.number),
        name=card.name,
        service=card.service,
        stage=card.stage,
        code=card.raw_code,
        since=card.stage_on,
        point=card.point,
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


async def show_list(db: Writing, call: ApiCall) -> ApplicationList:
    """List applications, oldest status first. Every list is written to the audit."""
    asked: ApplicationsAsked = call.query
    wanted = CardFilter(stage=asked.stage or "", point=call.point(asked.point), least_days=asked.least_days)
    lines, more = await lists.seen_lines(
        db,
        wanted=wanted,
        today=call.today,
        after=_place(asked.cursor),
        limit=asked.limit,
        member=call.member.id,
        masked=not call.token.sees_people,
    )
    return ApplicationList(
        items=[_line(call, one) for one in lines],
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


def _line(call: ApiCall, one: CardLine) -> ApplicationShown:
    return ApplicationShown(
        id=str(one.id),
        number=call.number(one.number),
        name=one.name,
        service=one.service,
        stage=one.stage,
        code=one.raw_code,
        since=one.stage_on,
        point=one.point,
    )


async def put(call: ApiCall) -> ApiAnswer:
    """Create or change an application by a row of the register, with the rules of an import."""
    sent: SentFields = call.body
    row = {**sent.model_dump(exclude_unset=True), "no_registrasi": call.path["number"]}
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


async def take_batch(call: ApiCall) -> ApiAnswer:
    """Take up to 1,000 rows of the register in, with the rules of an import; good rows count, others are listed."""
    sent: SentApplications = call.body
    rows = [row.model_dump(exclude_unset=True) for row in sent.rows]
    checked = await _checked(call, rows, accept_unknown=sent.accept_unknown)

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
    why = {one.row: one for one in done.remarks(call.texts, call.language)}
    codes = {one.row: one.problem.code for one in done.refused}
    results = [
        RowOutcome(
            row=place,
            result=result,
            column=why[place].column,
            code=codes[place],
            reason=why[place].reason,
            suggestion=why[place].suggestion,
        )
        if place in why
        else RowOutcome(row=place, result=result)
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
