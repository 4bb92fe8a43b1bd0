### What is asked back while it is unclear what is meant, and answers to what is often asked.
### The example sentences stand in examples.ftl.

meant-status = Check my card
meant-lost-number = Lost number
meant-booking = Appointment
meant-requirements = What is needed
meant-office = Address and hours
meant-officer = Talk to a person
meant-fees = Costs
meant-scam = Suspicious message
meant-complaint = Complaint
meant-rating = Rating
meant-language = Another language
meant-my-data = See my data
meant-consents = Consents
meant-erase = Erase my data
meant-correct = Correct my data
meant-stop = No more messages
meant-help = How it works
meant-anger = I am angry
meant-none = None of these
meant-menu = Menu
meant-ask = Which one do you mean?
not-understood-twice = Sorry, we still do not understand. Shall we put you in touch with a person?
stuck-offer = Stuck? Choose *Talk to a person*, or just answer once more.
offer-go-on = Go on

menu-requirements = What is needed
menu-requirements-hint = What to prepare and bring
requirements-words = requirements, documents
requirements-one = { $title }
requirements-which = What is needed for which service?
requirements-text =
    { $title }, what is needed:
    { $needed }

    Every service is free.
requirements-note = Note of the office: { $note }
requirements-more = Hand them in at the counter during opening hours; there you get a registration number. Have one already? A time can be booked here.
requirements-other = Another service
fees-words = cost, costs, fee, price
fees-text = Every service is *free*, without exception. Whoever asks for money breaks the law (UU 24/2013 Art. 95B). If somebody does, type *complaint*.
scam-text =
    Careful, a message like that is *not from us*.

    { $office } never asks for an OTP, money, a photo of your card, or to install an app from a chat. Do not click the link and do not answer.

    In doubt? Call the office: { $phone }.
anger-text = We are sorry about this. We want to help. Where shall we go on?

# Words that only this language has, separated by commas.
understand-markers = am, an, and, appointment, are, at, been, can, card, could, did, do, does, find, for, from, get, got, has, have, help, her, his, how, i, in, is, it, lost, my, need, no, not, of, office, on, open, or, please, ready, status, that, the, there, they, this, to, today, tomorrow, want, was, we, were, what, when, where, who, why, will, with, would, yes, you, your
