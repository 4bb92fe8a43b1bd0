"""Follow-up questions about a card that was just shown: what a short sentence is about."""

import re

from domain.text.colloquial import standard
from domain.text.followup_rules import KIN, OF_THIS_CARD, TOPICS

_LONGEST = 160  # characters; a longer text is a story
_WORDS_AT_MOST = 18
_SMALL_NUMBER = re.compile(r"\d{1,2}(?:[.:]\d{2})?(?:an|x|rb|ribu|k)?|[a-z]+2(?:e|ne|nya)?")
_DIGIT = re.compile(r"\d")
_RECORDING = re.compile(r"\b(?:rekam|gambar kartu|gambar)\b")
RECORDED = "record-"
"""Begins a topic that is asked about a recording."""
_OF_A_RECORDING = frozenset({"where", "who", "queue", "when", "bring", "day"})
_THIS_SERVICE = re.compile(r"\b(?:buat|bikin|untuk) (?:kia|ikd|ini)\b")
_OTHER_CARD = re.compile(
    r"\b(?:syarat|persyaratan|hilang|rusak|daftar|rekam|jadwal(?! (?:buka|layanan|pelayanan|tempat|kantor|ambil))|bikin|buat|ganti|ubah|gambar kartu|kuota|slot|tiket|appointment)\b"
)
_PICKUP = re.compile(
    r"\b(?:ambil|wakil\w*|diwakil\w*|titip\w*|dititip\w*|nitip|cetak|(?:rusak|hilang) (?:\w+ )?bawa)\b"
)
_RECEIPT_LOST = re.compile(
    r"(?:tanda terima|resi|struk|bukti(?: ambil)?|receipt|kertas)\w* (?:\w+ ){0,3}?(?:hilang\w*|ilang|ical|lost|ketinggalan|basah|rusak|sobek|robek|\w*buang|tidak (?:ada|ketemu|dikasih|dapat))|"
    r"(?:hilang\w*|lost|lupa (?:bawa|taruh)|tidak (?:ada|punya|bawa|pegang)) (?:\w+ ){0,2}?(?:tanda terima|resi|struk|bukti|receipt)"
)
_ELSEWHERE = re.compile(
    r"\b(?:kecewa|ngapusi|goblok\w*|bodoh|tolol|lelet|lemot|anjing|asu|jancok|bangsat|bohong|payah|ngawur|stupid|idiot|"
    r"pelayanan apa|pelayanan kenapa|"
    r"\w*hapus\w*|hapusen|data (?:saya|pribadi|apa|yang)|apa data|what data|nik saya|dari sistem|apa yang simpan|"
    r"robot|bot|\w*penipu\w*|hoax|hoaks|apk|transfer|otp|sms|file|"
    r"(?:suruh|disuruh|minta|diminta|dimintai|asked|wants) (?:\w+ ){0,3}?(?:bayar|uang|rokok)|serobot\w*|diserobot|curang|komplain\w*|"
    r"(?:disuruh|malah) (?:pulang|lengkapi|nunggu|balik|bolak)|pungutan liar|bayar (?:bisa )?didahulukan|lapor\w*|mengadu|pengaduan|"
    r"pinjam|pajak|pln|listrik|lampu|rumah sakit|rs|puskesmas|haji|perpanjang|buat (?:sim|pas+port?)$|resi (?:jne|paket)|sayang|"
    r"bahasa|boso|indonesian?|salah|keliru|kamu|lagi mana|tutup percakapan|"
    r"(?:jangan|berhenti|stop|tidak usah|ojo|ampun) (?:\w+ )?(?:kirim|chat|hubungi|wa|ngirim)|"
    r"(?:besok|hari ini) tidak jadi|tidak bisa (?:datang|hadir) besok|tidak bisa hadir|ambil nomor|antre number|nomor antre besok)\b"
)
_WRONG = re.compile(
    r"^(?!.*\b(?:lapor|data saya|nik)\b).*\b(?:nama|tanggal lahir|tempat lahir|alamat|agama|tulisan|ejaan|gambar\w*) (?:\w+ ){0,3}?(?:salah|keliru)\b|\bsalah (?:cetak|ketik|tulis)\b"
)
_CHILD = re.compile(
    r"\bkia\b.*\b(?:lahir|bayi|umur)\b|\bbayi\b.*\bkia\b"
)  # a question about the child card, no news
_DIGITAL = re.compile(
    r"\b(?:ikd|apk\w*|aplikasi\w*)\b.*\b(?:mana|error|eror|login|tidak bisa|gagal|download|unduh|instal\w*)\b|\b(?:download|unduh|instal\w*)\b.*\b(?:ikd|apk\w*|aplikasi\w*)\b"
)
_ASKS_WHY = re.compile(r"\b(?:kenapa|ada masalah)\b.*\b(?:data|periksa|diperiksa|diteliti|masalah)\b")
_LOST = re.compile(
    r"^antre$|dataku|\b(?:tanda terima|resi|bukti|receipt|nomor)\b.*\b(?:hilang|lost|ketinggalan|basah)\b|"
    r"\b(?:lost|lupa|tidak (?:pernah )?(?:dapat|diberi|punya)|tidak have)\b.*\b(?:tanda terima|resi|receipt|nomor)\b"
)
_QUESTION = re.compile(
    r"\b(?:apa|kapan|mana|berapa|siapa|bisa|bagaimana|kenapa|harus|perlu|jam|what|is|bayar|gratis)\b|\?|\b(?:tidak|belum)$"
)
_THANKS = re.compile(
    r"\b(?:terima ?kasih|makasih|mksh|suwun|matur ?nuwun|maturnuwun|thanks|thank|alhamdulillah|trims)\b"
)
_ANOTHER = re.compile(
    rf"\b(?:cek|lihat|status|tanya|punya|nomor|kartu)\b.*\b(?:{KIN}|(?:nomor|kartu|resi) (?:yang )?(?:lain|satunya|satu lagi|kedua)|yang lain|satu lagi|satunya)\b"
)


def topic_of(text: str) -> str | None:
    """What a sentence about the card just shown asks, or None if it asks nothing about it."""
    said = standard(text)
    if not is_short(text) or not _is_about_a_card(said, text):
        return None
    if _RECEIPT_LOST.search(said):
        return "receipt"
    if _CHILD.search(said):
        return None
    for topic, pattern in TOPICS:
        if pattern.search(said):
            of_this = topic in OF_THIS_CARD or _PICKUP.search(said)
            if of_this or not _OTHER_CARD.search(_THIS_SERVICE.sub("", said)):
                return topic
            return _of_recording(topic, said)
    return None


def _of_recording(topic: str, said: str) -> str | None:
    """The topic of a question about a recording; None: it is about another service."""
    if topic not in _OF_A_RECORDING or _OTHER_CARD.search(_RECORDING.sub("", said)):
        return None
    return f"{RECORDED}{topic}"


def is_short(text: str) -> bool:
    """Whether a text may be a question: not a story, and without the digits of a number."""
    if len(text) > _LONGEST or len(standard(text).split()) > _WORDS_AT_MOST:
        return False
    return all(_SMALL_NUMBER.fullmatch(one) for one in _numbers(text))


def means_another(text: str) -> bool:
    """Whether a sentence about a status means another card than the one shown."""
    return _ANOTHER.search(standard(text)) is not None


def _is_about_a_card(said: str, text: str) -> bool:
    """Whether the sentence may be about a card: no thanks alone, no complaint, no other errand."""
    if _RECEIPT_LOST.search(said) and "nomor" not in said:
        return True
    if _LOST.search(said) or (_THANKS.search(said) and not _QUESTION.search(f"{said} {text}")):
        return False
    clear = (_PICKUP, _WRONG, _ASKS_WHY, _DIGITAL)
    return any(one.search(said) for one in clear) or _ELSEWHERE.search(said) is None


def _numbers(text: str) -> list[str]:
    return [one.strip("?!.,;()") for one in text.casefold().split() if _DIGIT.search(one)]
