### The conversation "Check card status": questions, list of people, news on change.

# Opening words, parted by commas.
status-words = status, check, check status, card, my card, check card

## Questions

# $example (String) a number in the form that the office uses
status-ask-number = Please type the *registration number* on the receipt, for example { $example }. A photo of its QR code works, too. Do not have it? Type *lost number*.

# $whole (yes/no) whether this channel may ask for the whole NIK
status-ask-nik = { $whole ->
    [yes] Please type the *NIK* (16 digits) of the person named on that receipt.
   *[no] Please type the *last 4 digits of the NIK* of the person named on that receipt.
}

# One answer for an unknown number, a wrong NIK and the NIK of somebody else.
status-nik-kept = We have the NIK, no need to type it again.
status-not-found =
    Not found. Please check the registration number and the NIK, then try once more.

    New applications may appear here only the next day.
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
# $name (String) masked name · $tail (String) end of the registration number; together at most 20 characters
status-person = { $name } { $tail }
# $service (String) name of the service · $number (String) registration number
status-person-hint = { $service }, { $number }
status-other = Another number
status-other-hint = Type a registration number that is not in the list

## After the answer

# Consent is recorded with this sentence; when its meaning changes, raise VERSIONS (storage/people/consents.py).
# $offer (yes/no) whether news can be offered
status-next = { $offer ->
    [yes] Shall we tell you when the status changes? By choosing *Tell me*, you agree that we send you messages about this number. You can stop them at any time.
   *[no] Is there anything else?
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
