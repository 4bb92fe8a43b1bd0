"""Questions about an appointment: what a short sentence after a booking asks."""

import re

from domain.text.colloquial import standard
from domain.text.followups import topic_of
from domain.text.grievance import is_grievance
from domain.text.scam import looks_like_scam
from domain.text.summary_replies import place_wanted
from domain.text.typed import plain

WHERE, TIME, WHO, BRING, CANCEL = "where", "time", "who", "bring", "cancel"
LATE, EARLY, TICKET, ANOTHER, DRESS, COST = "late", "early", "ticket", "another", "dress", "cost"
_LONGEST = 160  # characters; a longer text is a story
_NOT_COMING = re.compile(
    r"\b(?:tidak|batal|urung) (?:jadi |bisa |usah |sempat )?(?:saya )?(?:datang|hadir|ke sana|rekam|berangkat)\b(?! .{0,80}\b(?:bagaimana|apa|kapan|hangus)\b)|"
    r"\b(?:batal|batalkan|batalin|cancel) (?:saja )?(?:jadwal|booking|tiket|antre)\w*|"
    r"^(?:mau |minta |saya |bisa )*(?:batalkan|batalin|dibatalkan|dibatalin|cancel)\b"
)
_SPELLINGS = (
    (re.compile(r"\bdateng\b"), "datang"),  # also krama for "to"
    (re.compile(r"\b(?:ga|gak|gk|nggak|tdk|tidak|ora|ra) ?(?:jadi|jd|sido|sida|sios)\b"), "tidak jadi"),
)
_CARD = re.compile(
    r"\b(?:ambil|cetak|\w*panggil|called|queue|kartu (?:\w+ )?(?:jadi|selesai)|(?:jadi|selesai|siap) kartu|kapan (?:\w+ )?(?:jadi|selesai))\b"
)
_CHANGES = re.compile(r"\b(?:ganti|ubah|pindah|geser|undur|mundur|maju|batal|daftar|pesan|booking)\w*\b")
_COMES = r"(?:datang|rekam|jadwal|ke sana|hadir|berangkat|saya|tiket|giliran)\w*"
_TIME = re.compile(
    rf"\b(?:jam|hari|tanggal) (?:berapa|apa)\b.{{0,80}}\b{_COMES}|\b{_COMES}.{{0,80}}\b(?:jam|hari|tanggal) (?:berapa|apa)\b|"
    rf"\bkapan (?:\w+ )?{_COMES}|\b{_COMES} (?:\w+ )?kapan\b|^(?:tadi |jadi |jadwal )?(?:jam berapa|kapan|hari apa)(?: tadi)?$"
)
_OPEN = re.compile(r"\b(?:buka|tutup|layanan|pelayanan|operasional|istirahat)\b")
_PLACE = re.compile(
    r"\b(?:jadwal|rekam|gambar)\w*\b.{0,80}\bmana\b|\bmana\b.{0,80}\b(?:jadwal|rekam|gambar)\w*\b"
)
_NEEDED = re.compile(r"^(?:apa |saja )*(?:syarat|persyaratan|dokumen)(?: apa| saja| yang)+$")
_LATE = re.compile(r"\b(?:telat|terlambat|kesiangan|macet|kejebak|late|molor|kasep|tidak tepat waktu)\b")
_TICKET_THINGS = r"(?:tiket\w*|barcode|qr|kode(?:nya)?(?: tiket| booking)?|bukti(?:nya)? (?:booking|daftar|antre|jadwal)|ticket|nomor antre)"
_EARLY = re.compile(
    r"\b(?:menit|jam)\b.{0,80}\bsebelum\w*|\bsebelum\w*\b.{0,80}\bmenit\b|\b(?:datang|hadir|ke sana) (?:\w+ )?(?:lebih )?(?:awal|gasik)\b|\b(?:datang|hadir|ke sana) (?:\w+ )?lebih (?:awal|pagi|cepat|dulu)\b|"
    rf"\b{_TICKET_THINGS}\b.{{0,80}}\b(?:cetak|\w*print\w*|screenshot|tunjuk\w*|di hp)\b|"
    r"\b(?:harus|perlu) (?:datang )?tepat waktu\b|\b(?:how|bagaimana) early\b"
)
_TICKET = re.compile(
    rf"\b{_TICKET_THINGS}\b.{{0,80}}\b(?:mana|kirim|lagi|ulang|hilang|\w*hapus|\w*apus|lihat|apa|berapa|minta|belum|tidak ada)\b|"
    rf"\b(?:kirim|lihat|minta|mana|lupa)\b.{{0,80}}\b{_TICKET_THINGS}\b"
)
_BESIDE = re.compile(
    r"\b(?:ikut|antar|\w*teman[ie]\w*|\w*nemen\w*|damping\w*|didampingi|pendamping\w*)\b.{0,80}\b(?:bisa|masuk|harus)\b|\b(?:bisa|harus|perlu) (?:\w+ )?(?:ditemani|didampingi|ditemenin|ikut|pendamping|\w*nemen\w*|menemani|temani|mendampingi)\b|"
    r"\b(?:bawa|sama|dengan|ajak) (?:anak|bayi|balita|cucu|adik|kakak|ibu|ayah|istri|suami|teman|saudara)\b"
)
_ALONG = re.compile(
    r"\b(?:ikut|bawa|ajak) (?:\w+ )?(?:masuk|nunggu|menemani|duduk|di dalam|ke dalam)\b|\b(?:anak kecil|balita|bayi)\b.{0,80}\b(?:bisa|ikut|bawa|masuk)\b"
)
_KIN = r"(?:istri|suami|anak|ibu|ayah|adik|kakak|saudara|teman|keluarga)"
_ANOTHER = re.compile(
    rf"\b(?:\w*tambah|sekalian|satu lagi|berdua|bareng\w*|juga|dua orang|sisan)\b.{{0,80}}\b(?:{_KIN}|orang)\b|"
    rf"\b{_KIN}\b.{{0,80}}\b(?:sekalian|juga|ikut|bareng\w*|\w*tambah|sisan)\b|"
    r"\b(?:daftar|booking|pesan|rekam)\w* (?:\w+ )?(?:dua|2|satu|1) (?:orang )?(?:lagi|sekaligus)\b"
)
_TAKES_BACK = re.compile(
    r"\b(?:salah|keliru|tidak sengaja) (?:pencet|tekan|klik|tap|tombol|ketik)\w*|\b(?:ke|ter)(?:pencet|tekan|klik)\b|"
    r"\b(?:tidak (?:jadi )?|jangan |urung )(?:di)?(?:batal|cancel)\w*|\btarik (?:lagi|kembali|saja)\b"
)
_COMES_AFTER_ALL = re.compile(
    r"\b(?:jadi|tetap|bisa|akan|mau|saya) (?:saya )?(?:datang|hadir|ke sana|rekam|berangkat)\b"
)
_DENIED = re.compile(r"\b(?:tidak|belum|batal|urung)\b")
_TOPICS = {"where": WHERE, "who": WHO, "letter": WHO, "bring": BRING, "dress": DRESS, "cost": COST}


def asked_about(text: str) -> str | None:
    """What a sentence asks about an appointment just made, or None; `CANCEL`: the person does not come."""
    if len(text) > _LONGEST or is_grievance(text) or looks_like_scam(text) or place_wanted(text) is not None:
        return None
    said = _said(text)
    if _NOT_COMING.search(said):
        return CANCEL
    return _about_visit(said) or _about_appointment(said, text)


def asked_of_any(text: str) -> str | None:
    """What a sentence asks about coming that is the same for all appointments: late, early, in company; or None."""
    if len(text) > _LONGEST or is_grievance(text) or looks_like_scam(text):
        return None
    topic = _about_visit(_said(text))
    return topic if topic in (LATE, EARLY, WHO) else None


def _about_appointment(said: str, text: str) -> str | None:
    """What is asked about time, place, person or papers."""
    if _CARD.search(said) or _CHANGES.search(said):
        return None
    if not _OPEN.search(said) and _TIME.search(said):
        return TIME
    if _NEEDED.search(said):
        return BRING
    topic = _TOPICS.get(topic_of(text) or "")
    return WHERE if topic is None and _PLACE.search(said) else topic


def _about_visit(said: str) -> str | None:
    """What is asked about coming with the ticket, if that is clear from its words."""
    if _CHANGES.search(said.replace("tambah", "").replace("daftar", "").replace("booking", "")):
        return None
    if _ALONG.search(said):
        return WHO
    asked = ((LATE, _LATE), (EARLY, _EARLY), (TICKET, _TICKET), (ANOTHER, _ANOTHER), (WHO, _BESIDE))
    return next((topic for topic, pattern in asked if pattern.search(said)), None)


def takes_back(text: str) -> bool:
    """Whether a sentence takes a cancellation back: "jadi datang aja", "salah pencet", "gak jadi batal"."""
    if len(text) > _LONGEST:
        return False
    said = _said(text)
    if _TAKES_BACK.search(said):
        return True
    return _COMES_AFTER_ALL.search(said) is not None and not _DENIED.search(said)


def _said(text: str) -> str:
    spelled = plain(text).casefold()
    for spelling, meant in _SPELLINGS:
        spelled = spelling.sub(meant, spelled)
    return standard(spelled)
