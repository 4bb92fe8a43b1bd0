"""Residents who make appointments, as the tests of booking need them."""

import io
import re

import zxingcpp
from icalendar import Calendar, Event
from PIL import Image
from sqlalchemy import text as sql

from handlers.engine.screen import File
from tests.support.counter import Counter
from tests.support.people import SRI, number, row
from tests.support.resident import Resident

CODE = re.compile(r"\*([A-Z2-9]{6})\*")
# 16 years and 11 months on the tests' Monday, 23 November 2026: seventeen on 24 December.
FARAH = {"no_registrasi": number("0016"), "nik": "3516996412090002", "nama": "Farah Nabila"}

# Sixteen on 1 December 2026.
BIMA = {"no_registrasi": number("B016"), "nik": "3516990112100003", "nama": "Bima Sakti"}


def to_record(person: dict[str, str], **more: str) -> dict[str, str]:
    """A row of somebody who waits to be recorded."""
    return row(person, **{"status": "BELUM_REKAM", "layanan": "ktp_baru", "kecamatan": "Sooko", **more})


def crowd(count: int) -> list[dict[str, str]]:
    """Rows of `count` invented people."""
    return [
        {
            "no_registrasi": number(f"C{n:03}"),
            "nik": f"3516990101{60 + n // 100:02}{n % 100 + 1:04}",
            "nama": f"Warga {n}",
        }
        for n in range(count)
    ]


def proof(resident: Resident, person: dict[str, str]) -> str:
    """What this resident's channel asks for beside the number."""
    return person["nik"] if resident.phone.caps.full_nik else person["nik"][-4:]


async def reaches_the_time(
    resident: Resident, person: dict[str, str], *, place: str = "sooko", day: str = "besok"
) -> None:
    """Answer everything up to the question for the time."""
    await resident.says("/jadwal")
    await resident.says(person["no_registrasi"])
    await resident.says(proof(resident, person))
    await resident.says(place)
    await resident.says(day)


async def books(resident: Resident, person: dict[str, str], *, time: str = "09.00", **where: str) -> str:
    """Book from the command to the ticket; give its code."""
    await reaches_the_time(resident, person, **where)
    await resident.says(time)
    await resident.says("1")
    return code_of(resident)


async def recorded(counter: Counter, channel: str = "telegram") -> Resident:
    """Sri, whose card waits for her recording, on this channel."""
    await counter.imports(to_record(SRI))
    return counter.resident("Sri", channel=channel)


async def at_the_summary(counter: Counter, channel: str = "telegram") -> Resident:
    """Sri, who has chosen 09.00 and is shown the summary."""
    sri = await recorded(counter, channel)
    await reaches_the_time(sri, SRI)
    await sri.says("09.00")
    return sri


async def with_an_appointment(counter: Counter, channel: str = "telegram") -> Resident:
    """Sri, who has booked."""
    sri = await recorded(counter, channel)
    await books(sri, SRI)
    return sri


def code_of(resident: Resident) -> str:
    """The ticket code on the newest screen."""
    found = CODE.search(resident.screen.text)
    assert found, resident.screen.text
    return found.group(1)


def calendar_of(resident: Resident, zone: str | None = None) -> tuple[str, Event]:
    """The method and the event of the calendar file on the newest screen."""
    calendar = Calendar.from_ical(_file(resident, "text/calendar").data)
    [event] = calendar.walk("VEVENT")
    assert calendar.walk("VTIMEZONE")[0]["TZID"] == (zone or resident.counter.office.zone)
    return str(calendar["METHOD"]), event


def picture_of(resident: Resident) -> str:
    """What a telephone reads in the picture on the newest screen."""
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(_file(resident, "image/png").data)))
    return code.text


async def taken(counter: Counter) -> list[str]:
    """State of every seat with a row, by time."""
    found = sql("SELECT state FROM seats ORDER BY starts_at, seat_no")
    return [row.state for row in await counter.store.read(lambda db: db.rows(found))]


def _file(resident: Resident, mime: str) -> File:
    [file] = [one for one in resident.screen.files if one.mime == mime]
    return file
