### Answers that are listened to: sentences and parts of them, which the office records (docs/voice.md).
### A changed sentence has to be recorded again: `loket voice check`.

# Opening words, separated by commas.
listen-words = listen, hear, read aloud, read it to me, voice
listen-here = Here is the answer to listen to.
listen-not-recorded = Sorry, there is no recording of this answer. An officer can read it to you.
listen-voice-note = Sorry, we cannot listen to voice messages yet. Please type, or choose *Talk to a person*.

## Only listened to

voice-welcome = Welcome to the electronic identity card service.
voice-notice = We keep the registration number, the N I K and the address of this chat to answer and to bring you news. Type hapusdata to erase them.
voice-number-ends = This is the answer for the registration number whose last digits are
voice-where = It is fetched at
voice-address = The address is
voice-hours = Opening hours
voice-at = at
voice-to = to
voice-and = and
voice-open-now = The office is open now, until
voice-closed-now = The office is closed now. It opens again
voice-closed-today = The office is closed today. It opens again
voice-picked-up = The card was fetched on
voice-picked-up-else = If neither you nor your family fetched it, please contact an officer at once.
voice-delivered = The card was delivered on
voice-delivered-else = If it did not arrive, please contact an officer.
voice-ikd-active = The digital identity was activated on
voice-ikd-active-else = If it was not you, please contact an officer at once.
voice-ahead = In the print order, before this one there are still
voice-ahead-none = In the print order, no application is before this one.
voice-more-than = more than
voice-ahead-cards = applications
voice-complete = The papers are complete since
voice-standard = By the standard, it is done within twenty four hours after that.
voice-standard-paused = During this stage, the standard time of twenty four hours does not run.
voice-standard-late = The standard time of twenty four hours has passed. We are sorry.
voice-data-date = The data are of
voice-earliest = At the earliest, it is ready on
voice-before = nine of ten people are done before
voice-no-forecast = We cannot estimate yet when it is ready.
voice-free = This service is free of charge.
voice-ask-number = Now type the registration number of the receipt, or send a photo of its square code.
voice-offer = Would you like to be told when the status changes? If you choose it, you agree that we send messages about this number. You can stop them at any time.
voice-anything-else = Can we help with anything else?
voice-for = For
voice-type = type the number
