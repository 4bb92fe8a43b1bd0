### Announcements: what staff read in chat and on the command line, and a little that residents read.

## Read by residents, below the text of a pickup in waves

# $at (DateTime) the day of pickup
announce-day = { DAY($at) }
# $opens $closes (DateTime) the time of pickup
announce-time = { CLOCK($opens) } to { CLOCK($closes) }
# $day $time (String) day and time of pickup
announce-comes = Please come on { $day }, at { $time }.
announce-swap-hint = That does not suit you? Type *other day*; you may do so once.

## Progress and result

# $name (String) name of the announcement $planned (Number) recipients
announce-progress = Announcement "{ $name }": { $planned } recipients.
# $at (DateTime) when it begins
announce-begins = It begins on { DAY($at) } at { CLOCK($at) }.
announce-state-draft = It waits for an approver.
announce-state-preparing = The recipients are being listed.
announce-state-planned = It has not begun; it can still be undone.
announce-state-sending = It is being sent.
announce-state-paused = Paused.
announce-state-finished = Finished.
announce-state-undone = Undone: nothing was sent.
announce-state-withdrawn = Stopped: the rest is not sent.
# $waiting $sending $sent $delivered $read $failed $unknown (Number) recipients
announce-counts = Waiting { $waiting }, sending { $sending }, sent { $sent }, delivered { $delivered }, read { $read }, failed { $failed }, unknown { $unknown }.
# $until (DateTime) end of the quiet hours
announce-quiet = These are quiet hours: the rest waits until { CLOCK($until) }.
# $reason (String) the reason $count (Number) how many
announce-failed = Failed, { $reason }: { $count }.
# $id (String) number of the announcement
announce-next = A report per recipient, and the list for villages and letters: loket announcements --report { $id } --out report.csv

## Reasons, and next steps

announce-reason-blocked = they blocked the office in the chat app
announce-reason-chat-not-found = their chat is gone
announce-reason-undeliverable = their number has no WhatsApp or is not in use
announce-reason-window-closed = they have not written for 24 hours, and there are no approved words
announce-reason-stopped = they asked for no messages
announce-reason-moved = they have another number now
announce-reason-erased = they had their data erased
announce-reason-undone = the announcement was undone
announce-reason-withdrawn = the announcement was stopped
announce-reason-absent = they did not come back to the web page in 30 days
announce-reason-merged = it went to another chat of the same person
announce-reason-waited-too-long = it waited too long
announce-reason-declined-by-person = they refuse messages of the office on WhatsApp
announce-reason-nobody = no chat follows this number
announce-reason-declined = who follows this number wants no messages
announce-reason-other = the provider refused it

announce-step-none = Nothing to do.
announce-step-wait = Wait; it is still on its way.
announce-step-channel = Reach them another way: the telephone number in the file, or another chat.
announce-step-village = Put them on the village's list, or send a letter.
announce-step-check = Ask first whether they got it; do not simply send again.
announce-step-again = Make a new announcement if it is still needed.

announce-outcome-waiting = waiting
announce-outcome-sending = sending
announce-outcome-sent = sent
announce-outcome-delivered = delivered
announce-outcome-read = read
announce-outcome-failed = failed
announce-outcome-unknown = unknown
announce-outcome-none = not sent to

announce-report-title = Report of an announcement
announce-report-letters = List for villages and letters
announce-report-numbers = registration number
announce-report-names = name
announce-report-district = district
announce-report-village = village
announce-report-channel = over
announce-report-outcome = outcome
announce-report-reason = reason
announce-report-step = next step
announce-report-when = time
# $approved (String) who approved it $at (DateTime) when
announce-report-approved = Approved by { $approved }, made on { DAY($at) } at { CLOCK($at) }.

## The conversation /umumkan

announce-whom = Who is to be told?
announce-whom-ready = Ready for pickup
announce-whom-waiting = Waiting for blanks
announce-whom-record = Not recorded
announce-whom-again = Record again
announce-whom-incomplete = Papers missing
announce-text = Write the text. { "{nama}" }, { "{nomor}" } and { "{tempat}" } are filled in for each recipient.
# $text (String) the text as the first recipient reads it
announce-preview = The first recipient will read:

    { $text }
# $count (Number) numbers
announce-none-count = Nobody follows { $count } numbers; they are not written to.
announce-needs-approver = More than { $most } recipients need an approver: save it as a draft in the console, or ask an approver to send it.
# $count (Number) recipients
announce-send = Send it to { $count } recipients?
announce-go = Send now (Kirim)
announce-go-urgent = Urgent: right now
announce-try = Try it on me first
announce-choose-place = Choose a place
announce-drop = Never mind
announce-where = For which service point?
announce-everywhere = All places
# $name (String) name of the service point
announce-place = { $name }
announce-tested = The test message is on its way to this chat.
announce-dropped = Never mind. Nothing was sent.
# $seconds (Number) time to undo
announce-released = Approved. It begins in { $seconds } seconds, or after the quiet hours; its progress is shown in this chat.
announce-released-urgent = Approved as urgent. It begins in { $seconds } seconds, in the quiet hours, too; this chat shows its progress.
announce-after = It can still be undone now.
announce-undo = Undo
announce-fine = Leave it

## Command line

# $recipients $telegram $whatsapp $web (Number) recipients
announce-reach = { $recipients } recipients: { $channels }.
# $count (Number) numbers
announce-none = Nobody follows { $count } numbers; put them on the village's list, or send letters:
# $count (Number) recipients
announce-templates = { $count } WhatsApp recipients have not written for 24 hours: they get the approved words, which cost.
announce-unreachable = { $count } recipients blocked the office or moved; they are noted as failed at once.
# $at (DateTime) when it begins
announce-starts = It begins on { DAY($at) } at { CLOCK($at) }.
# $at (DateTime) end of the quiet hours
announce-starts-quiet = These are, or soon will be, quiet hours: it begins on { DAY($at) } at { CLOCK($at) }.
announce-first-text = The text of the first recipient:
announce-dry-run = A dry run: nothing was made and nothing is sent.
# $why (String) why it would be refused
announce-would-refuse = Sent for real, it would be refused: { $why }
# $id (String) number of the announcement
announce-planned-id = Announcement number { $id } is ready. To undo it: loket announcements --undo { $id } --as NAME
# $cards $room (Number) cards $point (String) place $day $time (String) day and time
announce-calendar = { $day }, at { $time }, { $point }: { $cards } of { $room } cards.
# $person (String) the name that was looked for
announce-nobody-called = You are not allowed (tidak berwenang): nobody on the staff is called { $person }; loket staff list shows the names.
announce-needs-name = { $option } needs --as NAME, the member of staff who does it.
announce-needs-out = --report needs --out with the name of a file that ends in .csv or .pdf.
announce-one-step = Give one of --pause, --resume, --undo, --withdraw, --unknown, and --report.
announce-list-empty = There are no announcements yet.
announce-unknown-none = No outcome is unknown.
announce-paused = Paused. What is on its way arrives; the rest waits.
announce-resumed = It goes on.
announce-undone = Undone. Nothing was sent.
announce-withdrawn = Stopped. What had not gone out never will.
# $file (String) name of the file
announce-report-written = Written to { $file }; only its owner may read it.

## Why an announcement file cannot be used: announce-file-<code in bot/announcing/file.py>

# $why (String) the system's words
announce-file-unreadable = The announcement file cannot be opened ({ $why }). Check its name and place.
# $why (String) TOML's words
announce-file-no-toml = The announcement file is no good TOML: { $why }. docs/announcements.md has an example.
# $key (String) name of the key $known (String) the known names
announce-file-unknown-key = The announcement file has { $key }, which is not known. Known are: { $known }.
# $most (Number) the most characters
announce-file-name = The key name is needed: the announcement's name, at most { $most } characters.
announce-file-text = The key text is needed: a text in quotes, or text.id, text.jv and text.en.
# $language (String) the language that was written $known (String) the known languages
announce-file-language = The language { $language } is not known. Use one of: { $known }.
announce-file-whom = Write one of them: recipients = "file.csv", or status = "READY_FOR_PICKUP".
announce-file-list = The key recipients is a file name in quotes, without point, district, service, since or until.
# $known (String) the known stages
announce-file-status = The status is not known. Use one of: { $known }.
# $known (String) the known points
announce-file-point = The point is not known. Use one of: { $known }.
# $known (String) the known kecamatan
announce-file-district = The district is not known. Use one of: { $known }.
# $known (String) the known services
announce-file-service = The service is not known. Use one of: { $known }.
# $key (String) name of the key
announce-file-day = The key { $key } is a date like 2026-11-24, without quotes.
# $most (Number) how many days ahead at the most
announce-file-send-at = The key send_at is a time like 2026-11-25T10:00:00, without quotes, not past, at most { $most } days ahead.
announce-file-waves = The key waves holds per_day (cards a day, from 1) and from (a date like 2026-11-24, not past).

import-reason-number-unknown = This registration number is not in the office's list.
import-suggestion-number-unknown = Import the newest list first, or check the number on the receipt.
import-reason-number-elsewhere = This application is at another service point, so you cannot send to it.
import-suggestion-number-elsewhere = Hand this row to an officer of that point, or of the whole office.

## Another day to fetch the card, once: for those who are called in waves.

swap-words = other day, another day, change pickup day
swap-none = This chat has no pickup day that could be changed. Type *status* to see the card.
# $at $opens $closes (DateTime) day and time of pickup
swap-now = Your pickup day: { DAY($at) }, { CLOCK($opens) } to { CLOCK($closes) }.
swap-ask = Choose another day. You can change it once.
# $at $opens $closes (DateTime) day and time of pickup
swap-day = { DATE($at) }, { CLOCK($opens) }
swap-time = { CLOCK($opens) } to { CLOCK($closes) }
swap-keep = Keep that day
swap-kept = Fine, it stays.
swap-full = The other days are full now. Come on that day, or type *officer*.
# $at $opens $closes (DateTime) day and time of pickup
swap-done = Changed. Please come on { DAY($at) }, { CLOCK($opens) } to { CLOCK($closes) }.

## Refusals around announcements: read by staff (the last one by residents).

refusal-announcement-text-empty = The announcement has no text yet. Write it in Indonesian and try again.
# $most (Number) the most characters
refusal-announcement-text-too-long = The announcement has more than { $most } characters. Shorten it and try again.
# $known (String) the placeholders that can be filled in
refusal-announcement-placeholder = Only { $known } can stand in braces. Correct the text and try again.
# $count (Number) recipients $most (Number) the most without an approver
refusal-needs-approver = You are not allowed (tidak berwenang) to write to { $count } recipients alone: more than { $most } need an approver. Save it as a draft in the console, or ask an approver to send it.
# $on (DateTime) when the same announcement was approved
refusal-already-announced = These recipients got this (sudah menerima ini pada) on { DAY($on) } at { CLOCK($on) }. Only an approver may send it again.
refusal-unknown-announcement = No announcement has that number. loket announcements lists them.
refusal-announcement-over = It is too late for that: this announcement has begun, is finished, or was taken back.
refusal-announcement-no-windows = The counter is not open often enough within a year for so many cards. Raise the number of cards a day, or check the opening hours.
refusal-already-swapped = The pickup day can be changed once, and it has been. If you still cannot come, type *officer*.
