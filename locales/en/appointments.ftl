### Appointments: to book, see, move and cancel one; and what we say first about it.
### Labels have at most 20 characters. On buttons: WEEKDAY and TIME; in sentences: DAY and CLOCK.

menu-booking = Book a time
menu-booking-hint = Choose day and hour; see, move or cancel your booking

booking-words = booking, book, book a time, my booking, appointment, schedule, recording

booking-whose = Whom is it for? Type the number.
booking-for = For { $name }, { $number }. Somebody else? Type their registration number.
booking-not-needed = For that *no appointment to be recorded is needed*. Want one all the same? Go on below. If not, type *cancel*.
booking-after-not-found = What would you like to do?

booking-where = Where would you like to come? Choose, or type your district (kecamatan).
booking-point = { $name }
booking-outreach = { WEEKDAY($day) }
booking-outreach-hint = { $name }
booking-point-hint = { $address }
booking-point-near-hint = Serves { $district } district

booking-day = Choose a day at { $place }, or type the date. In brackets: free seats.
booking-move-day = Choose another day at { $place }, or type a date or another place. In brackets: free seats.
booking-day-choice = { WEEKDAY($day) } ({ $free })
booking-day-full = Sorry, { DAY($day) } is full.
booking-hour = { DAY($day) }. At about what time?
booking-hour-choice = { TIME($first) }–{ TIME($last) }
booking-time = { DAY($day) }. At what time? In brackets: free seats.
booking-time-choice = { TIME($at) } ({ $free })
# A number typed at the question for the time. $number (String) the number · $at (DateTime) the time meant
booking-hour-read = We read { $number } as *{ TIME($at) }*. Not that? Type *back*.
# A number typed at the question for the time. $number (String) the number · $at (DateTime) the time meant
booking-place-read = We read { $number } as *choice { $number }*: { TIME($at) }. Not that? Type *back*.
# Another place was chosen for the same day. $place (String) name of the service point
booking-at = All right, at *{ $place }*.
booking-no-such-time = There is no such time, or it is full. Please choose one that is free.
booking-closed-then = At { TIME($at) } we are closed. Opening hours, { HOURS($hours) }.
booking-next-later = { DAY($day) } can be booked from { DAY($from_day) }.
booking-quiet = Around { TIME($at) } it is usually quiet.

booking-instead = { $some ->
    [yes] The nearest free times at { $place }:
   *[no] Every time at { $place } is taken for now. What would you like to do?
}
booking-slot = { WEEKDAY($at) } { TIME($at) }
booking-other-day = Another day
booking-other-place = Another place
booking-wait = Tell me when free
booking-wait-hint = You get a message as soon as somebody gives a seat back
booking-waits = { $ahead ->
    [0] All right, we tell you as soon as a seat at { $place } comes free. We keep it for you for { $minutes } minutes. Changed your mind? Just ignore the message.
    [1] All right, we tell you as soon as a seat at { $place } comes free. One person is before you. We keep it for you for { $minutes } minutes. Changed your mind? Just ignore the message.
   *[other] All right, we tell you as soon as a seat at { $place } comes free. { $ahead } people are before you. We keep it for you for { $minutes } minutes. Changed your mind? Just ignore the message.
}
booking-in-line = { $name } waits for a free seat at { $place }, number { $number } in line. We tell you as soon as there is one. What would you like to do?
booking-line-stay = Keep waiting
booking-line-leave = Leave the line
booking-line-book = Choose a time
booking-line-book-hint = Book a time that is free; the place in line stays until then
booking-line-stays = All right, you stay in line. Type *booking* to see the place again.
booking-line-left = All right, you left the line. Type *booking* to book again.

booking-summary =
    { $name }
    { DAY($at) } *at { CLOCK($at) }*
    { $place }

    Is that right? We keep it until { TIME($until) }. By choosing *Confirm* you also agree to be reminded.
booking-move-summary =
    New time:
    { DAY($at) } *at { CLOCK($at) }*
    { $place }

    Is that right? We keep it until { TIME($until) }. The old time is given up only after *Confirm*.
booking-confirm = Confirm
booking-other-time = Another time
booking-hold-over = The time to confirm had run out. We are trying to keep the seat for you again.
booking-dropped = All right, it is *not booked*, and the seat is free again. Type *jadwal* to book after all.
booking-move-dropped = All right, nothing was changed. *Your old appointment stands*; type *jadwal* to see it.

booking-done =
    Your time is booked. Ticket code: *{ $code }*

    { $service }
    { DAY($at) } *at { CLOCK($at) }*
    { $place }
booking-moved =
    Your time is changed. The ticket code stays: *{ $code }*

    { $service }
    { DAY($at) } *at { CLOCK($at) }*
    { $place }
booking-here =
    Here is your ticket. Code: *{ $code }*

    { $service }
    { DAY($at) } *at { CLOCK($at) }*
    { $place }
booking-address = Address: { $address }
booking-reminding = Show the code at the counter. It is *free of charge*. We remind you before; to change it, type *booking*.
booking-where-is = { $same ->
    [yes] Come to { $place }.
   *[no]
        Come to { $place }:
        { $address }
}
booking-when = The appointment is on { DAY($at) } at *{ CLOCK($at) }* at { $place }.
booking-in-person = Nobody else can be recorded for you: photo, fingerprints and iris are taken from the person. Family may come along.
booking-card-on = Not 17 yet: you may be recorded now, the card is printed from { DAY($on) }. We tell you on that day.
booking-has-one = There is a booking for this service already.

booking-own-one = { WEEKDAY($at) } { TIME($at) }
booking-own-named = { $name }, { TIME($at) }
booking-own-hint = { $name }, { DAY($at) }
booking-which = Which booking? Type the number.
booking-yours =
    Your booking, ticket code *{ $code }*:

    { $service }
    { DAY($at) } *at { CLOCK($at) }*
    { $place }
booking-time-closed = Sorry, the office has closed that time. Please choose *Change time*.
booking-what = What would you like to do?
booking-move = Change time
booking-cancel = Cancel
booking-cancel-hint = Cancel this booking
booking-ticket = Send my ticket
booking-ticket-hint = The QR picture and the calendar file
booking-another = Book another
booking-another-hint = For another registration number
booking-cancel-sure = Cancel your booking on { DAY($at) } at { CLOCK($at) }?
booking-cancel-yes = Yes, cancel
booking-cancel-no = No, keep it
booking-kept = All right, your booking stays. See you then.
booking-cancelled = Booking { $code } is *cancelled*. Thank you for telling us: somebody else can use the time. To book again, type *booking*.

reminder-head =
    A reminder of your booking, ticket code *{ $code }*:

    { $service }
    { DAY($at) } *at { CLOCK($at) }*
    { $place }
reminder-coming = Can you come?
reminder-yes = I will come
reminder-move = Change
reminder-no = I cannot come
reminder-thanks = Thank you. We expect you on { DAY($at) } at { CLOCK($at) }.
# After [Cannot]. $minutes (Number) for how many minutes it can be taken back
reminder-undo = Pressed by mistake? It can be taken back for { $minutes } minutes.
reminder-undo-yes = I will come
reminder-undo-no = Done
reminder-undo-kept = All right. The appointment stays cancelled; type *jadwal* to book again.
reminder-undo-late = Sorry, that appointment cannot be taken back any more: the time is over, or there is another appointment. Type *jadwal* to book again.
# Like booking-done, after [Cannot] was taken back. $code (String) ticket code · $at (DateTime) when it begins · $place (String) service point · $service (String) service
reminder-undone =
    All right, the appointment *stands again*. The ticket code stays: *{ $code }*

    { $service }
    { DAY($at) } *at { CLOCK($at) }*
    { $place }
booking-gap-day = { DAY($at) }
booking-gap-time = { TIME($at) }

rebook-head = We are sorry: { $place } is closed on { DAY($at) } at { CLOCK($at) }, booking { $code }. You choose another time before others; your ticket code stays.
rebook-when = When can you come?

offer-ask =
    A seat came free:
    { DAY($at) } *at { CLOCK($at) }*
    { $place }

    It is yours until { TIME($until) }. Would you like it?
offer-take = Yes, I take it
offer-pass = No
offer-passed-on = All right, we offer it to the next person. You stay on the waiting list.

missed-head = We waited for you on { DAY($at) } at { CLOCK($at) } at { $place } and did not meet you. We hope all is well.
missed-ask = Would you like another time?
missed-again = Book again
missed-not-now = Not now
missed-later = All right. Whenever you need it, type *booking*.
missed-rule = As the time passed without word from you, you can book again from { DAY($on) }. You may still come to the counter without booking.

birthday-card = Happy 17th birthday! From today your card can be printed. To see when it is ready, type *status*.

## The waiting room

queue-words = my queue, my place in the queue, how many people are ahead, when am i called
# $code (String) ticket code · $desk (Number) number of the desk, 0 if it was not named · $place (String) name of the service point
queue-called = { $desk ->
    [0] Your number *{ $code }* is called at { $place }. Please go to the officer.
   *[other] Your number *{ $code }* is called, *desk { $desk }*, at { $place }.
}
# $desk (Number) number of the desk, 0 if it was not named
queue-gap-desk = { $desk ->
    [0] the officer
   *[other] desk { $desk }
}
# $code (String) ticket code · $ahead (Number) how many people are before you · $place (String) name of the service point
queue-ahead = { $ahead ->
    [0] Number *{ $code }*: you are *next* at { $place }. We tell you here when you are called.
   *[other] Number *{ $code }*: *{ $ahead } more* before you at { $place }. We tell you here when you are called.
}
# $code (String) ticket code · $at (DateTime) beginning · $place (String) name of the service point
queue-not-here = Appointment *{ $code }* is today at { CLOCK($at) } at { $place }. Show the code to an officer when you arrive, to join the queue.
queue-none = This chat has no appointment today. To book, type *booking*; for your card, type *status*.
booking-here-what = You are marked as here. What would you like?
booking-place-in-queue = How many more
booking-late = Late? You are still served that day, perhaps after a longer wait. Rather another time? Type *jadwal*.
booking-early = Come a little before your time, and show the ticket code at the counter.
