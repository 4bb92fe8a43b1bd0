### Free sentences: examples of each conversation, and questions that are often asked.

status-examples =
    is my card ready,
    where is my card,
    status of my id card,
    when can i pick up my ktp,
    has my card been printed,
    how long until my card is done
booking-examples =
    i want to book an appointment,
    make an appointment for recording,
    change my appointment,
    cancel my appointment,
    can i come tomorrow
requirements-examples =
    what do i need to bring,
    requirements for a lost card,
    what documents do i need,
    how do i get a new id card,
    my card is lost,
    my card is damaged,
    i moved here
officer-examples =
    i want to talk to a person,
    where is the office,
    opening hours,
    when are you open,
    phone number of the office,
    speak to an officer
fees-examples =
    how much does it cost,
    is it free,
    do i have to pay
scam-examples =
    someone asked me for an otp code,
    is this message a scam,
    somebody wants money for my card,
    i got a link to an app
complaint-examples =
    i want to complain,
    the officer was rude,
    somebody asked me for money
rating-examples =
    i want to rate the service,
    fill in the survey
my-data-examples =
    what data do you keep about me,
    show my data
erase-examples =
    delete my data,
    erase everything about me
correct-examples =
    my name is wrong,
    my date of birth is wrong,
    correct my data
stop-examples =
    stop sending me messages,
    no more messages please
help-examples =
    how does this work,
    what can you do,
    i am confused
thanks-examples =
    thank you very much,
    thanks for the help,
    ok thanks
anger-examples =
    this is terrible service,
    you are stupid,
    this takes forever

understand-slang = pls=please, u=you, ur=your, tmrw=tomorrow, id=card
understand-fillers = hello, hi, please, the, a, an

meant-status = Check my card
meant-booking = Appointment
meant-requirements = What is needed
meant-officer = Office and person
meant-fees = Costs
meant-scam = Suspicious message
meant-complaint = Complaint
meant-rating = Rating
meant-my-data = See my data
meant-erase = Erase my data
meant-correct = Correct my data
meant-stop = No more messages
meant-help = How it works
meant-thanks = Just thanks
meant-anger = I am angry
meant-none = None of these
meant-menu = Menu
meant-ask = Which one do you mean?
not-understood-twice = Sorry, we still do not understand. Shall we put you in touch with a person?

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
fees-words = cost, costs, fee, price
fees-text = Every service is *free*, without exception. Whoever asks for money breaks the law (UU 24/2013 Art. 95B). If somebody does, type *complaint*.
scam-text =
    Careful, a message like that is *not from us*.

    { $office } never asks for an OTP, money, a photo of your card, or to install an app from a chat. Do not click the link and do not answer.

    In doubt? Call the office: { $phone }.
anger-text = We are sorry about this. We want to help. Where shall we go on?
