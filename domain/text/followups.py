"""Follow-up questions about a card that was just shown: what a short sentence is about."""

import re

from domain.text.colloquial import standard

_LONGEST = 160  # characters; a longer text is a story
_WORDS_AT_MOST = 18
_SMALL_NUMBER = re.compile(r"\d{1,2}(?:[.:]\d{2})?(?:an|x|rb|ribu|k)?|[a-z]+2(?:e|ne|nya)?")
_DIGIT = re.compile(r"\d")
_OTHER_CARD = re.compile(
    r"\b(?:syarat|persyaratan|hilang|rusak|daftar|rekam|jadwal(?! (?:buka|layanan|pelayanan|tempat|kantor|ambil))|bikin|buat|ganti|ubah|gambar kartu|kuota|slot|tiket|appointment)\b"
)
_PICKUP = re.compile(
    r"\b(?:ambil|wakil\w*|diwakil\w*|titip\w*|dititip\w*|nitip|cetak|(?:rusak|hilang) (?:\w+ )?bawa)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:kecewa|ngapusi|goblok\w*|bodoh|tolol|lelet|lemot|anjing|asu|jancok|bangsat|bohong|payah|ngawur|stupid|idiot|"
    r"pelayanan apa|pelayanan kenapa|"
    r"\w*hapus\w*|hapusen|data (?:saya|pribadi|apa|yang)|apa data|what data|nik saya|dari sistem|apa yang simpan|"
    r"robot|bot|\w*penipu\w*|hoax|hoaks|apk|transfer|otp|sms|file|"
    r"(?:suruh|disuruh|minta|diminta|dimintai|asked|wants) (?:\w+ ){0,3}?(?:bayar|uang|rokok)|serobot\w*|diserobot|curang|komplain\w*|"
    r"(?:disuruh|malah) (?:pulang|lengkapi)|pungutan liar|bayar (?:bisa )?didahulukan|lapor\w*|mengadu|pengaduan|"
    r"pinjam|pajak|pln|listrik|lampu|rumah sakit|rs|puskesmas|haji|perpanjang|buat (?:sim|pas+port?)$|resi (?:jne|paket)|sayang|"
    r"bahasa|boso|indonesian?|salah|keliru|kamu|lagi mana|tutup percakapan|"
    r"(?:jangan|berhenti|stop|tidak usah|ojo|ampun) (?:\w+ )?(?:kirim|chat|hubungi|wa|ngirim)|"
    r"(?:besok|hari ini) tidak jadi|tidak bisa (?:datang|hadir) besok|tidak bisa hadir|ambil nomor|antre number|nomor antre besok)\b"
)
_LOST = re.compile(
    r"^antre$|dataku|\b(?:tanda terima|resi|bukti|receipt|nomor)\b.*\b(?:hilang|lost|ketinggalan|basah)\b|"
    r"\b(?:lost|lupa|tidak (?:pernah )?(?:dapat|diberi|punya)|tidak have)\b.*\b(?:tanda terima|resi|receipt|nomor)\b"
)
_QUESTION = re.compile(
    r"\b(?:apa|kapan|mana|berapa|siapa|bisa|bagaimana|kenapa|harus|perlu|jam|what|is)\b|\?"
)
_THANKS = re.compile(
    r"\b(?:terima ?kasih|makasih|mksh|suwun|matur ?nuwun|maturnuwun|thanks|thank|alhamdulillah|trims)\b"
)
_KIN = (
    "(?:istri|suami|anak|ibu|ayah|adik|kakak|saudara|mertua|menantu|keponakan|ponakan|kakek|cucu|paman|bibi|keluarga|"
    "orang ?tua|ortu|orang lain|orang rumah|tetangga|teman|pacar|sopir|asisten|wali|perangkat|somebody|someone|anyone)"
)
_ASKING = "(?:apa|bagaimana|kenapa)"

_PURPOSE = (
    r"(?:rekening|lamar\w*|nikah|menikah|sim|bpjs|pas+port?|kuliah|cpns|kontrak|kredit|cicilan|haji|umroh|umrah|melahirkan|berobat|"
    r"operasi|sekolah|kerja|bank|visa|job|wedding)"
)
_SOON = r"(?:besok|lusa|hari ini|sekarang|(?:minggu|bulan|tahun) (?:depan|ini))"
_NOW = r"(?:cepat|segera|mendesak|urgen\w*|buru\w*|sekarang)"

# In this order: the first that fits is meant; the same topic may come twice, what is certain first. The words are those of
# colloquial.py.
_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(rf"\b(?:{'|'.join(patterns)})\b"))
    for topic, *patterns in (
        (
            "life",
            r"meninggal",
            r"passed away",
            r"(?:sudah|baru|habis|telah|just) (?:saja )?(?:tiada|pindah|lahir\w*|melahirkan|nikah|menikah|kawin|cerai|married|divorced|born)",
            r"pindah (?:away|rumah)",
            r"saya (?:lalu )?pindah (?:alamat|kontrakan|kos\w*|kota|domisili)",
            r"(?:tutup usia|berpulang|punya bayi|duda|janda)",
        ),
        ("letter", r"(?:surat )?kuasa", r"power of attorney", r"authori[sz]ation", r"(?:format|template|contoh) surat", r"signed"),
        (
            "where",
            r"(?:peta|patokan|ancer\w*|google\w*|share ?loc\w*|(?<!ke )alamat\w*(?! saya| lama| di data)|jalan apa|rute)",
            r"(?:kantor|tempat|kecamatan|desa) mana",
            r"mana (?:saya )?harus (?:datang|pergi)",
            r"hari (?:senin|selasa|rabu|kamis|jumat|sabtu|minggu) bisa ambil",
            r"mana\b.{0,25}\bambil",
            r"ambil\b.{0,25}\bmana",
            r"(?:di|ke) (?!rumah)\w+ (?:\w+ )?atau (?:ke |di )?\w+",
        ),
        (
            "temporary",
            r"suket",
            r"surat (?:keterangan|sementara|pengganti|ket|temporary)",
            r"(?:kartu|pengganti|dokumen|bukti) sementara",
            r"sementara (?:pakai|ini|belum|apa)",
            r"pengganti(?! (?:ambil|orang))",
            r"(?:temporary|meanwhile|meantime|replacement)",
            r"(?:pakai|bisa|ada) (?:ikd|kartu digital)",
            rf"(?:perlu|mau|pengen|ingin) (?:\w+ )?{_NOW}",
            r"(?:mendesak|urgent\w*|keburu|darurat|pegangan|kartu kertas)",
            r"(?:di ?per|lebih )cepat",
            r"(?:sambil|selama|sembari) (?:nunggu|belum)",
            r"(?<!ambil )pakai apa",
        ),
        (
            "village",
            r"(?:kurir|courier|jne|jnt|tiki|gosend|gojek|ojek|ojol|ekspedisi|paket|pos|post|diposkan|poskan|cod|kolektif)",
        ),
        (
            "cost",
            r"bayar",
            r"biaya",
            r"gratis",
            r"berapa uang",
            r"habis berapa",
            r"(?:uang|tarif|retribusi|sumbangan|admin)\w*",
            r"(?:denda|administrasi|pungut|dipungut|pungutan|rupiah|dikenai|dikenakan)\w*",
        ),
        (
            "ahead",
            r"urut\w*",
            r"giliran\w*",
            r"(?<!harus )(?<!perlu )(?<!ambil )antre(?! dulu)\b",
            r"(?:ke ?berapa|keberapa)",
            r"banyak (?:yang )?nunggu",
            r"(?<!tempat )nomor (?:saya )?berapa",
            r"(?:masih )?berapa (?:(?!lama|hari|minggu|bulan|jam|tahun)\w+ )?(?:yang )?(?:lagi|depan|di depan|antre|nunggu|sebelum|duluan)",
            r"(?<!tahun )(?<!bulan )(?<!minggu )(?<!hari )(?:di )?depan (?:saya|ada|masih|berapa)",
            r"(?:ahead of|di front of|sebelum) saya",
            r"berapa .*(?:ahead|sebelum|front)",
            r"(?:position|posisi|saya next|kurang berapa|sisa berapa|keduluan|didahulukan)",
        ),
        (
            "pace",
            r"(?:sehari|seminggu|sebulan|per hari|per minggu|satu hari|satu minggu|minggu lalu|minggu ini|tiap hari|a hari|a minggu)\b.{0,25}\bberapa(?! (?:lama|hari))",
            r"berapa(?! (?:lama|hari|minggu|bulan|jam))\b.{0,30}\b(?:sehari|seminggu|sebulan|per hari|per minggu|minggu lalu|minggu ini|tiap (?:hari|minggu)|lalu minggu|a hari|a minggu|hari)",
            r"(?:seberapa|secepat) (?:cepat|apa)",
            r"cetak\b.{0,30}\b(?:cepat|lambat|lancar|jalan|berapa(?! (?:lama|hari|minggu|bulan)))",
            r"(?:cepat|lambat|lancar|berapa(?! (?:lama|hari|minggu|bulan)))\b.{0,30}\bcetak",
            r"(?:kecepatan|rata|laju|speed|kapasitas|mesin cetak)",
        ),
        (
            "until",
            r"sampai (?:kapan|tanggal berapa|bulan apa|hari apa)",
            r"until (?:kapan|what)",
            r"batas\w*",
            r"(?:paling lambat|tenggat|limit|deadline|hangus|dibuang|buang|dihapus|ditarik lagi|void)",
            r"kad\w*arsa",
            r"expired?\w*",
            r"simpan",
            r"masa (?:ambil|berlaku|simpan)",
            r"(?:terakhir|lalu hari)", r"kapan saja",
            r"(?:belum|tidak|baru) (?:bisa )?sempat",
            r"(?:apabila )?(?:tidak|belum|telat|terlambat|kelamaan|lupa)(?: (?!bisa)\w+)? ambil(?! sendiri)\b.*(?:bagaimana|apa|hilang|batal|bisa|lagi|terus)",
            r"apabila\b.{0,25}\b(?:tidak (?!bisa)|belum|telat|terlambat|kelamaan|lupa|baru)\b.{0,15}\bambil",
            r"ambil (?:\w+ )?(?:telat|terlambat|(?:bulan|minggu|tahun) depan)",
            r"(?:bulan|tahun) depan (?:\w+ )?(?:ambil|bisa ambil|masih)",
            r"berapa (?:lama|hari|minggu|bulan)\b.{0,25}\b(?:harus ambil|hangus|batas)",
        ),
        ("who", rf"kirim (?:saya )?{_KIN}", r"(?:di|me|mem)?wakil\w*", r"perwakilan"),
        (
            "bring",
            r"bawa",
            r"siapkan",
            r"disiapkan",
            rf"{_ASKING} (?:saja )?(?:yang )?(?:harus |perlu )?(?:perlu|take|show)",
            r"take with",
            r"perlu (?:fc|surat|pengantar|akta|ijazah|gambar|materai|meterai|apa|ke ambil)",
            r"(?:kelengkapan|persiapan|pengantar)",
            r"apa (?:yang )?perlu",
            r"(?<!satu )(?<!beda )(?<!lain )(?<!se)(?:kk|keluarga kartu)",
            r"dokumen(?! .*pakai)",
            r"foto ?(?:kopi|copy|copi)\w*|fc",
            r"(?:syarat|persyaratan)",
            r"ambil (?:pakai|dengan) apa",
            r"kartu lama",
            r"(?:resi|struk|tanda terima|bukti|receipt)",
            r"(?:asli|copy) (?:atau|apa|or) \w+",
            r"(?:tunjuk|menunjuk)\w*",
        ),
        (
            "village",
            r"antar",
            r"kirim",
            r"(?:sampai|ke) (?:di )?rumah",
            r"(?:di|lewat|lwt|via|ke|dari|by) (?:saya |balai |kantor |ayah |perangkat )?(?:desa|kecamatan|kec|kades|carik|kasun|bayan|modin|lurah|camat|perangkat|rt|rw)\b(?! mana)",
            r"(?:balai|kantor) (?:desa|kecamatan|camat|lurah)\b(?! mana)",
        ),
        (
            "who",
            r"(?:di|me)?titip\w*|nitip\w*",
            rf"bisa\b.{{0,40}}\b{_KIN}",
            rf"{_KIN}\b.{{0,30}}\b(?:ambil|bisa|datang)",
            rf"ambil\b.{{0,20}}\b{_KIN}",
            rf"(?:oleh|sama|karo|dengan|by|for|apabila) (?:saya )?{_KIN}",
            r"siapa (?:saja |yang |aja )*(?:bisa|ambil|harus|perlu|is)",
            r"ambil (?:\w+ )?(?:siapa|sendiri)",
            r"harus (?:be |saya |yang |datang |ambil |hadir |orang |pergi |pemilik |pemohon )*(?:sendiri|saya|langsung|hadir|datang|bersangkutan|ambil saya)",
            r"tidak (?:harus|perlu) (?:saya|sendiri|datang sendiri)",
            r"(?:behalf|sendiri)",
            r"(?:satu|beda|lain|se) ?kk",
            r"(?:bukan|atas nama) (?:saya|pemilik|orang|ibu|ayah|anak|istri|suami)",
            r"(?:presence|hadir|present|orangnya|pemilik\w*)",
            r"(?:apa |bagaimana )?harus orang",
            r"yang ambil",
            r"yang bersangkutan",
            rf"{_KIN} (?:saja|entuk|oleh)\b",
        ),
        ("temporary", rf"(?:mau|perlu|buat|untuk|ingin|akan|belum) (?:\w+ ){{0,2}}?{_PURPOSE}"),
        (
            "meaning",
            r"arti",
            r"maksud",
            r"(?:itu|ini|iku|niku) apa",
            r"(?<!jalan )apa (?:itu|iku|niku|ini)",
            r"(?:tidak|kurang|belum) (?:paham|jelas|tahu artinya)",
            r"blangko\w* (?:\w+ )?(?:apa|kenapa|kosong|habis|bagaimana)",
            r"apa blangko\w*",
            r"kenapa (?:\w+ )?(?:begitu|gitu|ngono|ngoten|tidak|belum|masih|lama|status\w*|harus|bisa|so|taking|nunggu)",
            r"jelas",
            r"beda \w+ .*apa",
            r"(?:tidak get|bingung|istilah|kendala|masalah\w*)",
        ),
        (
            "where",
            r"mana",
            r"(?:tempat|titik|arah|sebelah|gedung|lantai|seberang|cabang|operasional)\w*",
            r"(?:ke sana|there)",
            r"(?:jauh|deket|dekat|cedhak|cedak)",
            r"jam (?:buka|berapa|layanan|pelayanan|kerja|tutup|operasional|istirahat|sampai)",
            r"(?:sampai|mulai|apa) jam",
            r"buka",
            r"tutup",
            r"ambil (?:\w+ )?(?:pagi|siang|sore|malam|jam)",
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
            rf"{_SOON}\b.{{0,20}}\b(?:jadi|bisa|selesai|ambil|siap)",
            rf"(?:jadi|bisa|selesai|ambil|siap)\b.{{0,20}}\b{_SOON}",
            r"(?:bagaimana|apa) lama",
            r"(?:sudah|belum) (?:jadi|selesai|bisa ambil|siap)",
        ),
        ("meaning", r"kenapa", r"blangko\w*"),
    )
)  # fmt: skip
_OF_THIS_CARD = frozenset({"temporary", "letter", "life", "cost", "pace", "meaning"})
"""Topics that stay when the sentence also has a word of another service."""


def topic_of(text: str) -> str | None:
    """What a sentence about the card just shown asks, or None if it asks nothing about it."""
    if len(text) > _LONGEST or any(not _SMALL_NUMBER.fullmatch(one) for one in _numbers(text)):
        return None
    said = standard(text)
    if len(said.split()) > _WORDS_AT_MOST or not _is_about_a_card(said, text):
        return None
    for topic, pattern in _TOPICS:
        if pattern.search(said):
            other = topic not in _OF_THIS_CARD and not _PICKUP.search(said) and _OTHER_CARD.search(said)
            return None if other else topic
    return None


def _is_about_a_card(said: str, text: str) -> bool:
    """Whether the sentence may be about a card: no thanks alone, no complaint, no other errand."""
    if _LOST.search(said) or (_THANKS.search(said) and not _QUESTION.search(f"{said} {text}")):
        return False
    return _PICKUP.search(said) is not None or _ELSEWHERE.search(said) is None


def _numbers(text: str) -> list[str]:
    return [one.strip("?!.,;()") for one in text.casefold().split() if _DIGIT.search(one)]
