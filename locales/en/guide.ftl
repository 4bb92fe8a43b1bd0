### Menu, help, office, language, stop and start again.
### Labels have at most 20 characters, their hints (-hint) 72: the limits of WhatsApp's buttons and lists.

menu-ask = How can we help? Choose, or type the number.

menu-status = Check card status
menu-status-hint = How far your card is, and whether to come
menu-officer = Talk to a person
menu-officer-hint = Talk to a person instead of the bot
menu-language = Language / Bahasa
# language-names: the languages of this office
menu-language-hint = { language-names }
menu-help = Help
menu-help-hint = Hours, address, requirements, costs, how to use this

## Opening words, parted by commas

help-words = help, how
officer-words = officer, person, human, agent
office-words = office, contact, phone, address, opening hours, hours
language-words = language, change language
start-words = tell me again, start again
stop-words = stop, unsubscribe, stop messages, stop sending, stop sending messages, do not write to me, leave me alone
thanks-words = thanks, thank you

## Help

help-text =
    This service tells how far an identity card application is, and sends news when it changes.

    Have your receipt (it shows the *registration number*) and your NIK ready. Every choice can be answered with its number.

    Words you can always type: *status*, *officer*, *language*, *back*, *cancel*, *stop*, *menu*.

    We never ask for a family card number, a mother's name or an OTP. All services are free.

help-more = What would you like to know? Choose, or type the number.
help-office = Hours and address
help-service = { $name }

## The office

# $office (String) name of the office · $address (String) its address · $phone (String) its telephone
# $hours (Hours) opening hours by weekday
office-text =
    { $office }
    { $address }
    Telephone: { $phone }

    Opening hours:
    { HOURS($hours) }

    Our staff never ask for money, a mother's name or an OTP.
# $email (String) e-mail address of the office
office-email = E-mail: { $email }
# $website (String) website of the office
office-website = Website: { $website }

# While the office file is a sample (sample = true).
office-sample = This is a rehearsal: address, telephone and hours above are examples only.
office-more = Is there anything else?

## Language

language-ask = Please choose a language:
# Each language's name is written in that language, alike in all files.
language-id = Indonesia
language-jv = Jawa
language-en = English
language-set = All right, from now on we write in English.

## Stop and start again

stop-done = All right, we will send no more news. You can still ask for the status at any time. To get news again, type *tell me again*.
stop-handed = The talk with the officer stays open. To close it, type *selesai*.
start-resumed = We are sending news about status changes again.
# $office (String) name of the office
start-hello = Welcome to the identity card service of { $office }.

## Small talk

thanks-text = You are welcome. Type *menu* if you need anything else.
# $office (String) name of the office
chit-chat-text = Nice of you to say hello. This is the bot of { $office }, not a person, and glad to help with your identity card. Would you rather talk to a person? Type *officer*.
# $phone (String) telephone number of the office
elsewhere-text =
    Sorry, that is not done at this counter. It is for identity cards, the digital identity (IKD) and child cards (KIA).

    Family card, deeds or a moving letter? Call the office: { $phone }. For anything else, please ask the office in charge.
