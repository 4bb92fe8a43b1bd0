### For officers at the counter: today's list, who came, who did not, walk-ins, done.

counter-where = Where? Type its number.

## Today's list

# $place (String) name of the service point · $day (Date) today · $total, $awaited, $served, $missed (Number) how many appointments in all, awaited, served, missed
today-which = { $total ->
    [0] { $place }, { DAY($day) }: no appointment yet. A ticket code can be typed at any time, or send a photo of its QR code.
   *[other] { $place }, { DAY($day) }: { $awaited } awaited, { $here } here, { $served } served, { $missed } did not come. Choose one, type its ticket code, or send a photo of its QR code.
}
# $place (String) name of the point · $codes (List) times and codes of those awaited next · $total, $awaited, $served, $missed (Number) how many appointments in all, awaited, served, who did not come
today-at = { $awaited ->
    [0] { $place }: { $here } here, { $served } served, { $missed } did not come.
   *[other] { $place }: { $awaited } awaited, { $here } here, { $served } served, { $missed } did not come. Next { LIST($codes) }.
}
# $total (Number) how many · $codes (List) days and ticket codes
today-left-open = Without an end from the last days: { $total }, like { LIST($codes) }. Type the code when the person comes, or */selesai* and the code when they were served.
today-guest = Walk-in
today-again = Refresh
# $at (DateTime) beginning · $code (String) ticket code
today-line = { TIME($at) } { $code }
# $state (String) booked, coming, moving, served, no_show; guest_… for walk-ins · $name (String) masked name · $service (String) short name of the service
today-line-hint = { $state ->
   *[booked] { $name } · { $service }
    [coming] { $name } · { $service } · is coming
    [moving] { $name } · { $service } · time was closed
    [arrived] { $name } · { $service } · waiting
    [called] { $name } · { $service } · called
    [served] { $name } · { $service } · served
    [no_show] { $name } · { $service } · did not come
    [open] { $name } · { $service } · no end yet
    [guest] Walk-in · { $service }
    [guest_called] Walk-in · { $service } · called
    [guest_open] Walk-in · { $service } · no end yet
    [guest_served] Walk-in · { $service } · served
    [guest_no_show] Walk-in · { $service } · not there
}
# $code (String) ticket code · $at (DateTime) beginning · $named (yes/no) the name is known · $name (String) masked name · $service (String) short name of the service
today-card = { $named ->
    [yes] *{ $code }* · { DAY($at) } at { CLOCK($at) }: { $name }, { $service }
   *[no] *{ $code }* · { DAY($at) } at { CLOCK($at) }: { $service }
}
# $state (String) as in today-line-hint
today-state = { $state ->
   *[booked] Has booked.
    [coming] Said they are coming.
    [moving] The time was closed; no other one is chosen yet.
    [arrived] Is here, waiting to be called.
    [called] Was called.
    [served] Served.
    [open] Its day is over, and nobody recorded whether they were served.
    [no_show] Marked as not come. Who comes late can still be served.
    [guest] Came without booking, waiting.
    [guest_called] Came without booking, was called.
    [guest_open] Came without booking; nobody recorded whether they were served.
    [guest_served] Came without booking, served.
    [guest_no_show] Came without booking, then was not there.
}
# $number (String) registration number
today-number = Registration number { $number }
today-note = Note what?
today-came = Is here
today-done = Served
today-missed = Did not come
today-back = Back to the list

## Check-in

check-in-code = Type the ticket code, or send a photo of its QR code.

## Done

done-ask = What is done? Type a registration number (card fetched) or a ticket code (served).

## Calls

call-again = Call the next one
call-served = Served
# $place (String) name of the service point
call-nobody = { $place }: nobody is waiting now.
# $desk (Number) number of the desk
call-desk = To *desk { $desk }*.

## Walk-ins

guest-ask-service = Which service?
# $name (String) short name of the service
guest-service = { $name }
guest-full = Sorry, there is no seat left today: full, or closed.

## What came of it

# $code (String) ticket code · $at (DateTime) beginning · $named (yes/no) the name is known · $name (String) masked name · $service (String) short name of the service
counter-arrived = { $named ->
    [yes] *{ $code }* is here: { $name }, { $service }, at { TIME($at) }.
   *[no] *{ $code }* is here: { $service }, at { TIME($at) }.
}
# $code (String) ticket code · $came_at (DateTime) when they came
counter-arrived-before = *{ $code }* was marked as here at { TIME($came_at) }. Nothing has changed.
# $code (String) ticket code · $named (yes/no) the name is known · $name (String) masked name · $service (String) short name of the service
counter-called = { $named ->
    [yes] Please call *{ $code }*: { $name }, { $service }.
   *[no] Please call *{ $code }*: { $service }.
}
# $code (String) ticket code
counter-called-before = *{ $code }* is here and was called. Nothing has changed.
# $code (String) ticket code
counter-left-open = *{ $code }* has no end yet.
# $code (String) ticket code
counter-other-booked = *{ $code }* cannot be marked as here: the person has booked another time. Once served, type */selesai { $code }*.
# $code (String) ticket code · $place (String) name of the service point
counter-elsewhere = *{ $code }* is a ticket for { $place }.
# $code (String) ticket code · $at (DateTime) beginning · $named (yes/no) the name is known · $name (String) masked name · $service (String) short name of the service
counter-served = { $named ->
    [yes] *{ $code }* is marked as served: { $name }, { $service }, at { TIME($at) }.
   *[no] *{ $code }* is marked as served: { $service }, at { TIME($at) }.
}
# $code (String) ticket code
counter-served-before = *{ $code }* was served before. Nothing has changed.
# $code (String) ticket code
counter-cancelled = Appointment *{ $code }* was cancelled, so nothing is marked.
# $code (String) ticket code
counter-missed = *{ $code }* is marked as not come. The seat is free again, and the person is asked to book again.
# $code (String) ticket code
counter-missed-before = *{ $code }* is marked as not come already.
# $code (String) ticket code
counter-too-early = *{ $code }* cannot be marked as not come yet.
# $at (DateTime) beginning
counter-other-day = Note: that appointment is not today, but on { DAY($at) }.
counter-sure = A slip? It can be undone for 10 minutes.
counter-undo = Undo
counter-undo-how = A slip? For 10 minutes, type *batalkan { $code }*.
counter-undone = Undone: the last step of *{ $code }* ({ DAY($at) } at { TIME($at) }) is not recorded.
counter-undo-late = *{ $code }* cannot be undone any more: 10 minutes are over, the resident was asked to rate it, or has another appointment.
# $subject (String) registration number · $name (String) masked name
counter-handed-over = *{ $subject }* is marked as fetched: { $name }.
# $subject (String) registration number
counter-card-back = Undone: *{ $subject }* is not recorded. Its status is as it was.
counter-card-back-late = *{ $subject }* cannot be undone any more: 10 minutes are over, the status changed again, or the resident was asked to rate it.
counter-handed-over-before = *{ $subject }* was marked as fetched before. Nothing has changed.
# $subject (String) what was typed
counter-unknown = *{ $subject }* was not found. Please check the registration number or ticket code.
# $code (String) ticket code · $at (DateTime) beginning · $ahead (yes/no) the time is still to come · $service (String) short name of the service
counter-seated = { $ahead ->
    [yes] Walk-in: code *{ $code }*, { $service }, at about { TIME($at) }. They are in the queue.
   *[no] Walk-in: code *{ $code }*, { $service }. They are in the queue, and will be called.
}
