from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from babel import Locale
from babel.numbers import format_decimal
from babel.plural import to_python
from fluent.syntax import parse
from fluent.syntax.ast import Message

from domain.cards.stages import Stage
from domain.office.week import Span, Week
from domain.text.typed import fold
from locales.grammar import GRAMMARS
from locales.texts import FOLDER, LANGUAGES, Count, TextFault, Texts
from tests.support.texts import WIB

MONDAY_NIGHT_IN_LONDON = datetime(2026, 11, 30, 20, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts(zone=WIB, strict=True)


def made(folder: Path, **languages: str) -> Path:
    """A folder of texts with these lines."""
    for language in LANGUAGES:
        (folder / language).mkdir()
        (folder / language / "loket.ftl").write_text(languages.get(language, ""), "utf-8")
    return folder


def test_a_day_is_written_as_each_language_writes_it(texts):
    day = date(2026, 12, 2)
    closed = {"day": day, "next_day": day, "name": "libur"}
    assert "Rabu, 2 Desember 2026" in texts.say("id", "refusal-day-holiday", **closed)
    assert "Rebo, 2 Desember 2026" in texts.say("jv", "refusal-day-holiday", **closed)
    assert "Wednesday, 2 December 2026" in texts.say("en", "refusal-day-holiday", **closed)


def test_a_moment_is_told_by_the_clock_on_the_offices_wall(texts):
    said = texts.say("id", "report-opens", opens=MONDAY_NIGHT_IN_LONDON)
    assert "Selasa, 1 Desember 2026 pukul 03.30 WIB" in said
    assert "03:30 WIB" in texts.say("en", "report-opens", opens=MONDAY_NIGHT_IN_LONDON)


def test_an_office_in_papua_has_its_own_clock():
    texts = Texts(strict=True, zone=timezone(timedelta(hours=9), "WIT"))
    assert "05.30 WIT" in texts.say("id", "report-open-now", closes=MONDAY_NIGHT_IN_LONDON)


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_plurals_are_those_of_cldr(language):
    known = Locale.parse(language)
    for number in (0, 1, 2, 5, 11, 999, 1000, 1234, 12_345_678, -1, -1234):
        assert Count(number).format(GRAMMARS[language]) == format_decimal(number, locale=known)
        assert to_python(GRAMMARS[language].plural_form)(number) == known.plural_form(number)
    assert Count(1234, useGrouping=0).format(GRAMMARS[language]) == "1234"


def test_days_with_the_same_hours_share_a_line(texts):
    day, friday = (Span(time(8), time(15)),), (Span(time(8), time(11)), Span(time(13), time(15)))
    week = Week(mon=day, tue=day, thu=day, fri=friday)
    said = texts.say("id", "report-hours", hours=week)
    assert said.splitlines() == [
        "Senin–Selasa: 08.00–15.00",
        "Kamis: 08.00–15.00",
        "Jumat: 08.00–11.00 dan 13.00–15.00",
    ]


def test_a_list_is_joined_as_people_say_it(tmp_path):
    line = "bring = { LIST($things) }\n"
    texts = Texts(zone=WIB, strict=True, folder=made(tmp_path, id=line, jv=line, en=line))
    things = ["KK", "KTP", "surat"]
    assert texts.say("id", "bring", things=things) == "KK, KTP dan surat"
    assert texts.say("jv", "bring", things=things[:2]) == "KK saha KTP"
    assert texts.say("en", "bring", things=things[:1]) == "KK"
    assert texts.say("en", "bring", things=[]) == ""


def test_what_javanese_lacks_is_said_in_indonesian(texts):
    assert not texts.has("jv", "report-submitted")
    assert texts.say("jv", "report-submitted") == texts.say("id", "report-submitted")


def test_a_language_nobody_has_heard_of_is_answered_in_indonesian(texts):
    assert texts.say("xx", "menu-ask") == texts.say("id", "menu-ask")


def test_words_that_the_office_gives_by_language_are_taken_in_the_residents(texts):
    title = {"id": "KTP hilang", "en": "Lost card"}
    head = {"name": "S*** A***", "number": "MJK-261102-0007-Z", "service": title}
    assert "Lost card" in texts.say("en", "report-head", **head)
    assert "KTP hilang" in texts.say("jv", "report-head", **head)


def test_yes_and_no_steer_a_sentence(texts):
    assert "16 angka" in texts.say("id", "status-ask-nik", whole=True)
    assert "4 angka terakhir" in texts.say("id", "status-ask-nik", whole=False)


def test_a_code_of_ours_is_an_ordinary_word(tmp_path):
    line = "stage = { $stage ->\n    [PRINTED] dicetak\n   *[other] lain\n}\n"
    texts = Texts(zone=WIB, strict=True, folder=made(tmp_path, id=line))
    assert texts.say("id", "stage", stage=Stage.PRINTED) == "dicetak"


def test_a_missing_text_is_a_fault(texts):
    with pytest.raises(TextFault, match="no such text"):
        texts.say("en", "never-written")


def test_a_missing_variable_is_a_fault_in_tests(texts):
    with pytest.raises(TextFault, match="report-data-date"):
        texts.say("en", "report-data-date")


def test_a_bare_date_in_a_sentence_is_a_fault(tmp_path):
    texts = Texts(zone=WIB, strict=True, folder=made(tmp_path, id="when = am { $day }\n"))
    with pytest.raises(TextFault, match="when"):
        texts.say("id", "when", day=date(2026, 11, 30))


def test_in_production_a_broken_translation_is_said_in_indonesian(tmp_path):
    folder = made(tmp_path, id="hello = Halo { $name }\n", en="hello = Hello { $nmae }\n")
    assert Texts(zone=WIB, folder=folder).say("en", "hello", name="Sri") == "Halo Sri"


def test_in_production_a_sentence_that_no_language_can_say_is_a_fault(tmp_path):
    texts = Texts(zone=WIB, folder=made(tmp_path, id="hello = Halo { $name }\n"))
    with pytest.raises(TextFault):
        texts.say("id", "hello")


def test_a_text_without_words_is_a_fault(tmp_path):
    texts = Texts(zone=WIB, folder=made(tmp_path, id="hello =\n    .label = Halo\n"))
    with pytest.raises(TextFault):
        texts.say("id", "hello")


@pytest.mark.parametrize(
    "lines", ["hello = Halo\nhello = Hai\n", "hello = Halo\nhello there\n", "hello Halo\n"]
)
def test_a_doubled_text_or_a_stray_line_stops_the_start(tmp_path, lines):
    with pytest.raises(TextFault, match="hello"):
        Texts(zone=WIB, folder=made(tmp_path, id=f"### comment\n{lines}"))


def test_a_text_that_cannot_be_parsed_is_a_fault_when_used(tmp_path):
    texts = Texts(zone=WIB, folder=made(tmp_path, id="hello = Halo {\nbye = Dah\n"))
    assert texts.say("id", "bye") == "Dah"
    with pytest.raises(TextFault, match="hello"):
        texts.say("id", "hello")


def test_texts_are_split_where_fluent_splits_them(texts):
    for language in LANGUAGES:
        files = sorted((FOLDER / language).glob("*.ftl"))
        parsed = [one for path in files for one in parse(path.read_text("utf-8")).body]
        wanted = {one.id.name: one for one in parsed if isinstance(one, Message)}
        sources = texts._bundles[language]._messages
        assert set(sources) == {"language-names", *wanted}
        assert all(sources[key].equals(one, ["span", "comment"]) for key, one in wanted.items())


def test_words_are_folded_and_come_from_every_language(texts):
    assert {"back", "kembali", "wangsul"} <= texts.words(None, "engine-back-words")
    assert "back" not in texts.words("id", "engine-back-words")
    assert fold("  Cek   STATUS?! ") == "cek status"


def test_no_invisible_marks_stand_in_a_sentence(texts):
    said = texts.say("id", "report-ready-for-pickup", place="Sooko")
    assert said == "Kartu sudah *siap diambil* di Sooko."


def test_what_people_write_to_each_other_is_said_whole_however_long(texts):
    word = "x" * 4096
    assert texts.say("id", "handover-officer-says", word=word) == f"*Petugas:* {word}"


def test_only_sentences_without_a_persons_words_are_remembered(texts):
    texts.say("id", "engine-notice", look_up_days=30, link_days=90)
    texts.say("id", "report-head", name="D*** R***", service="KTP hilang", number="MJK-261102-0007-Z")
    remembered = {place[1] for place in texts._said}
    assert "engine-notice" in remembered
    assert "report-head" not in remembered


def test_a_yes_and_a_count_of_one_are_remembered_apart(tmp_path):
    lines = "seats = { $count ->\n    [yes] semua kursi\n    [1] satu kursi\n   *[other] banyak kursi\n }\n"
    said = Texts(zone=WIB, strict=True, folder=made(tmp_path, id=lines))
    told = [said.say("id", "seats", count=value) for value in (True, 1, 2, True, 1)]
    assert told == ["semua kursi", "satu kursi", "banyak kursi", "semua kursi", "satu kursi"]
