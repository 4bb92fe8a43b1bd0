### Refusals around announcements: read by staff (the last one by residents).

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
