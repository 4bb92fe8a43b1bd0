"""Sentences to record: every prompt has words in every language, and numbers are said as people say them."""

from datetime import UTC, date, datetime

import pytest

from bot.setup.office_file import load_office
from bot.voice.sentences import Sentences, hash_of, recording_name
from domain.appointments.calendar import Calendar
from domain.cards.application import MOST_AHEAD, Application
from domain.cards.stages import Stage
from handlers.engine.chat import Choice, Said
from handlers.engine.scene import Question
from handlers.shared import prompts
from handlers.shared.report import report
from locales.grammar import GRAMMARS
from tests.support.texts import the_texts

OFFICE = load_office(None)
DAY, NOW = date(2026, 11, 20), datetime(2026, 11, 23, 2, tzinfo=UTC)
SENTENCES = Sentences(the_texts(OFFICE), OFFICE)


@pytest.mark.parametrize("language", OFFICE.languages)
def test_every_sentence_can_be_read_aloud(language: str):
    found = dict(SENTENCES.every(language))
    assert 100 < len(found) < 160
    for name, sentence in found.items():
        assert sentence == sentence.strip() != ""
        assert not set("*\n{}\x1f") & set(sentence)
        assert name.endswith(f".{hash_of(sentence)}.opus")


def test_a_changed_sentence_has_another_name():
    before, after = (
        recording_name("report-printed", "Sudah dicetak"),
        recording_name("report-printed", "Dicetak"),
    )
    assert before != after
    assert recording_name("point.kantor / ../a", "x").count("/") == 0


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (0, "nol", "zero"),
        (7, "tujuh", "seven"),
        (10, "sepuluh", "ten"),
        (11, "sebelas", "eleven"),
        (17, "tujuh belas", "seventeen"),
        (30, "tiga puluh", "thirty"),
        (45, "empat puluh lima", "forty five"),
        (100, "seratus", "one hundred"),
        (111, "seratus sebelas", "one hundred eleven"),
        (512, "lima ratus dua belas", "five hundred twelve"),
        (999, "sembilan ratus sembilan puluh sembilan", "nine hundred ninety nine"),
        (1000, "seribu", "one thousand"),
    ],
)
def test_numbers_are_said_in_words(number: int, indonesian: str, english: str):
    assert " ".join(GRAMMARS["id"].count(number)) == indonesian
    assert " ".join(GRAMMARS["en"].count(number)) == english


def test_the_words_of_all_numbers_are_few():
    assert len({word for number in range(prompts.MOST + 1) for word in GRAMMARS["id"].count(number)}) < 20


def test_days_and_times_are_said_in_words():
    assert SENTENCES.of("date.2026-11-23", "id") == ["Senin", "dua", "puluh", "tiga", "November"]
    assert SENTENCES.of("clock.08:00", "id") == ["delapan"]
    assert SENTENCES.of("clock.13:30", "en") == ["thirteen", "thirty"]
    assert SENTENCES.of("report-ready-for-pickup.before", "id") == ["Kartu sudah siap diambil di"]
    assert SENTENCES.of("report-ready-for-pickup.after", "id") == []


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_of_every_service_can_be_listened_to(stage: Stage):
    """A new text of a status needs a line in handlers/shared/prompts.py."""
    for service in OFFICE.services:
        application = Application(
            id=1, number="MJK-261102-0007-Z", name="S*** A***", service=service.id, stage=stage, raw_code="",
            stage_on=DAY, complete_on=DAY, point="sooko", data_at=NOW, ahead=12,
        )  # fmt: skip
        told = report(application, Calendar(office=OFFICE), NOW)
        found = prompts.prompts_of(told, None, OFFICE, page=3)
        assert found, f"{service.id}: {[said.key for said in told]}"
        assert all(SENTENCES.of(prompt, "id") or prompt.endswith(".after") for prompt in found)


def test_what_to_bring_is_told_for_the_service_asked_about():
    said = [
        "".join(SENTENCES.of(f"report-bring-pickup.{service}", "id"))
        for service in ("ktp_hilang", "ktp_wna", "kia")
    ]
    assert len(set(said)) == 3


SOOKO = OFFICE.point("sooko")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Said("report-ahead", {"ahead": 0}), ["voice-ahead-none"]),
        (
            Said("report-ahead-many", {"most": MOST_AHEAD}),
            ["voice-ahead", "voice-more-than", "number.1000", "voice-ahead-cards"],
        ),
        (
            Said("follow-where", {"place": SOOKO.name, "address": SOOKO.address}),
            ["voice-where", "point.sooko", "voice-address", "address.sooko"],
        ),
        (Said("follow-where", {"place": "Loket lama", "address": SOOKO.address}), []),
        (
            Said("forecast-range", {"earliest": DAY, "before": NOW, "cases": 9}),
            ["voice-earliest", "date.2026-11-20", "voice-before", "date.2026-11-23"],
        ),
        (
            Said("report-closed-today", {"opens": NOW}),
            ["voice-closed-today", "date.2026-11-23", "voice-at", "clock.09:00"],
        ),
        (Said("report-rejected", {"noted": False}), ["report-rejected"]),
        (Said("report-rejected", {"noted": True, "note": "NIK ganda"}), []),
        (Said("report-policy", {"policy": "drone"}), []),
    ],
)
def test_an_answer_is_told_in_recordings_or_not_at_all(said: Said, told: list[str]):
    assert prompts.prompts_of([said], None, OFFICE, page=3) == told
    assert all(SENTENCES.of(prompt, "id") for prompt in told)


@pytest.mark.parametrize(
    ("labels", "read"), [(["engine-yes", "engine-no"], True), (["engine-yes"] * 4, False)]
)
def test_more_choices_than_fit_a_message_are_not_read_aloud(labels: list[str], read: bool):
    asked = Question(kind="choose", said=Said("menu-ask"), choices=[Choice(one, one) for one in labels])
    assert bool(prompts.prompts_of([], asked, OFFICE, page=3)) is read


def test_a_day_that_is_none_is_not_recorded():
    told = Said("report-picked-up", {"on": date(2026, 11, 20)})
    assert prompts.prompts_of([told], None, OFFICE, page=3)
    assert not prompts.prompts_of([Said("report-picked-up", {"on": "kemarin"})], None, OFFICE, page=3)
