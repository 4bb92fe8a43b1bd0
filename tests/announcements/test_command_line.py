"""`loket announce` and `loket announcements`, as an officer types them (F5, F6)."""

import csv
import json
import shutil
import stat
from datetime import datetime, timedelta

import pytest

from bot.cli.commands import app
from bot.setup.clock import wall_clock
from bot.setup.exits import ended
from tests.announcements.hall import person
from tests.cli.conftest import CommandLine, Ended
from tests.support.people import row

TOML = """
name = "Siap diambil 24 Nov"
text = "Kartu {nama} dengan nomor {nomor} sudah jadi di {tempat}."
"""


@pytest.fixture(scope="session")
def furnished(tmp_path_factory) -> CommandLine:
    """An office with a register, an officer, an approver and a viewer."""
    loket = CommandLine(tmp_path_factory.mktemp("office"))
    today = wall_clock()().date().isoformat()
    rows = [row(person(n), "READY_FOR_PICKUP", tanggal=today) for n in range(1, 6)]
    write(loket.folder / "register.csv", rows)
    assert loket("import", "register.csv").code == 0
    for name, role in (("Ayu", "officer"), ("Bima", "approver"), ("Citra", "viewer")):
        assert loket("staff", "invite", name, "--role", role).code == 0
    (loket.folder / "siap.toml").write_text(TOML + 'status = "READY_FOR_PICKUP"\n')
    return loket


class Commands:
    """Runs commands in this process: a start of Python for each would take minutes."""

    def __init__(self, folder, capfd) -> None:
        self.folder, self._capfd = folder, capfd

    def __call__(self, *words: str) -> Ended:
        self._capfd.readouterr()
        code = ended(lambda: app(list(words), standalone_mode=False))
        out, told = self._capfd.readouterr()
        return Ended(code, out, told)


@pytest.fixture
def desk(furnished, tmp_path, monkeypatch, capfd) -> Commands:
    """The same office, fresh."""
    folder = shutil.copytree(furnished.folder, tmp_path / "office")
    monkeypatch.chdir(folder)
    for name, value in furnished.environment.items():
        if name.startswith("LOKET_"):
            monkeypatch.setenv(name, value)
    return Commands(folder, capfd)


def write(path, rows) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for one in rows for key in one)), restval="")
        writer.writeheader()
        writer.writerows(rows)


def shown(done) -> dict:
    assert done.code == 0, done
    return json.loads(done.out)


def test_a_dry_run_shows_the_text_and_the_counts_and_makes_nothing(desk):
    found = shown(desk("announce", "siap.toml", "--as", "Ayu", "--dry-run", "--json"))
    assert set(found) == {"id", "recipients", "per_channel", "text", "refused", "starts_at"}
    assert found["id"] is None
    assert found["recipients"] == 0
    assert found["per_channel"] == {"telegram": 0, "whatsapp": 0, "web": 0, "none": 5}
    assert person(1)["no_registrasi"] in found["text"]
    assert datetime.fromisoformat(found["starts_at"]).utcoffset()
    assert json.loads(desk("announcements", "--json").out) == []
    words = desk("announce", "siap.toml", "--as", "Ayu", "--dry-run").out
    assert "0 penerima" in words
    assert person(1)["no_registrasi"] in words
    assert "Uji coba" in words


def test_a10_a_dry_run_in_waves_prints_a_calendar_of_every_card(desk):
    begins = wall_clock()().date() + timedelta(days=1)
    waves = f'status = "READY_FOR_PICKUP"\nwaves = {{ per_day = 2, from = {begins} }}\n'
    (desk.folder / "gelombang.toml").write_text(TOML + waves)
    done = desk("announce", "gelombang.toml", "--as", "Ayu", "--dry-run")
    assert done.code == 0, done
    cards = [
        int(line.split(": ")[-1].split()[0]) for line in done.out.splitlines() if line.endswith(" kartu.")
    ]
    assert sum(cards) == 5
    assert max(cards) <= 2


def test_a_dry_run_tells_the_wanted_time_of_the_office(desk):
    day = wall_clock()().date() + timedelta(days=3)
    (desk.folder / "nanti.toml").write_text(f'{TOML}status = "READY_FOR_PICKUP"\nsend_at = {day}T10:30:00\n')
    found = shown(desk("announce", "nanti.toml", "--as", "Ayu", "--dry-run", "--json"))
    assert found["starts_at"].startswith(f"{day}T10:30:00+07:00")


def test_a_dry_run_warns_of_an_earlier_equal_announcement_and_creates_nothing(desk):
    assert desk("announce", "siap.toml", "--as", "Ayu", "--dry-run").told == ""
    shown(desk("announce", "siap.toml", "--as", "Ayu", "--json"))
    again = desk("announce", "siap.toml", "--as", "Ayu", "--dry-run", "--json")
    assert shown(again)["id"] is None
    assert "sudah menerima ini pada" in again.told
    assert desk("announce", "siap.toml", "--as", "Bima", "--override", "--dry-run").told == ""
    assert len(json.loads(desk("announcements", "--json").out)) == 1


def test_an_id_rounded_to_a_double_still_finds_its_announcement(desk):
    """jq and JavaScript read every JSON number as a double."""
    rounded = json.loads(
        desk("announce", "siap.toml", "--as", "Ayu", "--json").out,
        parse_int=lambda digits: int(float(digits)),
    )
    assert "Dijeda" in desk("announcements", "--pause", str(rounded["id"]), "--as", "Ayu").out
    assert json.loads(desk("announcements", "--json").out)[0]["state"] == "paused"


def test_planning_pausing_resuming_and_undoing(desk):
    made = shown(desk("announce", "siap.toml", "--as", "Ayu", "--json"))
    (listed,) = json.loads(desk("announcements", "--json").out)
    assert listed == {
        "id": made["id"],
        "name": "Siap diambil 24 Nov",
        "state": "planned",
        "counts": dict.fromkeys(("waiting", "sending", "sent", "delivered", "read", "failed", "unknown"), 0),
    }
    number = str(made["id"])
    assert "Dijeda" in desk("announcements", "--pause", number, "--as", "Ayu").out
    assert json.loads(desk("announcements", "--json").out)[0]["state"] == "paused"
    assert "Dilanjutkan" in desk("announcements", "--resume", number, "--as", "Ayu").out
    assert "Diurungkan" in desk("announcements", "--undo", number, "--as", "Ayu").out
    late = desk("announcements", "--resume", number, "--as", "Ayu")
    assert late.code == 1
    assert late.is_one_sentence()
    assert "Siap diambil 24 Nov" in desk("announcements").out
    assert json.loads(desk("announcements", "--unknown", number, "--json").out) == []
    assert desk("announcements", "--unknown", number).code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("announce", "siap.toml"), 2, "--as"),
        (("announce", "siap.toml", "--as", "Citra"), 1, "tidak berwenang"),
        (("announce", "siap.toml", "--as", "Nobody"), 1, "tidak berwenang"),
        (("announce", "siap.toml", "--as", "Ayu", "--urgent"), 1, "tidak berwenang"),
        (("announce", "siap.toml", "--as", "Ayu", "--override"), 1, "tidak berwenang"),
        (("announce", "gone.toml", "--as", "Ayu"), 2, "tidak bisa dibuka"),
        (("announcements", "--pause", "1"), 2, "memerlukan --as"),
        (("announcements", "--pause", "1", "--as", "Ayu"), 1, "Tidak ada pengumuman"),
        (("announcements", "--unknown", "1"), 1, "Tidak ada pengumuman"),
        (("announcements", "--report", "1"), 2, "--out"),
        (("announcements", "--report", "1", "--out", "x.docx"), 2, ".csv atau .pdf"),
        (("announcements", "--report", "1", "--as", "Ayu"), 2, "memerlukan --out"),
        (("announcements", "--pause", "1", "--resume", "2", "--as", "Ayu"), 2, "satu saja"),
    ],
)
def test_what_is_refused_is_one_sentence_and_makes_nothing(desk, words, code, said):
    done = desk(*words)
    assert done.code == code, done
    assert done.is_one_sentence(), done
    assert said in done.told
    assert json.loads(desk("announcements", "--json").out) == []


def test_a2_the_same_again_is_refused_until_an_approver_overrides(desk):
    shown(desk("announce", "siap.toml", "--as", "Ayu", "--json"))
    again = desk("announce", "siap.toml", "--as", "Ayu", "--json")
    assert again.code == 1
    assert "sudah menerima ini pada" in again.told
    assert json.loads(again.out)["id"] is None
    shown(desk("announce", "siap.toml", "--as", "Bima", "--override", "--json"))


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("name = ", "TOML"),
        ('text = "Halo."\nstatus = "READY_FOR_PICKUP"', "name"),
        ('name = "A"\nstatus = "READY_FOR_PICKUP"', "text"),
        ('name = "A"\ntext = " "\nstatus = "READY_FOR_PICKUP"', "masih kosong"),
        ('name = "A"\ntext = "Halo {siapa}"\nstatus = "READY_FOR_PICKUP"', "{nama}, {nomor}, {tempat}"),
        ('name = "A"\ntext = "Halo {hari}"\nstatus = "READY_FOR_PICKUP"', "{nama}, {nomor}, {tempat}"),
        ('name = "A"\ntext = "Halo."', "salah satu"),
        ('name = "A"\ntext = "Halo."\nstatus = "X"', "READY_FOR_PICKUP"),
        ('name = "A"\ntext = "Halo."\nstatus = "READY_FOR_PICKUP"\npoint = "X"', "sooko"),
        ('name = "A"\ntext = "Halo."\nstatus = "READY_FOR_PICKUP"\ndistrict = "X"', "Gondang"),
        ('name = "A"\ntext = "Halo."\nstatus = "READY_FOR_PICKUP"\nservice = "X"', "ktp_baru"),
        ('name = "A"\ntext = "Halo."\nstatus = "READY_FOR_PICKUP"\nrecipients = "a.csv"', "salah satu"),
        ('name = "A"\ntext = "Halo."\nrecipients = "gone.csv"', "Berkas ini tidak ada"),
        ('name = "A"\ntext.xx = "Halo."\nstatus = "READY_FOR_PICKUP"', "xx"),
        ('name = "A"\ntext.en = "Hello."\nstatus = "READY_FOR_PICKUP"', "Indonesia"),
        ('name = "A"\ntext = "Halo."\nstatus = "READY_FOR_PICKUP"\nsoon = true', "soon"),
        ('name = "A"\ntext = "Halo."\nstatus = "READY_FOR_PICKUP"\nwaves = { per_day = 0 }', "per_day"),
        ('name = "A"\ntext = "Halo."\nstatus = "READY_FOR_PICKUP"\nsend_at = 2020-01-01T10:00:00', "send_at"),
        ('name = "A"\ntext = "Halo."\nstatus = "READY_FOR_PICKUP"\nsend_at = "besok"', "send_at"),
    ],
)
def test_an_unusable_file_is_told_in_one_sentence(desk, toml, said):
    (desk.folder / "bad.toml").write_text(toml)
    done = desk("announce", "bad.toml", "--as", "Ayu")
    assert done.code == 2, done
    assert done.is_one_sentence(), done
    assert said in done.told


def test_a1_bad_rows_are_listed_with_row_column_reason_and_suggestion(desk):
    good, other = person(1), person(2)
    write(
        desk.folder / "penerima.csv",
        [
            {"no_registrasi": f"'{good['no_registrasi']}", "nik": good["nik"]},
            {"no_registrasi": good["no_registrasi"].lower()},
            {"no_registrasi": other["no_registrasi"], "nik": "3.52E+15"},
            {"no_registrasi": other["no_registrasi"], "nik": other["nik"][:15]},
            {"no_registrasi": other["no_registrasi"], "nik": good["nik"]},
            {"no_registrasi": '=HYPERLINK("http://x","y")'},
            {"no_registrasi": f"{other['no_registrasi'][:-1]}*"},
            {"no_registrasi": person(99)["no_registrasi"]},
            {"no_registrasi": ""} | {"nik": good["nik"]},
        ],
    )
    (desk.folder / "list.toml").write_text(TOML + 'recipients = "penerima.csv"\n')
    found = shown(desk("announce", "list.toml", "--as", "Ayu", "--dry-run", "--json"))
    assert [(one["row"], one["column"]) for one in found["refused"]] == [
        (4, "nik"),
        (5, "nik"),
        (6, "nik"),
        (7, "no_registrasi"),
        (8, "no_registrasi"),
        (9, "no_registrasi"),
        (10, "no_registrasi"),
    ]
    assert all(one["reason"] and one["suggestion"] for one in found["refused"])
    assert found["per_channel"]["none"] == 1
    assert json.loads(desk("announcements", "--json").out) == []
    made = desk("announce", "list.toml", "--as", "Ayu")
    assert made.code == 0
    assert "Baris 4, kolom nik" in made.out


def test_the_report_file_is_private_and_its_cells_are_not_formulas(desk):
    made = shown(desk("announce", "siap.toml", "--as", "Ayu", "--json"))
    for name in ("hasil.csv", "hasil.pdf"):
        assert desk("announcements", "--report", str(made["id"]), "--out", name, "--as", "Ayu").code == 0
        assert stat.S_IMODE((desk.folder / name).stat().st_mode) == 0o600
    lines = (desk.folder / "hasil.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 6
    assert "tidak ada chat yang mengikuti nomor ini" in lines[1]
    assert "daftar desa" in lines[1]
    assert (desk.folder / "hasil.pdf").read_bytes().startswith(b"%PDF")
    letters = desk("announcements", "--report", str(made["id"]), "--letters", "--out", "surat.csv")
    assert letters.code == 0
    assert "Sri Aminah" in (desk.folder / "surat.csv").read_text("utf-8-sig")
