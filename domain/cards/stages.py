"""Stages of an application, the codes that office lists use for them, and which status wins."""

from collections.abc import Mapping
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
        """Whether nothing more happens to this application."""
        return self in _FINAL

    @property
    def handed_over(self) -> bool:
        """Whether the person has the card, so that a rating can be requested."""
        return self in HANDED_OVER

    @property
    def pauses_clock(self) -> bool:
        """Whether the office can do nothing now, so the 24-hour standard pauses."""
        return self in _PAUSING

    @property
    def is_recorded(self) -> bool:
        """Whether photo and fingerprints are taken, so that no appointment is needed."""
        return self in _RECORDED

    @property
    def waits_for_print(self) -> bool:
        """Whether the card waits to be printed, and so counts in the print order."""
        return self in _WAITS_FOR_PRINT


HANDED_OVER = frozenset({Stage.PICKED_UP, Stage.DELIVERED})
_FINAL = HANDED_OVER | {Stage.REJECTED, Stage.CANCELLED}
_PAUSING = frozenset({Stage.SENT_TO_CENTER, Stage.NEEDS_REVIEW, Stage.WAITING_BLANK})
_WAITS_FOR_PRINT = frozenset({Stage.PRINT_READY, Stage.WAITING_BLANK})
_RECORDED = (
    HANDED_OVER
    | _WAITS_FOR_PRINT
    | {Stage.RECORDED, Stage.SENT_TO_CENTER, Stage.NEEDS_REVIEW, Stage.PRINTED, Stage.READY_FOR_PICKUP}
)
# Staff saw it themselves: an import of the same day does not override it (F2).
_STAFF_KNOWS_BEST = HANDED_OVER | {Stage.CANCELLED}

# SIAK codes, the labels of the console (bot/console/templates/words.html), and usual terms of office lists.
_ALIASES: dict[Stage, tuple[str, ...]] = {
    Stage.SUBMITTED: ("berkas diterima", "berkas masuk", "diterima", "pengajuan"),
    Stage.DOCS_INCOMPLETE: ("berkas kurang", "berkas tidak lengkap", "berkas belum lengkap", "kurang berkas"),
    Stage.NOT_RECORDED: ("UNREGISTERED", "BELUM_REKAM", "belum perekaman", "belum direkam"),
    Stage.RECORDED: (
        "BIO_CAPTURED", "PROCESSING", "PRO", "SUDAH_REKAM",
        "sudah perekaman", "sudah direkam", "proses", "diproses", "sedang diproses", "dalam proses",
    ),
    Stage.SENT_TO_CENTER: (
        "SENT_FOR_ENROLLMENT", "SFE", "RECEIVED_AT_CENTRAL", "dikirim ke pusat", "proses pusat",
    ),
    Stage.NEEDS_REVIEW: ("ADJUDICATE_RECORD", "ADJUDICATE_IN_PROCESS", "diperiksa pusat"),
    Stage.RECORD_FAILED: (
        "ENROLL_FAILURE_AT_CENTRAL", "EFAC", "SEARCH_FAILURE_AT_CENTRAL", "ENROLL_FAILURE_AT_REGIONAL",
        "harus rekam ulang", "rekam ulang", "perekaman ulang", "gagal rekam",
    ),
    Stage.DUPLICATE: ("DUPLICATE_RECORD", "DUP", "data ganda", "ganda", "duplikat"),
    Stage.PRINT_READY: (
        "PRINT_READY_RECORD", "PRR", "siap cetak", "menunggu cetak", "belum cetak", "belum dicetak", "antre cetak",
        "antri cetak", "antrian cetak", "antrean cetak",
    ),
    Stage.WAITING_BLANK: (
        "print ready, no stock",
        "menunggu blangko", "menunggu blanko", "tunggu blangko", "tunggu blanko", "blangko kosong", "blanko kosong",
        "blangko habis", "blanko habis",
    ),
    Stage.PRINTED: ("SENT_FOR_CARD_PRINTING", "CARD_PRINTED", "sudah dicetak", "sudah cetak", "dicetak", "tercetak"),
    Stage.READY_FOR_PICKUP: (
        "CARD_SHIPPED", "siap diambil", "siap ambil", "bisa diambil", "belum diambil", "sudah jadi",
    ),
    # "selesai" ends an application here as /selesai does; an office that means otherwise says so in its codes.
    Stage.PICKED_UP: ("CARD_ISSUED", "sudah diambil", "diambil", "sudah diserahkan", "diserahkan", "selesai"),
    Stage.DELIVERED: ("sudah diantar", "diantar", "terkirim"),
    Stage.REJECTED: ("ditolak", "tolak"),
    Stage.CANCELLED: ("dibatalkan", "batal"),
}  # fmt: skip


def code_key(code: str) -> str:
    """A code or another word of a list as it is compared: without case, spaces and marks, unless it is made of marks alone."""
    return bare(code) or code


_STAGE_OF = {bare(code): stage for stage in Stage for code in (stage.value, *_ALIASES.get(stage, ()))}


# How far a card is; stages that end or repeat an application have no place in the order.
_ORDER: dict[Stage | None, int] = {
    Stage.SUBMITTED: 0,
    Stage.DOCS_INCOMPLETE: 0,
    Stage.NOT_RECORDED: 1,
    Stage.RECORDED: 2,
    Stage.SENT_TO_CENTER: 3,
    Stage.NEEDS_REVIEW: 3,
    Stage.PRINT_READY: 4,
    Stage.WAITING_BLANK: 4,
    Stage.PRINTED: 5,
    Stage.READY_FOR_PICKUP: 6,
    Stage.PICKED_UP: 7,
    Stage.DELIVERED: 7,
}


def stage_of(code: str, own: Mapping[str, Stage] | None = None) -> Stage | None:
    """Stage of an office's code; None for an unknown code (kept raw, flagged).

    `own` are the office's own codes in the form of `code_key`, which come first.
    """
    key = code_key(code)
    return (own or {}).get(key) or _STAGE_OF.get(key)


def goes_back(old: Stage | None, new: Stage | None) -> bool:
    """Whether a card that was further along returns to an earlier stage."""
    return old in _ORDER and new in _ORDER and _ORDER[new] < _ORDER[old]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A present or new status; `day` is the date from its source.

    `ahead`: that date was in the future at import, so the day of the import counts.
    """

    stage: Stage | None
    day: date
    by_staff: bool = False
    ahead: bool = False


def wins(new: Standing, *, over: Standing) -> bool:
    """Whether the new status becomes the application's status; otherwise it is added to the history only.

    A change by staff always wins. An import wins with a later or equal date; with an equal one not over a card
    handed over or an application cancelled by staff (F2). A status with a future date loses to
    any later import without one: it was a typing error (docs/decisions/0025).
    """
    if new.by_staff or (over.ahead and not new.ahead):
        return True
    if new.day != over.day:
        return new.day > over.day
    return not (over.by_staff and over.stage in _STAFF_KNOWS_BEST)
