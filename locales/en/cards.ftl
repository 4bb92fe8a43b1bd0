### The conversation "Check card status": questions, list of people, news on change.

# Opening words, parted by commas.
status-words = status, check, check status, card, my card, check card

## Questions

# $example (String) a number in the form that the office uses
status-ask-number = { $again ->
    [yes]
        Please type the *registration number*, for example { $example }. Do not have it? Type *lost number*.
        1 lost number · 2 officer · 0 menu
    [often]
        Can't find the number? An *officer* can help: type *2*. If you have it, please type the *registration number*.
        1 lost number · 2 officer · 0 menu
   *[no]
        Please type the *registration number* on the receipt, for example { $example }. A photo of its QR code works, too. Do not have it? Type *lost number*.
        1 lost number · 2 officer · 0 menu
}

# If something else than the number is typed. $what (String) where: where it stands; when: when the card is ready
status-number-asked = { $what ->
    [where] The registration number is printed on the *receipt* from the officer, near the QR code.
    [why] We ask for it so that *nobody else* sees your data. The NIK is kept encrypted, and we never ask for an OTP or money.
    [photo] Yes: send a photo of the *QR code* on the receipt, close and in good light. We cannot read a photo of writing or of a card.
    [cost] All services are *free*, and so is looking here.
   *[when] Gladly. We need the number first.
}

# $whole (yes/no) whether this channel may ask for the whole NIK
status-ask-nik = { $whole ->
    [yes] Please type the *NIK* (16 digits) of the person named on that receipt.
   *[no] Please type the *last 4 digits of the NIK* of the person named on that receipt.
}

# One answer for an unknown number, a wrong NIK and the NIK of somebody else.
status-nik-kept = We have the NIK, no need to type it again.
status-number-meant = You mean { $number }? We take that one. If not, type the number again.
status-nik-straight = We read the letters O and I in the NIK as the digits 0 and 1.
status-not-found =
    Not found. Please check the registration number and the NIK, then try once more.

    New applications may appear here only the next day.
# Asked after nothing was found. $phone (String) telephone of the office
status-not-found-asked =
    Number and NIK must belong to *one and the same application*: one wrong digit, or somebody else's NIK, finds nothing. What was just handed in appears the next day.

    Sure that both are right? Staff can look: choose *Petugas*, call { $phone }, or come to a counter with the original family card.
# When the typed NIK was issued by the neighbouring regency or city, whether or not anything is found here.
# $neighbour (String) its name · $office (String) its office
status-neighbour = That NIK was issued in { $neighbour }. If you handed in your documents there, please ask { $office }.
# $number (String) the number that is answered
status-one-at-a-time = One message is about one number: this answers { $number }. Please send the other one by itself after this.
lost-number-words = lost number, forgot number, no number, lost receipt
lost-number-text =
    Never mind. A counter can find the number again: come with the *original family card (KK)*, or another identity card if you have one.

    We do not tell it in a chat, so that nobody else sees your data. There may be a photo of the receipt on your phone.
lost-number-where =
    { $address }
    { HOURS($hours) }
lost-number-more = What would you like to do?
lost-number-found = I have found it

status-after-not-found = What would you like to do?
status-retry = Try again
status-retry-hint = Start again with the registration number

## List of followed people

status-whose = Whose status would you like to see? Type the number.
# Written in words, not as a number. $named (yes/no) a name or a place in the list was said
status-whose-which = { $named ->
    [yes] It is not clear which one. The names in the list are masked; compare the *initials*.
   *[no] The answer depends on the card.
}
# $name (String) masked name · $tail (String) end of the registration number; together at most 20 characters
status-person = { $name } { $tail }
# $service (String) name of the service · $stage (String) its stage
status-person-hint = { $stage ->
    [SUBMITTED] Submitted · { $service }
    [DOCS_INCOMPLETE] Papers incomplete · { $service }
    [NOT_RECORDED] Not recorded yet · { $service }
    [RECORDED] Recorded · { $service }
    [SENT_TO_CENTER] At the centre · { $service }
    [NEEDS_REVIEW] Being reviewed · { $service }
    [RECORD_FAILED] Record again · { $service }
    [DUPLICATE] Duplicate record · { $service }
    [PRINT_READY] Waiting for printing · { $service }
    [WAITING_BLANK] Waiting for blank cards · { $service }
    [PRINTED] Printed · { $service }
    [READY_FOR_PICKUP] Ready for pickup · { $service }
    [PICKED_UP] Picked up · { $service }
    [DELIVERED] Delivered · { $service }
    [REJECTED] Not continued · { $service }
    [CANCELLED] Not continued · { $service }
   *[other] Another stage · { $service }
}
status-other = Another number
status-other-hint = Type a registration number that is not in the list

## After the answer

# Consent is recorded with this sentence; when its meaning changes, raise VERSIONS (storage/people/consents.py).
# $offer (yes/no) whether news can be offered
status-next = { $again ->
    [no] { $offer ->
        [yes] Want news? With *Tell me*, you agree that we send messages about this number. You can stop them any time.
       *[no] Is there anything else?
    }
   *[yes] { $offer ->
        [yes] Want news of changes? Choose *Tell me*. Anything else?
       *[no] Anything else?
    }
}
status-next-again = { $offer ->
    [yes] Want news of changes? Choose *Tell me*. Anything else?
   *[no] Anything else?
}
status-follow = Tell me
status-unfollow = Remove from list
status-following = All right, we will tell you as soon as the status changes. This number is now in your list: next time just type *status*. To end the messages, type *stop*.
status-news-stopped = News to this chat has been stopped, so changes of the status are not sent.
status-following-resumed = All right, we will tell you as soon as the status changes. We also send news about the other numbers in your list again.
# $name (String) masked name · $number (String) registration number
status-unfollow-sure = Remove { $name } ({ $number }) from the list? We will send no more news about it.
status-unfollowed = Removed from the list. Type *menu* if you need anything else.
status-kept = All right, it stays in the list. Type *menu* if you need anything else.

## News that we send by ourselves to those who chose "Tell me". Paragraphs of report.ftl follow.

push-head = There is news about this application:
push-stop = No more news? Type *stop*.
# On the web page: no name and number, because the computer may be shared.
push-head-shared = There is news about an application you follow. To see which one, type *status*, then the registration number and the NIK.

push-waits-shared = There is news for you from this counter. To read it, type *menu* and choose what you need.

# The button below it, where a pair shows whose news it is.
push-open = Open the news
# Before number and NIK are asked, at a computer that others use.
push-asks-pair = Others may use this computer. To go on, please show the registration number and NIK first.

## Follow-up questions about the card just shown

follow-where = { $same ->
    [yes] It is fetched at { $place }.
   *[no]
        It is fetched at { $place }:
        { $address }
}
follow-not-yet = The card is *not made yet*; please wait for news before you come.
# $at (DateTime) the time asked for · $open (yes/no) whether it is open then
follow-then = { $open ->
    [yes] { TIME($at) } is fine; *no appointment needed*.
   *[no] { TIME($at) } is *closed*, so please come at the hours above.
}
follow-who-else = Somebody else? Ask first: type *petugas*.
follow-letter =
    The letter of authority, by hand or typed, says:
    - name, NIK and signature of the person who gives it, on a duty stamp
    - name and NIK of the person who fetches the card
    - "untuk mengambil KTP-el", the date and the registration number
    Whoever fetches it brings their own card.
follow-no-letter = At this office cards are not given out on a letter of authority.
follow-no-delivery = Cards are not brought to villages or homes, and not sent by post. It is fetched at { $place }. Ill, or unable to come? Type *petugas*.
follow-no-queue = There is no place in a queue that we can tell at this stage.
follow-pace = { $printed ->
    [0] Last week ({ DATE($first) } to { DATE($last) }) no card is recorded as printed.
    [1] Last week ({ DATE($first) } to { DATE($last) }) *1* card was printed in the whole office.
   *[other] Last week ({ DATE($first) } to { DATE($last) }) *{ $printed }* cards were printed in the whole office.
}
follow-when = We cannot promise a date. We tell you of every change if you choose *Tell me*.
follow-temporary = { $kind ->
    [kia] Do you need a letter for a child? Ask at the counter of { $place }, or type *officer*.
    [ikd] A letter in place of the card can be had at the counter of { $place }: bring the receipt and the family card (KK). Free of charge.
   *[other] A replacement letter can be had at the counter of { $place }: bring the receipt and the family card (KK). Free. If your data were recorded before, ask for the digital ID (IKD), too.
}
follow-meaning = { $stage ->
    [SUBMITTED] It means: the papers are at the office and being checked. There is nothing to do for you.
    [DOCS_INCOMPLETE] It means: something is missing. Hand it in, and the application goes on.
    [NOT_RECORDED] It means: photo and fingerprints have not been taken. Please come in person.
    [RECORDED] It means: photo and fingerprints are there and being sent to the centre. Just wait.
    [SENT_TO_CENTER] It means: the centre in Jakarta makes sure that nobody is recorded twice. Our office can only wait.
    [NEEDS_REVIEW] It means: the data look like another person's, so the centre checks them by hand. It is not your fault.
    [RECORD_FAILED] It means: photo or fingerprints could not be read and must be taken again.
    [DUPLICATE] It means: there is an earlier recording elsewhere. The counter needs to look at it with you.
    [PRINT_READY] It means: the data are fine, and the card waits for its turn to be printed.
    [WAITING_BLANK] It means: there are no blank cards to print on; a delivery from the centre is awaited. The data are fine.
    [PRINTED] It means: the card is made and on its way to where it is fetched.
    [READY_FOR_PICKUP] It means: the card is made and waits to be fetched.
    [PICKED_UP] It means: the card was handed over at the counter.
    [DELIVERED] It means: the card was delivered.
    [REJECTED] It means: the application does not go on. Type *petugas* to ask what can be done.
    [CANCELLED] It means: the application does not go on. Type *petugas* if that is a mistake.
   *[other] We cannot explain it yet. Type *petugas* to ask.
}
follow-until = No time limit is recorded here, so better fetch it soon. Cannot come yet? Tell the office: { $phone }, or type *petugas*.
# $phone (String) telephone of the office
follow-until-papers = No last day is recorded here, so please hand it in soon. Not possible yet? Tell the office: { $phone }, or type *petugas*.
follow-life = Thank you for telling. Officers record such changes, not the bot: type *petugas*, or call { $phone }. Bring the family card (KK) and the document when you come.
follow-blank = A blank is an *empty card* from the capital, on which the data are printed.
follow-queue = Fetching a card needs *no appointment* from here: come during opening hours, the counter keeps the line.
follow-queue-record = For a recording, place and time can be chosen, so that you wait less: *Book a time*, or type *jadwal*.
# $place (String) name of the point
follow-ikd-sent = A digital ID is not sent: it lives in your own phone, and is activated by an officer at { $place }.
# $place (String) name of the point
follow-receipt = Receipt lost? Never mind: note *the number above* and bring the *original KK*. The counter at { $place } will find it.
# $place (String) name of the point
follow-hand-in = Papers cannot be handed in through this chat. Hand them in at { $place } during opening hours.
# $place (String) name of the point
follow-wrong = Something wrong in the data or on the card? The counter at { $place } corrects it: bring the KK and the right proof. Or ask for it here: type *perbaikan*.
# $place (String) name of the point
follow-anywhere = Away from home? This number is to be recorded at { $place }. Whether another place can do it has to be asked: type *petugas*.
# $place (String) name of the point
follow-dress = For the photo: tidy clothes, and the face clearly seen. In doubt about a headscarf, glasses or clothes? Ask at { $place }, or type *petugas*.
# $place (String) name of the point
follow-phone = A digital ID needs a smartphone. Install it from the official app store only (never from a link or an APK file); an officer at { $place } activates it. Cannot sign in? Type *petugas*.
# $state (String) open, followed, final: whether news can still come
follow-notify = { $state ->
    [final] This application is settled, so there is no more news.
    [followed] We will: as soon as the stage changes, we write to this chat.
   *[open] Yes: choose *Tell me*. As soon as the stage changes, we write to this chat.
}
# $place $address (String) name and address of the point · $same (yes/no) both are the same
follow-where-record = { $same ->
    [yes] The recording is at { $place }.
   *[no]
        The recording is at { $place }:
        { $address }
}
follow-recorded = This number needs *no more recording*. Somebody else wants to be recorded? Type *jadwal*.
# $place (String) name of the point
follow-finger = Fingerprints hard to read? An officer at { $place } helps to record them again, and the iris is recorded, too. Do not worry.
follow-unknown = Sorry, we did not understand. About this card you can ask: *when*, *where*, *who may fetch it*, *what to bring*, *cost*. Anything else? Type *petugas*.
