"""Consistency of the Fluent files with each other, with the code, and with small phones."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.setup.holidays import calendar_of
from bot.setup.office_file import load_office
from domain.cards.application import Application, Passed
from domain.cards.stages import Stage
from domain.refusals import Refusal
from handlers.cards.pushes import news_of
from handlers.shared.report import report
from locales.texts import FOLDER, LANGUAGES, Texts
from tests.support.sources import nodes_of
from tests.support.texts import WIB

ROOT = FOLDER.parent
SMALL_PHONE = 700  # characters that a phone of 320 × 568 points shows without much scrolling
BUTTON, HINT = 20, 72  # WhatsApp's limits are the narrowest (L1)
CODE = sorted(path for folder in ("bot", "handlers") for path in (ROOT / folder).rglob("*.py"))
# Calls whose first text is a key, and keyword arguments that are keys.
SAYING = {"say", "ask", "choose", "confirm", "Said", "words"}
KEYWORDS = {"label", "hint", "words", "examples"}


@cache
def entries(path: Path) -> list[ftl.EntryType]:
    """Messages and comments of a file of texts."""
    return FluentParser().parse(path.read_text("utf-8")).body


def messages(language: str) -> dict[str, ftl.Message]:
    found = {}
    for path in sorted((FOLDER / language).glob("*.ftl")):
        for entry in entries(path):
            assert not isinstance(entry, ftl.Junk), f"{path}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{path}: {entry.id.name} stands twice"
                found[entry.id.name] = entry
    return found


@cache
def every_message() -> dict[str, dict[str, ftl.Message]]:
    """Messages of each language by key."""
    return {language: messages(language) for language in LANGUAGES}


class Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 (Fluent's visitor)
        self.names.add(node.id.name)


def variables(message: ftl.Message) -> set[str]:
    seen = Variables()
    seen.visit(message)
    return seen.names


def plain_texts(message: ftl.Message) -> Iterator[str]:
    """Every wording of a message, with `x` for what stands in it."""
    yield from _wordings(message.value)


def _wordings(pattern: ftl.Pattern) -> Iterator[str]:
    selects = [
        element.expression
        for element in pattern.elements
        if isinstance(element, ftl.Placeable) and isinstance(element.expression, ftl.SelectExpression)
    ]
    if selects:
        assert len(pattern.elements) == 1, "a sentence is not glued around a choice of words"
        for variant in selects[0].variants:
            yield from _wordings(variant.value)
    else:
        yield "".join(e.value if isinstance(e, ftl.TextElement) else "x" for e in pattern.elements)


def keys_said() -> Iterator[tuple[str, Path]]:
    """Every key that code names where a key belongs."""
    for path in CODE:
        for node in nodes_of(path):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            named = [*(node.args if name in SAYING else ()), *(node.args[1:2] if name == "Choice" else ())]
            named += [one.value for one in node.keywords if one.arg in KEYWORDS and name != "Caps"]
            for one in named:
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and "-" in one.value:
                    yield one.value, path


def words_in_code() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every text constant of the code, and every text that is put together, as a pattern."""
    constants, patterns = set(), []
    for path in [*CODE, *(ROOT / "bot").rglob("*.html"), *(ROOT / "bot").rglob("*.js")]:
        if path.suffix != ".py":
            constants |= set(re.findall(r"[a-z]+(?:-[a-z0-9]+)+", path.read_text("utf-8")))
            continue
        for node in nodes_of(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(v.value) if isinstance(v, ast.Constant) else ".+" for v in node.values]
                if sum(len(part) for part in parts if part != ".+") > 3:
                    patterns.append(re.compile("".join(parts)))
    return constants, patterns


def test_english_has_every_text_and_no_other():
    assert every_message()["en"].keys() == every_message()["id"].keys()


def test_javanese_has_no_text_that_indonesian_lacks():
    assert every_message()["jv"].keys() <= every_message()["id"].keys()


def test_every_language_gets_the_same_variables():
    for key, message in every_message()["id"].items():
        assert variables(every_message()["en"][key]) == variables(message), key
        if key in every_message()["jv"]:
            assert variables(every_message()["jv"][key]) <= variables(message), key


def test_every_variable_is_explained_to_the_translator():
    """In the Indonesian files, at the text or above it (neighbours that share a variable share its line)."""
    for path in sorted((FOLDER / "id").glob("*.ftl")):
        told = ""
        for entry in entries(path):
            comment = entry if isinstance(entry, ftl.BaseComment) else entry.comment
            told += comment.content if comment else ""
            if isinstance(entry, ftl.Message):
                silent = [name for name in variables(entry) if f"${name}" not in told]
                assert not silent, f"{path.name}/{entry.id.name}: {silent}"


def test_every_key_that_code_says_is_written():
    missing = {f"{key} ({path.name})" for key, path in keys_said() if key not in every_message()["id"]}
    assert not missing


def test_every_text_is_said_by_somebody():
    constants, patterns = words_in_code()
    unused = [
        key
        for key in every_message()["id"]
        if key not in constants and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert not unused


def test_every_refusal_has_its_sentence():
    assert {f"refusal-{code}" for code in Refusal.codes()} == {
        key for key in every_message()["id"] if key.startswith("refusal-")
    }


def labels() -> Iterator[tuple[str, str, str]]:
    """Every wording of a button, and every hint."""
    keys = {
        "engine-yes",
        "engine-no",
        "engine-more",
        "engine-previous",
        *(f"language-{one}" for one in LANGUAGES),
    }
    for path in CODE:
        for node in nodes_of(path):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Choice":
                keys |= {one.value for one in node.args[1:2] if isinstance(one, ast.Constant)}
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "conversation":
                keys |= {one.value.value for one in node.keywords if one.arg == "label"}
    for language, found in every_message().items():
        for key in keys & found.keys():
            for wording in plain_texts(found[key]):
                yield language, key, wording


def test_no_label_is_longer_than_the_narrowest_button():
    assert len(list(labels())) > 30
    for language, key, wording in labels():
        # A masked name and the tail of a number take 16 characters; tests/conversations sees the real ones.
        room = BUTTON if "x" not in wording or key != "status-person" else BUTTON - 14
        assert len(wording) <= room, f"{language}/{key}: {wording!r} has {len(wording)}"


def test_no_hint_is_longer_than_a_list_row_shows():
    for language, found in every_message().items():
        for key, message in found.items():
            if key.endswith("-hint") and not key.startswith("web-"):
                assert all(len(wording) <= HINT for wording in plain_texts(message)), f"{language}/{key}"


def is_shown(key: str) -> bool:
    """Lists of what residents write are read by the office, not by residents."""
    return not key.endswith(("-examples", "-words", "-slang", "-fillers"))


def test_no_single_text_fills_more_than_a_small_phone():
    for language, found in every_message().items():
        for key, message in found.items():
            if not is_shown(key):
                continue
            for wording in plain_texts(message):
                assert len(wording) <= SMALL_PHONE, f"{language}/{key} has {len(wording)}"


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts(zone=WIB, strict=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", [(2026, 11, 27), (2026, 12, 24)])
@pytest.mark.parametrize("stage", [*Stage, None])
def test_no_report_and_no_push_fills_more_than_a_small_phone(texts, language, stage, day):
    """With a long masked name, a note, an order nobody can count, on a Friday at noon or on a day of collective leave."""
    office, now = load_office(None), datetime(*day, 4, 30, tzinfo=UTC)
    calendar = calendar_of(office, (), date(*day))
    application = Application(
        id=1,
        number="MJK-261102-0007-Z",
        name="S*** A*** B*** C***",
        service="ktp_hilang",
        stage=stage,
        raw_code="KODE_BARU",
        stage_on=date(2026, 11, 20),
        complete_on=date(2026, 11, 20),
        point="sooko",
        note="Fotokopi KK dan surat kehilangan.",
        data_at=now,
        ahead=5000,
        passed=(Passed(stage=Stage.SUBMITTED, since=date(2026, 11, 10)),),
    )

    def worded(said) -> str:
        return "\n\n".join(texts.say(language, one.key, **one.variables) for one in said)

    offer = texts.say(language, "status-next", offer=not application.final, again="no")
    assert len(worded(report(application, calendar, now)) + offer) <= SMALL_PHONE
    assert len(worded(news_of(application, calendar, now, shared_device=False))) <= SMALL_PHONE
    shared = worded(news_of(application, calendar, now, shared_device=True))
    assert application.name not in shared
    assert application.number not in shared


def test_words_that_checks_look_for_stand_in_the_indonesian_texts():
    """L2: checks from outside read them."""
    expected = {
        "report-ready-for-pickup": "siap diambil",
        "report-waiting-blank": "blangko",
        "status-not-found": "tidak ditemukan",
        "refusal-nik-bad-date": "NIK",
        "refusal-number-bad-check": "nomor registrasi",
        "refusal-number-bad-shape": "nomor registrasi",
        "refusal-too-many-tries": "coba lagi",
        "refusal-slot-full": "baru saja terisi",
        "engine-old-button": "tidak berlaku",
        "engine-fault": "coba lagi",
        "refusal-not-allowed": "tidak berwenang",
    }
    for key, words in expected.items():
        for wording in plain_texts(every_message()["id"][key]):
            assert words in wording, key


def test_the_languages_are_called_alike_everywhere():
    for found in every_message().values():
        assert [next(plain_texts(found[f"language-{one}"])) for one in ("id", "jv", "en")] == [
            "Indonesia",
            "Jawa",
            "English",
        ]


def test_only_a_ready_card_is_called_ready():
    said = [
        key
        for key, message in every_message()["id"].items()
        if is_shown(key) and any("siap diambil" in one for one in plain_texts(message))
    ]
    assert said == ["report-ready-for-pickup"]


JARGON = re.compile(
    "|".join(("hitungan standar", r"/start\b", r"\*start\*", *(rf"\b{one}\b" for one in Stage)))
)
"""What residents need not know: our counts, our codes (READY_FOR_PICKUP), and a command of Telegram."""
FOR_STAFF = {"announce-file-whom"}  # `loket announce`: what to write into the file


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_names_a_stage_code_start_or_a_standard_count(language):
    said = {
        key: [text for text in plain_texts(message) if JARGON.search(text)]
        for key, message in every_message()[language].items()
        if key not in FOR_STAFF
    }
    assert {key: texts for key, texts in said.items() if texts} == {}
