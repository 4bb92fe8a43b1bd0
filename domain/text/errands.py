"""Errands that residents bring without a card on the screen: what a short sentence is about.

Holidays by date, outreach, a visit at home, an earlier complaint, a death, moving out, a NIK that a bank does not
know, and how to go on without seeing or reading.
"""

import re

from domain.text.colloquial import standard
from domain.text.grievance import is_grievance
from domain.text.scam import looks_like_scam
from domain.text.typed import fold

LOST, DAMAGED, CHANGE, MOVED_IN, YOUNG, FIRST = "lost", "damaged", "change", "moved-in", "young", "first"
"""Errands that are a service of the office."""
_LONGEST = 300  # characters; a longer text is a story
_CASE = r"(?:pengaduan|aduan|laporan|keluhan|komplain|complaint|kasus|report)"
_CODE = re.compile(r"\b(?=[2-9A-Z]*[2-9])(?=[2-9A-Z]*[A-Z])[2-9A-HJ-NP-Z]{6}\b")
_LETTERS = r"[A-HJ-NP-Z]{6}"
# A code may have no digit. Its letters are then told from a word by capitals or by "nomor" before them.
_CODE_OF_LETTERS = re.compile(
    rf"\b(?i:{_CASE}(?: saya|ku)?(?: dengan)?(?: nomor| nomer| no\.?| kode| number))[ :]*((?i:{_LETTERS}))\b|"
    rf"\b(?=[A-Za-z]*[a-z])(?i:{_CASE}(?: saya|ku)?)[ :]+({_LETTERS})\b"
)
_CODE_ALONE = re.compile(
    r"(?!selesai )(?:[a-z.]+ ){0,3}([2-9a-hj-np-z]{6})"
)  # "selesai" is a command of staff
_TWICE = re.compile(r"\b[a-z]{3,}2[a-z]{0,3}$")  # "jalan2", "mau2an": the word twice
_CODE_OF_A_CASE = re.compile(rf"\b{_CASE}(?: saya|ku)?(?: yang)? ([a-hj-np-z]{{6}})\b")
_VOWELS_AT_MOST = 1  # a code of letters has few; a word of six letters without "i" and "o" has two or more
_CASE_CODE = re.compile(rf"\b{_CASE}\b", re.IGNORECASE)
_MONTH = r"(?:jan\w*|feb\w*|mar(?:et|ch)?|apr\w*|mei|may|jun\w*|jul\w*|agu\w*|agt|aug\w*|sep\w*|okt\w*|oct\w*|nov\w*|nop\w*|des\w*|dec\w*)"
_WEEKDAY = (
    r"(?:senin|senen|selasa|slasa|rabu|rebo|kamis|kemis|jumat|jum'at|jemuwah|jmt|sabtu|setu|sbt|ahad|ngahad|(?:hari )minggu|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_FEAST = (
    r"(?:natal|nataru|tahun baru|lebaran|idul \w+|iduladha|idulfitri|riyoyo|bakda|hari raya|nyepi|waisak|imlek|maulid|isra\w*|"
    r"paskah|agustusan|kemerdekaan|17an|hari buruh|pancasila|galungan|pilkada|pemilu|christmas|new year|eid)"
)
_DAY = (
    rf"(?:besok|lusa|hari ini|sekarang|today|malam ini|{_WEEKDAY}|{_FEAST}|\d{{1,2}}(?:st|nd|rd|th|[ /-])? ?(?:{_MONTH}|\d{{1,2}})\b|"
    rf"{_MONTH} \d{{1,2}}|tgl ?\d{{1,2}}|tanggal \d{{1,2}}|tanggal merah|cuti bersama|weekend|akhir pekan|akhir tahun|malam minggu|libur panjang|(?:minggu|bulan) depan)"
)
_OPEN = r"(?:buka|tutup|libur\w*|prei|masuk|melayani|pelayanan|layanan|holiday|off|work|ngantor|operasional|ada petugas)"
_FRAIL = (
    r"(?:(?<!rumah )sakit(?! hati)|pikun|susah (?:jalan|gerak|berdiri)|lumpuh|stroke|lansia|sepuh|jompo|tua renta|sudah tua|difabel|disabilitas|cacat|odgj|gangguan jiwa|kursi roda|"
    r"terbaring|bedridden|disabled|wheelchair|elderly|opname|rawat inap|(?:di|masuk) rumah sakit|autis\w*|down syndrome|"
    r"tidak bisa (?:jalan|bangun|berdiri|berjalan|walk|keluar|turun|kemana|pergi|apa)|tidak kuat(?! (?:nunggu|antre))|tidak mampu (?:jalan|datang|berjalan))"
)
_PURSE = r"(?:(?<!nomor )(?<!foto )(?<!gambar )kartu(?! keluarga| anak| identitas)|dompet|tas)"
_GONE = (
    r"(?:\w*hilang\w*|ilang\w*|ical|kelangan|\w*copet\w*|\w*curi\w*|dimaling|kemalingan|\w*jambret\w*|\w*rampok\w*|\w*cecer\w*|"
    r"(?<!waktu )jatuh|tibo|digondol|maling|diembat|raib|lenyap|\w*begal\w*|\w*sl[ei]m?pit|\w*selip|nyelip|tidak ketemu|tidak nemu|ketlisut|ketriwal|hanyut|kintir|lost|stolen|missing)"
)
_BROKEN = (
    r"(?:rusak|\w*patah|retak|pecah|\w*sobek|\w*robek|\w*bakar|kobong\w*|kebanjiran|banjir|\w*lindas|\w*cuci|gosong|pudar|luntur|\w*tumpah\w*|lecet|"
    r"\w*kelupas|bengkok|\w*potong|\w*gigit|meleleh|tidak terbaca|dimakan tikus|kegunting|\w*setrika|kejepit|hancur|remuk|tugel|suwek|jebluk|broken|damaged|torn)"
)
_CIVIL = r"(?:kk|kartu keluarga|keluarga kartu|akt[ae]\w*|surat (?:lahir|nikah|cerai)|buku nikah)"
_ROBOT = r"(?:robot\w*|bot|bots|mesin|ai|komputer|chatbot|chatgpt|program)"
_HUMAN = r"(?:orang|manusia|human|admin\w*|petugas)"
_REAL = r"(?:real|asli|beneran|benar|sungguhan|temenan|tenan|betulan|hidup|manusia|actual)"
_ASKED = (
    "(?:apa |ini |iki |niki |kamu |you |sampeyan |anda |awakmu |this |cuma |hanya |yang |jawab |balas |real )"
)
_COMES = r"(?:rumah(?! sakit)|kunjung\w*|jemput|visit|panggil\w*|(?:petugas|bisa|mau) (?:ke sini|datang))"

# In this order: the first that fits is meant. The words are those of colloquial.py.
_ERRANDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (errand, re.compile("|".join(rf"(?:\b(?:{one})\b)" for one in patterns)))
    for errand, *patterns in (
        (
            "blind",
            r"(?:tuna ?)?netra",
            r"(?<!gaji )(?<!hati )(?<!cinta )(?<!membabi )buta(?! warna)(?: huruf| aksara)?",
            r"(?:tidak|kurang) bisa (?:lihat|baca)",
            r"(?:pembaca layar|screen ?reader|talkback|voice ?over)",
            r"low vision|illiterate|visually impaired",
            r"(?:rabun|gangguan penglihatan|penglihatan)",
            r"tidak (?:melihat|lihat)\b(?! status| kartu)",
        ),
        (
            "case",
            rf"(?:status|nasib|kabar|hasil|kelanjutan|jawaban|balasan|tindak lanjut|perkembangan|progres\w*|follow ?up|nomor|cek|lacak|my) (?:\w+ ){{0,2}}?{_CASE}",
            rf"{_CASE}(?:ku)? (?:\w+ ){{0,3}}?(?:sampai|bagaimana|sudah|belum|kapan|dijawab|solved|resolved|beres|selesai|dibaca|direspon|ditanggapi|ditindak\w*|diproses|status|masih|saya (?:kemarin|lalu))",
            rf"(?:sudah|belum|kapan|\w*jawab\w*|answer\w*|\w*balas\w*|\w*respon\w*|\w*proses|\w*tindak\w*)\b.{{0,25}}\b{_CASE}",
            rf"{_CASE} (?:saya )?(?:nomor|no|number)",
            rf"(?:tanya|about|news|info\w*|soal|tentang) (?:\w+ ){{0,2}}?(?:{_CASE} saya|saya {_CASE})",
            rf"(?:apa|bagaimana) (?:dengan |about )?(?:saya )?(?:{_CASE} saya|{_CASE}ku|saya {_CASE})",
        ),
        (
            "robot",
            rf"{_ROBOT}\b.{{0,14}}\b(?:atau|apa|or|utawa|tah)\b.{{0,14}}\b{_HUMAN}",
            rf"{_HUMAN}\b.{{0,14}}\b(?:atau|apa|or|utawa|tah)\b.{{0,14}}\b{_ROBOT}",
            rf"(?:you|kamu|sampeyan|anda|awakmu|ini|iki|niki|siapa|saya (?:lagi |sedang )?(?:chat|talking|bicara|ngobrol))\b.{{0,20}}\b(?:{_REAL} (?:{_HUMAN}|being)|{_HUMAN} {_REAL}|human|manusia)",
            r"(?:ini|iki|niki|saya) (?:lagi |sedang )?(?:ngomong|bicara|chat|ngobrol|talking) (?:sama|dengan|ke|karo) siapa|siapa (?:ini )?yang (?:jawab|balas|\w*bales)|siapa am saya (?:chatting|talking|speaking)",
            r"bukan (?:manusia|human)\b|bukan orang (?:yang )?(?:jawab|balas|bales)",
            r"\b(?:bot|robot|mesin) (?:apa|atau)$",
            rf"^{_ASKED}+(?:{_ROBOT}|human|manusia|{_HUMAN} {_REAL})(?: ini| iki| kamu| kan| bukan| ta| otomatis| jawab| balas| saja| real)*$",
        ),
        (
            LOST,
            rf"{_PURSE}\b.{{0,30}}\b{_GONE}",
            rf"{_GONE}\b.{{0,15}}\b{_PURSE}",
        ),
        (
            DAMAGED,
            rf"(?<!nomor )(?<!foto )kartu(?! keluarga| anak)\b.{{0,30}}\b{_BROKEN}",
            rf"{_BROKEN}\b.{{0,12}}\bkartu(?! keluarga| anak)\b",
        ),
        (
            FIRST,
            r"(?:cara|syarat\w*|bagaimana|mau|ingin|proses|alur)\b.{0,15}\b(?:bikin|buat|gawe|ndamel|damel|\w*buat\w*|daftar) (?:\w+ )?kartu (?:\w+ )?(?:baru|pertama|untuk|anak|adik|17)",
        ),
        (
            "contact",
            r"(?:siapa|mana) (?:\w+ ){0,3}?(?:hubungi|dihubungi|telepon|ditelepon)\b|hubungi (?:siapa|mana|nomor)",
            r"(?:nomor|no) (?:\w+ )?(?:wa|whatsapp|telepon|telp|tlp|hotline|call center) (?!saya)(?:\w+ )?(?:dukcapil|dispenduk\w*|kantor|resmi|petugas|admin|berapa|ada)",
            r"(?:instagram|ig|email|website|web|facebook|fb) (?:\w+ )?(?:dukcapil|dispenduk\w*|kantor|resmi)",
        ),
        (
            "my-number",
            r"(?:\w*ganti|\w*ubah|update|perbarui) (?:\w+ )?(?:nomor|no) (?:hp|telepon|wa|telp|whatsapp)|(?:nomor|no) (?:hp|telepon|wa) saya (?:\w+ )?(?:\w*ganti|baru|hilang|mati)",
        ),
        (
            YOUNG,
            r"(?:umur|usia|baru|masih)? ?(?:1[0-6]|(?:dua|tiga|empat|lima|enam) ?belas) ?(?:tahun|th|thn|years?)\b.{0,40}\b(?:rekam|kartu|bikin|buat|urus|daftar)",
            r"(?:rekam|kartu|bikin|buat|urus|daftar)\b.{0,40}\b(?:umur|usia) (?:\w+ )?(?:1[0-6]|(?:dua|tiga|empat|lima|enam) ?belas)\b",
            r"(?:belum|kurang dari|di ?bawah) (?:\w+ )?(?:17|tujuh ?belas)\b.{0,40}\b(?:rekam|kartu|bikin|buat|bisa)",
        ),
        (
            "civil",
            rf"{_CIVIL}\b.{{0,30}}\b(?:\w*hilang|ilang|rusak|basah|\w*buat|\w*bikin|\w*urus\w*|\w*cetak|\w*ganti|\w*ubah|baru|pecah|pisah|tambah|salah)",
            rf"(?:\w*hilang|ilang|\w*buat|\w*bikin|\w*urus\w*|\w*cetak|\w*ganti|\w*ubah|pecah|pisah|tambah anak|masuk(?:kan|in)?)\b.{{0,20}}\b{_CIVIL}",
        ),
        (
            MOVED_IN,
            r"pindah (?:\w+ ){0,2}?dari (?!sini|rumah|kontrakan|kos)\w+",
            r"(?:masuk|jadi) (?:warga|penduduk|kk)\b.{0,20}\b(?:sini|mojokerto)|pindah (?:datang|masuk)",
        ),
        (
            CHANGE,
            r"\w*(?:ganti|ubah|gantos|rubah|perbarui|update|change)\w* (?:\w+ ){0,2}?(?:alamat|status|nama|agama|pekerjaan|gelar|golongan darah|kewarganegaraan|address|name|religion|job)\b",
            r"(?:alamat|status|nama|agama|pekerjaan|gelar)\w* (?:\w+ ){0,6}?(?:diganti|diubah|ganti|digantos|dirubah|ubah|dipindah)\b",
        ),
        (
            "outreach",
            r"j[ae]m?p[ou]t\w* ?bol[ao]|jebol",
            r"(?:mobil|bus|layanan|pelayanan|kartu|rekam|dukcapil|unit) (?:keliling|pelayanan|dukcapil|layanan)",
            r"(?:perekaman|rekam) (?:masal|massal|kolektif|keliling)",
            r"di (?:sekolah|smk|sma|desa|balai desa|pondok)(?: \w+){0,2}? (?:rekam|jemput)\b",
            r"rekam (?:kartu )?(?:di|ke) (?:sekolah|desa|balai desa|pondok|smk|sma)\b",
            r"outreach|mobile (?:service|unit|registration)",
            r"(?:kapan|ada|jadwal)\b.{0,30}\b(?:rekam|layanan|pelayanan|dukcapil|petugas|buat kartu)\b.{0,12}\b(?:di|ke|masuk) (?:balai |kantor )?(?:desa|sekolah|smk|sma|sman|smkn|pondok|pesantren|pasar|rw|rt)",
            r"(?:dukcapil|petugas|layanan|pelayanan|rekam)\b.{0,20}\b(?:ke|di|masuk) (?:balai |kantor )?desa\b.{0,15}\b(?:kapan|tanggal|jadwal|ada|lagi)",
            r"di desa\b.{0,25}\b(?:rekam|layanan|pelayanan|dukcapil) (?:kartu )?(?:kapan|tidak|ada)",
            r"keliling",
            r"kapan (?:\w+ )?(?:ke|di|masuk) (?:balai )?desa",
            r"(?:ke|di|masuk) desa (?:saya|kami|kita)\b.{0,20}\b(?:kapan|lagi|rekam|jadwal)",
            r"desa visit|visit (?:to )?(?:\w+ )?desa",
        ),
        (
            "visit",
            r"(?:kunjungan|layanan|rekam|gambar|buat kartu|datang|panggil|jemput)(?: kartu| petugas| saja)? (?:di|ke) rumah",
            r"(?:petugas|dukcapil)\b.{0,20}\b(?:di|ke|datang) rumah",
            r"rumah (?:visit|service)|visit (?:saya )?rumah|kunjungan rumah",
            r"(?:lumpuh|stroke|terbaring|kursi roda|bedridden|odgj|down syndrome|tidak bisa (?:jalan|bangun|berdiri|berjalan))",
            rf"{_FRAIL}\b.{{0,80}}\b{_COMES}",
            rf"{_COMES}\b.{{0,60}}\b{_FRAIL}",
            rf"{_FRAIL}\b.{{0,60}}\b(?:rekam|buat kartu|kartu|urus|gambar|(?:tidak (?:bisa|kuat|mampu) (?:datang|ke|keluar|pergi|kemana)|ke kantor))",
            rf"(?:rekam|kartu|gambar|buat)\b.{{0,50}}\b{_FRAIL}",
        ),
        (
            "nik",
            r"nik\b.{0,30}\b(?:tidak|belum|blokir|diblokir|invalid|unregistered|salah|gagal) ?(?:terdaftar|ditemukan|ketemu|valid|aktif|terbaca|online|muncul|dikenal\w*|cocok|sinkron|padan|sesuai|terdeteksi|found|registered|recogni[sz]ed|ada|masuk|bisa|update|diterima)?\b.{0,25}\b(?:bank|bpjs|sim|pajak|npwp|coretax|djp|kartu|telkomsel|indosat|xl|provider|seluler|aplikasi|cpns|sscasn|pegadaian|samsat|imigrasi|kredit|pinjaman|dapodik|sekolah|kampus|prakerja|bansos|rekening|leasing|mobile jkn|jkn|rs)",
            r"(?:bank|bpjs|sim|pajak|npwp|coretax|djp|telkomsel|indosat|xl|seluler|provider|aplikasi|cpns|sscasn|pegadaian|samsat|leasing|kredit|rekening|jkn|dapodik|prakerja|bansos)\b.{0,40}\bnik\b.{0,30}\b(?:tidak|belum|invalid|salah|gagal|diblokir|ditolak)",
            r"nik\b.{0,15}\b(?:tidak|belum) (?:terdaftar|aktif|online|padan|sinkron|valid|terdeteksi|registered|ditemukan|muncul)",
            r"(?:data|nik|kartu)(?: saya)? (?:tidak|belum|ditolak)\b.{0,20}\b(?:bank|bpjs|pajak|samsat|provider|leasing|pegadaian)\b",
            r"(?:data|nik) (?:tidak|belum) (?:padan|online|sinkron)|konsolidasi(?: nik| data)?|(?:aktifkan|online-?kan|onlinekan) nik",
        ),
        (
            "moving",
            r"surat pindah|skpwni|pindah (?:\w+ )?(?:keluar|antar|out|away)|keluar (?:kota|daerah|kabupaten) pindah",
            r"(?:mau|akan|bade|hendak|ingin|arep|rencana|urus|ngurus|mengurus|cara|bagaimana|syarat|proses|mutasi|want to|want ke|am|saya|kami)\b.{0,40}\bpindah (?:kartu |kk |domisili |penduduk |rumah |alamat )?(?:ke|di|luar|dari)\b",
            r"pindah (?:ke luar|luar|domisili ke|penduduk ke|kependudukan|ke kota lain|kota|provinsi|kabupaten)",
            r"mutasi (?:penduduk|keluar|kk)",
        ),
        (
            "death",
            r"meninggal|sudah tiada|tutup usia|berpulang|passed away|akta kematian|surat kematian|ahli waris",
        ),
        (
            "day",
            rf"{_DAY}.{{0,40}}\b{_OPEN}",
            rf"{_OPEN}\b.{{0,30}}{_DAY}",
            rf"{_WEEKDAY}\b.{{0,20}}\bjam berapa",
            r"libur\w*\b.{0,20}\b(?:tanggal|kapan|hari apa|sampai|mulai)",
            r"minggu (?:buka|tutup|libur|masuk)",
            r"(?:buka|tutup|libur) minggu(?! (?:ini|depan))",
        ),
    )
)  # fmt: skip
_NOT = {
    "visit": re.compile(
        rf"\b(?:ambil|antar|kirim|wakil\w*|jadwal|diundur|undur|ganti|titip\w*|alamat|hilang|rusak|{_WEEKDAY})\b"
    ),
    "moving": re.compile(
        rf"\b(?:jadwal|jam|tanggal|tgl|besok|lusa|{_WEEKDAY}|ke (?:hari|minggu|bulan|sini|mojokerto|siang|pagi)|dari (?:\w+ ){1, 3}ke (?:sini|mojokerto)|"
        r"pindah dari(?! sini| mojokerto)|datang|sudah pindah|baru pindah|pindah alamat(?! ke)|booking|petugas)\b"
    ),
    "robot": re.compile(
        r"\b(?:jangan|mau|ingin|minta|tolong|sambung\w*|hubung\w*|panggil\w*|bukan robot|goblok\w*|bodoh|tidak guna|tolol|bego|payah|asu|jancok|cok|speak|bisa (?:bicara|ngobrol|hubung\w*))\b"
    ),
    DAMAGED: re.compile(
        r"\b(?:ambil|lama|bawa|biaya|bayar|gratis|uang|status|sudah jadi|belum jadi|kapan|selesai|cetak|nomor|kk|keluarga|sim|stnk|atm|akta|kia|jadwal|tanda terima|resi|nik|bank|aplikasi|ikd)\b"
    ),
    FIRST: re.compile(
        r"\b(?:hilang|rusak|ganti|kia|wna|asing|ikd|digital|pindah|jadwal|sudah|belum|kapan|1[0-6]|biaya|bayar|gratis|uang|mana|jam|surat|keluarga)\b"
    ),
    LOST: re.compile(
        r"\b(?:ambil|kartu lama|lama saya|tanda terima|resi|struk|bukti|nomor|kk|keluarga|sim|stnk|atm|akta|kia|bpjs|jadwal|tiket|"
        r"status|sudah jadi|belum jadi|kapan|selesai|cetak|nik|data|tidak hilang|meninggal|gratis|bayar|biaya|denda|uang)\b"
    ),
    "civil": re.compile(
        r"\b(?:kartu(?! keluarga)|kia|ikd|bawa|syarat|persyaratan|foto ?kopi\w*|fc|perlu|pakai|satu kk|ambil|rekam|status|sudah jadi|perbaikan|tanda terima|dilegalisir|asli|meninggal|kematian)\b"
    ),
    CHANGE: re.compile(
        r"\b(?:jadwal|jam|hari|tanggal|tiket|booking|bahasa|kantor|tempat|salah|keliru|tidak (?:berubah|ganti)|kapan|sudah jadi|ambil|(?<!mau )(?:status|nama) (?:\w+ ){0,2}?(?:belum|masih)|(?:status|nama)\w* (?:tidak|belum|masih))\b"
    ),
    MOVED_IN: re.compile(
        r"\b(?:jadwal|jam|hari|tanggal|rekam|booking|(?:ke|menuju) (?!sini|mojokerto|kk)\w+|ambil|kapan|sudah jadi)\b"
    ),
    YOUNG: re.compile(r"\b(?:kia|jadwal|status|sudah jadi|ambil|kapan jadi|belum jadi)\b"),
    "death": re.compile(
        r"\b(?:sim|stnk|pajak|perpanjang|kartu saya (?:sudah )?meninggal|lampu|hp|hape|listrik|server|aplikasi|selesai|sudah jadi|maksud)\b"
    ),
    "day": re.compile(
        r"\b(?:jadwal|rekam|daftar|kuota|slot|pesan|booking|pindah|ubah|ganti|jemput bola|sudah jadi|rekening|toko|usaha|"
        r"sekolah|saya (?:\w+ )?libur)\b"
    ),
    "nik": re.compile(r"\b(?:kirim nik|lupa nik)\b"),
    "case": re.compile(r"\b(?:cara|hilang|polisi)\b"),
    "blind": re.compile(r"\b(?:tidak bisa (?:me)?lihat (?:status|jadwal|data|kartu|gambar|tiket|jawaban))\b"),
    "outreach": re.compile(r"\b(?:batal\w*|jadwal saya|antar|ambil|kirim)\b"),
}
_ABROAD = re.compile(
    r"\b(?:wna|bule|kitap|kitas|(?:orang|warga|warga negara|suami|istri|penduduk|tenaga|paspor|passport) (?:asing|luar negeri|manca|foreign)|"
    r"pas+port? (?:asing|luar|saya|holder)|foreign(?:er|ers)?|expat\w*|foreign pas+port?|(?:permanent )?(?:stay|residence) permit|"
    r"permanent resident)\b"
)
_NOT_ABROAD = re.compile(
    r"\b(?:(?:buat|perpanjang|urus|bikin|renew|extend) (?:\w+ )?pas+port?|(?:sudah|belum) (?:jadi|bisa|selesai|siap)|status|kapan|cek|jadwal)\b"
)
_WHERE = re.compile(
    r"\b(?:mana|alamat\w*|tempat|peta|google|jalan apa|jam|buka|tutup|jauh|sebelah|rute|arah|telepon)\b"
)
_MOVES = re.compile(r"\b(?:\w*ganti|\w*ubah|pindah|dipindah|geser)\b")
_SHORT = 80  # characters: most messages are compared
_OPT_OUT = re.compile(
    r"(?:saya |mau |minta |ingin |mulai |sekarang )*"
    r"(?:stop|berhenti|mandeg|mandek|jangan|ojo|ampun|cukup|tidak (?:usah|perlu|mau|ingin|want)|tidak)"
    r"(?: (?:saya|di|lagi))*"
    r" (?:kirim\w*|\w*kirimi|ngirimi?|terima|dapat|(?:di|nge)?chat|(?:di|nge)?wa|sms|\w*hubungi|\w*ganggu|\w*kabari|messaging|texting|sending)"
    r"(?: (?:saya|pesan|pesen|kabar|chat|wa|whatsapp|sms|notif\w*|messages?|apa|lagi|neh|terus|ke|di|hp|nomor|sini|dari|bot|ini|yang))*"
)
_MESSAGE = re.compile(
    r"\b(?:pesan|pesen|kabar|chat|wa|whatsapp|sms|notif\w*|messages?|messaging|texting|\w*(?:hubungi|ganggu|kabari) (?:\w+ )?(?:saya|lagi))\b"
)


def errand_of(text: str) -> str | None:
    """The errand that a sentence is about, or None."""
    if len(text) > _LONGEST or is_grievance(text) or looks_like_scam(text):
        return None
    said = standard(text)
    for errand, pattern in _ERRANDS:
        if pattern.search(said) and not (errand in _NOT and _NOT[errand].search(said)):
            return errand
    return "case" if _names_a_case(text) else None


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


def _names_a_case(text: str) -> bool:
    return bool(_CASE_CODE.search(text) and case_number(text))


def is_code(text: str) -> bool:
    """Whether a text is the code of a case or a ticket, and no word."""
    alone = case_number_alone(text)
    return bool(alone) and not alone.isalpha() and not alone.isdecimal() and not _TWICE.search(fold(text))


def is_from_abroad(text: str) -> bool:
    """Whether a sentence asks as a foreign resident how to get a card."""
    said = standard(text)
    return len(text) <= _LONGEST and bool(_ABROAD.search(said)) and not _NOT_ABROAD.search(said)


def asks_where(text: str) -> bool:
    """Whether a sentence asks for a place or its hours, and not to change it."""
    said = standard(text)
    return len(text) <= _LONGEST and bool(_WHERE.search(said)) and not _MOVES.search(said)


def is_civil(words: str) -> bool:
    """Whether words name a family card or a deed, which another counter keeps in most offices."""
    return re.search(rf"\b{_CIVIL}\b", standard(words)) is not None


def opts_out(text: str) -> bool:
    """Whether a sentence, and nothing else in it, asks for no more messages."""
    if len(text) > _SHORT:
        return False
    said = standard(text)
    return _OPT_OUT.fullmatch(said) is not None and _MESSAGE.search(said) is not None
