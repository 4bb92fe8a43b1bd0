"""`loket import` stops at many unknown codes, and takes an import back."""

import json

from tests.cli.test_commands import GOOD, HEADER
from tests.importing.conftest import nik, number


def many_unknown() -> str:
    lines = (f"{number(one)},{nik(one)},SITI RAHAYU,ktp_baru,ACC KABID,2026-11-20\n" for one in range(1, 12))
    return HEADER + "".join(lines)


def test_many_unknown_codes_stop_with_the_codes_and_their_counts(loket, tmp_path):
    (tmp_path / "register.csv").write_text(many_unknown())
    stopped = loket("import", "register.csv", "--json")
    assert stopped.code == 2
    assert "ACC KABID (11)" in stopped.told
    assert json.loads(stopped.out)["unknown"] == [{"code": "ACC KABID", "rows": 11}]
    accepted = loket("import", "register.csv", "--json", "--accept-unknown")
    assert (accepted.code, json.loads(accepted.out)["new"]) == (0, 11)


def test_an_import_is_taken_back_by_its_number(loket, tmp_path):
    (tmp_path / "register.csv").write_text(HEADER + GOOD)
    shown = loket("import", "register.csv")
    assert "loket import --undo" in shown.out
    number_of_import = shown.out.split("--undo ")[1].split()[0]
    undone = loket("import", "--undo", number_of_import, "--json")
    assert (undone.code, json.loads(undone.out)) == (0, {"restored": 1, "kept": 0})
    again = loket("import", "--undo", number_of_import)
    assert (again.code, again.out) == (2, "")
    assert "sudah dibatalkan" in again.told


def test_neither_a_file_nor_a_number_is_told(loket):
    for words in (["import"], ["import", "a.csv", "--undo", "7"]):
        ended = loket(*words)
        assert ended.code == 2
        assert ended.is_one_sentence()
