"""Everything that reads what somebody typed, and texts that such readers are slow at when they are written carelessly."""

import inspect
import random
import re
import sys
import tomllib
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from itertools import pairwise
from types import ModuleType
from typing import Any

import bot.importing.sheets
import bot.telegram.parser
import bot.whatsapp.names  # noqa: F401 (the regular expressions of these modules are looked at)
from bot.setup.logs import mask
from bot.setup.office_file import SAMPLE
from bot.telegram import markup as telegram_markup
from bot.turns.phrases import phrasebook
from bot.turns.wording import unmarked
from bot.whatsapp import markup as whatsapp_markup
from domain.announcements.announcement import Wording, fill
from domain.appointments.booking import TicketCode
from domain.appointments.wishes import DayParser
from domain.cards import register_cells
from domain.cards.pair import spot_pair
from domain.cards.proof import ProofParser
from domain.office.districts import district_named
from domain.office.office import Office
from domain.office.places import suggest_points
from domain.office.week import Span
from domain.people.names import clean_name, mask_name
from domain.people.nik import Nik, find_nik, hide_niks
from domain.people.phones import Phone
from domain.ratings import complaint
from domain.text import cells
from domain.text.case_questions import asked_about_case
from domain.text.errands import asks_where, case_number, errand_of
from domain.text.followups import means_another, topic_of
from domain.text.named_day import day_in
from domain.text.scam import looks_like_scam
from domain.text.typed import fold
from handlers import scripts
from handlers.appointments.place_choice import DayOrPlace, PlaceParser
from handlers.engine import choosing, hearing
from handlers.engine.dialogue import Offered
from handlers.engine.registry import CONVERSATIONS
from handlers.guide.language import named_language
from handlers.guide.questions import _named, spot_service
from handlers.handovers import talk
from handlers.ratings import cases, rating
from handlers.shared import last_look, pair
from handlers.staff.check_in import spot_ticket
from handlers.staff.finish import SubjectParser
from storage.staff import staff
from tests.support.texts import the_texts

TODAY = date(2026, 11, 23)
OFFICE = Office.from_mapping({}, sample=tomllib.loads(SAMPLE.read_text()))
NIK = "3516994107900001"
NUMBER = "MJK-261102-0007-Q"
scripts.load()
PHRASES = phrasebook(the_texts())
DAY, PLACE = DayParser(TODAY), PlaceParser(office=OFFICE, today=TODAY)
LABELS = [Offered("a", "Ubah jadwal"), Offered("b", "Ya, batal saja, terima kasih")]

Reader = Callable[[str], Any]

# By the place in handlers/ and the expression that a question is read with.
ANSWERS: dict[tuple[str, str], Reader] = {
    ("announcements/announce.py", "Wording.read"): Wording.read,
    ("appointments/appointment.py", "parser.parse"): DayOrPlace(DAY, PLACE).parse,
    ("appointments/time_choice.py", "parser.parse"): DayParser(TODAY, chosen=TODAY).parse,
    ("appointments/place_choice.py", "parser.parse"): PLACE.parse,
    ("ratings/cases.py", "complaint"): cases.complaint,
    ("ratings/cases.py", "_more"): cases._more,
    ("ratings/cases.py", "_upper"): cases._upper,
    ("staff/check_in.py", "TicketCode.parse"): TicketCode.parse,
    ("people/correct.py", "without_spaces"): last_look.without_spaces,
    ("people/visit.py", "without_spaces"): last_look.without_spaces,
    ("staff/finish.py", "parser.parse"): SubjectParser(OFFICE).parse,
    ("shared/last_look.py", "_added"): last_look._added,
    ("shared/pair.py", "numbers.parse"): pair._NumberParser(
        OFFICE.number, lambda: None, lambda _number: None
    ).parse,
    ("shared/pair.py", "proofs.parse"): ProofParser(True).parse,
    ("guide/questions.py", "parse"): partial(_named, office=OFFICE),
    ("ratings/rating.py", "free_word"): rating.free_word,
    ("staff/sign_in.py", "str.strip"): staff._typed,
    ("handovers/talk.py", "_as_it_is"): talk._as_it_is,
}

READERS: dict[str, Reader] = {
    **{f"{place} {expression}": reader for (place, expression), reader in ANSWERS.items()},
    "day": DAY.parse,
    "four digits": ProofParser(False).parse,
    "NIK": Nik.parse,
    "NIK in a sentence": find_nik,
    "NIKs hidden": hide_niks,
    "number without": OFFICE.number.without_number,
    "old number": Office.from_mapping(
        {"number": {"pattern": "[0-9]{4,}/[A-Z]+/[0-9]{2,}"}}, sample=tomllib.loads(SAMPLE.read_text())
    ).number.find,
    "phone": Phone.parse,
    "pair": lambda text: spot_pair(text, OFFICE.number),
    "pair for the questions": lambda text: pair.spot_pair(text, OFFICE),
    "ticket": lambda text: spot_ticket(text, OFFICE),
    "language": lambda text: named_language(text, OFFICE),
    "service in a question": lambda text: spot_service(text, OFFICE),
    "service": OFFICE.service,
    "point": OFFICE.point,
    "kecamatan": lambda text: district_named(text, OFFICE.districts),
    "points": lambda text: suggest_points(text, OFFICE, TODAY),
    "name": clean_name,
    "name masked": mask_name,
    "hint of a fee": partial(complaint.kind_of, fee_words=("bayar", "uang rokok"), complaint_words=("lama",)),
    "announcement filled": lambda text: fill(text, {"nama": "S***"}),
    "hours": Span.parse,
    "trick": looks_like_scam,
    "follow-up": topic_of,
    "another card": means_another,
    "question about a case": asked_about_case,
    "errand": lambda text: (errand_of(text), asks_where(text), case_number(text)),
    "day in a sentence": lambda text: day_in(text, TODAY, {TODAY: "Hari Raya Natal"}),
    "log": mask,
    "guess": PHRASES.matcher.guess,
    "topic": partial(PHRASES.matcher.topic, "requirements"),
    "every conversation": lambda text: [one.spot(text, OFFICE) for one in CONVERSATIONS.values()],
    "opening": lambda text: hearing._opening(text, fold(text), PHRASES, handed=True),
    "label": lambda text: choosing._labelled(LABELS, fold(text)),
    "words folded": fold,
    "cell": cells.words,
    "cell day": lambda text: cells.day(text, today=TODAY),
    "cell number": lambda text: register_cells.read_number(text, OFFICE.number),
    "cell NIK": register_cells.read_nik,
    "cell name": register_cells.read_name,
    "cell text": register_cells.read_text,
    "cell kecamatan": lambda text: register_cells.read_district(text, OFFICE),
    "cell phone": register_cells.read_phone,
    "cell note": register_cells.read_note,
    "stars": lambda text: unmarked({"word": text}),
    "Telegram": lambda text: telegram_markup.parts(text, 4096),
    "WhatsApp": whatsapp_markup.to_whatsapp,
    "WhatsApp template": whatsapp_markup.without_bold,
}


def _modules() -> list[tuple[str, ModuleType]]:
    ours = ("bot", "handlers", "domain", "locales", "storage")
    return sorted((name, one) for name, one in sys.modules.items() if name.partition(".")[0] in ours)


_SEARCHES = "search|finditer|findall|sub|subn|split"


def patterns() -> dict[str, tuple[re.Pattern[str], bool]]:
    """Every regular expression of a module of ours that is loaded here, and whether it is searched for in a text.

    One that is only compared with a whole text begins at one place alone.
    """
    found = {}
    for name, module in _modules():
        for variable, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                code = inspect.getsource(module)
                compared = re.search(rf"\b{variable}\.(?:full)?match\(", code)
                searched = re.search(rf"\b{variable}\.(?:{_SEARCHES})\(", code)
                found[f"{name}.{variable}"] = value, bool(searched) or not compared
    return found


def tuples_of_patterns() -> dict[str, re.Pattern[str]]:
    """Every regular expression in a tuple of such a module, also beside what it stands for."""
    return {
        f"{name}.{variable}.{place}": part
        for name, module in _modules()
        for variable, value in vars(module).items()
        if isinstance(value, tuple)
        for place, one in enumerate(value)
        for part in (one if isinstance(one, tuple) else (one,))
        if isinstance(part, re.Pattern) and isinstance(part.pattern, str)
    }


def filled(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def drawn(words: list[str], joint: str) -> Callable[[int], str]:
    """Words in an order that is the same every time, as many as it takes."""
    order = random.Random(7)
    text = joint.join(order.choice(words) for _ in range(9000))
    return lambda size: text[:size]


def _letters(size: int, seed: int) -> str:
    return "".join(random.Random(seed).choices("abcdefghijklmnopqrstuvwxyz", k=size))


_UNITS = [
    *"a0 1.-,#@:/=_*{[(+\"'?!\n\t",
    *"éß١०🙂字\u200b\u00a0\u0301\ufdfa\ud7ff\u2068",
    *("a ", "1 ", "1-", "1 - ", "a1", "a-", "a.", "a,", "a\n", "a, b ", ", ", " ,", "0--", "12 ", "11 11a "),
    *("MJK", "MJK-", "MJK 261102", "MJK-261102-0007-", "ABC 234 ", "ABC-23", "1234/AB/", "#KTP#"),
    *(
        "token",
        "token=",
        "secret_",
        "password.",
        "api_key",
        "Bearer ",
        "bearer  a",
        "bot123456:",
        "12345678:",
    ),
    *("nik ", "nik 1", "081", "0812 ", "62 ", "+62 8", "(0", "rp", "rp ", "rp. ", "1 rb", "1.000 "),
    *("ktp ", "e-ktp ", "klik ", "hari ", "senin ", "1/", "sms wa ", "dapat a ", "ada ada ", "biaya admin"),
    *("kode verifikasi ", "m-", "bit.ly", "www.", "a.com-", "changed from ", "/a", "/a@", "{a}", "{a", "\\"),
    *("*a", "a*", "* ", "*a\u2068", "\u2068a\u2069", "_a", "> ", "[a", '"a', "\u0301\u0316", "e\u0323\u0307"),
    *("kecamatan ", "di ", "sooko ", "syarat ", "ktp hilang ", "09.00-10.00 ", "1E", "NIK: ", "=", "- "),
    "cek ",
]


@cache
def texts_for() -> dict[str, Callable[[int], str]]:
    """Texts by what they are made of, each for any length."""
    examples = sorted(
        {
            word
            for one in CONVERSATIONS.values()
            if one.examples
            for sentence in the_texts().words(None, one.examples)
            for word in sentence.split()
        }
    )
    opening = sorted({word for phrase in PHRASES.opens for word in phrase.split()})
    strange = [_letters(5, seed) for seed in range(400)]
    made: dict[str, Callable[[int], str]] = {f"{unit!a}": partial(filled, unit) for unit in _UNITS}
    made |= {f"{unit!a} then a NIK": _before(f" {NIK}", unit) for unit in ("a ", "1 ", "a1b ", "nik ", "# ")}
    made |= {
        "words, then a NIK in blocks": _before("3516 9941 0790 0001", "a "),
        "a NIK, then words": lambda size: NIK + filled(" a", size - len(NIK)),
        "NIKs": partial(filled, f"{NIK} "),
        "fifteen digits": partial(filled, f"{NIK[:15]} "),
        "numbers": partial(filled, f"{NUMBER} "),
        "words, then a number": _before(f" {NUMBER}", "a "),
        "a number, then digits": lambda size: NUMBER + filled(" 12", size - len(NUMBER)),
        "a number, then nothing": lambda size: NUMBER + filled(" ", size - len(NUMBER) - 1) + "x",
        "a number, then NIK": lambda size: NUMBER + filled(" NIK", size - len(NUMBER) - 1) + "x",
        "marks in the wrong order": lambda size: (
            "a" + filled("\u0301", size // 2) + filled("\u0316", size // 2)
        ),
        "opening words": drawn(opening, " "),
        "words of examples": drawn(examples, " "),
        "words of examples, alone": drawn(examples, ","),
        "words of examples, two by two": drawn([f"{a} {b}" for a, b in pairwise(examples)], ", "),
        "slips": drawn([f"{word[:-1]}q" for word in examples], " "),
        "strange words": drawn(strange, " "),
        "strange words, two by two": drawn([f"{a} {b}" for a, b in pairwise(strange)], ", "),
        "letters": drawn([*"abcdefghijklmnopqrstuvwxyz      "], ""),
        "digits": drawn([*"0123456789 -."], ""),
        "anything": drawn([chr(code) for code in range(0x20, 0x3000)], ""),
    }
    return made


def _before(end: str, unit: str) -> Callable[[int], str]:
    return lambda size: filled(unit, size - len(end)) + end
