"""Words by which residents name days, mapped to the words of the grammar in `dates.py`.

Indonesian with short forms and common spellings, Javanese ngoko and krama, English. Weekdays become w0 (Monday)
to w6, months m1 to m12, number words digits. "Minggu" stays, because it means both Sunday and week.
"""

import re

_WEEKDAYS = (
    "senin senen snin sen monday mon",
    "selasa slasa seloso slaso sel tuesday tue tues",
    "rabu rebo rab wednesday wed weds",
    "kamis kemis kam kms thursday thu thur thurs",
    "jumat jum'at jumaat jemuwah jumuwah jemuah jumuah jum jmt friday fri",
    "sabtu setu saptu septu sab sbt saturday sat",
    "ahad ngahad akad ngakad sunday sun",
)
_MONTHS = (
    "januari jan january",
    "februari febuari pebruari feb peb february",
    "maret mar mrt march",
    "april apr",
    "mei may",
    "juni jun june",
    "juli jul july",
    "agustus agu agt ags agst aug august",
    "september sep sept",
    "oktober okt oct october",
    "november novembr nov nopember nop",
    "desember desembr desmber des dec december",
)
_NUMBERS = (
    "satu setunggal sawiji siji one",
    "dua kalih loro rong two",
    "tiga tigang telu telung three",
    "empat sekawan papat patang four",
    "lima gangsal limang five",
    "enam nem enem six",
    "tujuh pitu pitung seven",
    "delapan wolu wolung eight",
    "sembilan sanga sangang nine",
    "sepuluh sedasa ten",
)
_OTHERS = {
    "ini": "ini punika niki iki today saiki sakniki samenika sekarang now this skrg",
    "nanti": "nanti mangke engko mengko ntar",
    "besok": "besok bsk besuk sesuk suk mbesuk benjing benjang mbenjing mbenjang tomorrow tmr tmrw",
    "lusa": "lusa emben embèn mben",
    "kemarin": "kemarin kmrn wingi kalawingi yesterday",
    "depan": "depan dpn ngajeng ngarep next berikutnya",
    "lagi": "lagi lg malih maneh maning",
    "hari": "hari hr dinten dina dino day days",
    "minggu": "minggu mgg pekan week weeks",
    "bulan": "bulan bln wulan sasi month months",
    "tgl": "tgl tanggal tg tgal titimangsa surya",
    "pagi": "pagi enjing esuk isuk morning am",
    "siang": "siang awan noon afternoon",
    "sore": "sore sonten petang pm",
    "malam": "malam malem dalu bengi evening night tonight",
    "jam": "jam pukul pkl pk tabuh at",
}
# Words without meaning for the day.
_IDLE = (
    "pada untuk utk yang ya yaa saja aja mawon kemawon mau saya bisa kalau kalo klo nggih inggih please dong kak pak bu "
    "mas mbak min wonten ing ke dalam tahun taun th on the of in year from wib wita wit nanging kula kulo i would like"
)

WORDS: dict[str, str] = {
    **{word: f"w{place}" for place, words in enumerate(_WEEKDAYS) for word in words.split()},
    **{word: f"m{place}" for place, words in enumerate(_MONTHS, 1) for word in words.split()},
    **{word: str(place) for place, words in enumerate(_NUMBERS, 1) for word in words.split()},
    **{word: meant for meant, words in _OTHERS.items() for word in words.split()},
    **dict.fromkeys(_IDLE.split(), ""),
}
# Phrases with one meaning, replaced in this order before single words.
PHRASES = tuple(
    (re.compile(phrase), meant)
    for phrase, meant in (
        (r"\bday after tomorrow\b", "lusa"),
        (r"\b(?:hari|dinten|dina|dino) (?:minggu|mgg)\b", "ahad"),
        (r"\b(?:seminggu|sepekan|saminggu|a week)\b", "1 minggu"),
        (r"\b(?:sebulan|sewulan|sasasi|a month)\b", "1 bulan"),
        (r"\b(?:sehari|sedinten|sedina|a day)\b", "1 hari"),
        (r"\bjum at\b", "jumat"),
        (r"\b(?:rong dina)\b", "2 hari"),
        (r"\b([0-9]{1,2})(?:st|nd|rd|th)\b", r"tgl \1"),
    )
)
