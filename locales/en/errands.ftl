### Errands beside a card: a place, holidays, outreach, a visit at home, a death, moving, a NIK.

errand-place = { $same ->
    [yes] *{ $place }*
   *[no]
        { "*" }{ $place }*
        { $address }
}

## Open or closed on a day

errand-day-open = { $everywhere ->
    [yes]
        { DAY($day) }: *open*.
        { HOURS($hours) }
   *[no]
        { DAY($day) }: *open* at { $places }.
        { HOURS($hours) }
}
errand-day-closed = { $because ->
    [named] { DAY($day) }: *closed*, { $why }.
    [weekend] { DAY($day) }: *closed*, weekend.
   *[other] { DAY($day) }: *closed*.
}
errand-day-next = Open again on { DAY($day) }.
errand-holidays = The office is *closed* on public holidays and days of collective leave. The next one: { DAY($day) }, { $name }.
errand-holidays-none = The office is *closed* on public holidays and days of collective leave.

## Outreach: officers come to a village

errand-outreach = *{ $name }*
    { $address }
    { DAY($opens) }, { CLOCK($opens) } to { CLOCK($closes) }
errand-outreach-none = There is no outreach planned yet. Ask again another time, or call the office: { $phone }.
errand-outreach-not-there = There is no outreach planned for that district yet. These are:
errand-outreach-visit = Want to come? Type *jadwal*. Is somebody ill or disabled and unable to come? Type *home visit*.

## A visit at home becomes a case that staff answer

visit-text = For people who are ill, elderly or disabled and cannot come, we pass the request for a visit on to an officer. It is free.
visit-ask = Write in one message: *village and district*, and the situation (for example: cannot walk). Do not write a NIK.
# Asked while writing. $what (String) reply, cost, hidden, readers or how · $due (Date) answered at the latest
visit-asked = { $what ->
    [reply] Staff answer in this chat by { DAY($due) } if it is sent today: whether it is possible, and when.
    [cost] A visit at home is *free*.
    [hidden] Only the office's staff read this request. Your number is not sent along.
    [readers] It is read by the staff who plan visits.
   *[how] Your own words are enough.
}
visit-opened = This request for a visit has the number *{ $number }*. An officer answers in this chat by { DAY($due) }: whether it is possible, and when. No longer needed? Type *cancel visit*.

## A request for a visit that is no longer needed

visit-one = *{ $number }*: { $word }
visit-which = Which request for a visit should be cancelled?
visit-choice = { $number }
visit-cancel-sure = Cancel the request for a visit *{ $number }*? We tell the officers not to come.
visit-cancel-yes = Yes, cancel
visit-cancel-no = No, keep it
visit-kept = All right, the request for a visit *{ $number }* stands.
visit-cancelled = The request for a visit *{ $number }* is *cancelled*, and the officers are told. Needed again? Type *home visit*.
visit-over = { $withdrawn ->
    [yes] The request for a visit *{ $number }* was *cancelled* before. Needed again? Type *home visit*.
   *[no] The request for a visit *{ $number }* is settled and closed, so it cannot be cancelled any more. A question? Type *officer*.
}
visit-none = There is no request for a home visit in this chat. Was it sent from another chat? Cancel it there, or type *officer*.

## What only people can settle

errand-death =
    We are sorry for your loss.

    A death is recorded by an officer with a death certificate, not in this chat. Call { $phone }, or type *officer*. Have the family card (KK) and the death statement ready. It is free.
errand-moving =
    Moving to another area needs a *moving letter*. It is not made in this chat: call { $phone }, or type *officer*. Have the family card (KK) ready.

    In the new place that letter is required for the e-KTP there. It is free.
errand-nik =
    A NIK that a bank, BPJS or another service does not recognise has to be checked by an officer; the central data cannot be seen from this chat.

    Come to the counter with the family card (KK) and the e-KTP, call { $phone }, or type *officer*. It is free. Do not send a NIK or a photo of a card to anybody who offers help.
# $phone (String) telephone of the office
errand-form = Form F-1.02 is *at the counter*, free, and filled in there; staff help. There is no need to prepare it at home.
errand-blind =
    Thank you for telling us. Everything here works with digits: every choice can be answered with a digit, *0* is the menu.

    A screen reader can read our messages, and you can dictate answers with the microphone of your keyboard. Type *listen* for an answer as a voice message. Rather talk? Call { $phone }, or type *officer*.
errand-next-door = { $district } is part of { $neighbour }: its residents' e-KTPs are the work of { $office }. Applied at our office? Type *status*.
