"""Errands that residents bring without a card on the screen: what a sentence is about, told by examples.

Holidays by date, outreach, a visit at home, an earlier complaint, a death, moving, a NIK that a bank does not know,
and how to go on without seeing or reading.
"""

import math
import re
from collections.abc import Collection

from domain.text.colloquial import standard
from domain.text.grievance import is_grievance
from domain.text.scam import looks_like_scam
from domain.text.topics import CLEAR, ELSEWHERE, WITHOUT_A_CARD, classifier
from domain.text.typed import fold

_LONGEST = 300  # characters; a longer text is a story
_LIKELY = 0.2  # below it, of the unseen sentences, more were questions about a card than errands
_NUMBER = re.compile(r"\d{5}")  # of a person or a card, which other conversations read
_CASE = r"(?:pengaduan|aduan|laporan|keluhan|komplain|complaint|kasus|report)"
_CODE = re.compile(r"\b(?=[2-9A-Z]*[2-9])(?=[2-9A-Z]*[A-Z])[2-9A-HJ-NP-Z]{6}\b")
_LETTERS = r"[A-HJ-NP-Z]{6}"
# A code may have no digit. Its letters are then told from a word by capitals or by "nomor" before them.
_CODE_OF_LETTERS = re.compile(
    rf"\b(?i:{_CASE}(?: saya|ku)?(?: dengan)?(?: nomor| nomer| no\.?| kode| number))[ :]*((?i:{_LETTERS}))\b|"
    rf"\b(?=[A-Za-z]*[a-z])(?i:{_CASE}(?: saya|ku)?)[ :]+({_LETTERS})\b"
)
# "selesai" is a command of staff
_CODE_ALONE = re.compile(r"(?!selesai )(?:[a-z.]+ ){0,3}([2-9a-hj-np-z]{6})")
_TWICE = re.compile(r"\b[a-z]{3,}2[a-z]{0,3}$")  # "jalan2", "mau2an": the word twice
_CODE_OF_A_CASE = re.compile(rf"\b{_CASE}(?: saya|ku)?(?: yang)? ([a-hj-np-z]{{6}})\b")
_VOWELS_AT_MOST = 1  # a code of letters has few; a word of six letters without "i" and "o" has two or more
_CASE_CODE = re.compile(rf"\b{_CASE}\b", re.IGNORECASE)
_CIVIL = r"(?:kk|kia|kartu keluarga|keluarga kartu|akt[ae]\w*|surat (?:lahir|nikah|cerai)|buku nikah)"
_WHERE = re.compile(
    r"\b(?:mana|alamat\w*|tempat|peta|google|jalan apa|jam|buka|tutup|jauh|sebelah|rute|arah|telepon)\b"
)
_MOVES = re.compile(r"\b(?:\w*ganti|\w*ubah|pindah|dipindah|geser)\b")
_HOLIDAY = re.compile(r"\b(?:libur\w*|tanggal merah|cuti|holidays?|prei\w*|perei)\b")
_ASKS_AFTER = re.compile(
    r"\b(?:status|samp(?:ai|e) mana|kapan|bagaimana|hasil|kabar|kelanjutan|tindak lanjut|diproses|(?:sudah|belum|tidak|kenapa) (?:\w+ )?(?:ditanggapi|dijawab|dibalas|ditindak\w*|diproses|direspon))\b"
)
_VISIT = r"(?:rumah visit|visit|kunjungan|dikunjungi|didatangi|dugeni|rekam di rumah|datang ke rumah)"
_GIVES_UP = r"(?:\w*batal\w*|cancel\w*|urung|cabut|tarik|withdraw|tidak (?:jadi|sido|siyos|sios|usah|perlu|longer)(?: perlu)?)"
_BETWEEN = r"(?: (?:permintaan|permohonan|minta|request|saya|ibu|ayah|kakek|nenek|rumah|petugas|untuk|di|ke|dipun|e|was|mau|lagi)){0,5}"
_WITHDRAWS = re.compile(
    rf"\b{_GIVES_UP}{_BETWEEN} {_VISIT}\b|\b{_VISIT}{_BETWEEN} {_GIVES_UP}(?: (?:saja|lagi|dulu))*(?=$| sudah)|"
    rf"\b{_VISIT}{_BETWEEN} (?:\w*batal\w*|cancel\w*|tidak jadi)\b"
)
_WHY = re.compile(r"\bkenapa\b")
_OUTREACH = re.compile(
    r"\b(?:jemput|keliling|mobil\w*|outreach|balai|desa|kecamatan|kec|sekolah|pasar|jadwal)\b"
)
_SHORT = 80  # characters: most messages are compared
_OPT_OUT = re.compile(
    r"(?:saya |mau |minta |ingin |mulai |sekarang )*"
    r"(?:stop|berhenti|mandeg|mandek|jangan|ojo|ampun|cukup|tidak (?:usah|perlu|mau|ingin|want)|tidak)"
    r"(?: (?:saya|di|lagi))*"
    r" (?:kirim\w*|\w*kirimi|ngirimi?|terima|dapat|(?:di|nge)?chat|(?:di|nge)?wa|sms|\w*hubungi|\w*ganggu|\w*kabari|messaging|texting|sending)"
    r"(?: (?:saya|pesan|pesen|kabar|chat|wa|whatsapp|sms|notif\w*|messages?|apa|lagi|neh|terus|ke|di|hp|nomor|sini|dari|bot|ini|yang))*"
)
_NUMERIC = re.compile(r"[013-9]")  # a 2 also stands for a word said twice: "pesan2"
_MESSAGE = re.compile(
    r"\b(?:pesan|pesen|kabar|chat|wa|whatsapp|sms|notif\w*|messages?|messaging|texting|\w*(?:hubungi|ganggu|kabari) (?:\w+ )?(?:saya|lagi))\b"
)


def errand_of(text: str) -> str | None:
    """The errand that a sentence is clearly about, or None."""
    if withdraws_visit(text):
        return "withdraw"
    names_a_case = _CASE_CODE.search(text) and case_number(text)
    return "case" if names_a_case else _errand(text, least=CLEAR)


def likely_errand_of(text: str) -> str | None:
    """The errand that a sentence is most likely about if no card was shown, or None."""
    return _errand(text, among=WITHOUT_A_CARD, least=_LIKELY)


def _errand(text: str, *, among: Collection[str] = (), least: float = 0) -> str | None:
    if len(text) > _LONGEST or _NUMBER.search(text) or looks_like_scam(text):
        return None
    verdict = classifier().verdict(standard(text), among)
    if verdict is None or verdict.topic not in WITHOUT_A_CARD or verdict.topic == ELSEWHERE:
        return None
    if is_grievance(text):  # a new complaint, unless it asks after one
        least = max(least, CLEAR) if verdict.topic == "case" and asks_after(text) else math.inf
    return verdict.topic if verdict.lead >= least else None


def case_number(text: str) -> str:
    """The number of a case in a sentence, or ""."""
    found = _CODE.search(text[:_LONGEST].upper())
    if found:
        return found.group()
    letters = _CODE_OF_LETTERS.search(text[:_LONGEST])
    if letters:
        return "".join(filter(None, letters.groups())).upper()
    typed = _CODE_OF_A_CASE.search(fold(text[:_LONGEST]))
    plausible = typed is not None and sum(one in "aeu" for one in typed[1]) <= _VOWELS_AT_MOST
    return typed[1].upper() if typed is not None and plausible else ""


def case_number_alone(text: str) -> str:
    """What may be the number of a case, if the text is nothing else; also a word of six letters. Else ""."""
    found = _CODE_ALONE.fullmatch(fold(text)) if len(text) <= _SHORT else None
    return found[1].upper() if found else ""


def is_code(text: str) -> bool:
    """Whether a text is the code of a case or a ticket, and no word."""
    alone = case_number_alone(text)
    return bool(alone) and not alone.isalpha() and not alone.isdecimal() and not _TWICE.search(fold(text))


def asks_where(text: str) -> bool:
    """Whether a sentence asks for a place or its hours, and not to change it."""
    said = standard(text)
    return len(text) <= _LONGEST and bool(_WHERE.search(said)) and not _MOVES.search(said)


def asks_holidays(text: str) -> bool:
    """Whether a sentence about opening asks for holidays."""
    return _HOLIDAY.search(standard(text[:_LONGEST])) is not None


def asks_after(text: str) -> bool:
    """Whether a sentence asks what became of something: "status kunjungan saya", "kok belum ditanggapi"."""
    return _ASKS_AFTER.search(standard(text[:_LONGEST])) is not None


def withdraws_visit(text: str) -> bool:
    """Whether a sentence withdraws a request for a visit: "batalkan kunjungan rumah", "petugas tidak usah ke rumah"."""
    if len(text) > _LONGEST or _NUMBER.search(text) or is_grievance(text):
        return False
    said = standard(text)
    return _WITHDRAWS.search(said) is not None and not _WHY.search(said)


def names_outreach(text: str) -> bool:
    """Whether a sentence about outreach names it, or a place; "kapan datangnya" alone may ask after a visit."""
    return _OUTREACH.search(standard(text[:_LONGEST])) is not None


def is_civil(words: str) -> bool:
    """Whether words name a family card or a deed, which another counter keeps in most offices."""
    return re.search(rf"\b{_CIVIL}\b", standard(words)) is not None


def opts_out(text: str) -> bool:
    """Whether a sentence, and nothing else in it, asks for no more messages."""
    if len(text) > _SHORT or _NUMERIC.search(text):
        return False
    said = standard(text)
    return _OPT_OUT.fullmatch(said) is not None and _MESSAGE.search(said) is not None
