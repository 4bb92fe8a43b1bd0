"""Everyday spellings, Javanese and English words as standard Indonesian words, for short sentences.

The examples of `topics.py` are written in standard words only. Free sentences are compared by
`handlers/engine/understanding.py`, whose words stand in the texts.
"""

import re
from functools import lru_cache

from domain.text.typed import plain

_WORD = re.compile(r"[a-z0-9][a-z0-9'./:-]*")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_OWNED = re.compile(r"^(?!punya|hanya|tanya)([a-z]{3,})(?:nya|nipun|ipun)$")
_MINE = re.compile(r"^(?!berla)([a-z]{5,})ku$")
_DOUBLED = re.compile(r"^([a-z]{3,})(?:-\1|2)$")

_PHRASES = tuple(
    (re.compile(said), meant)
    for said, meant in (
        (r"\b(?:how much|how) longer\b", "berapa lama lagi"),
        (r"\bhow long\b", "berapa lama"),
        (r"\bhow (?:many|much)\b", "berapa"),
        (r"\b(?:id|identity) number\b", "nik"),
        (r"\bnik+u\b", "nik saya"),
        (r"\bno\.? ?(?=(?:hp|wa|telp|telepon|tlp|reg|registrasi|antri|antrian|urut|resi)\b)", "nomor "),
        (
            r"\b(?:gak?|nggak?|g|tdk|ndak|ora)(?=(?:bisa|isa|boleh|usah|mau|tau|tahu|ada|perlu|punya|jadi|pernah|kuat|ngerti|paham)\b)",
            "tidak ",
        ),
        (r"(?<=\w) tho?o?\W*$|(?<=\w) to\W*$", ""),  # the Javanese particle
        (r"\bin person\b", "sendiri"),
        (r"\b(?:can't|cannot|can not|cant|couldn't|unable to)(?!\w)", "tidak bisa"),
        (r"\b(?:do|does|did) not\b", "tidak"),
        (r"\bbuka rekening\b", "rekening"),
        (r"\bwonten(?: ing)? (?=pundi|griy[oa]|kelurahan|desa|dusun|balai|kantor|kecamatan|loket)", "di "),
        (r"\bdi(?=(?:sana|sini|situ|depan|rumah|desa|kecamatan|kelurahan|kantor|balai|loket|pos)\b)", "di "),
        (r"\bke(?=(?:rumah|desa|kecamatan|kelurahan|kantor|sana)\b)", "ke "),
        (r"\b(?:have|has|just) (?=moved|died|married|divorced)", "sudah "),
        (r"\b(?:have|has|need) to\b", "harus"),
        (r"\b(?:of|out of) (?:the )?town\b", "luar kota"),
        (r"\b(?:someone|somebody|anyone|anybody)(?: else)?\b", "orang lain"),
        (r"\bhow (?:fast|quick|quickly)\b", "seberapa cepat"),
        (r"\bas (?:fast|quick)\b", "secepat"),
    )
)

_FORMS = {
    "tidak": "tdk tdak gak gk ga g nggak ngga enggak engga ndak ndk kagak kaga ogak ora mboten boten ra not no dont don't doesn't isn't isnt enjek enja' enjhe' bunten",
    "bisa": "bs bsa bsia iso isok isa saged saget boleh blh bole bolehkah bisakah angsal pareng can may could allowed bisane olle",
    "sudah": "sdh udh udah uda dah sudha sampun wis wes uwis uwes pun already",
    "belum": "blm blom blum belom durung dereng dereg gurung",
    "yang": "yg sing ingkang kang",
    "saya": "sy sya aq aku kulo kula gw gue gua my i me i'm im engkok sengkok kaule bule'",
    "kapan": "kpn kapankah when bileh bila kapanan",
    "berapa": "brp brapa brpa piro pinten pira pirang brempa saponapa",
    "apa": "opo nopo punapa menopo apaan apakah apa what ap whats wats apah",
    "bagaimana": "gmn gimana bgmn gmana gimna piye pripun yaopo how kepriye",
    "kenapa": "knp knapa napa kok ngopo kengeng mengapa why ngapa",
    "siapa": "sopo sinten who whom siapakah",
    "mana": "which dimana dmn dmana dimna dimn mna ndi endi ngendi nangendi nandi pundi kemana kmn kmana where wherever mananya dimmah",
    "lama": "suwe suwi dangu lma kesuwen lawas long",
    "orang": "org wong tiyang uwong person people",
    "lain": "liyane liya liyo lian else other another",
    "apabila": "kalau kalo klo kl klw kalu nek lek menawi yen if misal misalnya misale seumpama apabila",
    "harus": "kudu kedah mesti wajib must should hrs haruskah",
    "perlu": "required require requires requirement requirements dibutuhkan diperlukan dibutuhin dibutuhke butuh mbutuhke need needs needed prlu",
    "sendiri": "dewe dewean piyambak myself himself herself sndiri",
    "ambil": (
        "diambil ngalak kalak ngambil mengambil ambilin ambilkan ambilno ngambilin ngambilkan mengambilkan diambilin diambilkan diambilno "
        "ngambilno jupuk njupuk dijupuk jupukno njupukno dijupukno dijupukne mundhut mundut dipundhut dipunpundhut mendhet mendet pendhet "
        "dipendhet pick picks pickup picked collect collected collects pengambilan pengambilannya ngambile njupuke jupuke ambilnya nyambil"
    ),
    "bawa": "dibawa bw mbawa membawa bawain dibawain nggowo gowo digowo gibeh ngibeh mbeto beto beta mbekta bekta dibeto bring carry bawaannya bawaan",
    "bayar": "mbayar membayar dibayar bayare mbayare bayarnya pay paid payment",
    "biaya": "ragad ragat ragade ragate biayane biayanipun ongkos ongkose tarif tarife fee fees cost costs charge price",
    "gratis": "free gratisan cuma-cuma",
    "uang": "duit duwit arto yotro money",
    "cetak": "dicetak nyetak mencetak cetake dicetake cetaknya pencetakan cetakan print printed printing prints nyetake",
    "antar": "diantar dianter anter nganter diantarin dianterin diantarkan antarkan anterin terno terke diterke teraken diterno diterake deliver delivered delivery nganterin nganterke mengantar diter",
    "kirim": "kintun dikintun ngintun ngintunaken kintunaken dikirim dikirimkan kirimkan ngirim kirimin dikirimi send sent mail mailed ship mengirim dikirimin pengiriman",
    "rumah": "omah omahe griyo griya house home umah rmh",
    "desa": "deso ndeso kampung dusun dukuh village kelurahan balaidesa ds dsn",
    "alamat": "alamate almt address alamatipun",
    "tempat": "panggenan panggon panggone panggonan nggon nggone papan location tempate tmpt tmpat lokasi lokasine loket loketnya",
    "peta": "map maps gmaps googlemap googlemaps shareloc sharelok serlok share-loc rute denah petunjuk",
    "jam": "tabuh pukul jm jame hours pkl",
    "buka": "bukak bikak dibuka open opens opening bukae bukane",
    "tutup": "tutupe ditutup close closed closes closing nutup",
    "hari": "dino dinten hr day days",
    "minggu": "mgg mnggu pekan week weeks",
    "bulan": "bln wulan sasi month months",
    "dokumen": "document documents berkas berkase paper papers paperwork syarate dokumene",
    "besok": "bsk bsok besuk sesuk suk mbesuk benjing benjang mbenjing tomorrow tmrw isuk",
    "sisa": "kari tinggal remaining left",
    "dibuang": "thrown discarded destroyed dihancurkan dimusnahkan dibuak",
    "simpan": "disimpan nyimpan disimpen simpen disimpene keep kept stored penyimpanan",
    "antre": "antri antrian antrean ngantri mengantri antriannya antrinya antriane queue line antreannya antrine antriane antreane",
    "kartu": "ktp kartune ktpne ktpku ktpe ktpel ektp e-ktp ktp-el card katepe kartuku keping",
    "surat": "srt layang serat letter surate",
    "arti": "artine artose arti artinya mean means meaning makna",
    "maksud": "dimaksud maksude maksute maksudnya mksd mksud maksd tegese",
    "paham": "ngerti mengerti mudeng dong faham ngertos understand pahami",
    "istri": "bojo bojoku bojone isteri istriku istrine istrinya garwo garwa semah wife",
    "suami": "suamiku suamine husband misua",
    "anak": "anakku anake anaknya lare larene yugo yogo putra putri putro putraku putriku son daughter child children kid kids bocah",
    "ibu": "mamak emak mama mak mbok biyung ibuk ibuku mamaku mother mom mum ibunya ibuke",
    "ayah": "bapake bapakku bapaknya abah papa bpk ayahku father dad bapak pakne bapakne",
    "adik": "adek adikku adekku ade adikne rayi adine",
    "kakak": "kakakku kakang mbakyu mbakku masku",
    "saudara": "sodara sedulur dulur saudaraku brother sister sibling relative cousin sepupu kerabat famili tretan taretan",
    "kakek": "nenek simbah mbah embah mbahku eyang kakung grandma grandpa grandmother grandfather nenekku kakekku",
    "cucu": "putu cucuku wayah",
    "keluarga": "keluargaku family kluarga sekeluarga",
    "tetangga": "tonggo tanggi neighbour neighbor tetanggaku",
    "teman": "konco kanca rencang temen kawan temanku friend bestie",
    "mertua": "mertuo morotuwo maratuwa",
    "meninggal": "wafat seda sedo kapundut kapundhut mati ninggal almarhum almarhumah alm died dead deceased death tilar berpulang mangkat kematian",
    "blangko": "blanko blngko blanco blangkone blankone blangk",
    "senin": "senen snin monday mondays",
    "selasa": "slasa seloso tuesday tuesdays",
    "rabu": "rebo rabo wednesday wednesdays",
    "kamis": "kemis kms thursday thursdays",
    "jumat": "jum'at jumuah jemuwah jmt jemuah friday fridays",
    "sabtu": "setu sbt setunan saturday saturdays",
    "sebulan": "sewulan sesasi sakwulan",
    "bukan": "bkn dudu sanes",
    "katanya": "jare jarene kabare kandane criyose ktanya",
    "penuh": "rame ramai padat kebak crowded busy ruame",
    "buang": "guwak nguwak kebuwak kebuang membuang mbuwak",
    "nomor": "nomer nmr nomere nomore nomernya nomornya",
    "kamu": "kmu km koen kowe",
    "lebih": "luwih langkung lbh",
    "padam": "matikan matiin dimatikan mateni",
    "pindah": "pindahan pindhah pinda boyong boyongan move moved moving relocate mindah kepindahan",
    "sakit": "gerah loro sick ill lara",
    "gambar": "foto photo poto",
    "nanti": "mengko engko mangke ntar later",
    "sehari": "sedino sedinten perhari daily",
    "seminggu": "seminggune perminggu weekly sepekan",
    "lalu": "kemarin kmrn wingi kepungkur kapengker last yesterday",
    "rekam": "perekaman ngrekam merekam direkam rekaman recording recorded record",
    "petugas": "pegawai petugase officer staff petugasnya",
    "jemput": "dijemput njemput",
    "baru": "barusan anyar nembe recently newly",
    "lagi": "lg maneh maning malih again more",
    "sebelum": "before sakderenge saderenge sadurunge sakdurunge sblm sebelumnya",
    "cepat": "cepet cpt cepetan gage enggal fast quick quickly soon secepatnya",
    "segera": "asap",
    "pakai": "pake pk make nganggo nggawe gae gawe ngagem use using",
    "untuk": "utk kanggo kangge for",
    "saja": "aja wae ae mawon kemawon sj doang only just",
    "ada": "ono onok enek enten wonten eneng",
    "datang": "dtg teko sowan rawuh dugi come came hadir",
    "pergi": "go mrono mriko",
    "siapkan": "siapin disiapin disiapkan nyiapkan nyiapin nyiapno disiapno prepare menyiapkan",
    "jelas": "dijelaskan jelaskan jelasin dijelasin terangkan diterangkan explain penjelasan penjelasane",
    "nunggu": "menunggu nunggunya ngenteni nenggo nengga enteni tunggu ditunggu wait waiting",
    "selesai": "slesai rampung kelar mari done finished ready",
    "jadi": "jd jdi dadi dados dadine jadine dadosipun",
    "masih": "msh tasih isih sek still",
    "lihat": "see ndelok ningali mirsani melihat liat ngeliat ngliat delok dilihat diliat",
    "baca": "read moco maca maos membaca",
    "jalan": "mlaku mlampah walk berjalan",
    "buta": "wuto wuta blind picek",
    "banyak": "akeh kathah many",
    "lambat": "alon slow pelan",
    "kurang": "kirang",
    "kekurangan": "kekirangan",
    "jangan": "jgn jngn ojo",
    "kerudung": "kerudungan jilbab jilbaban jilbabe hijab hijaban krudung krudungan headscarf hijabs",
    "resi": "resine resiku resinya",
    "struk": "struke struknya",
    "kertas": "kertase kertasnya",
    "jauh": "adoh tebih far",
    "punya": "duwe gadah kagungan nduwe",
    "di": "nang ng teng ning ing in at dateng",
    "ke": "menyang dhateng to",
}  # fmt: skip
_STANDARD = {form: word for word, forms in _FORMS.items() for form in forms.split()} | {
    word: word for word in _FORMS
}


# Addresses and particles, which say nothing; the first row also names a relative, beside "saya" or a verb.
_RELATIVES = {
    "ayah": "pak bapak bpk",
    "ibu": "bu ibu buk",
    "kakak": "mas mbak kak",
    "adik": "dik",
    "saudara": "om tante",
}
_ADDRESS = {said: meant for meant, words in _RELATIVES.items() for said in words.split()}
_PREFIXES = ("", "di", "ng", "nge", "n", "m", "me", "mem", "men", "meng", "tak", "tag", "ke")
_ENDINGS = "kah kan in i no ke ake aken en e ne"
_SUFFIXES = ("", *_ENDINGS.split())
_STEM_AT_LEAST = 4
_PREFIXED = 8  # letters of the shortest Javanese passive that is told apart: "dipunbeta"
_PARTICLES = (
    "nya min gan bang mba bro sis sir madam admin ya yaa yah yo nggih njih inggih dong donk sih deh nih toh tho lho loh "
    "lha kan nah oh eh hmm halo hallo hai hi hello permisi tolong mohon maaf please the a an it is are do does did oke ok "
    "baik punten nuwun sewu sewunipun assalamualaikum info"
)
_IDLE = frozenset(_PARTICLES.split())
_BESIDE_A_RELATIVE = frozenset(
    {"saya", "kami", "kandung", "mertua", "ambil", "bisa", "oleh", "sama", "dengan", "karo"}
)


@lru_cache(maxsize=4)  # several rules read the same sentence
def standard(text: str) -> str:
    """The sentence in standard words, single spaces between them, without punctuation, address and particles."""
    said = _STRETCHED.sub(r"\1", plain(text).casefold())
    for phrase, meant in _PHRASES:
        said = phrase.sub(meant, said)
    raw = [one.strip("'./:-") for one in _WORD.findall(said)]
    words = [_standard(one) for one in raw]
    kept = (
        _ADDRESS.get(one, word)
        for place, (one, word) in enumerate(zip(raw, words, strict=True))
        if one not in _IDLE and (one not in _ADDRESS or _is_a_relative(words, place))
    )
    return " ".join(word for word in kept if word)


def _is_a_relative(words: list[str], place: int) -> bool:
    """Whether the word of address at this place means a person: "bapak saya", "diambil ibu"."""
    beside = {*words[max(place - 1, 0) : place], *words[place + 1 : place + 2]}
    return not beside.isdisjoint(_BESIDE_A_RELATIVE)


def _standard(word: str) -> str:
    if doubled := _DOUBLED.match(word):
        word = doubled[1]
    word = word.removeprefix("dipun") if len(word) > _PREFIXED else word
    if word in _STANDARD:
        return _STANDARD[word]
    owned = _OWNED.match(word) or _MINE.match(word)
    if owned:
        return _STANDARD.get(owned[1]) or _stem(owned[1]) or owned[1]
    return _stem(word) or word


def _stem(word: str) -> str | None:
    """The standard word inside a verb with the everyday endings: "dianterke", "ngambilin", "dijelasno"."""
    ends = [len(word) - len(one) for one in _SUFFIXES if word.endswith(one)]
    for start in [len(one) for one in _PREFIXES if word.startswith(one)]:
        for end in ends:
            if end - start >= _STEM_AT_LEAST and (found := _STANDARD.get(word[start:end])):
                return found
    return None
