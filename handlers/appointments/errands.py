"""What a due errand about an appointment refers to, or None if it no longer applies."""

from datetime import date, timedelta

from domain.appointments.booking import HERE, Booking, BookingState
from domain.appointments.seats import Hold, Offer
from domain.office.office import Office
from domain.refusals.appointments import NoShowRule, TooManyCancels, TooYoung
from handlers.appointments.person_choice import Applying, meet
from handlers.appointments.steps import card_on, check_shown, hold_until
from storage.appointments import attendance, bookings, closures, offers
from storage.cards import chat_applications
from storage.people import consents
from storage.session import Reading, Writing

# Whether somebody whose visit was left open was recorded is not known; they are told rather than forgotten.
_STANDS = frozenset({BookingState.BOOKED, *HERE, BookingState.SERVED, BookingState.OPEN})


async def to_come(db: Reading, *, argument: str) -> Booking | None:
    """Appointment of `<booking>:<what>:<sequence>`; None if it is over or was changed."""
    booking, _, sequence = argument.split(":")
    found = await bookings.booking_now(db, booking=int(booking))
    stands = found.state is BookingState.BOOKED and found.starts_at > db.now
    return found if stands and found.sequence == int(sequence) else None


async def to_remind(db: Reading, *, argument: str, chat: int) -> Booking | None:
    """Appointment to remind of; None also if this chat wants no reminders."""
    if await consents.refused(db, chat=chat, kind=consents.REMINDERS):
        return None
    return await to_come(db, argument=argument)


async def closed(db: Reading, *, argument: str) -> Booking | None:
    """Appointment whose resident must choose another time; None if settled."""
    found = await to_come(db, argument=argument)
    asked = found is not None and await closures.is_to_move(db, booking=found.id)
    return found if asked else None


async def missed(db: Reading, *, argument: str) -> Booking | None:
    """Missed appointment; None if the person came after all."""
    found = await bookings.booking_now(db, booking=int(argument))
    return found if found.state is BookingState.NO_SHOW else None


async def again_on(db: Reading, *, booking: Booking, office: Office) -> date | None:
    """Day from which the person may book again by the office's rule; None: at once."""
    rules = office.booking
    since = db.now - timedelta(days=max(rules.no_show_window_days, rules.cancel_window_days))
    no_shows, cancels = await bookings.history_of(db, applicant=booking.applicant, since=since)
    try:
        rules.check_history(no_shows=no_shows, cancels=cancels, now=office.local(db.now))
    except (NoShowRule, TooManyCancels) as rule:
        return rule.until
    return None


async def of_age(db: Reading, *, argument: str) -> Booking | None:
    """Appointment of a person who became 17; None if they were not recorded."""
    found = await bookings.booking_now(db, booking=int(argument.partition(":")[0]))
    return found if found.state in _STANDS else None


async def who_waits(db: Reading, *, offer: Offer, chat: int, office: Office) -> Applying | None:
    """The person for whom the chat waits; None: nobody, or they are too young to come on that day."""
    application = await chat_applications.of_waiting(
        db, applicant=offer.applicant, service=offer.service, chat=chat
    )
    if application is None:
        return None
    applying = await meet(db, application=application, office=office)
    try:
        card_on(applying, office.local(offer.starts_at).date(), office)
    except TooYoung:
        return None
    return applying


async def accept(db: Writing, *, offer: int, chat: int, office: Office) -> Hold:
    """Hold the offered seat for the person.

    Raises:
        OfferOver: the offer has ended.
    """
    return await offers.accept(db, offer=offer, chat=chat, until=hold_until(db.now, office))


async def coming(db: Writing, *, booking: Booking) -> Booking:
    """Record the answer [Hadir].

    Raises:
        BookingMoved, BookingOver: the appointment was moved meanwhile, or is over.
    """
    await check_shown(db, booking)
    return await attendance.is_coming(db, booking=booking.id)
