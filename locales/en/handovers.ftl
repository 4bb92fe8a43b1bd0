### Talking with a person of the office: what residents hear, and what officers hear.
### Labels have at most 20 letters: WhatsApp's limit.

## Residents

officer-talk = Talk to a person

handover-told = All right, this chat is *handed over to an officer*. They see registration numbers and masked names, never an identity number or the address of this chat.
handover-told-before = This chat has been handed over to an officer already.
# On the web: others may use the computer. $minutes (Number) how many minutes
handover-shared = After { $minutes } minutes without a message it is closed (shared computer).
handover-open-now = The office is open now, until { CLOCK($until) }.
handover-opens = The office is closed. Officers answer from { DAY($at) }, { CLOCK($at) }.
handover-wait = The usual wait is { $minutes } minutes.
handover-wait-hours = The usual wait is { $hours } hours.
handover-ahead = { $people ->
    [0] Nobody else is waiting.
    [one] One person is waiting before you.
   *[other] { $people } people are waiting before you.
}
handover-lives = Please write your message here; photos, voice notes and files are welcome. The bot is silent meanwhile; *menu* (or *0*) and commands like */status* or */kantor* still work.
handover-back = Back to the bot
handover-back-hint = Ends the talk with the officer
handover-back-words = back to the bot, back to bot, end the talk, end the chat, end chat, finished, i am done, that is all, done, back to menu, back to the menu
handover-none = All right. Need more? Type *menu*. The bot is answering here; type *officer* to talk to a person.
handover-ended-by-you = All right, the talk with the officer is over. The bot answers again.

handover-passed-on = Your message was passed on to the officer (diteruskan).
handover-digit-passed-on = That was passed on to the officer. Back to the bot? Type *back to the bot*.
handover-nik-hidden = Your message was passed on to the officer (diteruskan). The identity number in it was hidden.
handover-file-lost = Sorry, that could not be downloaded (10 MB at most), so it did not reach the officer. Please send it again.
handover-officer-says = *Officer:* { $word }
handover-named-officer-says = *Officer { $name }:* { $word }
handover-given-back = The officer closed this talk. The bot answers again.
handover-timed-out = For 24 hours nobody wrote, so the talk with the officer is closed. The bot answers again.
handover-nobody-came = Sorry, no officer was free to answer within 24 hours. The bot answers again; type *petugas* to try once more.
# On the web, after a long silence.
handover-idle = The conversation with the officer was closed because this computer was not used for a while. Type *officer* to start again.

## Officers

call-waits = A resident ({ $code }) would like to talk to an officer, waiting since { CLOCK($since) }.
call-take = Who takes it?
call-take-it = Take it
call-later = Later
call-left = All right. Who is waiting: */panggilan*.
call-gone = { $code } was taken by another officer, or is over.
call-lost = Another officer has { $code } now.
calls-none = No resident is waiting for an officer.
calls-which = Residents who wait, and who are being talked to:
calls-waits = { $code }, { TIME($since) }
calls-mine = { $code }, you
calls-taken = { $code }, taken
calls-take-over = { $name } has { $code }. Take it over?
talk-begun = You are connected with resident { $code }. Whatever you type here is sent to them.
talk-sent = Sent to resident { $code }.
talk-word = Type your answer. Finished? */kembalikan*.
talk-hand-back = Done, to the bot
talk-over = { $code } is over, or another officer has it. This message was not sent.
talk-given-back = { $code } was given back to the bot.
hand-back-none = You are talking to nobody.
hand-back-which = Which talk goes back to the bot?

handover-resident-says = *Resident { $code }:* { $word }
handover-resident-sends = *Resident { $code }* sends a file.
handover-not-fetched = *Resident { $code }* sent a photo, voice note or file that could not be downloaded (10 MB at most). They were told.
handover-held = The answer to resident { $code } has not arrived ({ $reason }). It waits until they write again.
handover-failed = The answer to resident { $code } did not arrive ({ $reason }).
handover-over-for-officer = { $by ->
    [resident] Resident { $code } went back to the bot. The talk is over.
    [left] Resident { $code } left their computer. The conversation is over.
    [idle] Conversation { $code } is over: at a computer that others may use, the resident wrote nothing for a while.
    [time] { $code } is over: nobody wrote for 24 hours.
    [erased] Resident { $code } had their data erased. The talk is over.
   *[other] { $code } is over.
}
handover-context = { $why ->
    [unclear] *Resident { $code }* ({ $channel }, language { $language }): the bot did not understand twice.
    [anger] *Resident { $code }* ({ $channel }, language { $language }): is upset.
   *[asked] *Resident { $code }* ({ $channel }, language { $language }) asked for an officer.
}
handover-context-topic = Open in the chat: { $topic }.
handover-context-question = The question not answered yet: { $question }
handover-context-about = Application: { $number }, { $owner }
handover-context-shared = The web may be a shared computer: write no personal data.

my-data-handover = { $who ->
    [resident] To an officer, { DAY($at) }: { $what }
   *[officer] From an officer, { DAY($at) }: { $what }
}
