"""Applications: one, a list, and what a list of the office says about them."""

from bot.api.calls.call import ApiCall
from bot.api.calls.wire import ApiProblem
from bot.api.models.applications import ApplicationShown
from domain.office.registration import RegistrationNumber
from domain.refusals import BadNumber
from storage.cards import desk
from storage.cards.desk import Card
from storage.session import Writing


async def show(db: Writing, call: ApiCall) -> ApplicationShown:
    """Give one application. Every look is written to the audit."""
    return shown(call, await card_of(db, call))


async def card_of(db: Writing, call: ApiCall) -> Card:
    """The application of the address, if it is the token's.

    Raises:
        ApiProblem: 404, there is none; 403, it is another point's.
    """
    number = number_of(call)
    found = await desk.by_number(db, number=number, member=call.member.id, masked=not call.token.sees_people)
    if not found:
        raise ApiProblem(404, "not-found")
    call.insist(found[0].point)
    return found[0]


def number_of(call: ApiCall) -> RegistrationNumber:
    """The registration number of the address.

    Raises:
        ApiProblem: 404, it is none.
    """
    try:
        return call.office.number.parse(call.path["number"])
    except BadNumber:
        raise ApiProblem(404, "not-found") from None


def shown(call: ApiCall, card: Card) -> ApplicationShown:
    """An application as the token may see it."""
    return ApplicationShown(
        id=str(card.id),
        number=card.number,
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
