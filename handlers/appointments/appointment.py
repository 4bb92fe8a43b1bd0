"""An existing appointment: view, move, cancel."""

from domain.appointments.booking import Booking, BookingState
from domain.appointments.seats import Hold
from domain.appointments.wishes import WISH
from domain.refusals.appointments import AlreadyBooked, HoldExpired
from handlers.appointments.followups import choose, office_of
from handlers.appointments.move import ask_move
from handlers.appointments.person_choice import OTHER, Applying
from handlers.appointments.seat import agree, ask_wanted
from handlers.appointments.steps import Booked, cancel, check_history, check_move, move, take
from handlers.appointments.ticket import calendar_file, facts, picture, pin, ticket
from handlers.appointments.time_choice import Wanted, wished
from handlers.engine.chat import Chat, Choice
from storage.appointments import bookings, closures
from storage.session import Reading

MOVE, CANCEL, TICKET, PLACE = "move", "cancel", "ticket", "place"


async def book(chat: Chat, applying: Applying, *, wish: str = "") -> None:
    """Book an appointment: place, time, [Konfirmasi]. `wish`: a day or time was typed already."""
    await chat.learn("booking-may-book", check_history, applying=applying, office=chat.office)
    wanted = await ask_wanted(chat, applying, wish)
    while True:
        held = await agree(chat, applying, wanted, key="booking-summary")
        if held is None:
            return
        try:
            booked = await _take(chat, applying, held, agreed=True)
        except HoldExpired:
            await chat.say("booking-hold-over")
            wanted = Wanted(held.point, held.starts_at)
        except AlreadyBooked:
            await _show_other(chat, applying)
            return
        else:
            await tell_booked(chat, booked)
            return


async def finish_offer(chat: Chat, applying: Applying, held: Hold) -> None:
    """Book an offered and held seat, or move the existing appointment to it."""
    if applying.booking is not None:
        moved = await chat.once(
            "booking-move-to", move, booking=applying.booking.id, hold=held.id, office=chat.office
        )
        await give_ticket(chat, moved, key="booking-moved")
        return
    booked = await _take(chat, applying, held, agreed=False)
    await tell_booked(chat, booked)


async def _take(chat: Chat, applying: Applying, held: Hold, *, agreed: bool) -> Booked:
    """Book the held seat; `agreed`: the resident agreed to reminders, which an offer does not ask."""
    return await chat.once(
        "booking-take",
        take,
        chat=chat.id,
        applying=applying,
        hold=held.id,
        office=chat.office,
        channel=chat.caps.channel if agreed else None,
    )


async def tell_booked(chat: Chat, booked: Booked) -> None:
    """Send the ticket of a new appointment."""
    await give_ticket(chat, booked.booking, key="booking-done")
    if booked.card_on is not None:
        await chat.say("booking-card-on", on=booked.card_on)
    await chat.say("booking-reminding")


async def _show_other(chat: Chat, applying: Applying) -> None:
    """Show the appointment that was made elsewhere in the meantime."""
    booking = await chat.learn(
        "booking-active", bookings.active_booking, applicant=applying.applicant, service=applying.service
    )
    if booking is not None:
        await chat.say("booking-has-one")
        await show(chat, booking, applying)


async def show(chat: Chat, booking: Booking, applying: Applying, *, wish: str = "") -> None:
    """Show an appointment and its actions; move it if a day or time was typed already."""
    await chat.say("booking-yours", **facts(booking, chat.office))
    if booking.state is not BookingState.BOOKED:
        await _show_here(chat, booking)
        return
    closed = await chat.learn("booking-is-closed", is_closed, booking=booking.id)
    if closed:
        await chat.say("booking-time-closed")
    if wish:
        await change(chat, booking, applying, asked=closed, wish=wish)
        return
    chosen = await choose(
        chat,
        "booking-what",
        [
            Choice(MOVE, "booking-move"),
            Choice(CANCEL, "booking-cancel", hint="booking-cancel-hint"),
            Choice(TICKET, "booking-ticket", hint="booking-ticket-hint"),
            Choice(OTHER, "booking-another", hint="booking-another-hint"),
        ],
        booking,
    )
    if chosen == MOVE or chosen.startswith(WISH):
        wish = chosen if chosen != MOVE else ""
        await change(chat, booking, applying, asked=closed, wish=wish)
    elif chosen == CANCEL:
        await give_up(chat, booking)
    elif chosen == TICKET:
        await give_ticket(chat, booking, key="booking-here")
    else:
        await chat.open("booking", OTHER)


async def _show_here(chat: Chat, booking: Booking) -> None:
    """Show what somebody can do who waits at the counter: nothing can be moved any more."""
    chosen = await choose(
        chat,
        "booking-here-what",
        [
            Choice(PLACE, "booking-place-in-queue"),
            Choice(TICKET, "booking-ticket", hint="booking-ticket-hint"),
            Choice(OTHER, "booking-another", hint="booking-another-hint"),
        ],
        booking,
    )
    if chosen == PLACE:
        await chat.open("queue")
    elif chosen == TICKET:
        await give_ticket(chat, booking, key="booking-here")
    else:
        await chat.open("booking", OTHER)


async def change(
    chat: Chat,
    booking: Booking,
    applying: Applying,
    wanted: Wanted | None = None,
    *,
    asked: bool = False,
    wish: str = "",
) -> None:
    """Move an appointment: the old seat is released only once the new one is booked; the code stays.

    `asked`: the office closed the time, so its own limits do not apply. `wish`: a day or time was typed.
    """
    await chat.learn("booking-may-move", check_move, booking=booking, office=chat.office, asked=asked)
    if wish:
        wanted = await wished(chat, booking.point, wish, chat.office.local(booking.starts_at).date())
    wanted = wanted or await ask_move(chat, applying, booking.point)
    while True:
        held = await agree(chat, applying, wanted, key="booking-move-summary")
        if held is None:
            return
        try:
            moved = await chat.once(
                "booking-move-to", move, booking=booking.id, hold=held.id, office=chat.office
            )
        except HoldExpired:
            await chat.say("booking-hold-over")
            wanted = Wanted(held.point, held.starts_at)
        else:
            await give_ticket(chat, moved, key="booking-moved")
            return


async def give_up(chat: Chat, booking: Booking) -> None:
    """Cancel an appointment, after confirmation."""
    keep = [Choice("yes", "booking-cancel-yes"), Choice("no", "booking-cancel-no")]
    if await chat.choose("booking-cancel-sure", keep, **facts(booking, chat.office)) == "no":
        await chat.say("booking-kept")
        return
    cancelled = await chat.once("booking-give-up", cancel, booking=booking, chat=chat.id, office=chat.office)
    await chat.say("booking-cancelled", code=str(cancelled.code))
    await enclose_calendar(chat, cancelled, cancelled=True)


async def is_closed(db: Reading, *, booking: int) -> bool:
    """Whether the office closed the time of an appointment."""
    return await closures.is_to_move(db, booking=booking)


async def give_ticket(chat: Chat, booking: Booking, *, key: str) -> None:
    """Send the ticket; `key` is its first sentence."""
    for thought in ticket(booking, await office_of(chat, booking), key=key):
        await chat.say(thought.key, **thought.variables)
    await chat.attach(lambda: picture(booking))
    await enclose_calendar(chat, booking)
    place = pin(booking, chat.office)
    if place is not None:
        await chat.place(place)


async def enclose_calendar(chat: Chat, booking: Booking, *, cancelled: bool = False) -> None:
    """Attach the appointment as a calendar file; a cancelled one removes the entry."""
    office = await office_of(chat, booking)
    await chat.attach(
        lambda: calendar_file(booking, office, language=chat.language, now=chat.now, cancelled=cancelled)
    )
