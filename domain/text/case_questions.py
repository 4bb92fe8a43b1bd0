"""Questions that are typed where the text of a complaint or of a request for a visit is asked for.

Only short, clear ones: a complaint may be a question, too ("kenapa antre saya dilewati?"), and stays one.
"""

import re

from domain.text.colloquial import standard
from domain.text.grievance import is_grievance

REPLY, COST, HIDDEN, READERS, HOW = "reply", "cost", "hidden", "readers", "how"
_LONGEST = 60  # characters
# No text may be divided into these words in two ways: "begini" is be + gini, "readsini" is read + sini.
_BESIDE = (
    r"(?:(?:kira|pelapor|pelapornya|saya|saja|kami|ini|itu|laporan|lapor|laporane|melapor|pengaduan|aduan|ngadu|mengadu|keluhan|komplain|pesan|kunjungan|petugas|nanti|"
    r"kira-kira|biasanya|apa|apakah|apabila|di|lewat|dari|sini|yang|gini|it|complaint|report|visit|this|will|be|you|they|jadi|akan|baru|"
    r"pasti|terus|ada|harus|perlu|paling|lambat|lama|bisa|tidak|orang|nulis|kantor|that|until|till|read|reads(?!ini)|for|to|there|get|layanan) ?)*"
)
_ANSWERED = (
    r"(?:(?:di|nge|mem|men)?(?:balas|bales|jawab|tanggap|proses|respon|tindak|hubungi|kabar)\w*|(?:dipun ?)?wangsul\w*|datang|jawaban|balasan|"
    r"reply|replied|answer|answered|response|respond)"
)
_WHEN = r"(?:kapan|berapa (?:lama|hari|jam|minggu)|seberapa cepat|nunggu berapa(?: lama)?)"
_PATTERNS = {
    REPLY: rf"{_BESIDE}{_WHEN} {_BESIDE}{_ANSWERED} ?{_BESIDE}|{_BESIDE}{_ANSWERED} ?{_BESIDE}{_WHEN} ?{_BESIDE}|(?:apa )?pasti {_BESIDE}{_ANSWERED}(?: tidak)?|{_WHEN}",
    COST: rf"{_BESIDE}(?:bayar|biaya|gratis|cost)(?: biaya)?(?: berapa| apa)?(?: tidak)? ?{_BESIDE}|berapa (?:biaya|bayar)",
    HIDDEN: (
        rf"{_BESIDE}(?:anonim|anonymous|anonymously|tanpa nama|rahasia|dirahasiakan|confidential|ketahuan|aman|safe)(?: tidak)? ?{_BESIDE}|"
        rf"{_BESIDE}(?:nama|identitas|identitasku|data) (?:saya )?(?:{_BESIDE})(?:dirahasiakan|rahasia|aman|ketahuan|ditulis|tulis|disebut|dicantumkan|kelihatan|hidden)(?: tidak)?|"
        rf"{_BESIDE}(?:tulis|sebut|pakai|cantumkan|nyebut) nama(?: asli| saya| tidak)*"
    ),
    READERS: rf"{_BESIDE}siapa {_BESIDE}(?:baca|reads?|lihat|terima|nerima|tahu|jawab|bales|balas|nanggepi|menanggapi)\w* ?{_BESIDE}|{_BESIDE}(?:baca|lihat) ?{_BESIDE}siapa ?{_BESIDE}",
    HOW: rf"{_BESIDE}(?:contoh|format|cara nulis|nulis apa)(?: \w+)?(?: bagaimana| apa| saja| mana)*|(?:tulis|nulis|ketik|isi) apa(?: saja)?",
}
_ASKED = re.compile(r"\?|\bkan\b|\bgratis\b")
_COMES = re.compile(r"\bdateng(?=nya\b|\b)")  # also krama for "to"
_ASKS = re.compile(r"\b(?:tidak|berapa|apa)\b|^(?:bayar|gratis)$")
_TOPICS = tuple((topic, re.compile(pattern)) for topic, pattern in _PATTERNS.items())


def asked_about_case(text: str) -> str | None:
    """What a text asks about the complaint or request that is being written, and nothing else; or None."""
    if len(text) > _LONGEST or is_grievance(text):
        return None
    said = standard(_COMES.sub("datang", text.casefold()))
    topic = next((topic for topic, pattern in _TOPICS if said and pattern.fullmatch(said)), None)
    # "saya harus bayar" tells
    if topic == COST and not _ASKED.search(text.casefold()) and not _ASKS.search(said):
        return None
    return topic
