"""Appointments, announcements, and the satisfaction index, whose answers cannot be linked to a person."""

from collections.abc import Mapping

from storage.keeping.holdings.base import LAW, Held, Lapses, Sealed, nobodys

APPOINTMENTS: Mapping[str, Held] = {
    "seats": Held(
        holds="who has which seat when",
        erased="blanked",
        because="an appointment is kept under its ticket code until it is cancelled",
        kept="seats",
    ),
    "bookings": Held(
        holds="who is booked when, under a ticket code",
        erased="blanked",
        because="an appointment is kept under its ticket code until it is cancelled",
        kept="bookings",
    ),
    "booking_history": Held(
        holds="what happened to a booking", erased="blanked", actors=("by",), kept="history of bookings"
    ),
    "waiting": Held(holds="who waits for a seat", erased="blanked", kept="waiting lists"),
    "offers": nobodys("which seat was offered", kept="offers of seats"),
    "closures": nobodys("when the office is closed", kept="for good: it names no resident"),
}
RATING: Mapping[str, Held] = {
    "answer_sets": nobodys("answers of nobody in particular"),
    "answer_sums": nobodys("sums of answers"),
    "free_words": nobodys(
        "free words of nobody in particular", kept="free words", columns={"word": Sealed()}
    ),
    "unmixed_days": nobodys(
        "on which days somebody answered just now", kept="for good: for seconds (storage/ratings/mixing.py)"
    ),
    "improvements": nobodys("what the office improved", kept="for good: it names no resident"),
    "invitations": nobodys(
        "which events are asked about",
        kept="for good: an empty mark once it is spent",
        columns={"token_index": Lapses(days=90, meaning="an event is asked about once")},
    ),
    "invited_chats": Held(
        holds="which chats are asked",
        erased="gone",
        kept="for good: until its invitation is spent (storage/ratings/invitations.py)",
        columns={"token_index": Lapses(days=90, meaning="goes with its invitation")},
    ),
    "cases": Held(
        holds="a complaint and the way back to its chat",
        erased="blanked",
        blanks=("word",),
        kept="cases",
        columns={"word": Sealed(), "points": Sealed(), "about": Sealed()},
    ),
    "case_history": Held(
        holds="what was said about a case", erased="blanked", kept="cases", columns={"word": Sealed()}
    ),
}
OVERVIEW: Mapping[str, Held] = {"daily_sums": nobodys("how many of what on a day")}
ANNOUNCEMENTS: Mapping[str, Held] = {
    "announcements": Held(
        holds="what was announced, by whom, about which applications",
        erased="blanked",  # only the staff chat that shows its progress
        kept="for good: the record of what the office announced",
        columns={
            "wording": Sealed(),
            "note": Sealed(),
            "guard": Lapses(days=0, meaning="the same words to the same applications are noticed"),
            "guard_once": Lapses(days=0, meaning="the same words to the same applications go out once"),
        },
    ),
    "announcement_applications": Held(
        holds="which applications an announcement concerns",
        erased="stays",
        because=LAW,
        kept="for good: the record",
    ),
    "announcement_recipients": Held(
        holds="which chat got an announcement, and what became of it",
        erased="blanked",
        kept="for good: the record of what the office announced, with nobody named once a chat is gone",
    ),
    "announcement_parts": Held(
        holds="which applications a recipient's message named",
        erased="stays",
        because="it names an application and, once the recipient is blanked, nobody's chat",
        kept="for good: the record of what the office announced",
    ),
    "paces": nobodys("which process sends"),
    "pace_replies": nobodys("how much is said"),
}
