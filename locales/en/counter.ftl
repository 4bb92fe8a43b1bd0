### For officers at the counter: today's list, who came, who did not, walk-ins, done.

counter-where = Where? Type its number.

## Today's list

# $place (String) name of the service point · $day (Date) today · $total, $awaited, $served, $missed (Number) how many appointments in all, awaited, served, missed
today-which = { $total ->
    [0] { $place }, { DAY($day) }: no appointment yet. A ticket code can be typed at any time, or send a photo of its QR code.
   *[other] { $place }, { DAY($day) }: { $awaited } awaited, { $served } served, { $missed } did not come. Choose one, type its ticket code, or send a photo of its QR code.
}
# $place (String) name of the point · $codes (List) times and codes of those awaited next · $total, $awaited, $served, $missed (Number) how many appointments in all, awaited, served, who did not come
today-at = { $awaited ->
    [0] { $place }: { $served } served, { $missed } did not come.
   *[other] { $place }: { $awaited } awaited, { $served } served, { $missed } did not come. Next { LIST($codes) }.
}
today-guest = Walk-in
today-again = Refresh
# $at (DateTime) beginning · $code (String) ticket code
today-line = { TIME($at) } { $code }
# $state (String) booked, coming, moving, served, no_show; guest_… for walk-ins · $name (String) masked name · $service (String) short name of the service
today-line-hint = { $state ->
   *[booked] { $name } · { $service }
    [coming] { $name } · { $service } · is coming
    [moving] { $name } · { $service } · time was closed
    [served] { $name } · { $service } · served
    [no_show] { $name } · { $service } · did not come
    [guest] Walk-in · { $service }
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
    [served] Served.
    [no_show] Marked as not come. Who comes late can still be served.
    [guest] Came without booking, waiting.
    [guest_served] Came without booking, served.
    [guest_no_show] Came without booking, then was not there.
}
# $number (String) registration number
today-number = Registration number { $number }
today-note = Note what?
today-came = Came, served
today-missed = Did not come
today-back = Back to the list

## Check-in

check-in-code = Type the ticket code, or send a photo of its QR code.

## Done

done-ask = What is done? Type a registration number (card fetched) or a ticket code (served).

## Walk-ins

guest-ask-service = Which service?
# $name (String) short name of the service
guest-service = { $name }
guest-full = Sorry, there is no seat left today: full, or closed.

## What came of it

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
# $at (DateTime) from when it can be marked
counter-missed-from = It can from { TIME($at) } on.
# $at (DateTime) beginning
counter-other-day = Note: that appointment is not today, but on { DAY($at) }.
counter-sure = Is this the person who was served today?
counter-right = Yes
counter-undo = Undo
counter-stays = Good, *{ $code }* stays marked as served.
counter-undone = Undone: *{ $code }* stands again for { DAY($at) } at { TIME($at) }.
counter-undo-late = *{ $code }* cannot be undone any more: the resident was asked to rate it, or has another appointment.
# $subject (String) registration number · $name (String) masked name
counter-handed-over = *{ $subject }* is marked as fetched: { $name }.
# $subject (String) registration number
counter-handed-over-before = *{ $subject }* was marked as fetched before. Nothing has changed.
# $subject (String) what was typed
counter-unknown = *{ $subject }* was not found. Please check the registration number or ticket code.
# $code (String) ticket code · $at (DateTime) beginning · $service (String) short name of the service
counter-seated = Walk-in: code *{ $code }*, { $service }, at { TIME($at) }. Once served, type the code.
