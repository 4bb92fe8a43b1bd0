### For staff.

staff-ask-code = Type the staff code that the admin gave you.
# $name (String) name of the staff member · $role (String) viewer, officer, approver or admin
staff-accepted = { $role ->
    [viewer] Code accepted. This is now a staff chat: { $name }, viewer.
    [officer] Code accepted. This is now a staff chat: { $name }, officer.
    [approver] Code accepted. This is now a staff chat: { $name }, approver.
   *[admin] Code accepted. This is now a staff chat: { $name }, admin.
}

# $serves (yes/no) may serve at the counter
staff-commands = { $serves ->
    [yes]
        You can type here:
        • */hariini*: today's list
        • a ticket code or a photo of its QR code: somebody has come
        • */panggil* (and a desk number): call the next one
        • */selesai* and the number: served, or the card was fetched
        • */batalkan* and the number: the last step was a slip
        • */tamu*: somebody without an appointment
        • */panggilan*: residents who ask for a human
        • */umumkan*: write to many residents
        • */ikm*: the satisfaction index
        • */konsol*: a code for the console (on Telegram and WhatsApp)
        • */pesanpagi*: what waits for you, and the morning message
        • */keluar*: leave the staff chat
   *[no]
        You can type here:
        • */hariini*: today's list
        • */ikm*: the satisfaction index
        • */konsol*: a code for the console (on Telegram and WhatsApp)
        • */pesanpagi*: what waits for you, and the morning message
        • */keluar*: leave the staff chat
}

## Entering the console from a staff chat

console-code-given = Your console code: *{ $code }*. Open */staf* in a browser and type this code. It works once, for { $minutes } minutes, and only for you: do not pass it on. As soon as it is used, we tell you here.
console-code-elsewhere = The web chat gives no console code, because others may use this device. Ask with */konsol* in your staff chat on Telegram or WhatsApp.
console-entered = { $known ->
    [yes] Your console code was used { DAY($at) } at { CLOCK($at) }, on { $device }. Not you? Tell the admin at once, and end that session in the console, *Saya*.
   *[no] Your console code was used { DAY($at) } at { CLOCK($at) }, on an unknown device. Not you? Tell the admin at once, and end that session in the console, *Saya*.
}

passkey-added = A new passkey was added for you in the console, { DAY($at) } at { CLOCK($at) }. Not you? Remove it at once in the console, *Saya*, and tell the admin.

## Alarms for staff

# $about (String) one-nik, everybody, webhook or one-address
alarm-rang = { $about ->
    [one-nik] *Alarm*: many wrong tries about one NIK within a day. Answers are slowed down, nobody is refused. See the audit in the console.
    [webhook] *Alarm*: a receiver of webhooks was disabled because every attempt failed. An admin can look at it and enable it in the console, *Webhook*.
    [everybody] *Alarm*: many wrong tries by many people within an hour. Answers are slowed down, nobody is refused. See the audit in the console.
   *[one-address] *Alarm*: many wrong staff codes from one address. Answers are slowed down. See the audit in the console.
}

case-news-opened = { $kind ->
    [low] New case *{ $number }*, a lowest mark: please answer by { DAY($due) } in the console, *Kasus*.
    [fee] New case *{ $number }*, about a fee: please answer by { DAY($due) } in the console, *Kasus*.
    [correction] New case *{ $number }*, a correction of data: please answer by { DAY($due) } in the console, *Kasus*.
   *[complaint] New case *{ $number }*, a complaint: please answer by { DAY($due) } in the console, *Kasus*.
}
case-news-escalated = { $kind ->
    [low] Case *{ $number }*, a lowest mark, was escalated: an answer was due by { DAY($due) }. Please see to it in the console, *Kasus*.
    [fee] Case *{ $number }*, about a fee, was escalated: an answer was due by { DAY($due) }. Please see to it in the console, *Kasus*.
    [correction] Case *{ $number }*, a correction of data, was escalated: an answer was due by { DAY($due) }. Please see to it in the console, *Kasus*.
   *[complaint] Case *{ $number }*, a complaint, was escalated: an answer was due by { DAY($due) }. Please see to it in the console, *Kasus*.
}
case-news-withdrawn = The resident *cancelled* the request for a visit *{ $number }*: nobody needs to go there. See the console, *Kasus*, *Selesai*.

## Leaving a staff chat

menu-sign-out = Staff sign-out
menu-sign-out-hint = This chat is no staff chat any more
sign-out-words = sign out, log out, staff sign out
staff-signed-out = This chat is no staff chat any more. Residents' commands still work; to enter again, type */staf* and a new code from an admin.
# After a shared computer was not used for a while, or after the longest time.
staff-ended = The staff chat here has ended, so staff commands are *not allowed* here any more. To enter again, type */staf* and a new code from an admin.

## What waits for you

needs-title = *Today this needs you:*
needs-talks = • { $count } residents wait for a human: */panggilan*
needs-overdue = • { $count } cases are overdue: console, *Kasus*
needs-due = • { $count } cases must be answered today: console, *Kasus*
needs-drafts = • { $count } announcements wait for approval: console, *Pengumuman*
needs-returned = • { $count } announcements were returned to you: console, *Pengumuman*
needs-codes = • { $count } applications with an unknown code: console, *Register*
needs-unmarked = • { $count } appointments without a mark: */hariini*
needs-none = Nothing waits for you now.
morning-how = This comes once, when the office opens. Not wanted? Type */pesanpagi*.
morning-ask = { $on ->
    [yes] The morning message is *on*: once a day when the office opens, if something waits for you.
   *[no] The morning message is *off*.
}
morning-off = Turn it off
morning-on = Turn it on
morning-keep = Leave it
morning-stays-on = Good, the morning message is on.
morning-stays-off = Good, the morning message is off. To turn it on again: */pesanpagi*.
draft-waits = The announcement *{ $name }* waits for your approval. Open the console, *Pengumuman*.
# $name (String) name of the announcement
draft-returned = The announcement *{ $name }* was returned with a note. Read it and mend the text in the console, *Pengumuman*.

## Commands of staff in the menu

menu-today = Today
menu-today-hint = Today's appointments
menu-calls = Calls
menu-calls-hint = Residents who ask for a human
menu-walk-in = Walk-in
menu-walk-in-hint = A seat for somebody without an appointment
menu-announce = Announce
menu-announce-hint = Write to many residents
menu-morning = Needs you
menu-morning-hint = What waits for you, and the morning message
