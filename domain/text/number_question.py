"""Replies to the question for the number that are no number: it is lost, where it stands, or when the card is ready."""

import re
from typing import Literal

from domain.text.colloquial import standard
from domain.text.followups import likely_topic_of, topic_of
from domain.text.grievance import is_grievance
from domain.text.scam import looks_like_scam

Meant = Literal["lost", "where", "when", "why", "photo", "cost"]

_NUMBER = re.compile(r"[0-9]{4}")
_LONGEST = 80  # characters
_PAPER = "nomor nomer no number registrasi reg resi struk kuitansi tanda terima bukti kertas receipt"
_BESIDE = "tak saya kami itu iku nya it the sudah tapi kan ada juga lagi semua dulu yang pernah bisa masih entah di rumah kemarin e ne"
_GONE = (
    r"(?:lupa|lali|kesupen|supe|forgot|hilang|ilang|ical|lost|\w*buang|kebuwak|ketinggalan|basah|robek|sobek|rusak|dimakan \w+|ke?makan|terbakar|kebakar|kobong|kebanjiran|luntur|buram|kecuci|disobek|"
    r"(?:tidak|belum) (?:\w+ )?(?:punya|ada|tahu|bawa|ketemu|dapat|diberi|dikasih|simpan|pegang|hafal|hapal|ingat|eling|have|know|remember))"
)
_WORDS = "|".join({*_PAPER.split(), *_BESIDE.split()})
_LOST = re.compile(rf"(?:(?:{_WORDS}) )*{_GONE}(?: (?:{_WORDS}))*")
_ONLY_NIK = re.compile(
    r"\b(?:cuma|hanya|saja|adanya|punya|pakai|lewat|dengan|pegang|ingat|only|just|by)\b.{0,15}\bnik\b(?!.*\d{4})|\bnik (?:saja|only|tok|thok)\b|"
    r"\btanpa (?:nomor|no|resi|tanda terima|number)\b|\bwithout (?:\w+ )?number\b"
)
_ONLY_NAME = re.compile(
    r"\b(?:cuma|hanya|saja|adanya|ingat|punya) (?:\w+ )?(?:nama|tanggal lahir|tgl lahir|alamat)\b"
)
_WHY = re.compile(
    r"\b(?:kenapa|buat apa|untuk apa|gawe opo|perlu apa|apa perlu|for what)\b.{0,80}\b(?:nomor|nik|data|number)\b|\b(?:nomor|nik|data|number)\b.{0,80}\b(?:buat apa|untuk apa|kenapa|dipakai apa)\b|"
    r"\b(?:minta|njaluk|nyuwun|tanya|asking)\w* (?:nomor|nik|terus|itu)\b|\b(?:aman|safe|bahaya|bocor|disalah ?guna\w*|dijual|privasi)\b|"
    r"\b(?:takut|wedi|ajrih|khawatir|kuatir)\b.{0,80}\b(?:data|nik|nomor|penipu\w*|tipu\w*)\b|\b(?:resmi|asli|official)\b.{0,80}(?:\?|\b(?:apa|tidak|dukcapil|bukan)\b)"
)
_WHY_NIK = re.compile(r"(?:kenapa|apa) (?:\w+ )?(?:harus|perlu|pakai|minta) (?:\w+ )?(?:nik|nomor|itu)\b")
_IS_IT_YOU = re.compile(
    r"(?:ini |iki |niki |apa |jangan |bukan |modus |saya |takut |ada |dari |kok ){1,3}(?:\w*penipu\w*|tipu\w*|hoax|scam)(?: (?:apa|tidak|bukan|se|ta|kan|ini|iki|ya))*"
)
_BY_NAME = re.compile(
    r"\b(?:pakai|lewat|dengan|cari|by) (?:\w+ )?(?:nama|alamat|tanggal lahir|tgl lahir|hp|nomor hp|name|wajah|nomor kk|kk|kartu lama)\b"
)
_AWAY = re.compile(
    r"\b(?:resi|struk|tanda terima|kertas|bukti|nomor)\w* (?:\w+ ){0,2}?(?:di|dibawa|sama|masih di|ada di) (?!mana|sini|foto|gambar|bawah|tanda|resi|kertas|struk)\w+"
)
_PHOTO = re.compile(
    r"\b(?:gambar|difoto|fotonya|foto\w*|qr|barcode|scan|screenshot|ss)\b.{0,30}\b(?:bisa|saja|resi|struk|tanda terima|bukti|nomor|tidak|kirim|kartu)\b|"
    r"\b(?:kirim|bisa|pakai|lewat)\b.{0,20}\b(?:gambar|foto\w*|qr|barcode|scan)\b"
)
_NAMED = r"(?:nom[eo]r\w*|kertas\w*|resi|struk|tanda terima|kuitansi|number|receipt)"
_MISSING = re.compile(
    rf"\b(?:tidak|belum) (?:\w+ )?(?:punya|ada|tahu|bawa|ketemu|dapat|diberi|dikasih|simpan|pegang|hafal|hapal|ingat)\b.{{0,20}}\b{_NAMED}\b|"
    rf"\b{_NAMED}\b.{{0,15}}\b(?:hilang\w*|ilang|lost|lupa|ical|ketinggalan|\w*buang|entah|tidak (?:ada|ketemu|punya|dapat|dikasih|diberi|tahu))\b"
)
_FIND = r"(?:\w*li?h?at\w*|cari\w*|find|\w*tulis\w*|letak\w*)"
_ITS_NAME = r"(?:nom[eo]r\w*|no|number|registrasi|reg|resi|struk|tanda terima|bukti|receipt)"
_WHERE = re.compile(
    rf"\b{_ITS_NAME}\b.*\b(?:mana|apa|{_FIND})\b|\bmana\b.*\b(?:{_FIND}|{_ITS_NAME})\b|\b{_FIND}\b.*\bmana\b"
)
_PLACED = re.compile(
    rf"\b{_ITS_NAME}\b.{{0,20}}\b(?:bawah|atas|dekat|samping|pojok|sebelah|barcode|qr)\b|\b(?:bawah|atas|dekat|samping|pojok) (?:kanan|kiri|barcode|qr|foto|tanggal)\b"
)
_WHERE_ALONE = re.compile(r"(?:yang |di |ada |itu )*mana(?: (?:itu|yang|ada))*")
_TIME = re.compile(r"\b(?:kapan|berapa lama|berapa hari|jadi|selesai)\b")
_PAY = re.compile(r"\b(?:bayar|biaya|gratis)\b")
_UNFOUND = re.compile(
    r"\b(?:tidak|belum|kenapa|not|sudah) (?:\w+ )?(?:ketemu|ditemukan|ketemuan|muncul|masuk|terdaftar|ada|kelihatan|keluar|terbaca|found|input\w*|diinput)\b|"
    r"\b(?:nomor|nik|data|dua|semua|itu)\w*\b.{0,30}\b(?:benar|bener|betul|sesuai|cocok|sama|correct|right|leres)\b|"
    r"\b(?:sudah|yakin) (?:\w+ )?(?:benar|bener|betul|sesuai|cocok|leres)\b|\bsesuai (?:di |sama |dengan |karo )?(?:resi|kertas|tanda terima|struk)\b|"
    r"\b(?:daftar|ngurus|mengurus|urus|buat|bikin|setor|serahkan|mengajukan)\w* (?:\w+ )?(?:di|lewat|sejak|lalu|sudah|tanggal|bulan|minggu)\b|"
    r"\bsalah (?:apa|mana|di mana)\b|\b(?:apa|mana) yang salah\b|^(?:terus |trus |lalu |lha )?(?:kenapa(?: bisa)?(?: begitu| gitu)?|bagaimana(?: ini| dong)?)$"
)
_OTHER = re.compile(
    r"\b(?:telepon|telp|tlp|hp|wa|kantor|kartu|antre|rekening|tempat|loket|ambil|jadwal|nik|kk)\b"
)


def meant_instead(text: str) -> Meant | None:
    """What a reply to the question for the number means, if it is one of these; else None."""
    if _NUMBER.search(text):
        return None  # most replies are the number, and this is asked for each
    said = standard(text) if len(text) <= _LONGEST else ""
    if _IS_IT_YOU.fullmatch(said) or _BY_NAME.search(said):
        return "why"
    if not said or is_grievance(text) or looks_like_scam(text):
        return None
    return _meant(said, text)


def wonders_why_unfound(text: str) -> bool:
    """Whether a sentence after "not found" asks why, or insists: "kok ga ketemu", "nomornya sudah benar", "belum masuk?"."""
    return len(text) <= _LONGEST and _UNFOUND.search(standard(text)) is not None


def _asks(text: str, said: str, topic: str, words: re.Pattern[str]) -> bool:
    """Whether a text asks about a topic, clearly or most likely and in these words."""
    return topic_of(text) == topic or (words.search(said) is not None and likely_topic_of(text) == topic)


def _meant(said: str, text: str) -> Meant | None:
    other = _OTHER.search(said)
    asked: tuple[tuple[Meant, object], ...] = (
        ("where", not other and _PLACED.search(said)),
        (
            "lost",
            _LOST.fullmatch(said) or _AWAY.search(said) or _ONLY_NAME.search(said) or _ONLY_NIK.search(said),
        ),
        ("lost", not other and _MISSING.search(said)),
        ("photo", _PHOTO.search(said)),
        ("why", _WHY.search(said) or _WHY_NIK.search(said)),
        ("where", not other and (_WHERE.search(said) or _WHERE_ALONE.fullmatch(said))),
        ("when", _asks(text, said, "when", _TIME)),
        ("cost", _asks(text, said, "cost", _PAY)),
    )
    return next((meant for meant, found in asked if found), None)
