"""Replies to the summary of a chosen time: agreed, or what is wrong with it."""

import re
from dataclasses import dataclass

from domain.text.typed import fold, plain

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
_CHANGE = r"(?:(?:di)?(?:ganti|ubah|pindah|geser)(?:kan|in)?|change|move|switch)"
_WRONG = rf"(?:salah|keliru|bukan|{_CHANGE}|lain|beda|kurang pas|tidak (?:pas|cocok|bisa)|g(?:a|ak) (?:pas|cocok|bisa))"
_TIME = r"(?:jam|pukul|jm)(?:nya|ne|e)?"
_DAY = r"(?:hari|tanggal|tgl|waktu|dino|dinten)(?:nya|ne|e)?"
_PLACE = r"(?:tempat|lokasi|kantor|panggon|nggon|kecamatan|place|location|venue)(?:nya|ne|e)?"
_INSTEAD = re.compile(r"\b(?:se)?(?:harus|mesti)nya\b|\bmaunya\b|\btapi\b|\byang (?:bener|benar|betul)\b")
_TO = re.compile(
    rf"(?:(?:tolong|mau|pengen|minta|bisa|boleh|saya|{_CHANGE}|{_PLACE}|jadwal(?:nya|ku)?|rekam(?:nya)?|datang|jadi|kalau|kalo|yang|yg|sing|kejauhan|terlalu|jauh|"
    r"can|i|want|please|it|my|appointment) )*"
    r"(?:di|ke|nang|ing|wonten|to|at|dekat|deket|cedhak) (?!mana|pundi|ngendi|where|sana|situ|sini)(?P<place>[a-z]+(?: [a-z]+)?)"
)
_RATHER = re.compile(
    r"(?:tidak jadi |mau |yang |pilih )?(?P<place>[a-z]{3,}(?: [a-z]+)?) (?:aja|saja|ae|wae|mawon)(?: (?:deh|ya|dong|lah|pak|bu|mbak|mas|kak))*"
)
_PART_OF_DAY = re.compile(
    r"(?:yang |mau |kalau |kalo |agak |jam )*(?:pagi|siang|sore|isuk|awan|sonten|enjing|morning|afternoon)(?:an)?(?: (?:aja|saja|ae|wae|mawon|deh|ya|dong|pak|bu))*"
)
_NO_PLACES_WORDS = (
    "pagi siang sore malam isuk awan sonten enjing nanti mengko besok sesuk lusa jam hari minggu gitu "
    "begitu segitu lanjut senin selasa rabu kamis jumat sabtu terserah batal bebas cepat tadi lama dulu "
    "berapa kapan mana apa siapa"
)
_NO_PLACES = frozenset(_NO_PLACES_WORDS.split())
_CHANGES_ALONE = re.compile(
    rf"(?:(?:bisa|mau|pengen|minta|boleh|tolong|iso|jadwal(?:nya|ku|e)?|saya|can|i|it|please) )*(?:{_CHANGE}|(?:di)?(?:undur|mundur|maju)(?:kan|in|ne)?|reschedule)"
    r"(?: (?:jadwal(?:nya|ku|e)?|hari(?:nya)?|waktu(?:nya)?|tanggal(?:nya)?|aja|saja|bisa|boleh|tidak|gak|ga|gk|nggak|ndak|ora|ta|dong|pak|bu|ya|it))*"
)
_OR_NOT = re.compile(r" (?:bisa|boleh|iso|isok|saged|oke?)?(?: ?(?:tidak|gak|ga|gk|nggak|ndak|ora|ta))?$")
_NAMES_CHANGE = re.compile(rf"\b{_CHANGE}\b|^(?:tempat|lokasi)(?:nya|ne|e)? (?:di|ke|nang)\b")
_ASKS_TO_CHANGE = re.compile(rf"\b(?:{_CHANGE}|{_PLACE})\b")
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
    said = " ".join(re.sub(r"[^a-z0-9.:/ ]+", " ", plain(text).casefold()).split()).strip(" .")
    if len(text) > _LONGEST or "?" in text:
        return _asked_to_change(said) if len(text) <= _LONGEST else None
    words = set(said.replace(".", " ").split())
    if words <= _YES | _NO | _BESIDE and words & (_YES | _NO):
        return Reply(WRONG if words & _NO else AGREED)
    if _PART_OF_DAY.fullmatch(said):
        return Reply(WRONG_TIME)
    instead = _INSTEAD.split(said)[-1].strip() if _INSTEAD.search(said) else ""
    for kind, noun in ((WRONG_PLACE, _PLACE), (WRONG_TIME, _TIME), (WRONG, _DAY)):
        if re.search(rf"\b{_WRONG}\b.*\b{noun}\b|\b{noun}\b.*\b{_WRONG}\b", said):
            return Reply(kind, _place_in(said, instead) if kind == WRONG_PLACE else instead)
    if not_there := _NOT_THERE.match(said):
        return Reply(WRONG_PLACE, not_there["place"] or "")
    return _to_a_place(said) or _a_place_rather(said)


def _a_place_rather(said: str) -> Reply | None:
    """A place that is named with "aja": "mpp aja deh"; the same with a time or with yes is none."""
    named = _RATHER.fullmatch(said)
    if named is None or not (_YES | _NO | _BESIDE | _NO_PLACES).isdisjoint(named["place"].split()):
        return None
    return Reply(WRONG_PLACE, named["place"])


def _to_a_place(said: str) -> Reply | None:
    named = _TO.fullmatch(
        re.sub(r" (?:aja|saja|ae|wae|mawon|ya|pak|bu|mbak|dong|deh|please|instead)\b", "", said)
    )
    return Reply(WRONG_PLACE, named["place"]) if named else None


def _asked_to_change(said: str) -> Reply | None:
    """A change of place that is asked for: "pindah ke mpp bisa?"; another question is answered."""
    return _to_a_place(_OR_NOT.sub("", said)) if _ASKS_TO_CHANGE.search(said) else None


def wants_change(text: str) -> bool:
    """Whether a short text only wants a change: "bisa diundur?", "ganti harinya dong"."""
    return len(text) <= _LONGEST and _CHANGES_ALONE.fullmatch(fold(text)) is not None


def place_wanted(text: str) -> Reply | None:
    """What a sentence says that asks for another place in so many words: "ganti tempat ke mpp"."""
    reply = reply_to_summary(text)
    return (
        reply
        if reply is not None and reply.kind == WRONG_PLACE and _NAMES_CHANGE.search(fold(text))
        else None
    )


def _place_in(said: str, instead: str) -> str:
    """The name of the wanted place; "" if only the wrong one is named."""
    if re.search(r"\b(?:salah|keliru|bukan)\b", said) and not instead:
        return ""
    return " ".join(_AROUND.sub(" ", instead or said).split())
