"""`loket office new`: a file of the office's own, by options or at a terminal."""

import os
import pty
import subprocess
import tomllib

import pytest

from bot.setup.office_file import load_office, missing_in, unknown_office_keys

KONAWE = {
    "--name": "Disdukcapil Kabupaten Konawe",
    "--zone": "wita",
    "--address": 'Jalan "Inolobunggadue" No. 1, Unaaha $5',
    "--phone": "(0408) 21001",
    "--districts": "74.02.01 Unaaha, 740206 Wawotobi, 74.71.01 Mandonga",
    "--points": "Kantor Disdukcapil; Jalan Inolobunggadue, Unaaha",
    "--neighbour": "Kota Kendari: 74.71",
    "--prefix": "knw",
}


def given(**others):
    options = {**KONAWE, **{f"--{name}": value for name, value in others.items()}}
    return [word for option, value in options.items() if value is not None for word in (option, value)]


def test_a_new_office_file_passes_the_check_as_a_real_office(loket, tmp_path):
    made = loket("office", "new", "konawe.toml", *given())
    assert (made.code, made.told) == (0, "")
    checked = loket("check", LOKET_OFFICE="konawe.toml")
    assert checked.code == 0
    assert "Office: Disdukcapil Kabupaten Konawe, 1 service points." in checked.out
    for word in ("sample", "unknown keys", "lacks"):
        assert word not in checked.out
    file = tmp_path / "konawe.toml"
    assert missing_in(file) == []
    assert unknown_office_keys(file) == []
    office = load_office(file)
    assert (office.zone, office.languages, office.number.prefix) == ("Asia/Makassar", ("id", "en"), "KNW")
    assert office.contact.address == KONAWE["--address"]
    assert [point.id for point in office.points_for("Wawotobi")] == ["kantor_disdukcapil"]
    assert office.points_for("Mandonga") == ()  # the neighbour's
    assert office.neighbour.office == "Disdukcapil Kota Kendari"
    assert file.read_text().count("#") > 10


def test_an_existing_office_file_is_never_overwritten(loket, tmp_path):
    (tmp_path / "konawe.toml").write_text("ours")
    (tmp_path / "link.toml").symlink_to("nowhere.toml")
    for name in ("konawe.toml", "link.toml"):
        refused = loket("office", "new", name, *given())
        assert refused.code == 2
        assert "sudah ada dan tidak ditimpa" in refused.told
        assert refused.is_one_sentence()
    assert (tmp_path / "konawe.toml").read_text() == "ours"


def test_without_a_terminal_missing_answers_are_named(loket, tmp_path):
    refused = loket("office", "new", "konawe.toml", *given(phone=None, prefix=None))
    assert refused.code == 2
    assert "--phone, --prefix" in refused.told
    assert refused.is_one_sentence()
    assert not (tmp_path / "konawe.toml").exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("name", "two\x07bells"),
        ("phone", " "),
        ("zone", "GMT"),
        ("languages", "en"),
        ("languages", "id, su"),
        ("hours", "pagi"),
        ("friday", "15:00-08:00"),
        ("districts", "Unaaha"),
        ("districts", "74.02.01 Unaaha, 74.02.02 UNAAHA"),
        ("points", "Kantor"),
        ("neighbour", "Kota Kendari"),
        ("neighbour", "Kota Kendari: x"),
        ("prefix", "K-N"),
        ("name", "x" * 201),
    ],
)
def test_an_unusable_answer_is_one_sentence_with_its_option(loket, tmp_path, option, value):
    refused = loket("office", "new", "konawe.toml", *given(**{option: value}))
    assert refused.code == 2
    assert refused.told.startswith(f"loket: --{option}: ")
    assert refused.is_one_sentence()
    assert not (tmp_path / "konawe.toml").exists()


def test_several_points_have_ids_and_kecamatan_of_their_own(loket, tmp_path):
    points = "Kantor; Jalan A; Unaaha | Kantor; Jalan B; Wawotobi | Mal Pelayanan Publik; Jalan C"
    assert loket("office", "new", "konawe.toml", *given(points=points, neighbour="")).code == 0
    office = load_office(tmp_path / "konawe.toml")
    assert [one.id for one in office.points] == ["kantor", "kantor_2", "mal_pelayanan_publik"]
    assert [one.serves for one in office.points] == [("Unaaha",), ("Wawotobi",), ()]
    assert office.neighbour.prefixes == ()


def test_a_terminal_asks_again_after_an_unusable_answer(loket, tmp_path):
    ours, theirs = pty.openpty()
    answers = ["GMT", "WIT", "", "", "", ""]  # zone twice; languages, hours, friday, neighbour by default
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    done = subprocess.run(
        loket.command("office", "new", "konawe.toml", *given(zone=None, neighbour=None)),
        cwd=tmp_path, env=loket.environment, stdin=theirs, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert "Zona waktu: WIB, WITA, atau WIT" in done.stdout
    assert "Isi dengan WIB, WITA, atau WIT." in done.stdout
    office = tomllib.loads((tmp_path / "konawe.toml").read_text())
    assert (office["zone"], office["hours"]["mon"]) == ("Asia/Jayapura", ["08:00-15:00"])
    assert office["neighbour"]["prefixes"] == []
