### Refusals that people can mend themselves: refusal-<code of domain/refusals/>.

# $count (Number) how many digits were typed; 0 if none
refusal-nik-not-16-digits = { $count ->
    [0] Please type the NIK: 16 digits, as on the identity card or family card.
    [one] A NIK has 16 digits; that was { $count } digit. Please check and type it again.
   *[other] A NIK has 16 digits; that was { $count } digits. Please check and type it again.
}
refusal-nik-bad-date = That NIK is not right yet: digits 7 to 12 are no existing date. Please check and type it again.
refusal-nik-bad-region = That NIK is not right yet: the first six digits are no region. Please check and type it again.
refusal-nik-bad-serial = That NIK is not right yet: the last four digits cannot be 0000. Please check and type it again.
refusal-bad-last-four = Please type the last 4 digits of the NIK, as on the identity card or family card.

# $example (String) a number in the form that the office uses
refusal-number-bad-shape = That does not look like a registration number yet. An example: { $example }; see the receipt.
refusal-number-bad-check = One letter or digit of that registration number is wrong. Please check and type it again.

refusal-bad-phone = That is not an Indonesian telephone number. An example: 0812 3456 7890.

# $until (DateTime) when to try again
refusal-too-many-tries = Too many tries did not match. To protect your data, please try again at { CLOCK($until) } ({ DAY($until) }), or type *officer*.

# $until (DateTime) when it may be asked again
refusal-too-many-requests = Many requests for our officers just came from this chat or network. Please try again at { CLOCK($until) } ({ DAY($until) }), phone the office, or come to the counter.

refusal-not-allowed = Sorry, you are not allowed to do that.
refusal-bad-code = That staff code is unknown, already used or older than 24 hours. Please ask an admin for a new one.
refusal-slot-full = Sorry, that seat has just been taken. Please choose another time.

## Appointments

refusal-slot-gone = Sorry, that time can no longer be booked. Please choose another one.
refusal-hold-expired = The time to confirm ran out, so the seat was released. Please choose a time again.
refusal-offer-over = Sorry, that offer has passed on to the next person waiting. You can still choose another time.
refusal-already-booked = You already have an appointment for this service. Type *book* to see, move or cancel it.
refusal-not-your-booking = No appointment with that code was found. Please check the code on your ticket.
refusal-booking-over = That appointment is over or was cancelled, so it cannot be changed any more.
# $at (DateTime) the time that counts now
refusal-booking-moved = That appointment was moved from another chat, to { DAY($at) } at { CLOCK($at) }. To move or cancel it, type *book*.
# $example (String) a ticket code
refusal-bad-ticket-code = A ticket code has 6 letters and digits, like { $example }. Please check and type it again.
# $from_day (Date) first day on which the person may be recorded
refusal-too-young = Recording is possible from the age of 16, that is from { DAY($from_day) }. Please choose that day or a later one.
# $most (Number) how often an appointment may be moved
refusal-too-many-changes = { $most ->
    [one] This appointment was moved once already, so it cannot be moved again. You can still come at its time, or cancel it.
   *[other] This appointment was moved { $most } times already, so it cannot be moved again. You can still come at its time, or cancel it.
}
# $until (Date) first day on which the person may book again
refusal-too-many-cancels = You cancelled several appointments. To be fair to others, please book again from { DAY($until) }, or come to the counter.
# $until (DateTime) until when it could be moved
refusal-too-late-to-change = This appointment could be moved until { DAY($until) } at { CLOCK($until) }. You can still come at its time, or cancel it.
# $until (Date) first day on which the person may book again
refusal-no-show-rule = An appointment of yours passed without word from you. To be fair to others, please book again from { DAY($until) }, or come to the counter.

# $day (Date) the day asked for; $next_day (Date) the next open day; $name (String) name of the holiday
refusal-day-holiday = { DAY($day) } is a holiday: { $name }. The next open day is { DAY($next_day) }.
refusal-day-weekend = On { DAY($day) } we are closed for the weekend. The next open day is { DAY($next_day) }.
# $reason (String) what the office says
refusal-day-closure = On { DAY($day) } that counter is closed: { $reason }. The next open day is { DAY($next_day) }.
refusal-day-closed = On { DAY($day) } that counter is not open. The next open day is { DAY($next_day) }.
refusal-day-over = For { DAY($day) } nothing can be booked any more. The next open day is { DAY($next_day) }.
refusal-no-open-day = That place has no further open day yet. Please choose another place.
refusal-day-past = { DAY($day) } is over. Please choose another day.
# $from_day (Date) from when on that day can be booked
refusal-day-beyond-horizon = { DAY($day) } is too far ahead: it can be booked from { DAY($from_day) }.
refusal-not-a-date = We could not read that as a day. Examples: tomorrow, Monday, 24 December, or 24/12/2026.
refusal-not-a-time = We could not read that as a time. Examples: at 9, 9:30, afternoon, or another day.
# $last (Date) last day of that month
refusal-no-such-day = That date does not exist: the month ends on { DAY($last) }. Please type it again.
refusal-other-weekday = Weekday and date do not fit: that date is { DAY($day) }. Please type it again.
# $example (String) one of the districts
refusal-unknown-place = We do not know that place. Please type the name of a district, for example { $example }.
# $district (String) name of the district
refusal-other-office = { $district } belongs to { $neighbour }, which has a population office of its own. If your e-KTP is handled by us, please choose one of our places.
refusal-already-rated = The rating of this service *has been received*. Thank you.
refusal-unknown-case = There is no case with this number. Please check it.
refusal-too-short = Please tell a little more, so that we know what happened.
refusal-unknown-service = We do not know this service. Please choose from the list.
