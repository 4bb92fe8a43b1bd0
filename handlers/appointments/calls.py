"""Conversations that the office begins about an appointment: reminder, closure, offered seat, no-show, 17th birthday.

Opened by errands (storage/appointments/reminders.py); each first checks whether there is still something to
say.
"""

from datetime import datetime

from domain.appointments.booking import Booking
from domain.appointments.seats import Offer
from domain.refusals.appointments import AlreadyBooked, BookingOver, OfferOver
from handlers.appointments import errands
from handlers.appointments.appointment import (
    CANCEL,
    change,
    enclose_calendar,
    finish_offer,
    give_ticket,
    give_up,
)
from handlers.appointments.followups import choose, office_of
from handlers.appointments.person_choice import OTHER, Applying, whose
from handlers.appointments.seat import MOVE, OTHER_DAY, another_time, correction, let_go, nearest_choices
from handlers.appointments.steps import cannot_come, come_after_all
from handlers.appointments.ticket import bring, facts
from handlers.appointments.time_choice import Wanted, ask_when, hour_or_place
from handlers.engine.chat import Chat, Choice, Said
from handlers.engine.registry import conversation
from handlers.shared.calendar import name_of
from handlers.shared.ownership import is_theirs
from storage.appointments import offers, undo

COMING, TAKE, PASS = "coming", "take", "pass"


@conversation(
    "reminder",
    follow_up=another_time,
    corrects=correction,
    numbered=hour_or_place,
    over=let_go,
    asks_pair=True,
)
async def remind(chat: Chat) -> None:
    """Remind of an appointment: [Hadir] [Ubah] [Tidak bisa]."""
    booking = await chat.learn("reminder-due", errands.to_remind, argument=chat.argument, chat=chat.id)
    if booking is None or not await is_theirs(chat, booking.applicant):
        return
    _approve(chat, "booking_reminder", booking)
    await chat.say("reminder-head", **facts(booking, chat.office))
    for thought in bring(booking.service, await office_of(chat, booking)):
        await chat.say(thought.key, **thought.variables)
    chosen = await choose(
        chat,
        "reminder-coming",
        [Choice(COMING, "reminder-yes"), Choice(MOVE, "reminder-move"), Choice(CANCEL, "reminder-no")],
        booking,
    )
    if chosen == COMING:
        await chat.once("reminder-coming-noted", errands.coming, booking=booking)
        await chat.say("reminder-thanks", at=booking.starts_at)
    elif chosen == MOVE:
        await _change(chat, booking)
    else:
        await _cannot_come(chat, booking)


async def _cannot_come(chat: Chat, booking: Booking) -> None:
    """Cancel at once, because the answer was clear; one tap takes it back for some minutes."""
    cancelled = await chat.once(
        "booking-give-up", cannot_come, booking=booking, chat=chat.id, office=chat.office
    )
    await chat.say("booking-cancelled", code=str(cancelled.code))
    await enclose_calendar(chat, cancelled, cancelled=True)
    ways = [Choice(COMING, "reminder-undo-yes"), Choice(PASS, "reminder-undo-no")]
    minutes = int(undo.UNDO_WITHIN.total_seconds() // 60)
    if await chat.choose("reminder-undo", ways, minutes=minutes) == PASS:
        await chat.say("reminder-undo-kept")
        return
    try:
        restored = await chat.once(
            "booking-come-after-all", come_after_all, booking=booking.id, chat=chat.id, office=chat.office
        )
    except (BookingOver, AlreadyBooked):
        await chat.say("reminder-undo-late")
        return
    await give_ticket(chat, restored, key="reminder-undone")


def _approve(chat: Chat, name: str, booking: Booking) -> None:
    chat.approved(name, *_when_and_where(chat, booking.starts_at, booking.point), str(booking.code))


def _when_and_where(chat: Chat, at: datetime, point: str) -> tuple[Said, Said, str]:
    place = name_of(chat.office, point)
    return Said("booking-gap-day", {"at": at}), Said("booking-gap-time", {"at": at}), place


async def _change(chat: Chat, booking: Booking, wanted: Wanted | None = None, *, asked: bool = False) -> None:
    applying = await whose(chat, booking.id)
    if applying is None:
        await chat.open("booking")
    await change(chat, booking, applying, wanted, asked=asked)


@conversation(
    "rebook", follow_up=another_time, corrects=correction, numbered=hour_or_place, over=let_go, asks_pair=True
)
async def rebook(chat: Chat) -> None:
    """Offer another time after a closure; the appointment stays until the resident chooses."""
    booking = await chat.learn("rebook-due", errands.closed, argument=chat.argument)
    if booking is None or not await is_theirs(chat, booking.applicant):
        return
    _approve(chat, "booking_closed", booking)
    await chat.say("rebook-head", **facts(booking, chat.office))
    near = await nearest_choices(chat, Wanted(booking.point, booking.starts_at))
    chosen = await choose(
        chat,
        "rebook-when",
        [
            *near,
            Choice(OTHER_DAY, "booking-other-day"),
            Choice(CANCEL, "booking-cancel", hint="booking-cancel-hint"),
        ],
        booking,
    )
    if chosen == CANCEL:
        await give_up(chat, booking)
        return
    if chosen == OTHER_DAY:
        wanted = await ask_when(chat, booking.point)
    else:
        wanted = Wanted(booking.point, datetime.fromisoformat(chosen))
    await _change(chat, booking, wanted, asked=True)


@conversation("offer", over=let_go, asks_pair=True)
async def offer_seat(chat: Chat) -> None:
    """Offer a freed seat to the person it is reserved for: [Ambil] or [Tidak]."""
    offer = await chat.learn("offer-due", offers.offer_now, offer=int(chat.argument))
    if offer is None:
        return
    applying = await chat.learn(
        "offer-whose", errands.who_waits, offer=offer, chat=chat.id, office=chat.office
    )
    if applying is None:
        await chat.once("offer-decline", offers.decline, offer=offer.id)
        return
    if not await is_theirs(chat, offer.applicant):
        return
    until = Said("booking-gap-time", {"at": offer.until})
    chat.approved("seat_offered", *_when_and_where(chat, offer.starts_at, offer.point), until)
    chosen = await chat.choose(
        "offer-ask",
        [Choice(TAKE, "offer-take"), Choice(PASS, "offer-pass")],
        at=offer.starts_at,
        place=name_of(chat.office, offer.point),
        until=offer.until,
    )
    if chosen == TAKE:
        await _take(chat, applying, offer)
        return
    await chat.once("offer-decline", offers.decline, offer=offer.id)
    await chat.say("offer-passed-on")


async def _take(chat: Chat, applying: Applying, offer: Offer) -> None:
    try:
        held = await chat.once(
            "offer-accept", errands.accept, offer=offer.id, chat=chat.id, office=chat.office
        )
    except OfferOver:
        await chat.say("refusal-offer-over")
        await _book_again(chat, applying)
        return
    await finish_offer(chat, applying, held)


@conversation("missed", asks_pair=True)
async def miss(chat: Chat) -> None:
    """Ask a no-show to book again; after too many no-shows, explain the office's rule."""
    booking = await chat.learn("missed-due", errands.missed, argument=chat.argument)
    if booking is None or not await is_theirs(chat, booking.applicant):
        return
    day, _, place = _when_and_where(chat, booking.starts_at, booking.point)
    chat.approved("missed_appointment", day, place)
    await chat.say("missed-head", **facts(booking, chat.office))
    again_on = await chat.learn("missed-again-on", errands.again_on, booking=booking, office=chat.office)
    if again_on is not None:
        await chat.say("missed-rule", on=again_on)
        return
    applying = await whose(chat, booking.id)
    if applying is not None:
        await _book_again(chat, applying)


async def _book_again(chat: Chat, applying: Applying) -> None:
    """Start a new appointment for the same person."""
    chosen = await chat.choose(
        "missed-ask", [Choice("again", "missed-again"), Choice(OTHER, "missed-not-now")]
    )
    if chosen == "again":
        await chat.open("booking", str(applying.application))
    await chat.say("missed-later")


@conversation("birthday", asks_pair=True)
async def congratulate(chat: Chat) -> None:
    """Tell a person recorded at 16 that the card can be printed from today."""
    booking = await chat.learn("birthday-due", errands.of_age, argument=chat.argument)
    if booking is not None and await is_theirs(chat, booking.applicant):
        chat.approved("seventeenth_birthday")
        await chat.say("birthday-card")
