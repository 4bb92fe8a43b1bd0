# In the middle of the survey. $what (String) left: how many more; later: not now · $left (Number) questions left
rating-asked = { $what ->
    [left] Only { $left } more, one digit for each. Want to stop? Type *cancel*.
   *[later] Later is fine: type *nilai* to go on. Want to stop? Type *cancel*.
}
### The rating: nine official questions, complaints and cases.
### The official words are Indonesian; these say the same.

rating-words = rate, rating, survey
complaint-words = complaint, complain

rating-invite =
    The service { $service } is finished. How did we do?

    There are nine questions, one digit each. Answers are kept without a name.
rating-what = { $service }
rating-begin = Begin
rating-begin-hint = Nine questions, about a minute
rating-decline-hint = We will not ask again
rating-declined = Fine, we will not ask for a rating again. Thank you.
rating-none = There is no service to rate in this chat. If you have rated, your rating has been received. For a complaint, type *complaint*.

rating-persyaratan = *{ $number }/{ $of }* What do you think of how the requirements fit the kind of service?
rating-persyaratan-1 = They do not fit
rating-persyaratan-1-full = They do not fit
rating-persyaratan-2 = They fit poorly
rating-persyaratan-2-full = They fit poorly
rating-persyaratan-3 = They fit
rating-persyaratan-3-full = They fit
rating-persyaratan-4 = They fit very well
rating-persyaratan-4-full = They fit very well
rating-prosedur = *{ $number }/{ $of }* How easy did you find the procedure here?
rating-prosedur-1 = Not easy
rating-prosedur-1-full = Not easy
rating-prosedur-2 = Less easy
rating-prosedur-2-full = Less easy
rating-prosedur-3 = Easy
rating-prosedur-3-full = Easy
rating-prosedur-4 = Very easy
rating-prosedur-4-full = Very easy
rating-waktu = *{ $number }/{ $of }* What do you think of the speed of the service?
rating-waktu-1 = Not fast
rating-waktu-1-full = Not fast
rating-waktu-2 = Less fast
rating-waktu-2-full = Less fast
rating-waktu-3 = Fast
rating-waktu-3-full = Fast
rating-waktu-4 = Very fast
rating-waktu-4-full = Very fast
rating-biaya = *{ $number }/{ $of }* What do you think of the cost of the service?
rating-biaya-1 = Very expensive
rating-biaya-1-full = Very expensive
rating-biaya-2 = Rather expensive
rating-biaya-2-full = Rather expensive
rating-biaya-3 = Cheap
rating-biaya-3-full = Cheap
rating-biaya-4 = Free
rating-biaya-4-full = Free
rating-produk = *{ $number }/{ $of }* How well does the result fit what the service standard promises?
rating-produk-1 = It does not fit
rating-produk-1-full = It does not fit
rating-produk-2 = It fits poorly
rating-produk-2-full = It fits poorly
rating-produk-3 = It fits
rating-produk-3-full = It fits
rating-produk-4 = It fits very well
rating-produk-4-full = It fits very well
rating-kompetensi = *{ $number }/{ $of }* What do you think of the competence of the officers?
rating-kompetensi-1 = Not competent
rating-kompetensi-1-full = Not competent
rating-kompetensi-2 = Less competent
rating-kompetensi-2-full = Less competent
rating-kompetensi-3 = Competent
rating-kompetensi-3-full = Competent
rating-kompetensi-4 = Very competent
rating-kompetensi-4-full = Very competent
rating-perilaku = *{ $number }/{ $of }* How polite and friendly were the officers?
rating-perilaku-1 = Not polite
rating-perilaku-1-full = Not polite
rating-perilaku-2 = Less polite
rating-perilaku-2-full = Less polite
rating-perilaku-3 = Polite
rating-perilaku-3-full = Polite
rating-perilaku-4 = Very polite
rating-perilaku-4-full = Very polite
rating-sarana = *{ $number }/{ $of }* What do you think of the building and equipment?
rating-sarana-1 = Bad
rating-sarana-1-full = Bad
rating-sarana-2 = Fair
rating-sarana-2-full = Fair
rating-sarana-3 = Good
rating-sarana-3-full = Good
rating-sarana-4 = Very good
rating-sarana-4-full = Very good
rating-pengaduan = *{ $number }/{ $of }* What do you think of how complaints are handled?
rating-pengaduan-1 = There is no way
rating-pengaduan-1-full = There is no way
rating-pengaduan-2 = It does not work
rating-pengaduan-2-full = It does not work
rating-pengaduan-3 = It works poorly
rating-pengaduan-3-full = It works poorly
rating-pengaduan-4 = Well handled
rating-pengaduan-4-full = Well handled

rating-sex = Thank you, your rating *has been received*. May we know a little about you? You are:
rating-age_band = Your age:
rating-education = Highest school finished:
rating-job = Main work:
rating-profile = { $code ->
    [MALE] Male
    [FEMALE] Female
    [TO_16] Up to 16
    [TO_25] 17-25
    [TO_35] 26-35
    [TO_45] 36-45
    [TO_55] 46-55
    [OLDER] 56 and older
    [PNS] Civil servant
    [TNI] Army
    [POLRI] Police
    [SWASTA] Private company
    [WIRAUSAHA] Own business
    [LAINNYA] Other
   *[other] { $code }
}
rating-cause = { $kind ->
    [fee] This service should be free, so we note this answer as a report, even if you stop here. A slip? Type *back*.
   *[low] We note the lowest score as a report so that it is mended, even if you stop here. A slip? Type *back*.
}
rating-left = All right, we stop here. { $count } of { $of } answers are kept without a name and are not counted in the index.
rating-left-counted = All right, we stop here. Your nine answers are counted without a name; nothing more is kept.
rating-skip = Skip
rating-word = Anything to suggest or to complain about? Type it, or choose *Skip*. Please write no name and no NIK.
rating-thanks = { $told ->
    [yes] Thank you. Because of earlier ratings: { $improved }
   *[no] Thank you. This helps us to serve better.
}
rating-another = There is another service that you have not rated yet. If you like, type *rate*.

## Complaints and cases

complaint-ask = Please write the complaint in one message: what happened, where, and when. Those who served you do not see who wrote.
# Asked while writing. $what (String) reply, cost, hidden, readers or how · $due (Date) answered at the latest
complaint-asked = { $what ->
    [reply] The answer comes in this chat, by { DAY($due) } if it is sent today.
    [cost] A complaint is *free*.
    [hidden] No name is needed: your name and number are not sent along.
    [readers] It is read by the staff for complaints. Those who served you do not see who wrote it.
   *[how] Your own words are enough.
}
case-opened = We noted this report under number *{ $number }*; it is answered by { DAY($due) } at the latest.
# $kind (String) fee: a price was named; low: the lowest score was given · $number (String) number of the case · $due (Date) when it is answered at the latest
case-from-scores = { $kind ->
    [fee] This service should be free. We note the cost as report number *{ $number }*, answered through this chat by { DAY($due) } at the latest.
   *[low] We want to mend what was rated lowest: it is noted as report number *{ $number }*, answered through this chat by { DAY($due) } at the latest.
}
case-promise = The answer comes through this chat.
# At a computer that others may use. $number (String) number of the case
case-keep-number = Note the number { $number }: at this computer the answer can only be read with it.
case-ask-number = There is an answer from the office to a case. To read it here, type the *case number* that you were given when you wrote.
case-number-wrong = That is not the number of this case, so the answer is not shown.
case-answered =
    The office's answer to report number *{ $number }*:

    { $word }
# $number (String) number of the case
case-ended = The office closed report number *{ $number }* without a written answer.
# within the sentence that WhatsApp approved, as the office's answer
case-ended-word = The report was closed without a written answer.
case-helped = Is this enough?
case-done = Done
case-not-yet = Not yet
case-not-yet-hint = It is reopened and goes to somebody above
case-closed = Fine, report number { $number } is closed. Thank you.
case-reopened = Report number { $number } is open again and goes to somebody above. The answer comes through this chat.
case-more = What is still missing? Please write it in one message, or choose *Skip*.
# $number (String) number of the case
case-status = { $state ->
    [late] Report *{ $number }* should have been answered by { DAY($due) }. We are sorry; it went to a superior. Type *officer* to ask about it.
    [answered] Report *{ $number }* was answered by the office.
    [closed] Report *{ $number }* is settled and closed.
    [withdrawn] The request for a visit *{ $number }* was *cancelled*.
   *[open] Report *{ $number }* is being looked into. It will be answered by { DAY($due) }.
}
case-status-word = The office's answer: { $word }
case-status-elsewhere = The answer goes to the chat in which the report was written.
case-status-unknown = There is no report with that number. Please check it: six letters and digits.
case-status-none = There is no report in this chat yet. Do you have its number? Type *report* and the number. Want to complain? Type *complaint*.
case-noted = Thank you, we added it to report number { $number }.
