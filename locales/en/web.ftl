### The web page: the frame of the chat, notices about the line, staff page, error pages.

# $office (String) name of the office
web-title = Loket { $office }
web-description = Ask where your e-KTP is, in a chat. Free of charge, no queue.
web-name = Loket
web-skip = Skip to the message box
web-language = Language
web-finish = Done
web-finish-hint = Finish and clear the screen
web-promise-free = Every service is free.
web-promise-safe = We never ask for an OTP, a PIN or a password.

## The line

web-connecting = Connecting…
web-online = Connected
web-offline = You are offline. Your message will be sent as soon as the line is back.
web-back = Connected again.

## The conversation

web-log = Conversation with Loket
web-from-office = Loket
web-from-you = You
web-writing = Loket is writing…
web-pending = Sending…
web-unsent = Not sent yet
web-sent = Sent
web-hidden = We have hidden your number from the screen.
web-newer = See new message
web-more = See the choices
web-choices = Choices
web-open-file = Open { $name }
web-idle = The conversation was cleared from the screen after 15 minutes without use.
web-finished = The screen is cleared. Thank you.
web-start-again = Start again

## Writing

web-write = Write a message
web-placeholder = Message or number
web-send = Send
web-attach = Send a photo of the receipt
web-photo = Photo
web-photo-big = This photo is larger than 5 MB. Please send a smaller one.
web-photo-unreadable = This file is not a photo that we can read. Please send a JPG or PNG.
web-sound = The answer to listen to
web-location = My location
web-no-location = Your location could not be read. Allow it in this browser, or type the name of the place.

## Without scripts

web-no-script = This chat needs JavaScript. Please turn it on in your browser, or come to the office. Every service is free.
web-old-browser = This browser cannot open the chat. Please update it, or come to the office. Every service is free.

## Answers to what cannot be taken

web-frame-unreadable = Sorry, that could not be read. Please write it once more.
web-frame-no-id = Sorry, that message had no id, so we did not take it. Please reload this page and send it once more.
web-frame-empty = The message is empty. Please write a message or the number of a choice.
web-frame-long = Sorry, that message is too long. Please write a shorter one.
web-file-big = This photo is larger than 5 MB. Please send a smaller one.
web-file-broken = Sorry, the photo did not arrive in one piece. Please send it once more.
web-document-big = This file has more than 5 MB, and is no photo. Please send a photo of the receipt, or type its number.
web-document-broken = Sorry, that file did not arrive whole, and is no photo. Please send a photo of the receipt, or type its number.
web-again = Sorry, our system has a problem. We do not have your message yet; it will be sent again in a moment.
web-fault = Sorry, please try again. Our system had a problem, so your last message was not processed.
web-other-origin = This chat can only be opened from our own page.
web-many-tabs = This chat is open in too many windows. Please close one of them.
web-many-of-address = Too many chats are open from this network. Please close those that nobody uses, then try again.
web-many-requests = Too many requests came from this network in a short time. Please try again in a moment.
web-full = Loket is full at the moment. Please try again in a moment.
web-fast = Messages come too fast from here. Yours will be sent again in a moment.
web-busy = Loket is busy. Your message will be sent again in a moment.
web-photos-full = Many photos are still being read. Yours will be sent again in a moment. Faster: type the registration number.
web-line-first = Please write a message first, then send the photo.
web-line-fast = Messages come too fast from here. The connection opens again in a moment.
web-line-full = Too many photos are on their way. Yours will be sent again in a moment. Faster: type the registration number.
web-line-slow = That took too long to arrive. We try again in a moment; a smaller photo arrives faster.
web-line-quiet = A connection that is not used was closed; it opens again by itself.

## Staff page

web-staff-title = Staff
web-staff-ask = Staff code
web-staff-ask-hint = A one-time code: from your staff chat (/konsol), or from the admin.
web-staff-enter = Enter
web-staff-wrong = That code is not valid. Please check it, or get a new one: /konsol in your staff chat, or from the admin.
web-staff-sso-failed = Signing in with that account did not work. Please try again, or use a code.
web-staff-sso-unknown = That account is not linked to a member of staff yet. Sign in with a code, then link it at Saya.
web-staff-sso-taken = That account is linked to another member of staff.
web-staff-key-wrong = That passkey was not accepted. Please try again, or enter with a code.
web-staff-wait = { $minutes ->
    [one] Too many wrong codes. Please try again in one minute.
   *[other] Too many wrong codes. Please try again in { $minutes } minutes.
}
web-staff-stale = This page was open for too long. Please enter the code once more.
web-staff-hello = Welcome, { $name }.
web-staff-role = { $role ->
    [viewer] You are signed in as a viewer.
    [officer] You are signed in as an officer.
    [approver] You are signed in as an approver.
   *[admin] You are signed in as an admin.
}
web-staff-point = Service point: { $point }
web-staff-left = You are signed out.
web-staff-ended = Your session has ended, so you are not allowed on this page. Please enter with a new staff code.
web-staff-down = Sorry, our system has a problem. Please try again in a moment.

## Errors

web-error-title = Sorry
web-error-404 = This page does not exist, or is no longer valid.
web-error-405 = This page cannot be opened that way.
web-error-401 = This is for programs on this machine, or with the token of LOKET_METRICS_TOKEN.
web-error-403 = This request does not come from our page.
web-error-500 = Our system has a problem. Please try again in a moment.
web-error-home = To the chat

## The waiting room's screen

layar-title = Waiting room
layar-called = Called
# $desk (Number) number of the desk
layar-desk = Desk { $desk }
layar-waiting = Next
# $more (Number) how many more wait
layar-more = and { $more } more
layar-none-called = Nobody is called yet.
layar-none-waiting = Nobody is waiting.
layar-down = The data cannot be reached for a moment. Please listen for the officer.
