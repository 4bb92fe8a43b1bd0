"""Which of the people in a list a sentence means: by a name, by its place in the list, or a child; and of which age."""

import re
from dataclasses import dataclass

from domain.text.colloquial import standard
from domain.text.topics import classifier
from domain.text.typed import fold

_LONGEST = 80  # characters
_PLACES = (
    "pertama kesatu satu siji setunggal first one",
    "kedua dua kaloro kapindho pindho loro kalih second two",
    "ketiga tiga katelu telu tigang third three",
    "keempat empat papat sekawan fourth four",
    "kelima lima limo gangsal fifth five",
    "keenam enam nem sixth six",
)
_PLACE_OF = {word: place for place, words in enumerate(_PLACES, 1) for word in words.split()}
_LAST = frozenset(("terakhir", "last", "akhir", "paling bawah", "ngisor dewe"))
_IN_ORDER = re.compile(
    r"(?:(?:yang|sing|ingkang|nomor|nomer|no|nmr|pilihan|orang|kartu|urutan|kaping|ping|the|number|pilih|mau|ke) )+(?P<place>[a-z ]+?|\d{1,2})"
    r"(?: (?:saja|aja|ae|mawon|ya|dong|deh|pak|bu|min|kak|itu|one|please))*"
)
_OWNED = re.compile(
    r"\b(?:punya(?:nya|ne|e)?|duwek(?:e|ne)?|milik(?:nya)?|nggon(?:e|ne)|gadah(?:an)?(?:ipun|e)|kagungan(?:ipun|e)?|atas nama|a\.?n\.?|namanya|nama|jenenge|jeneng|for) "
    r"(?:(?:si|pak|bu|bapak|ibu|mas|mbak|dik|adik|kak|my) )*(?P<name>[a-z']{2,}(?: [a-z']{2,})?)"
)
_CARD_OF = re.compile(
    r"\b(?:kartu|ktp|status|berkas|kia|ikd|untuk|buat|kanggo|yang|sing)(?:nya|ne|e|ipun)? (?:(?:si|pak|bu|bapak|ibu|mas|mbak|dik|kak) )*(?P<name>[a-z]{2,})\b"
)
_ENGLISH = re.compile(r"\b(?P<name>[a-z]{2,})'s\b")
_CHILD = re.compile(r"\b(?:punya|untuk|yang|kartu|milik|kia) (?:\w+ )?anak\b|\banak saya(?: yang)?$")
_KIN_WORDS = "istri suami ibu ayah adik kakak saudara kakek cucu mertua keluarga teman tetangga"
_KIN = frozenset(_KIN_WORDS.split())
_NOT_NAMES_WORDS = (
    "bapak pak bpk bu ibu buk mas mbak kak om tante mbah saya aku kulo kula sendiri siapa sopo sinten "
    "mana apa kamu dia ini itu yang tadi udah sudah belum gimana bagaimana anak ktp kartu"
)
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())
_YOUNG = frozenset({"bayi", "balita", "baby", "anak", "cucu", "keponakan"})
_BESIDE_AGE_WORDS = (
    "adik buat bikin untuk kagem punya mau syarat saya kami yang masih baru lahir kecil alit tk paud sd smp kelas kia kartu "
    "umur sudah tahun taun bulan minggu hari year years months old a laki perempuan"
)
_BESIDE_AGE = _YOUNG | set(_BESIDE_AGE_WORDS.split())
_AGE_ALONE = re.compile(r"(?:umur )?\d{1,2} (?:tahun|taun|bulan|year old)|umur \d{1,2}")


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a sentence means: initials of the name, the place in the list (-1: the last one), or a child; else somebody unknown."""

    initials: str = ""
    place: int = 0
    child: bool = False


def person_in(text: str) -> Meant | None:
    """Whom a sentence names in so many words: "punya budi", "yang kedua", "yang anak saya"; or None."""
    said = fold(text)
    if len(said) > _LONGEST:
        return None
    ordered = _IN_ORDER.fullmatch(said)
    place = _place(ordered["place"]) if ordered else 0
    if place:
        return Meant(place=place)
    owned = _OWNED.search(said) or _ENGLISH.search(said)
    name = _name(owned["name"]) if owned else ""
    if not name and (card := _CARD_OF.search(said)) and _is_strange(card["name"]):
        name = _name(card["name"])
    if name:
        return Meant(initials=name)
    if _CHILD.search(standard(said)):
        return Meant(child=True)
    return Meant() if owned else None


def name_alone(text: str) -> Meant | None:
    """Whom a text means that is one or two words and no known ones, as names are; or None."""
    words = [
        one
        for one in re.findall(r"[a-z]+", fold(text))
        if one not in {"si", "pak", "bu", "mas", "mbak", "yang"}
    ]
    if not 1 <= len(words) <= 2 or not all(len(one) > 1 and _is_strange(one) for one in words):  # noqa: PLR2004 (a name and a second one)
        return None
    return Meant(initials="".join(one[0] for one in words).upper())


def age_meant(text: str) -> int | None:
    """Age in years of the child that a text is about, if about nothing else: "anak 10 tahun", or 0: "buat bayi"; or None."""
    said = standard(text[: _LONGEST + 1])
    words = said.split()
    numbers = [one for one in words if one.isdecimal()]
    if len(text) > _LONGEST or not _BESIDE_AGE.issuperset(set(words).difference(numbers)):
        return None
    if len(numbers) == 1 and (_AGE_ALONE.fullmatch(said) or not (_YOUNG | {"adik"}).isdisjoint(words)):
        return 0 if "bulan" in words or "hari" in words else int(numbers[0])
    return None if numbers or _YOUNG.isdisjoint(words) else 0


def _place(said: str) -> int:
    if said.isdecimal():
        return int(said)
    return -1 if said in _LAST else _PLACE_OF.get(said, 0)


def _name(said: str) -> str:
    """Initials of a name, up to the first word that is none."""
    initials = ""
    for word in said.split():
        if word in _NOT_NAMES or standard(word) in _KIN or (initials and not _is_strange(word)):
            break
        initials += word[0].upper()
    return initials


def _is_strange(word: str) -> bool:
    """Whether no example has a word, as it is with names."""
    return bool(meant := standard(word)) and not classifier().knows(meant)
