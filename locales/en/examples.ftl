### Free sentences: examples of each conversation, short forms and words that say nothing. Loket never says these.

status-examples =
    is my card ready, where is my card, status of my id card, when can i pick up my ktp, has my card been printed, how long until my card is done,
    check my card status, track my application, any news about my card, why does it take so long, can i collect my card today
lost-number-examples =
    i forgot my registration number, i lost my receipt, i lost my registration number, i have no registration number, i do not have a receipt, check without the registration number
booking-examples =
    i want to book an appointment, make an appointment for recording, change my appointment, cancel my appointment, can i come tomorrow,
    reschedule, when is my appointment, i can not come, book a slot, biometric recording, queue number
requirements-examples =
    which papers, which papers do you need, i want to make a new id card, i need a new id card, how to make an id card, i want to apply for an id card, lost card, damaged card,
    what do i need to bring, requirements for a lost card, what documents do i need, how do i get a new id card, my card is lost,
    my card is damaged, i moved here, i lost my id card, my card was stolen, how to change my address, how do i activate the digital id, can somebody else pick it up
office-examples =
    where is the office, opening hours, when are you open, phone number of the office, what time do you open, what time do you close,
    are you open on saturday, address of the office, is it a holiday tomorrow
officer-examples =
    i want to talk to a person, speak to an officer, talk to a real person, human please, customer service, contact an agent
fees-examples =
    how much does it cost, is it free, do i have to pay, what is the fee
scam-examples =
    someone asked me for an otp code, is this message a scam, somebody wants money for my card, i got a link to an app,
    someone called asking for my otp, is this message from you, they asked me to transfer money
complaint-examples =
    i want to complain, the officer was rude, somebody asked me for money, bad service
rating-examples =
    i want to rate the service, fill in the survey
language-examples =
    can you speak english, english please, do you speak english, i do not understand indonesian, change language
my-data-examples =
    what data do you keep about me, show my data, show me my data
consents-examples =
    withdraw my consent
erase-examples =
    delete my data, erase everything about me, remove my data
correct-examples =
    my name is wrong, my date of birth is wrong, correct my data
stop-examples =
    stop sending me messages, no more messages please, unsubscribe, stop messaging me
help-examples =
    how does this work, what can you do, i am confused, what is this
thanks-examples =
    thank you very much, thanks for the help, ok thanks, great thank you
anger-examples =
    this is terrible service, you are stupid, this takes forever, fuck you, shit, useless bot, idiot
chit-chat-examples =
    how are you, who are you, what is your name, are you a human or a bot, i love you, happy birthday, good night, lol
elsewhere-examples =
    driving licence, passport, what is the weather, birth certificate, marriage certificate, vehicle tax, health insurance, train schedule

understand-slang = pls=please, u=you, ur=your, tmrw=tomorrow, id=ktp, card=ktp, thanks=makasih
understand-fillers = hello, hi, please, the, a, an, hey
