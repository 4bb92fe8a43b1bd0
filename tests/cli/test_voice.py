"""`loket voice`: what to record, and which recordings are missing, outdated or damaged."""

import shutil
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "demo" / "recordings"


@pytest.fixture
def recordings(loket, tmp_path) -> Path:
    """A recording of every sentence."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    some = next(DEMO.glob("report-printed.*"))
    for line in loket("voice", "record-list").out.splitlines():
        shutil.copy(some, folder / line.partition("\t")[0])
    return folder


def test_the_list_has_a_file_name_and_a_sentence_on_each_line(loket):
    listed = loket("voice", "record-list")
    assert listed.code == 0
    lines = [line.split("\t") for line in listed.out.splitlines()]
    assert all(len(line) == 2 and line[0].endswith(".opus") for line in lines)
    assert "Kartu sudah siap diambil di" in [line[1] for line in lines]
    english = loket("voice", "record-list", "--language", "en").out
    assert "\tOpening hours\n" in english


def test_a_complete_folder_is_good(loket, recordings):
    checked = loket("voice", "check", LOKET_VOICE_FOLDER=str(recordings))
    assert checked.code == 0, checked.out
    assert "0 outdated" in checked.last_line
    assert "synthetic" in checked.out


def test_a_changed_sentence_makes_its_recording_outdated(loket, recordings):
    """The recording carries the hash of the sentence that was read, not of today's."""
    (old,) = recordings.glob("voice-free.*")
    old.rename(recordings / "voice-free.00000000.opus")
    checked = loket("voice", "check", LOKET_VOICE_FOLDER=str(recordings))
    assert checked.code == 1
    assert f"missing   {old.name}\tLayanan ini gratis" in checked.out
    assert "outdated  voice-free.00000000.opus" in checked.out


def test_a_damaged_recording_is_named(loket, recordings):
    (bad,) = recordings.glob("voice-free.*")
    bad.write_bytes(bad.read_bytes()[:-3])
    checked = loket("voice", "check", LOKET_VOICE_FOLDER=str(recordings))
    assert checked.code == 1
    assert f"damaged   {bad.name}: it is damaged" in checked.out


@pytest.mark.parametrize(
    ("words", "settings", "code"),
    [
        (["check"], {}, 1),
        (["check"], {"LOKET_VOICE_FOLDER": "nowhere"}, 1),
        (["record-list", "--language", "fr"], {}, 2),
    ],
)
def test_wrong_use_is_told_in_one_sentence(loket, words, settings, code):
    ended = loket("voice", *words, **settings)
    assert ended.code == code
    assert ended.is_one_sentence(), ended.told


def test_the_check_of_the_settings_tells_whether_answers_can_be_heard(loket, recordings):
    assert "Answers to listen to: off" in loket("check").out
    assert "Answers to listen to: on" in loket("check", LOKET_VOICE_FOLDER=str(recordings)).out
    assert "names no folder" in loket("check", LOKET_VOICE_FOLDER="nowhere").out
