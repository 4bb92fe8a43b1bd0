### Menu, help, office, language, stop and start again.
### Labels have at most 20 characters, their hints (-hint) 72: the limits of WhatsApp's buttons and lists.

menu-ask = How can we help? Choose, or type the number.

menu-status = Check card status
menu-status-hint = How far your card is, and whether to come
menu-officer = Contact the office
menu-officer-hint = Address, opening hours and telephone number
menu-language = Language / Bahasa
menu-language-hint = Indonesia, Jawa, English
menu-help = Help
menu-help-hint = How to use this service

## Opening words, parted by commas

help-words = help, how
officer-words = officer, office, contact, phone, address, opening hours
language-words = language, change language
stop-words = stop, unsubscribe
thanks-words = thanks, thank you

## Help

help-text =
    This service tells how far an identity card application is, and sends news when it changes.

    Have your receipt ready, and your card or family card to see the NIK. The receipt shows the *registration number*.
    Every choice can be answered with its number. A photo of the receipt's QR code works, too.

    Words you can always type: *status*, *officer*, *language*, *back*, *cancel*, *stop*, *menu*.

    We never ask for a family card number, a mother's name or an OTP. All services are free.

## The office

# $office (String) name of the office · $address (String) its address · $phone (String) its telephone
# $hours (Hours) opening hours by weekday
officer-text =
    { $office }
    { $address }
    Telephone: { $phone }

    Opening hours:
    { HOURS($hours) }

    Our staff never ask for money, a mother's name or an OTP.

# While the office file is a sample (sample = true).
officer-sample = This is a rehearsal: address, telephone and hours above are examples only.

## Language

language-ask = Please choose a language:
# Each language's name is written in that language, alike in all files.
language-id = Indonesia
language-jv = Jawa
language-en = English
language-set = All right, from now on we write in English.

## Stop and start again

stop-done = All right, we will send no more news. You can still ask for the status at any time. To get news again, type */start*.
start-resumed = We are sending news about status changes again.
# $office (String) name of the office
start-hello = Welcome to the identity card service of { $office }.
thanks-text = You are welcome. Type *menu* if you need anything else.
