### API for the office's own systems: sentences of its errors, read by those who program against it.

api-unauthorized = The token is unknown, revoked or expired. Send a valid one as Authorization: Bearer.
# $scope (String) name of the scope
api-scope-missing = This token lacks the scope { $scope }. Ask the administrator for another one.
api-not-allowed = This belongs to another service point, for which the token is not valid.
api-not-found = Not found. Check the address and the number.
api-method-not-allowed = This address does not take that method. See the Allow header.
api-too-many-requests = Too many requests. Wait for Retry-After and try again.
api-too-large = The body is too large. Divide it.
api-too-slow = The body took too long. Try again.
api-unavailable = Not available now. Try again soon.
api-fault = This is our fault. Try again; if it remains, tell whoever runs Loket.
api-media-type = Send JSON, with Content-Type: application/json.
api-content-encoding = Send the body uncompressed, without Content-Encoding.
api-no-json = The body is no valid JSON.
api-missing = This field is required and missing.
api-unknown-field = This field is unknown.
api-invalid = This value cannot be read. Its form is on the page of the API.
api-point-unknown = The office has no such service point.
api-idempotency-key = An Idempotency-Key has 1 to 255 letters, digits or marks without spaces.
api-idempotency-other = This Idempotency-Key was used for another request. Take a new one.
api-idempotency-busy = The same request is being worked on. Wait, and repeat it with the same key.
api-media-type-file = Send a CSV or XLSX file as the body, or as the part named file of multipart/form-data.
api-form = The form is damaged. Send it again.
api-cursor = This cursor is not of this list. Begin again without one.
# $codes (String) unknown status codes, each with its number of rows
api-unknown-codes = Many status codes are unknown: { $codes }. Correct them, or send again with accept_unknown.
api-if-match-missing = Send If-Match with the ETag of the stage that is replaced.
api-if-match-failed = The stage has changed since it was read. Read it again and decide anew.
api-day-ahead = This day is still to come.
# $day (Date) since when the present stage counts
api-day-older = The present stage counts since { DAY($day) }. Send again with sure if this day is right.
api-appointment-cancelled = This appointment was cancelled.
api-appointment-served = This appointment was served.
api-appointment-early = It cannot be recorded as a no-show yet.
api-appointment-other = The person has another appointment by now.
# $most (Number) number of days
api-days = From from to to are at most { $most } days, and from is not after to.
api-days-order = The day from is after the day to.
api-span = The time to must be after the time from.
api-day-over = This time is over.
api-too-many-waiting = Too much of this token waits already. Wait until it is done, or until an approver has decided about its drafts.
api-announcement-whom = Send one of them: status, or numbers.
api-announcement-list = With numbers, leave out point, district, service, since and until.
# $most (Number) number of days
api-announcement-send-at = This time must not be past, and at most { $most } days ahead.
# $count (Number) number of appointments
api-closure-booked = There are { $count } appointments in it. Send again with sure: their residents choose another time.
api-webhook-form = This address cannot be used: write https://, a name and a path only, without a user name or a #.
api-webhook-https = A receiver's address must be https://. Without https only the office's own networks in LOKET_WEBHOOK_NETWORKS are reached.
api-webhook-private = This address is in a private network. The office's own networks must be in LOKET_WEBHOOK_NETWORKS.
api-webhooks-full = The office has 10 webhook targets already. Remove one first.
