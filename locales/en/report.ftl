### The answer about one application: one paragraph per message, put together by handlers/shared/report.py.
### One thought per paragraph; the whole answer must fit on the screen of a small phone.

# $name (String) masked name · $service (String) name of the service · $number (String) registration number
report-head =
    { $name }, { $service }
    Number { $number }

## What each stage means and what to do

report-submitted = We have the application and are checking it. No need to come yet.

# $place (String) name of the service point · $noted (yes/no) staff left a note · $note (String) the note
report-docs-incomplete = { $noted ->
    [no] Documents are *missing*. Type *officer* to ask which ones, then hand them in at { $place }.
   *[yes] Documents are *missing*: { $note }. Please hand them in at { $place }.
}

# $place (String) name of the service point
report-not-recorded = Photo and fingerprints are *not recorded yet*. Please come in person to { $place } to be recorded.
report-recorded = Photo and fingerprints are recorded. The data is on its way to the national centre. No need to come yet.
report-sent-to-center = The national centre is checking that nobody is registered twice. This takes minutes to weeks; we cannot promise a date. No need to come yet.
report-needs-review = This record looks like that of another person, so the national centre is examining it. This is not your fault. We cannot promise a date. No need to come yet.

# $place (String) name of the service point
report-record-failed = The national centre could not read the recording; it has to be *done again*. We are sorry. Please come in person to { $place }.

# $place (String) name of the service point
report-duplicate = This person was recorded somewhere else before. Please come to the counter at { $place } to sort it out with our staff.

report-print-ready = The data is ready to print, but the card is *not made yet*. Please do not come yet.

# For offices that print on arrival. $place (String) name of the service point
report-print-on-arrival = The data is ready to print. The card is printed when you come to { $place }.

report-waiting-blank = The card is *waiting for blank cards* from the national centre. *Please do not come yet*. We cannot promise a date.
# $ahead (Number) how many applications are printed before
report-ahead = { $ahead ->
    [0] Nobody is ahead in the print order.
    [one] { $ahead } application is ahead in the print order.
   *[other] { $ahead } applications are ahead in the print order.
}
# $most (Number) how far we count
report-ahead-many = More than { $most } applications are ahead in the print order.
report-meanwhile = Urgent? Ask our staff for a temporary letter or the digital ID (IKD).

report-printed = The card is *printed* and being prepared. Please wait for the next news; no need to come yet.

# $place (String) name of the service point
report-ready-for-pickup = The card is *ready for pickup* at { $place }.

# $on (Date) day of pickup
report-picked-up = The card was *picked up* on { DAY($on) }. If it was neither you nor your family, type *officer* at once.
# $on (Date) day of delivery
report-delivered = The card was *delivered* on { DAY($on) }. If you have not received it, type *officer*.

# $noted (yes/no) staff left a note · $note (String) the note
report-rejected = { $noted ->
    [no] The application *cannot be processed*. Type *officer* to ask why.
   *[yes] The application *cannot be processed*. Reason: { $note }. Type *officer* if you need help.
}
# $noted (yes/no) staff left a note · $note (String) the note
report-cancelled = { $noted ->
    [no] This application is *cancelled*. If you did not cancel it, type *officer*.
   *[yes] This application is *cancelled*. Reason: { $note }. If you did not cancel it, type *officer*.
}

# A code that is not known yet. $code (String) as in the office's list
report-unknown = The office's list says "{ $code }". We cannot explain it yet and have told our staff. Type *officer* if it is urgent.

## Digital identity (IKD), child card (KIA), recording at 16

report-ikd-record = The digital identity (IKD) can be activated once the e-KTP is *recorded*. Please come in person to { $place } to be recorded.
report-ikd-checked = The e-KTP is recorded and its data is being checked. After that the digital identity can be activated. No need to come yet.
report-ikd-ready = IKD is *ready to be activated* at { $place }. It waits for no blank card.
report-ikd-active = The digital identity (IKD) was *activated* on { DAY($on) }. If it was not you, type *officer* at once.
report-ikd-who = Come in person to scan a QR code.
report-kia-ask = A child card needs no fingerprints, so this entry has to be checked. Please come to the counter at { $place }, or type *officer*.
report-kia-checked = The child's data is being checked. No need to come yet.
report-kia-who = The parents or a member of the same family card may pick it up.
report-16-checked = Photo and fingerprints are recorded. The card is *printed at 17*. No need to come yet.
report-16-waits = The data is ready. The card is *printed at 17*. Already 17? Wait for news, or type *officer*.

## Where, when, what to bring

# $hours (Hours) opening hours by weekday
report-address = Address: { $address }
report-hours = { HOURS($hours) }
# $closes (Time) closing time today
report-open-now = Open now, until { CLOCK($closes) }.
# $opens (DateTime) when it opens next
report-opens = Closed now. Opens again on { DAY($opens) } at { CLOCK($opens) }.
# $why (String) name of the holiday, or the reason · $opens (DateTime) when it opens next
report-closed-today = *Closed* today: { $why }. Opens again on { DAY($opens) } at { CLOCK($opens) }.

# $kind (String) code of the service, like ktp_hilang
report-bring-pickup = { $kind ->
    [ktp_hilang] Bring: receipt, family card (KK) and the police loss letter.
    [ktp_rusak] Bring: receipt, family card (KK) and the damaged card.
    [ktp_ubah] Bring: receipt, family card (KK) and the old card.
    [ktp_pindah] Bring: receipt, family card (KK) and the old card.
    [ktp_wna] Bring: receipt, passport and KITAP.
    [ikd] Bring: receipt, phone, e-mail address.
    [kia] Bring: receipt, family card (KK) and the parents' cards.
   *[other] Bring: receipt and family card (KK).
}
# $things (String) requirements, one per line
report-requirements =
    Requirements, if not handed in yet:
    { $things }
# $kind (String) code of the service, like ktp_hilang
report-bring-recording = { $kind ->
    [ktp_wna] Bring: receipt, passport and KITAP.
   *[other] Bring: receipt and family card (KK).
}
# $policy (String) in_person, same_family_card, power_of_attorney, post or village
report-policy = { $policy ->
    [same_family_card] A member of the same family card may pick it up.
    [power_of_attorney] Somebody else may pick it up with a stamped power of attorney.
    [post] It can also be sent by post; ask our staff.
    [village] It can also be picked up at the village office; ask our staff.
   *[in_person] It must be picked up in person, because the fingerprint is compared.
}

## The 24-hour standard (Permendagri 19/2018 Art. 3)

# $complete_on (Date) day on which the documents were declared complete
report-standard = Documents complete since { DATE($complete_on) }. By the rules it is done within 24 hours of that.
# $complete_on (Date) day on which the documents were declared complete
report-standard-paused = Documents complete since { DATE($complete_on) }; now waiting for the national centre.
# $complete_on (Date) day on which the documents were declared complete
report-standard-late = Documents complete since { DATE($complete_on) }; the limit of 24 hours has passed. We are sorry. Type *officer* to ask about it.

## Closing

# $on (Date) day of the office's latest list
report-data-date = As of { DATE($on) }. Free of charge.

## When it will be ready: an estimate from the office's own past (docs/satisfaction.md); never a single date

# $earliest (Date) at the earliest · $before (Date) 9 of 10 were ready before it · $cases (Number) from how many cards
forecast-range = At the earliest *{ DAYMONTH($earliest) }*; 9 of 10 people are done before *{ DAYMONTH($before) }* (from { $cases } finished cards).
# $on (Date) last day of its data
forecast-data = An estimate from data up to { DATE($on) }, not a promise. We tell followers (*Tell me*) if it shifts far.
# $why (String) no-stock, few, stalled, restarted, jump, far, wide or old
forecast-untold = { $why ->
    [no-stock] We cannot estimate yet when it is ready: there are no blank cards.
    [stalled] We cannot estimate yet when it is ready: printing has stopped.
    [restarted] We cannot estimate yet when it is ready: printing has just begun again.
    [jump] We cannot estimate yet when it is ready: the pace of printing has just changed.
    [far] We cannot estimate yet when it is ready: the queue is still too long.
    [wide] We cannot estimate yet when it is ready: waits have been too uneven lately.
    [old] We cannot estimate yet when it is ready: the office's data is not up to date.
   *[few] We cannot estimate yet when it is ready: too few cards are finished to count.
}
forecast-meanwhile = Meanwhile, choose *Tell me* and we tell you of any change. Urgent? Type *officer*.
# News that an estimate shifted; forecast-range follows
push-shift = The estimate has shifted. It is now:
