### What people may ask about their data: see, consents, correction, erasure. Also the lines of the file "my data".
### Labels have at most 20 letters, their hints (-hint) 72.

menu-data = My data
menu-data-hint = See, correct or erase my data; change consents

## Opening words, separated by commas

data-words = my rights, privacy, personal data
my-data-words = my data, see my data, show my data
consents-words = consents, consent, permissions
erase-words = erase my data, delete my data, erase all my data, delete all my data, erase everything, delete everything
correct-words = correction, correct my data, wrong data, my data is wrong

## Choices

data-ask = Your rights over personal data. Choose, or type the number.
data-see = See my data
data-see-hint = A file with everything that we keep
data-consents = Consents
data-consents-hint = News about changes, invitations to rate the service
data-correct = Wrong data
data-correct-hint = Ask for a correction; answered within 3 days
data-erase = Erase my data
data-erase-hint = Everything of this chat, at once

# on a computer that may be shared, before consents or data of this chat are changed
data-who = Others may use this computer, too. Please show the registration number and the NIK first.

## See my data

my-data-who = That file holds personal data. So that nobody else gets it, please show the registration number and the NIK once more.
my-data-here = This is all that we keep about this chat. Something wrong? Type *correction*. Erase it? Type *hapusdata*.

## Consents

# $updates (yes/no) whether news are agreed to · $ratings (yes/no) whether invitations are · $reminders (yes/no) whether reminders are
consents-now = { $updates ->
    [yes] { $ratings ->
        [yes] You agreed to news about changes and to invitations to rate the service.
       *[no] You agreed to news about changes. Not to invitations to rate the service.
    }
   *[no] { $ratings ->
        [yes] You agreed to invitations to rate the service. Not to news about changes.
       *[no] { $reminders ->
            [yes] You did not agree to news about changes or to invitations to rate the service.
           *[no] No consent is recorded at the moment.
        }
    }
}
# $reminders (yes/no) whether reminders of appointments are agreed to
consents-reminders-now = { $reminders ->
    [yes] You agreed to reminders of your appointment.
   *[no] Reminders of your appointment are not sent.
}
consents-reminders-on = Allow reminders
consents-reminders-off = Withdraw reminders
consents-ask = Change it? Choose, or type the number.
consents-updates-on = Allow news
consents-updates-off = Withdraw news
consents-ratings-on = Allow ratings
consents-ratings-off = Withdraw ratings
consents-leave = Done
consents-done = Good, that is how it is recorded. It can be changed at any time: type *consents*.

## Correction

correct-ask = What is wrong, and what should it be? Please write it in one message, without a NIK.
# Asked while writing. $what (String) reply, cost, hidden, readers or how · $due (Date) answered at the latest
correct-asked = { $what ->
    [reply] The answer comes in this chat, by { DAY($due) } if it is sent today.
    [cost] A correction is *free*.
    [hidden] Only the office's staff read this request. Your number is not sent along.
    [readers] It is read by the staff who correct data.
   *[how] Your own words are enough.
}
# $number (String) number of the case · $until (Date) answered by then
correct-opened = Your request for a correction has the number { $number }. It is answered by { DAY($until) } (3 × 24 hours).

## Before a complaint or correction is sent

look-ask =
    This goes to the office:
    "{ $word }"

    Is it right? Something missing? Type what to add.
look-send = Send
look-drop = Cancel
look-dropped = All right, nothing was sent. Type *menu* if you need anything.

## Erasing

# $codes (List) ticket codes · $booked (yes/no) whether there is an appointment
erase-sure = { $booked ->
    [yes]
        Erased at once: this chat's address, the list you follow, consents, and what was said.

        Kept by law: the application at the office (UU 24/2013). The appointment { LIST($codes) } stays under its code, unless it is cancelled, too.

        This cannot be undone. Go on?
   *[no]
        Erased at once: this chat's address, the list you follow, consents, and what was said.

        Kept by law: the application at the office (UU 24/2013).

        This cannot be undone. Go on?
}
erase-yes = Yes, erase it all
erase-yes-keep = Erase, keep booking
erase-yes-keep-hint = Come with its ticket code
erase-yes-all = Erase and cancel
erase-yes-all-hint = The appointment is cancelled, too
erase-no = No
erase-kept = Good, nothing was erased. Type *menu* if you need anything.
erase-open-case = A complaint has not been answered yet. If you erase, *its answer cannot reach* this chat.
# At a computer that others may use.
erase-shared = Others may use this computer. Only the data of numbers that you showed here just now are erased; those of others stay.
# $receipt (String) code of the receipt · $on (DateTime) when
erase-done-shared =
    The data of the numbers that you showed at this computer have been erased: { DAY($on) } at { CLOCK($on) }.

    Receipt of the erasure: { $receipt }. It holds no personal data.
# $receipt (String) code of the receipt · $on (DateTime) when
erase-done =
    All data of this chat is erased: { DAY($on) }, { CLOCK($on) }.

    Receipt of the erasure: { $receipt }. There is no personal data in it.

    We receive your next message as a new person's.
# $codes (List) ticket codes
erase-booking-stays = The appointment stands. Keep its code: { LIST($codes) }.

## The lines of the file "my data", one for each thing

# $office (String) name of the office
my-data-title = PERSONAL DATA THAT IS KEPT: { $office }
# $channel (String) channel · $address (String) end of the address · $language (String) language
# $since (DateTime) since when · $heard (DateTime) the last message
my-data-chat =

    Chat: { $channel }, address { $address } (kept encrypted), language { $language }
    Since { DAY($since) }, last message { DAY($heard) }
# $on (DateTime) when
my-data-stopped = News were stopped on { DAY($on) }
my-data-staff = This chat is a staff chat
my-data-talks = An unfinished conversation is kept encrypted, for 24 hours at most
# $kind (String) phone, bsuid or parent · $name (String) its end
my-data-name = Name at the provider ({ $kind }): { $name } (kept encrypted)
# $version (Number) version of the notice · $channel (String) channel · $on (DateTime) when
my-data-notice = Privacy notice, version { $version }, shown on { DAY($on) } over { $channel }
# $kind (String) updates, ratings or reminders · $channel (String) channel
my-data-consent = { $kind ->
    [updates] Consent to news about changes, over { $channel }:
    [reminders] Consent to reminders of an appointment, over { $channel }:
   *[ratings] Consent to invitations to rate, over { $channel }:
}
# $given (DateTime) when given · $withdrawn (DateTime) when withdrawn
my-data-consent-given =     given on { DAY($given) }
my-data-consent-withdrawn =     given on { DAY($given) }, withdrawn on { DAY($withdrawn) }
my-data-consent-refused =     refused on { DAY($given) }
# $number (String) registration number · $nik (String) masked NIK · $name (String) masked name
# $service (String) service · $stage (String) stage · $on (Date) since when · $phone (String) masked telephone
my-data-application =

    Application { $number }: { $service }
    In the name of { $name }, NIK { $nik }, telephone { $phone } (kept encrypted)
my-data-stage = { $stage ->
    [SUBMITTED] Stage: submitted, since { DAY($on) }
    [DOCS_INCOMPLETE] Stage: papers incomplete, since { DAY($on) }
    [NOT_RECORDED] Stage: not recorded yet, since { DAY($on) }
    [RECORDED] Stage: recorded, since { DAY($on) }
    [SENT_TO_CENTER] Stage: at the centre, since { DAY($on) }
    [NEEDS_REVIEW] Stage: being reviewed, since { DAY($on) }
    [RECORD_FAILED] Stage: record again, since { DAY($on) }
    [DUPLICATE] Stage: duplicate record, since { DAY($on) }
    [PRINT_READY] Stage: waiting for printing, since { DAY($on) }
    [WAITING_BLANK] Stage: waiting for blank cards, since { DAY($on) }
    [PRINTED] Stage: printed, since { DAY($on) }
    [READY_FOR_PICKUP] Stage: ready for pickup, since { DAY($on) }
    [PICKED_UP] Stage: picked up, since { DAY($on) }
    [DELIVERED] Stage: delivered, since { DAY($on) }
    [REJECTED] Stage: not continued, since { DAY($on) }
    [CANCELLED] Stage: not continued, since { DAY($on) }
   *[other] Stage: another stage, since { DAY($on) }
}
my-data-followed = You asked for news on { DAY($on) }
my-data-looked = You last looked at it on { DAY($on) }
# $code (String) ticket code · $at (DateTime) its time · $place (String) place · $state (String) booked, served, …
my-data-booking =

    Appointment { $code }: { DAY($at) }, { CLOCK($at) }, { $place }
my-data-booking-state = { $state ->
    [held] State: not confirmed yet
    [booked] State: booked
    [arrived] State: arrived
    [called] State: called
    [served] State: served
    [no_show] State: did not come
    [cancelled] State: cancelled
   *[other] State: not recorded
}
# $count (Number) how many
my-data-waiting = Waiting lists for an appointment: { $count }
# $number (String) number of the case · $on (Date) when · $state (String) open, answered, closed · $word (String) its words
my-data-case =

    Case { $number }, { DAY($on) }: { $word }
my-data-case-state = { $state ->
    [answered] State: answered
    [closed] State: closed
   *[open] State: waits for an answer
}
my-data-photos = Photos not read yet: { $count }
# $messages (Number) · $texts (Number) · $errands (Number) · $audited (Number) how many
my-data-messages =

    Our messages to you that are on record: { $messages }; with their text (encrypted, 1 day): { $texts }
    What we are about to send or ask: { $errands }
    Lines about who opened what, without the NIK: { $audited }
    Message numbers and wrong tries are kept as keyed fingerprints, without their content.
    Ratings are connected to nobody, so they are not in here.
# at a computer that others may use
my-data-shared =

    Others may use this computer. This file holds only the data of numbers that were shown here just now; the words of complaints and of talks with officers are left out.
# $look_up_days (Number) · $link_days (Number) · $audit_days (Number) how many days
my-data-how-long =

    How long: look-ups { $look_up_days } days, news { $link_days } days after pickup, records { $audit_days } days.
    The office keeps the application by law (UU 23/2006 and UU 24/2013).
my-data-rights =
    Your rights: /datasaya (see), /perbaikan (correct), /izin (withdraw consents), /berhenti (stop news), /hapusdata (erase).
    Answered within 3 × 24 hours (UU 27/2022).
