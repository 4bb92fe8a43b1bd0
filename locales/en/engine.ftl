### What is said outside of any one conversation: first greeting, old buttons, faults, messages not understood.

# The first greeting, once for every chat. Then the notice: what, why, how long, how to erase.
# When its meaning changes, raise NOTICE_VERSION (handlers/people/consents.py): everybody is shown it once more.
#   $office (String) name of the office
#   $look_up_days (Number) days that look-ups are kept
#   $link_days (Number) days that a chat stays linked after pickup
engine-welcome = Welcome to the e-KTP service of { $office }.
engine-notice =
    What we keep: registration number, NIK (locked), this chat's address.
    Why: to answer, and news if you want.
    How long: chats 24 hours, look-ups { $look_up_days } days, news { $link_days } days after pickup.
    To erase it, type *hapusdata*. To see it: *datasaya*.
engine-promise = We never ask for a family card number, a mother's name or an OTP. Everything is free.
# Where the first answer is long already: the same in brief.
engine-notice-brief = We keep number, NIK (locked) and chat address to answer and send news: { $look_up_days } days, news { $link_days } days after pickup. To erase: type *hapusdata*.
engine-notice-changed = The notice about personal data has changed:

engine-fault = Sorry, please try again. Our system has a problem; your last message was not processed.
engine-old-button = That menu is no longer valid. Please use the latest choices.
engine-started-over = Sorry, this service has just been updated, so we start over from the beginning.
engine-nothing-to-go-back = There is no going back from here. Start over? Type *menu*.
engine-cancelled = All right, we leave it at that. Type *menu* if you need anything.
engine-nothing-to-cancel = Nothing is going on, so nothing was cancelled. An appointment that you booked stands; to cancel it, type *jadwal*.
engine-not-understood = Sorry, we did not understand. Please choose below, or type *officer* to reach a person.
# If our reply is the one before word for word, in turns. $way (String) first or second; handed-first or handed-second: an officer is called
engine-same-again = { $way ->
    [handed-first] The conversation with the officer is still open. To end it, type *done*.
    [handed-second] The officer has been called. Back to the bot? Type *done*.
    [second] Still not it? Try other words, or type *officer*.
   *[first] Not what you are looking for? Type *officer* to talk to a person.
}
# If the sentence is clearly in another language, once. $language (String) en or jv
engine-language-offer = { $language ->
    [jv] Basa Jawa? Ketik *Jawa*.
    [en] English? Type *English*.
   *[other] { $name }? Ketik *{ $name }*.
}
engine-choose-again = Please choose one of these. Typing its number is enough.

# $kind (String) voice, sticker, location, file, contact or other
engine-unsupported = { $kind ->
    [voice] Sorry, we cannot listen to voice messages yet. Please type your message.
    [sticker] Thank you for the sticker. Please answer with words or a number.
    [location] Thank you, but we do not need your location. Please answer with words or a number.
    [file] Sorry, we cannot open files. Please type, or send a photo of the receipt's QR code.
    [edited] We do not read a message again when it is edited. Please send it as a new message.
   *[other] Sorry, we cannot read this kind of message. Please answer with words or a number.
}

# $most (Number) the most characters
engine-too-long = Sorry, that message is too long for us to read: please send it again with at most { $most } characters.
engine-photo-unreadable = Sorry, we could not read a QR code in the photo. Try again closer and in good light, or type the registration number.
engine-group = Sorry, this service does not work in groups, so that others do not see personal data. Please write to us directly.
engine-contact = Sorry, we do not take contact cards. If it is somebody else's, please let them write to us themselves.

## Buttons and words

engine-more = More
engine-previous = Previous
engine-yes = Yes
engine-no = No
engine-map = Open the map
engine-locate = Send my location
# Words that are typed, parted by commas.
engine-back-words = back, go back
engine-cancel-words = cancel, never mind
# Puts off what is being asked, and is no answer to it.
engine-later-words = later, maybe later, not now, not yet, another time, some other time, I'll do it later, let me think
engine-greeting-words = hello, hi, hey, good morning, good afternoon, good evening
engine-menu-words = menu, main menu
# Other words for Yes and No, heard only where that is the question.
engine-yes-words = yes, yeah, yep
engine-no-words = no, nope
