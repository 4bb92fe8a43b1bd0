"""Register files for tests: valid rows, changed by each test, as CSV or XLSX."""

import csv
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.importing.run import import_register
from domain.cards.register import COLUMNS
from domain.office.office import Office
from domain.office.registration import check_character
from locales.texts import Texts
from storage.schema import applications, stage_history
from tests.support.texts import THE_OFFICE, WIB


def number(serial: int) -> str:
    """A registration number of our own format with its right check character."""
    body = f"MJK261102{serial:04}"
    return f"MJK-261102-{serial:04}-{check_character(body)}"


def nik(serial: int) -> str:
    """An invented NIK; twelve people may share its first twelve digits."""
    return f"351601570890{serial:04}"


def row(serial: int = 7, **cells) -> dict:
    """A good row; `cells` replaces some of it."""
    good = {
        "no_registrasi": number(serial),
        "nik": nik(serial),
        "nama": f"Siti Aminah {'ABCDEFGHIJ'[serial % 10]}",
        "layanan": "ktp_baru",
        "status": "PRR",
        "tanggal": "2026-11-20",
        "tanggal_masuk": "2026-11-02",
        "tanggal_lengkap": "2026-11-03",
        "lokasi": "sooko",
        "kecamatan": "Sooko",
        "desa": "Karangkedawang",
        "no_hp": f"0812345{serial:05}",
        "catatan": "",
    }
    return good | cells


def write_csv(path: Path, *rows: dict, columns=COLUMNS, delimiter=",", encoding="utf-8") -> Path:
    """Write rows as a CSV file."""
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.DictWriter(file, columns, delimiter=delimiter, extrasaction="ignore")
        out.writeheader()
        out.writerows(rows)
    return path


@pytest.fixture(scope="session")
def office() -> Office:
    return THE_OFFICE


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts(zone=WIB, strict=True)


@pytest.fixture
def taken_in(store, office, texts) -> Callable:
    """Import a file into the test's store."""
    return partial(import_register, store, office=office, texts=texts)


@pytest.fixture
def file(tmp_path) -> Callable:
    """Write rows to register.csv."""
    return partial(write_csv, tmp_path / "register.csv")


@pytest.fixture
def stored(store) -> Callable:
    """Give an application of the store by its serial number."""

    async def give(serial: int = 7):
        query = select(applications).where(applications.c.number == number(serial))
        return await store.read(lambda db: db.one(query))

    return give


@pytest.fixture
def history(store) -> Callable:
    """Give the (code, day, won) of an application in the order in which they were recorded."""

    async def give(serial: int = 7):
        query = (
            select(stage_history.c.raw_code, stage_history.c.stage_on, stage_history.c.won)
            .join(applications, applications.c.id == stage_history.c.application_id)
            .where(applications.c.number == number(serial))
            .order_by(stage_history.c.id)
        )
        return [(code, day.day, won) for code, day, won in await store.read(lambda db: db.rows(query))]

    return give
