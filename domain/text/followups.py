"""Follow-up questions about a card that was just shown: what a short sentence is about."""

import re

from domain.text.colloquial import standard

_LONGEST = 160  # characters; a longer text is a story
_WORDS_AT_MOST = 18
_SMALL_NUMBER = re.compile(r"\d{1,2}(?:[.:]\d{2})?(?:an|x|rb|ribu|k)?|[a-z]+2")
_NUMBERED = re.compile(r"\S*\d\S*")
_OTHER_CARD = re.compile(r"\b(?:syarat|persyaratan|hilang|rusak|daftar|rekam|jadwal|bikin|buat|ganti|ubah)\b")
_ANGRY = re.compile(
    r"\b(?:kecewa|goblok|bodoh|tolol|lelet|lemot|anjing|asu|jancok|bangsat|bohong|payah|stupid|idiot)\b"
)
_KIN = (
    "(?:istri|suami|anak|ibu|ayah|adik|kakak|saudara|mertua|menantu|keponakan|ponakan|kakek|cucu|paman|bibi|keluarga|"
    "orang ?tua|ortu|orang lain|orang rumah|tetangga|teman|pacar|sopir|asisten|wali|perangkat|somebody|someone|anyone)"
)
_ASKING = "(?:apa|bagaimana|kenapa)"

# In this order: the first that fits is meant. The words are those of colloquial.py.
_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(rf"\b(?:{'|'.join(patterns)})\b"))
    for topic, *patterns in (
        (
            "life",
            r"meninggal",
            r"passed away",
            r"(?:sudah|baru|habis|telah|just) (?:pindah|lahir\w*|melahirkan|nikah|menikah|kawin|cerai|married|divorced|born)",
            r"pindah (?:away|rumah)",
        ),
        (
            "temporary",
            r"suket",
            r"surat (?:keterangan|sementara|pengganti|ket|temporary)",
            r"(?:kartu|pengganti|dokumen|bukti) sementara",
            r"sementara (?:pakai|pake|ini|belum)",
            r"pengganti (?:kartu|sementara)",
            r"temporary\b.*",
            r"(?:pakai|pake|bisa|ada) (?:ikd|kartu digital)",
            r"(?:buat|untuk|utk|kangge|kanggo) (?:bank|lamar\w*|kerja\w*|kuliah|sekolah|nikah|berobat|bpjs|sim|daftar)\b.* (?:pakai|pake|apa|bagaimana)",
            r"(?:perlu|mau dipakai|mau dipake) (?:cepat|segera|mendesak|urgen\w*|buru|sekarang)",
            r"keburu",
            r"(?:perlu|mau|pengen|ingin) (?:\w+ )?(?:cepat|segera)",
            r"(?:di ?per|lebih )cepat",
            r"(?:sambil|selama|sembari) (?:nunggu|belum)",
            r"(?<!ambil )pakai apa",
            r"mendesak",
            r"urgent(?:ly)?",
        ),
        (
            "letter",
            r"(?:surat )?kuasa",
            r"power of attorney",
            r"(?:surat (?:of )?authori[sz]ation|authori[sz]ation surat|surat of authority)",
            r"format surat",
        ),
        (
            "cost",
            r"bayar",
            r"biaya",
            r"gratis",
            r"berapa uang",
            r"habis berapa",
            r"uang\w*",
            r"denda\w*",
            r"dikenakan",
            r"rupiah",
        ),
        (
            "pace",
            r"(?:sehari|seminggu|per hari|per minggu|minggu lalu|minggu ini|tiap hari|a hari|a minggu) (?:bisa |jadi |dapat |cetak |ada )*berapa",
            r"berapa (?:banyak )?(?:kartu|antre|lembar|orang|yang)?\b.{0,20}\b(?:sehari|seminggu|per hari|per minggu|minggu lalu|minggu ini|tiap (?:hari|minggu)|lalu minggu)",
            r"berapa .*cetak.*",
            r"(?:seberapa|secepat) (?:cepat|apa)",
            r"(?:cetak|proses cetak) (?:lancar|cepat|jalan|berapa|lama tidak|per|seminggu|sehari)",
            r"kecepatan",
            r"lancar",
        ),
        (
            "ahead",
            r"urut\w*",
            r"giliran\w*",
            r"antre\w* (?:ke|berapa|saya|masih|panjang|banyak)",
            r"(?:ke ?berapa|keberapa|ke pinten)",
            r"(?:masih )?berapa (?:(?!lama|hari|minggu|bulan|jam|tahun)\w+ )?(?:yang )?(?:lagi|depan|di depan|antre|nunggu|menunggu|sebelum|duluan)",
            r"(?:di )?depan (?:saya|ada|masih)",
            r"berapa .*(?:ahead|sebelum|front)",
            r"(?:ahead of|di front of|sebelum) saya",
            r"(?:di|my) antre",
            r"panjang antre",
            r"position",
        ),
        (
            "until",
            r"sampai (?:kapan|tanggal berapa|bulan apa|hari apa)",
            r"until (?:kapan|what)",
            r"batas\w*",
            r"paling lambat",
            r"tenggat",
            r"deadline",
            r"kad[ae]l?u?[lw]?\w*arsa",
            r"expire[ds]?",
            r"hangus",
            r"simpan",
            r"(?:apabila )?(?:tidak|belum|telat|terlambat|kelamaan|lupa)(?: \w+)? ambil\b.*(?:bagaimana|apa|hangus|hilang|buang|dibuang|batal|bisa|lagi|terus)",
            r"(?:tidak|belum) sempat",
            r"dibuang",
            r"dimusnahkan",
            r"ambil (?:bulan|minggu|tahun) depan",
        ),
        (
            "bring",
            r"bawa",
            rf"{_ASKING} (?:saja |aja |wae |ae )?(?:yang )?(?:harus |perlu )?(?:disiapkan|siapkan|dibutuhkan|diperlukan|take|show)",
            r"perlu (?:kk|fotokopi|fc|surat|materai|meterai|apa)",
            r"dokumen (?:apa|mana|yang perlu)",
            r"(?:apa|mana) dokumen",
            r"foto ?(?:kopi|copy)\w*|fc",
            r"(?:syarat|persyaratan) (?:buat |untuk )?ambil\w*",
            r"ambil (?:pakai|pake|dengan) apa",
            r"(?:kartu lama|resi|tanda terima|kk) (?:asli|ditukar|dikumpul\w*|diserahkan|perlu|harus)",
            r"(?:asli|copy) (?:atau|apa|or) \w+",
            r"tunjuk\w* apa",
        ),
        (
            "village",
            r"antar",
            r"kirim",
            r"(?:lewat|via|pakai|by) (?:pos|jne|jnt|tiki|paket|kurir|ojek|ojol|gojek|gosend|grab\w*|ekspedisi|post|courier)",
            r"(?:sampai|ke) (?:di )?rumah",
            r"cod",
            r"kurir|courier",
            r"(?:di|lewat|lwt|via|ke|dari) (?:balai |kantor |pak |perangkat )?(?:desa|kecamatan|kec|kades|rt|rw)\b(?! mana)",
            r"(?:balai|kantor) (?:desa|kecamatan)\b(?! mana)",
            r"kolektif",
        ),
        (
            "who",
            r"(?:di|me|mem)?wakil\w*",
            r"perwakilan",
            r"(?:di|me)?titip\w*|nitip\w*",
            rf"bisa\b.{{0,40}}\b{_KIN}",
            rf"{_KIN}\b.{{0,30}}\b(?:ambil|bisa|datang)",
            rf"ambil\b.{{0,20}}\b{_KIN}",
            rf"(?:oleh|sama|karo|dengan|by|for) {_KIN}",
            r"siapa (?:saja |yang |aja )*(?:bisa|ambil|harus|perlu|is)",
            r"ambil (?:\w+ )?(?:siapa|sendiri)",
            r"harus (?:saya |yang |datang |ambil |hadir |orang |pergi |pemilik |pemohon )*(?:sendiri|saya|langsung|hadir|bersangkutan|person|ambil saya)",
            r"tidak (?:harus|perlu) (?:saya|sendiri|datang sendiri)",
            r"behalf",
            r"(?:satu|beda|lain|se) ?kk",
            r"bukan (?:saya|pemilik|orang)",
            r"yang bersangkutan",
        ),
        (
            "meaning",
            r"arti",
            r"maksud",
            r"(?:itu|ini|iku|niku) apa",
            r"(?<!jalan )apa (?:itu|iku|niku|ini)",
            r"(?:tidak|kurang|belum|ora) (?:paham|jelas|tahu artinya)",
            r"blangko\w* (?:\w+ )?(?:apa|kenapa|kosong|habis|bagaimana)",
            r"apa blangko\w*",
            r"kenapa (?:\w+ )?(?:begitu|gitu|ngono|ngoten|tidak|belum|masih|lama|status\w*|harus|bisa|so|taking|nunggu|menunggu)",
            r"jelas",
        ),
        (
            "where",
            r"mana",
            r"alamat\w*",
            r"tempat\w*",
            r"peta",
            r"google",
            r"share ?loc\w*",
            r"titik\w*",
            r"arah\w*",
            r"jalan apa",
            r"(?:jauh|deket|dekat|sebelah)",
            r"jam (?:buka|berapa|layanan|pelayanan|kerja|tutup|operasional|istirahat|sampai)",
            r"(?:sampai|mulai) jam",
            r"buka",
            r"tutup",
            r"(?:istirahat|parkir)\w*",
        ),
        (
            "when",
            r"kapan",
            r"berapa (?:lama|hari|minggu|bulan|jam)",
            r"(?:hari|bulan|tanggal|minggu) (?:apa|berapa)",
            r"masih lama",
            r"lama (?:tidak|lagi|apa|ndak)",
            r"(?:kira|perkiraan|estimasi|estimate\w*|target)\w*",
            r"(?:besok|minggu depan|bulan depan|hari ini|sekarang) (?:sudah )?(?:jadi|bisa|selesai)",
            r"(?:bagaimana|apa) lama",
            r"(?:sudah|belum) (?:jadi|selesai|bisa ambil|siap)",
        ),
    )
)  # fmt: skip
_OF_THIS_CARD = frozenset({"temporary", "letter", "life", "cost", "pace", "meaning"})
"""Topics that stay when the sentence also has a word of another service."""


def topic_of(text: str) -> str | None:
    """What a sentence about the card just shown asks, or None if it asks nothing about it."""
    if len(text) > _LONGEST or any(not _SMALL_NUMBER.fullmatch(one) for one in _numbers(text)):
        return None
    said = standard(text)
    if len(said.split()) > _WORDS_AT_MOST or _ANGRY.search(said):
        return None
    for topic, pattern in _TOPICS:
        if pattern.search(said):
            other = topic not in _OF_THIS_CARD and _OTHER_CARD.search(_without_pickup(said))
            return None if other else topic
    return None


def _numbers(text: str) -> list[str]:
    return [one.strip("?!.,;()") for one in _NUMBERED.findall(text.casefold())]


def _without_pickup(said: str) -> str:
    """The sentence without "syarat ambil" and "buat ambil", which are about fetching the card."""
    return re.sub(r"\b(?:syarat|persyaratan|buat) (?:\w+ )?ambil\b", "ambil", said)
