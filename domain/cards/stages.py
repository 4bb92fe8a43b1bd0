"""Where an application stands: our stages, the codes that an office's list uses for them, and which status wins."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.text.typed import bare


class Stage(StrEnum):
    """The stages of a card (C1); not strictly linear (failed → not recorded, print ready ↔ waiting)."""

    SUBMITTED = "SUBMITTED"
    DOCS_INCOMPLETE = "DOCS_INCOMPLETE"
    NOT_RECORDED = "NOT_RECORDED"
    RECORDED = "RECORDED"
    SENT_TO_CENTER = "SENT_TO_CENTER"
    NEEDS_REVIEW = "NEEDS_REVIEW"
    RECORD_FAILED = "RECORD_FAILED"
    DUPLICATE = "DUPLICATE"
    PRINT_READY = "PRINT_READY"
    WAITING_BLANK = "WAITING_BLANK"
    PRINTED = "PRINTED"
    READY_FOR_PICKUP = "READY_FOR_PICKUP"
    PICKED_UP = "PICKED_UP"
    DELIVERED = "DELIVERED"
    REJECTED = "REJECTED"
    CANCELLED = "CANCELLED"

    @property
    def final(self) -> bool:
        """Nothing more happens to this application."""
        return self in _FINAL

    @property
    def handed_over(self) -> bool:
        """The person has the card: time for the rating invitation."""
        return self in HANDED_OVER

    @property
    def pauses_clock(self) -> bool:
        """The office can do nothing now, so the 24-hour standard waits."""
        return self in _PAUSING

    @property
    def needs_booking(self) -> bool:
        """The person must come to be recorded (again)."""
        return self in _NEEDS_BOOKING

    @property
    def is_recorded(self) -> bool:
        """Photo and fingerprints are taken: an appointment for them is not needed any more."""
        return self in _RECORDED

    @property
    def waits_for_print(self) -> bool:
        """The data are ready and the card is not made: this application counts in the print order."""
        return self in _WAITS_FOR_PRINT


HANDED_OVER = frozenset({Stage.PICKED_UP, Stage.DELIVERED})
_FINAL = HANDED_OVER | {Stage.REJECTED, Stage.CANCELLED}
_PAUSING = frozenset({Stage.SENT_TO_CENTER, Stage.NEEDS_REVIEW, Stage.WAITING_BLANK})
_NEEDS_BOOKING = frozenset({Stage.NOT_RECORDED, Stage.RECORD_FAILED})
_WAITS_FOR_PRINT = frozenset({Stage.PRINT_READY, Stage.WAITING_BLANK})
_RECORDED = (
    HANDED_OVER
    | _WAITS_FOR_PRINT
    | {Stage.RECORDED, Stage.SENT_TO_CENTER, Stage.NEEDS_REVIEW, Stage.PRINTED, Stage.READY_FOR_PICKUP}
)
# What staff have said with their own eyes: an import of the same day does not know better (F2).
_STAFF_KNOWS_BEST = HANDED_OVER | {Stage.CANCELLED}

# SIAK's own codes and the words of office lists.
_ALIASES: dict[Stage, tuple[str, ...]] = {
    Stage.SUBMITTED: ("berkas diterima",),
    Stage.DOCS_INCOMPLETE: ("berkas kurang",),
    Stage.NOT_RECORDED: ("UNREGISTERED", "BELUM_REKAM"),
    Stage.RECORDED: ("BIO_CAPTURED", "PROCESSING", "PRO", "SUDAH_REKAM"),
    Stage.SENT_TO_CENTER: ("SENT_FOR_ENROLLMENT", "SFE", "RECEIVED_AT_CENTRAL"),
    Stage.NEEDS_REVIEW: ("ADJUDICATE_RECORD", "ADJUDICATE_IN_PROCESS"),
    Stage.RECORD_FAILED: (
        "ENROLL_FAILURE_AT_CENTRAL",
        "EFAC",
        "SEARCH_FAILURE_AT_CENTRAL",
        "ENROLL_FAILURE_AT_REGIONAL",
    ),
    Stage.DUPLICATE: ("DUPLICATE_RECORD", "DUP"),
    Stage.PRINT_READY: ("PRINT_READY_RECORD", "PRR"),
    Stage.WAITING_BLANK: ("print ready, no stock",),
    Stage.PRINTED: ("SENT_FOR_CARD_PRINTING", "CARD_PRINTED"),
    Stage.READY_FOR_PICKUP: ("CARD_SHIPPED",),
    Stage.PICKED_UP: ("CARD_ISSUED",),
}


_STAGE_OF = {bare(code): stage for stage in Stage for code in (stage.value, *_ALIASES.get(stage, ()))}


def stage_of(code: str) -> Stage | None:
    """Give the stage that an office's code stands for, or None for a code that nobody knows (kept raw, flagged)."""
    return _STAGE_OF.get(bare(code))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A status that an application has, or is about to get; `day` is the date the source gives it.

    `ahead`: that date had not come when it was imported, so that it counts from the day of the import.
    """

    stage: Stage | None
    day: date
    by_staff: bool = False
    ahead: bool = False


def wins(new: Standing, *, over: Standing) -> bool:
    """Tell whether the new status becomes the application's status; a loser goes to the history alone.

    Staff act on what they see, at once. An import wins with a later or an equal date; with an equal one not over a
    card that staff handed over or an application that they cancelled (F2).
    One whose date was ahead gives way to any later import whose date is not: it was a slip of the pen (docs/decisions/0025).
    """
    if new.by_staff or (over.ahead and not new.ahead):
        return True
    if new.day != over.day:
        return new.day > over.day
    return not (over.by_staff and over.stage in _STAFF_KNOWS_BEST)
