"""Replies to the summary of a chosen time: agreed, or what is wrong with it."""

import re
from dataclasses import dataclass

from domain.text.typed import plain

AGREED, WRONG, WRONG_TIME, WRONG_PLACE = "agreed", "wrong", "wrong-time", "wrong-place"
_LONGEST = 80  # characters
_YES_WORDS = (
    "ya yaa iya iyaa iyo y yes yup nggih inggih njih enggih ok oke okay okey sip siap betul bener benar bnr btl leres "
    "setuju cocok pas konfirmasi confirm correct lanjut lanjutkan deal gas gaskeun gaskan gass cus cuss cuz sikat yoi yuk yap yess siip sipp "
    "mantap mantul boleh bolehlah okedeh okelah okee okeee okeh iyes gpp gapapa"
)
_YES = frozenset(_YES_WORDS.split())
_NO_WORDS = "tidak gak gk ga nggak enggak ndak ngga tdk salah keliru bukan belum mboten ora no wrong"
_NO = frozenset(_NO_WORDS.split())
_BESIDE_WORDS = (
    "sudah sdh udah uda dah wis pun sampun itu ini pak bu mas mbak mba kak min dong kok aja saja semua semuanya saya aku "
    "terima kasih makasih suwun banget sekali sih deh lah mawon"
)
_BESIDE = frozenset(_BESIDE_WORDS.split())
_WRONG = r"(?:salah|keliru|bukan|ganti|diganti|ubah|diubah|pindah|lain|beda|kurang pas|tidak (?:pas|cocok|bisa)|g(?:a|ak) (?:pas|cocok|bisa))"
_TIME = r"(?:jam|pukul|jm)(?:nya|ne|e)?"
_DAY = r"(?:hari|tanggal|tgl|waktu|dino|dinten)(?:nya|ne|e)?"
_PLACE = r"(?:tempat|lokasi|kantor|panggon|nggon|kecamatan)(?:nya|ne|e)?"
_INSTEAD = re.compile(r"\b(?:se)?(?:harus|mesti)nya\b|\bmaunya\b|\btapi\b|\byang (?:bener|benar|betul)\b")
_TO = re.compile(
    r"(?:(?:tolong|mau|minta|bisa|saya|ganti|pindah|ubah|kalau|kalo|yang) )*(?:di|ke|nang|ing|wonten) (?!mana|pundi|ngendi)(?P<place>[a-z]+(?: [a-z]+)?)"
)
_NOT_THERE = re.compile(
    r"(?:bukan|salah|ojo|jangan) (?:di|ke|nang|ing)\b(?: \w+)*?(?: (?:tapi )?(?:di|ke|nang|ing) (?P<place>[a-z]+)(?: (?:aja|saja|ae|mawon|ya|pak|bu))*)?$"
)
_AROUND = re.compile(
    rf"\b(?:{_PLACE}|{_WRONG}|di|ke|nang|ing|wonten|aja|saja|mawon|mau|yang|dong|ya|pak|bu|mbak|mas|kak|tolong|minta|jadi|bisa|"
    r"kalau|kalo|saya|dong|deh|nggih)\b"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reply says; `instead`: what is wanted instead, as it was typed, or ""."""

    kind: str
    instead: str = ""


def reply_to_summary(text: str) -> Reply | None:
    """What a short reply says about a chosen time and place, or None."""
    if len(text) > _LONGEST or "?" in text:
        return None
    said = " ".join(re.sub(r"[^a-z0-9.:/ ]+", " ", plain(text).casefold()).split()).strip(" .")
    words = set(said.replace(".", " ").split())
    if words <= _YES | _NO | _BESIDE and words & (_YES | _NO):
        return Reply(WRONG if words & _NO else AGREED)
    instead = _INSTEAD.split(said)[-1].strip() if _INSTEAD.search(said) else ""
    for kind, noun in ((WRONG_PLACE, _PLACE), (WRONG_TIME, _TIME), (WRONG, _DAY)):
        if re.search(rf"\b{_WRONG}\b.*\b{noun}\b|\b{noun}\b.*\b{_WRONG}\b", said):
            return Reply(kind, _place_in(said, instead) if kind == WRONG_PLACE else instead)
    if not_there := _NOT_THERE.match(said):
        return Reply(WRONG_PLACE, not_there["place"] or "")
    named = _TO.fullmatch(re.sub(r" (?:aja|saja|mawon|ya|pak|bu|mbak|dong)\b", "", said))
    return Reply(WRONG_PLACE, named["place"]) if named else None


def _place_in(said: str, instead: str) -> str:
    """The name of the wanted place; "" if only the wrong one is named."""
    if re.search(r"\b(?:salah|keliru|bukan)\b", said) and not instead:
        return ""
    return " ".join(_AROUND.sub(" ", instead or said).split())
