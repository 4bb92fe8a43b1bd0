"""The invented register: equal for everybody who starts the demo on the same day, with dates up to today."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from demo.paths import Walked, walk, working_day
from demo.people import Person, made_up_person
from domain.cards.register import COLUMNS
from domain.cards.stages import Stage
from domain.office.office import Office, Point

APPLICATIONS = 3200
DAYS_BACK = 110
_SEED = "loket"

# (share, youngest, oldest): first cards are for young people, lost and damaged ones for all.
_SERVICES = {
    "ktp_baru": (0.27, 17, 18),
    "ktp_rekam_16": (0.06, 16, 16),
    "ktp_hilang": (0.17, 18, 75),
    "ktp_rusak": (0.13, 18, 80),
    "ktp_ubah": (0.18, 19, 70),
    "ktp_pindah": (0.09, 19, 60),
    "ktp_wna": (0.01, 25, 65),
    "ikd": (0.05, 18, 60),
    "kia": (0.04, 1, 15),
}
_RECORDING = frozenset({"ktp_baru", "ktp_rekam_16", "ktp_wna"})
# Names of a stage in the office's list: codes of its program and words of its clerks.
_CODES: dict[Stage, tuple[str, ...]] = {
    Stage.SUBMITTED: ("berkas diterima",),
    Stage.DOCS_INCOMPLETE: ("berkas kurang",),
    Stage.NOT_RECORDED: ("BELUM_REKAM", "belum rekam"),
    Stage.RECORDED: ("SUDAH_REKAM", "BIO_CAPTURED"),
    Stage.SENT_TO_CENTER: ("SFE", "SENT_FOR_ENROLLMENT"),
    Stage.NEEDS_REVIEW: ("ADJUDICATE_RECORD",),
    Stage.RECORD_FAILED: ("ENROLL_FAILURE_AT_CENTRAL",),
    Stage.DUPLICATE: ("DUPLICATE_RECORD",),
    Stage.PRINT_READY: ("PRR", "PRINT_READY_RECORD"),
    Stage.PRINTED: ("CARD_PRINTED",),
    Stage.READY_FOR_PICKUP: ("CARD_SHIPPED",),
    Stage.PICKED_UP: ("CARD_ISSUED",),
}
_NOTES: dict[Stage, tuple[str, ...]] = {
    Stage.DOCS_INCOMPLETE: (
        "Fotokopi KK belum ada",
        "Formulir F-1.02 belum ditandatangani",
        "Surat kehilangan dari kepolisian belum ada",
        "Fotokopi akta nikah belum ada",
    ),
    Stage.REJECTED: ("Data di KK berbeda dengan berkas", "Sudah terdaftar di kabupaten lain"),
    Stage.CANCELLED: ("Dibatalkan pemohon",),
}
# Stages of the three pairs that the demo prints: fetch the card, wait, book a time.
SAMPLES = (Stage.READY_FOR_PICKUP, Stage.WAITING_BLANK, Stage.NOT_RECORDED)


Made = Sequence[tuple[dict[str, str], Walked]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A pair to try: registration number and NIK of an invented application in this stage."""

    stage: Stage
    number: str
    nik: str


def made_up_register(office: Office, day: date) -> list[dict[str, str]]:
    """Rows of the register file, as dicts by column name."""
    return [row for row, _ in made_up(office, day)]


def past_of(made: Made) -> Iterator[list[dict[str, str]]]:
    """Rows of two earlier files, with which ranges can be told: cards in the print queue, and cards that were ready."""
    for code, name in (("PRR", "queued_on"), ("CARD_SHIPPED", "ready_on")):
        yield [
            row | {"status": code, "tanggal": getattr(walked, name).isoformat(), "catatan": ""}
            for row, walked in made
            if getattr(walked, name) is not None
        ]


def made_up(office: Office, day: date, *, count: int = APPLICATIONS) -> Made:
    """Rows of the register file with the walk that led to each."""
    chance = Random(_SEED)  # noqa: S311  (reproducible; nothing invented is secret)
    niks: set[str] = set()
    numbers: set[str] = set()
    points = {one.name: office.points_for(one.name) or office.points for one in office.districts}
    rows = []
    for _ in range(count):
        service = chance.choices(list(_SERVICES), weights=[share for share, *_ in _SERVICES.values()])[0]
        _, *ages = _SERVICES[service]
        person = made_up_person(chance, office, today=day, ages=(ages[0], ages[1]), taken=niks)
        submitted_on = working_day(day - timedelta(days=chance.randint(0, DAYS_BACK)))
        row, walked = _row(
            chance,
            office,
            person,
            service=service,
            submitted_on=min(submitted_on, day),
            day=day,
            points=points,
        )
        if row["no_registrasi"] not in numbers:
            rows.append((row, walked))
        niks.add(person.nik)
        numbers.add(row["no_registrasi"])
    return rows


def samples(rows: Iterable[dict[str, str]]) -> list[Sample]:
    """The pairs that the demo prints, one for each stage of SAMPLES."""
    found: dict[Stage, Sample] = {}
    for row in rows:
        stage = _STAGE_OF.get(row["status"], Stage.__members__.get(row["status"]))
        if stage in SAMPLES and row["layanan"].startswith("ktp_"):
            found.setdefault(stage, Sample(stage=stage, number=row["no_registrasi"], nik=row["nik"]))
    return [found[stage] for stage in SAMPLES]


def write(rows: Iterable[dict[str, str]], path: Path) -> None:
    """Write the register file, readable only by its owner, like a real one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(file_of(rows))


def file_of(rows: Iterable[dict[str, str]]) -> bytes:
    """The register file, as an office has it."""
    file = io.StringIO(newline="")
    table = csv.DictWriter(file, COLUMNS)
    table.writeheader()
    table.writerows(rows)
    return file.getvalue().encode()


def _row(
    chance: Random,
    office: Office,
    person: Person,
    *,
    service: str,
    submitted_on: date,
    day: date,
    points: Mapping[str, Sequence[Point]],
) -> tuple[dict[str, str], Walked]:
    walked = walk(chance, submitted_on=submitted_on, today=day, recorded=service not in _RECORDING)
    row = {
        "no_registrasi": str(office.number.draw(submitted_on, chance.randbytes(8))),
        "nik": person.nik,
        "nama": person.name,
        "layanan": service,
        "status": chance.choice(_CODES.get(walked.stage, (walked.stage.value,))),
        "tanggal": walked.since.isoformat(),
        "tanggal_masuk": submitted_on.isoformat(),
        "tanggal_lengkap": walked.complete_on.isoformat() if walked.complete_on else "",
        "lokasi": chance.choice(points[person.district.name]).id,
        "kecamatan": person.district.name,
        "desa": person.village,
        # Numbers that no operator assigns.
        "no_hp": f"0812 0000 {chance.randint(0, 9999):04}" if chance.random() < 0.6 else "",  # noqa: PLR2004
        "catatan": chance.choice(_NOTES.get(walked.stage, ("",))),
    }
    return row, walked


_STAGE_OF = {code: stage for stage, codes in _CODES.items() for code in codes}
