"""What an errand about an appointment finds when its moment has come: what it is about, or that it no longer holds."""

from datetime import date, timedelta

from domain.appointments.booking import Booking, BookingState
from domain.appointments.seats import Hold, Offer
from domain.office.office import Office
from domain.refusals.appointments import NoShowRule, TooManyCancels
from handlers.appointments.steps import hold_until
from handlers.appointments.whom import Applying, meet
from storage.appointments import attendance, bookings, closures, offers
from storage.cards import chat_applications
from storage.people import consents
from storage.session import Reading, Writing

_STANDS = frozenset({BookingState.BOOKED, BookingState.SERVED})


async def to_come(db: Reading, *, argument: str) -> Booking | None:
    """Give the appointment of `<booking>:<what>:<sequence>`; None when it is over, or was changed since."""
    booking, _, sequence = argument.split(":")
    found = await bookings.booking_now(db, booking=int(booking))
    stands = found.state is BookingState.BOOKED and found.starts_at > db.now
    return found if stands and found.sequence == int(sequence) else None


async def to_remind(db: Reading, *, argument: str, chat: int) -> Booking | None:
    """Give the appointment to remind of; None also when this chat wants no reminders."""
    if await consents.refused(db, chat=chat, kind=consents.REMINDERS):
        return None
    return await to_come(db, argument=argument)


async def closed(db: Reading, *, argument: str) -> Booking | None:
    """Give the appointment whose resident is asked to choose another time; None when that is settled."""
    found = await to_come(db, argument=argument)
    asked = found is not None and await closures.is_to_move(db, booking=found.id)
    return found if asked else None


async def missed(db: Reading, *, argument: str) -> Booking | None:
    """Give the appointment that somebody missed; None when they came after all."""
    found = await bookings.booking_now(db, booking=int(argument))
    return found if found.state is BookingState.NO_SHOW else None


async def again_on(db: Reading, *, booking: Booking, office: Office) -> date | None:
    """Give the day from which a person may book again by the office's rule; None: at once."""
    rules = office.booking
    since = db.now - timedelta(days=max(rules.no_show_window_days, rules.cancel_window_days))
    no_shows, cancels = await bookings.history_of(db, applicant=booking.applicant, since=since)
    try:
        rules.check_history(no_shows=no_shows, cancels=cancels, now=office.local(db.now))
    except (NoShowRule, TooManyCancels) as rule:
        return rule.until
    return None


async def of_age(db: Reading, *, argument: str) -> Booking | None:
    """Give the appointment of somebody who became 17; None when it was not kept."""
    found = await bookings.booking_now(db, booking=int(argument.partition(":")[0]))
    return found if found.state in _STANDS else None


async def open_offer(db: Reading, *, argument: str) -> Offer | None:
    """Give an offer of the waiting list while it can be taken."""
    return await offers.offer_now(db, offer=int(argument))


async def who_waits(db: Reading, *, offer: Offer, chat: int, office: Office) -> Applying | None:
    """Give for whom the chat waits."""
    application = await chat_applications.of_waiting(
        db, applicant=offer.applicant, service=offer.service, chat=chat
    )
    return None if application is None else await meet(db, application=application, office=office)


async def accept(db: Writing, *, offer: int, chat: int, office: Office) -> Hold:
    """Keep the offered seat for the person.

    Raises:
        OfferOver: it was passed on.
    """
    return await offers.accept(db, offer=offer, chat=chat, until=hold_until(db.now, office))


async def decline(db: Writing, *, offer: int) -> bool:
    """Pass the offered seat on."""
    return await offers.decline(db, offer=offer)


async def coming(db: Writing, *, booking: int) -> Booking:
    """Note that the resident said [Hadir].

    Raises:
        BookingOver: the appointment is over.
    """
    return await attendance.is_coming(db, booking=booking)
