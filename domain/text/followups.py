"""Follow-up questions about a card that was just shown: what a short sentence is about."""

import re

from domain.text.typed import plain

_LONGEST = 160  # characters; a longer text is a story
_WORDS_AT_MOST = 14
_OTHER_CARD = re.compile(
    r"\b(?:syarat|persyaratan|hilang|rusak|daftar|rekam|jadwal|bikin|buat(?! apa)|ganti|ubah)\b"
)

# In this order: the first that fits is meant.
_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "life",
        re.compile(
            r"\b(?:meninggal|wafat|almarhum\w*|sedo|seda|sudah mati|died|passed away|"
            r"(?:sudah|udah|sdh|baru) (?:pindah|lahir\w*|melahirkan|nikah|menikah|cerai)|moved away)\b"
        ),
    ),
    (
        "temporary",
        re.compile(
            r"\b(?:suket|surat (?:keterangan|sementara|pengganti)|sementara (?:pakai|pake|ini)|(?:ktp|kartu) sementara|"
            r"pengganti (?:ktp|sementara)|temporary|buat (?:bank|lamar\w*|kerja|kuliah)(?: \w+)? (?:pakai|pake) apa)\b"
        ),
    ),
    (
        "letter",
        re.compile(r"\b(?:surat kuasa|kuasanya|isi kuasa|format kuasa|contoh kuasa|letter of authority|power of attorney)\b"),
    ),
    (
        "village",
        re.compile(
            r"\b(?:di ?antar\w*|antar(?:kan)? ke|dikirim\w*|kirim(?:kan)? ke|lewat pos|via pos|ke rumah|"
            r"(?:di|lewat|lwt|ke) (?:balai |kantor )?(?:desa|kelurahan|kecamatan)|deliver\w*|by post)\b"
        ),
    ),
    (
        "who",
        re.compile(
            r"\b(?:diwakil\w*|wakil(?:kan)?|perwakilan|mewakili|dititip\w*|nitip|titip|"
            r"(?:bisa|boleh|oleh|iso|saged|bs|blh)\b.{0,24}\b(?:istri|suami|bojo\w*|anak|ibu|bapak|ayah|orang ?tua|adik|kakak|"
            r"saudara|keluarga|tetangga|orang lain|teman)|"
            r"(?:istri|suami|bojoku|anak|ibu|bapak|ayah|adik|kakak|keluarga|tetangga|teman)\b.{0,20}\b(?:ambil\w*|boleh|bisa|jupuk\w*)|"
            r"siapa (?:yang |yg |saja )*(?:bisa|boleh|ambil|ngambil|harus)|harus (?:saya )?(?:sendiri|datang sendiri)|"
            r"(?:my )?(?:wife|husband|mother|father|son|daughter|brother|sister)|somebody else|who (?:can|may))\b"
        ),
    ),
    (
        "ahead",
        re.compile(
            r"\b(?:urutan|nomor urut|antri(?:an)?(?:nya)? (?:ke|berapa)|antre(?:an)?(?:nya)? (?:ke|berapa)|"
            r"berapa (?:orang|lagi|yang) (?:di ?depan|lagi|antri|antre|nunggu)|berapa lagi|di depan (?:saya|ada)|how many (?:are )?ahead|in the queue)\b"
        ),
    ),
    (
        "until",
        re.compile(
            r"\b(?:sampai kapan|batas (?:waktu|ambil\w*|pengambilan)|kada?luwarsa|hangus|disimpan (?:berapa|sampai)|"
            r"kalau (?:tidak|gak|nggak|telat) (?:di)?ambil|how long .*kept|until when)\b"
        ),
    ),
    (
        "bring",
        re.compile(
            r"\b(?:(?:di)?bawa\w* apa|apa (?:saja |aja )?(?:yang |yg )?(?:harus |perlu |mesti )?(?:di)?bawa|bawa (?:kk|fotokopi|apa|ktp lama|berkas)|"
            r"perlu (?:bawa|kk|fotokopi)|berkasnya apa|nggowo opo|mbeto nopo|what (?:do i |should i |to )(?:bring|take)|bring)\b"
        ),
    ),
    (
        "cost",
        re.compile(r"\b(?:bayar\w*|biaya\w*|gratis|berapa duit|ongkos\w*|mbayar|uangnya|free|cost|pay)\b"),
    ),
    (
        "meaning",
        re.compile(
            r"\b(?:apa (?:arti|maksud)\w*|arti(?:nya)? apa|maksud(?:nya|e)? (?:apa|gimana|piye)|blangko (?:itu )?apa|itu apa|kok (?:gitu|begitu)|"
            r"gak (?:paham|ngerti|mudeng)|tidak (?:paham|mengerti)|what does .*mean|meaning)\b"
        ),
    ),
    (
        "where",
        re.compile(
            r"\b(?:di ?mana|dmn|dimn|mana|alamat\w*|lokasi\w*|tempat(?:nya)?|(?:ng|n|nang )?endi|pundi|peta|maps?|where|address|"
            r"jam (?:buka|berapa|pelayanan)|buka(?:nya)? (?:jam|sampai|hari)|tutup(?:nya)? jam|sabtu buka|opening hours)\b"
        ),
    ),
    (
        "when",
        re.compile(
            r"\b(?:kapan\w*|kpn|berapa (?:lama|hari|minggu|bulan)|brp (?:lama|hari)|masih lama|lama (?:gak|tidak|nggak|ya)|suwe|kira-?kira|perkiraan|"
            r"besok (?:jadi|bisa)|when|how long)\b"
        ),
    ),
)  # fmt: skip


def topic_of(text: str) -> str | None:
    """What a sentence about the card just shown asks, or None if it asks nothing about it."""
    said = " ".join(plain(text).casefold().split())
    if len(said) > _LONGEST or len(said.split()) > _WORDS_AT_MOST or any(map(str.isdigit, said)):
        return None
    for topic, pattern in _TOPICS:
        if pattern.search(said):
            return (
                None if topic not in ("temporary", "letter", "life") and _OTHER_CARD.search(said) else topic
            )
    return None
