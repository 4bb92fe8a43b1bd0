"""The person of an appointment: known to this chat, or proved by number and proof."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.appointments.booking import Booking
from domain.cards.application import Application, Followed
from domain.office.office import Office
from handlers.engine.chat import Chat, Choice
from handlers.shared.look_up import look_up, tell_not_found
from handlers.shared.pair import ask_pair
from handlers.shared.people_list import choose_person
from handlers.shared.report import stage_of
from storage.appointments import bookings
from storage.cards import applications, chat_applications
from storage.people.sittings import Covered
from storage.session import Reading

OTHER = "other"
_YOUNGEST = 10
"""Who is 15 by the NIK is told from which day they may come, and not taken for 115."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applying:
    """The person and service; `booking` is their active appointment, if any."""

    application: int
    number: str
    name: str
    service: str
    district: str | None
    point: str | None
    applicant: int
    born: date
    booking: Booking | None


@dataclass(frozen=True, slots=True)
class Since:
    """How far back look-ups and appointments make a person known to a chat."""

    looked_up: datetime
    booked: datetime


def known_since(chat: Chat) -> Since:
    """Limits by retention: look-ups as long as the chat's texts, appointments as long as its links."""
    kept = chat.office.retention
    return Since(
        chat.now - timedelta(hours=kept.unfinished_hours), chat.now - timedelta(days=kept.chat_link_days)
    )


async def ask_whom(chat: Chat) -> Applying | None:
    """Find the person; None: the pair was wrong, which was told.

    A person already recorded is told where the card is and that no appointment is needed, but may book one.
    """
    application = await _known(chat) or await _by_pair(chat)
    if application is None:
        return None
    applying = await chat.learn("booking-applying", meet, application=application, office=chat.office)
    if applying.booking is None and application.stage is not None and application.stage.is_recorded:
        stage = stage_of(application, chat.office)
        await chat.say(stage.key, **stage.variables)
        await chat.say("booking-not-needed")
    return applying


async def _known(chat: Chat) -> Application | None:
    """The person just looked up, or chosen from a list; None: nobody, or another number."""
    since = known_since(chat)
    hidden = bool(chat.given) or chat.argument == OTHER
    people = await chat.learn(
        "booking-known",
        acquaintances,
        chat=chat.id,
        since=since,
        argument=chat.argument,
        hidden=hidden,
        covered=chat.covered,
    )
    if not people:
        return None
    chosen: Any = people[0].application
    if len(people) > 1:
        chosen, _ = await choose_person(
            chat, "booking-whose", people, Choice(OTHER, "status-other", hint="status-other-hint")
        )
    else:
        await chat.say("booking-for", name=people[0].name, number=people[0].number)
    if chosen == OTHER:
        return None
    return await chat.learn(
        "booking-take-known",
        chat_applications.of_known,
        application=chosen,
        chat=chat.id,
        since=since.looked_up,
        booked_since=since.booked,
        covered=chat.covered,
    )


async def acquaintances(
    db: Reading, *, chat: int, since: Since, argument: str, hidden: bool, covered: Covered
) -> list[Followed]:
    """People known to the chat, as far as covered; only one application if the argument names it."""
    if hidden:
        return []
    people = await chat_applications.known_to(
        db, chat=chat, since=since.looked_up, booked_since=since.booked, covered=covered
    )
    return [one for one in people if argument == str(one.application)] or people


async def _by_pair(chat: Chat) -> Application | None:
    """Ask for number and proof; None alike for an unknown number and a wrong proof."""
    number, proof = await ask_pair(chat)
    application = await look_up(chat, number, proof)
    if application is None:
        await tell_not_found(chat, proof)
    return application


async def whose(chat: Chat, booking: int) -> Applying | None:
    """The person of an appointment made in this chat; None if the chat may not know them."""
    return await chat.learn(
        "booking-open-own",
        meet_again,
        booking=booking,
        chat=chat.id,
        office=chat.office,
        covered=chat.covered,
    )


async def meet_again(
    db: Reading, *, booking: int, chat: int, office: Office, covered: Covered
) -> Applying | None:
    """As `whose`, from the database."""
    application = await chat_applications.of_booking(db, booking=booking, chat=chat, covered=covered)
    return None if application is None else await meet(db, application=application, office=office)


async def meet(db: Reading, *, application: Application, office: Office) -> Applying:
    """The applicant, with their active appointment of this service."""
    person = await applications.of_application(db, application=application.id)
    known_service = office.service(application.service)
    service = known_service.id if known_service else application.service
    youngest = min(known_service.youngest, _YOUNGEST) if known_service else _YOUNGEST
    return Applying(
        application=application.id,
        number=application.number,
        name=application.name,
        service=service,
        district=application.district,
        point=application.point,
        applicant=person.id,
        born=person.nik.birth_date(office.today(db.now), youngest=youngest),
        booking=await bookings.active_booking(db, applicant=person.id, service=service),
    )
