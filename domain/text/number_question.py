"""Replies to the question for the number that are no number: it is lost, where it stands, or when the card is ready."""

import re
from typing import Literal

from domain.text.colloquial import standard
from domain.text.followups import topic_of
from domain.text.grievance import is_grievance
from domain.text.scam import looks_like_scam

Meant = Literal["lost", "where", "when"]

_LONGEST = 80  # characters
_PAPER = "nomor nomer no number registrasi reg resi struk kuitansi tanda terima bukti kertas receipt"
_BESIDE = "saya kami itu iku nya it the sudah tapi kan ada juga lagi semua dulu yang pernah bisa masih entah di rumah kemarin e ne"
_GONE = (
    r"(?:lupa|lali|kesupen|supe|forgot|hilang|ilang|ical|lost|\w*buang|kebuwak|ketinggalan|basah|robek|sobek|rusak|"
    r"(?:tidak|belum) (?:\w+ )?(?:punya|ada|tahu|bawa|ketemu|dapat|diberi|dikasih|simpan|pegang|hafal|hapal|ingat|eling|have|know|remember))"
)
_WORDS = "|".join({*_PAPER.split(), *_BESIDE.split()})
_LOST = re.compile(rf"(?:(?:{_WORDS}) )*{_GONE}(?: (?:{_WORDS}))*")
_FIND = r"(?:\w*li?h?at\w*|cari\w*|find|\w*tulis\w*|letak\w*)"
_ITS_NAME = r"(?:nom[eo]r\w*|no|number|registrasi|reg|resi|struk|tanda terima|bukti|receipt)"
_WHERE = re.compile(
    rf"\b{_ITS_NAME}\b.*\b(?:mana|apa|{_FIND})\b|\bmana\b.*\b(?:{_FIND}|{_ITS_NAME})\b|\b{_FIND}\b.*\bmana\b"
)
_WHERE_ALONE = re.compile(r"(?:yang |di |ada |itu )*mana(?: (?:itu|yang|ada))*")
_OTHER = re.compile(
    r"\b(?:telepon|telp|tlp|hp|wa|kantor|kartu|antre|rekening|tempat|loket|ambil|jadwal|nik|kk)\b"
)


def meant_instead(text: str) -> Meant | None:
    """What a reply to the question for the number means, if it is one of these; else None."""
    if len(text) > _LONGEST or is_grievance(text) or looks_like_scam(text):
        return None
    said = standard(text)
    if _LOST.fullmatch(said):
        return "lost"
    if not _OTHER.search(said) and (_WHERE.search(said) or _WHERE_ALONE.fullmatch(said)):
        return "where"
    return "when" if topic_of(text) == "when" else None
