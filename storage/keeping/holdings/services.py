"""Appointments, announcements, and the satisfaction index, whose answers cannot be linked to a person."""

from collections.abc import Mapping

from storage.keeping.holdings.base import LAW, Held, Lapses, Sealed, stays

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
    "offers": stays("which seat was offered", kept="offers of seats"),
    "closures": stays("when the office is closed", kept="for good: it names no resident"),
}
RATING: Mapping[str, Held] = {
    "answer_sets": stays("answers of nobody in particular"),
    "answer_sums": stays("sums of answers"),
    "free_words": stays("free words of nobody in particular", kept="free words", columns={"word": Sealed()}),
    "unmixed_days": stays(
        "on which days somebody answered just now", kept="for good: for seconds (storage/ratings/mixing.py)"
    ),
    "improvements": stays("what the office improved", kept="for good: it names no resident"),
    "invitations": stays(
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
OVERVIEW: Mapping[str, Held] = {"daily_sums": stays("how many of what on a day")}
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
    "announcement_applications": stays(
        "which applications an announcement concerns",
        because=LAW,
        kept="for good: the record",
    ),
    "announcement_recipients": Held(
        holds="which chat got an announcement, and what became of it",
        erased="blanked",
        kept="for good: the record of what the office announced, with nobody named once a chat is gone",
    ),
    "announcement_parts": stays(
        "which applications a recipient's message named",
        because="it names an application and, once the recipient is blanked, nobody's chat",
        kept="for good: the record of what the office announced",
    ),
    "paces": stays("which process sends"),
    "pace_replies": stays("how much is said"),
}
