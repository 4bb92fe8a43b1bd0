"""An existing appointment: view, move, cancel."""

from domain.appointments.booking import Booking, BookingState
from domain.appointments.seats import Hold
from domain.appointments.wishes import WISH, Wish
from domain.refusals.appointments import AlreadyBooked, HoldExpired
from handlers.appointments.followups import ask, choose, office_of
from handlers.appointments.person_choice import OTHER, Applying
from handlers.appointments.place_choice import ask_where, day_or_place, points_for
from handlers.appointments.seat import MOVE, PLACE, agree, ask_wanted, instead_of
from handlers.appointments.steps import Booked, cancel, check_history, check_move, take
from handlers.appointments.ticket import calendar_file, facts, picture, pin, ticket
from handlers.appointments.time_choice import Wanted, day_choices, find_days, time_on
from handlers.engine.chat import Chat, Choice
from handlers.shared.calendar import name_of
from storage.appointments import bookings, closures

CANCEL, TICKET, QUEUE = "cancel", "ticket", "place"
_ELSEWHERE = "elsewhere"


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
            await chat.say("booking-has-one")  # it was made elsewhere in the meantime
            await chat.open("booking", str(applying.application))
        else:
            await tell_booked(chat, booked)
            return


async def finish_offer(chat: Chat, applying: Applying, held: Hold) -> None:
    """Book an offered and held seat, or move the existing appointment to it."""
    if applying.booking is not None:
        moved = await chat.once(
            "booking-move-to",
            bookings.move,
            booking=applying.booking.id,
            to_hold=held.id,
            office=chat.office,
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


async def show(chat: Chat, booking: Booking, applying: Applying, *, wish: str = "") -> None:
    """Show an appointment and its actions; move it if a day or time was typed already."""
    await chat.say("booking-yours", **facts(booking, chat.office))
    if booking.state is not BookingState.BOOKED:
        await _show_here(chat, booking)
        return
    closed = await chat.learn("booking-is-closed", closures.is_to_move, booking=booking.id)
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
    if chosen == MOVE or chosen.startswith((WISH, PLACE)):
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
            Choice(QUEUE, "booking-place-in-queue"),
            Choice(TICKET, "booking-ticket", hint="booking-ticket-hint"),
            Choice(OTHER, "booking-another", hint="booking-another-hint"),
        ],
        booking,
    )
    if chosen == QUEUE:
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
        wanted = await instead_of(chat, applying, booking, wish)
    wanted = wanted or await _ask_move(chat, applying, booking.point)
    while True:
        held = await agree(chat, applying, wanted, key="booking-move-summary")
        if held is None:
            return
        try:
            moved = await chat.once(
                "booking-move-to",
                bookings.move,
                booking=booking.id,
                to_hold=held.id,
                office=chat.office,
            )
        except HoldExpired:
            await chat.say("booking-hold-over")
            wanted = Wanted(held.point, held.starts_at)
        else:
            await give_ticket(chat, moved, key="booking-moved")
            return


async def _ask_move(chat: Chat, applying: Applying, point: str) -> Wanted:
    """Ask for another time of an appointment; the place changes only on request."""
    points = await chat.learn("booking-points", points_for, applying=applying, office=chat.office)
    if point not in points:
        point = await ask_where(chat, applying)
    elsewhere = [Choice(_ELSEWHERE, "booking-other-place")] if len(points) > 1 else []
    while True:
        days = await find_days(chat, point)
        if not days:
            return Wanted(point, chat.now, full=True)
        parser = day_or_place(chat, first=Wish(days[0].day))

        async def choices(shown: tuple[Choice, ...] = (*day_choices(days), *elsewhere)) -> list[Choice]:
            return list(shown)

        chosen = await ask(
            chat, "booking-move-day", parser.parse, choices, point, place=name_of(chat.office, point)
        )
        if isinstance(chosen, Wish):
            return await time_on(chat, point, chosen)
        point = await ask_where(chat, applying) if chosen == _ELSEWHERE else chosen


async def give_up(chat: Chat, booking: Booking) -> None:
    """Cancel an appointment, after confirmation."""
    keep = [Choice("yes", "booking-cancel-yes"), Choice("no", "booking-cancel-no")]
    if await chat.choose("booking-cancel-sure", keep, **facts(booking, chat.office)) == "no":
        await chat.say("booking-kept")
        return
    cancelled = await chat.once("booking-give-up", cancel, booking=booking, chat=chat.id, office=chat.office)
    await chat.say("booking-cancelled", code=str(cancelled.code))
    await enclose_calendar(chat, cancelled, cancelled=True)


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
