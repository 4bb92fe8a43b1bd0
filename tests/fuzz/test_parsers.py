"""Random bytes for every parser of outside data: parsed, or refused with the parser's own error.

`make fuzz` goes on for FUZZ_MINUTES; the suite tries a few dozen each. A parser that is not in the list of docs/security.md
fails tests/house/test_security.py.
"""

import asyncio
import io
import json
import tempfile
import time
import tomllib
import zipfile
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import segno
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.http.cookies import read as read_cookies
from bot.importing.table import UnusableFile, open_table
from bot.pictures.decoder import text_on
from bot.setup.logs import mask
from bot.setup.office_file import SAMPLE
from bot.telegram.parser import Noted, UpdateParser
from bot.web.frames import BadFrame, Frame, parse
from bot.whatsapp.parser import read
from domain import codec
from domain.announcements.announcement import Wording
from domain.appointments.booking import TicketCode
from domain.cards.pair import spot_pair
from domain.cards.proof import ProofParser
from domain.office.office import Office
from domain.office.registration import NumberFormat, RegistrationNumber
from domain.office.tables import BadOffice
from domain.people.names import LONGEST, clean_name
from domain.people.nik import Nik, find_nik
from domain.people.phones import Phone
from domain.refusals import Refusal
from domain.text.cells import inert
from domain.text.dates import read_day
from domain.text.scam import looks_like_scam
from domain.text.typed import fold
from handlers.engine.dialogue import Dialogue
from handlers.engine.screen import Screen
from storage.vault import BadKey, Unreadable, Vault
from tests.fuzz.conftest import MINUTES, TARGETS

FORMAT = NumberFormat(prefix="MJK")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
# What people type, with what stands in numbers: digits of many scripts, separators, marks of direction.
TYPED = st.text(max_size=200) | st.text("0123456789０１٠١۰-–. #KTPMJKnik\u00a0\u202e\u200b\0", max_size=120)
VAULT = Vault([bytes(range(32))])


def fuzzed(*strategies):
    """Try many values; under `make fuzz` again and again, until this test's share of the minutes is over."""

    def make(test):
        @settings(settings.get_profile("nightly" if MINUTES else "suite"))
        @given(st.tuples(*strategies))
        def tries(values):
            test(*values)

        def run():
            ends = time.monotonic() + MINUTES * 60 / TARGETS
            tries()
            while time.monotonic() < ends:
                tries()

        run.__name__, run.__doc__ = test.__name__, test.__doc__
        return run

    return make


@fuzzed(TYPED)
def test_whatever_is_typed_is_a_nik_a_number_a_telephone_or_refused(text):
    day = partial(read_day, today=date(2026, 11, 23))
    numbers = (Nik.parse, FORMAT.parse, Phone.parse, ProofParser(True).parse, ProofParser(False).parse)
    for reads in (*numbers, TicketCode.parse, day, Wording.read):
        try:
            reads(text)
        except Refusal:
            continue
    find_nik(text)
    spot_pair(text, FORMAT)
    fold(text)
    looks_like_scam(text)
    mask(text)
    assert len(clean_name(text)) <= LONGEST


@fuzzed(st.binary(max_size=400) | st.text(max_size=400) | JSON.map(json.dumps))
def test_every_frame_of_a_browser_is_read_or_told_what_is_wrong(raw):
    with suppress(BadFrame):
        assert isinstance(parse(raw), Frame)


@fuzzed(
    st.fixed_dictionaries({"id": st.text(max_size=8)}, optional={"text": JSON, "choice": JSON, "file": JSON})
)
def test_every_plausible_frame_is_parsed_or_its_fault_is_told(value):
    with suppress(BadFrame):
        assert isinstance(parse(json.dumps(value)), Frame)


@fuzzed(JSON | st.fixed_dictionaries({"entry": JSON}) | st.fixed_dictionaries({"entry": st.lists(JSON)}))
def test_every_body_of_whatsapp_is_read(body):
    read(body, account="1", reason_of=str)


PARSER = UpdateParser(account="1")
MESSAGE = st.fixed_dictionaries(
    {"message_id": st.integers() | JSON, "date": st.integers() | JSON, "chat": JSON},
    optional={"from": JSON, "text": JSON, "photo": JSON, "location": JSON, "entities": JSON},
)
UPDATE = st.fixed_dictionaries(
    {"update_id": st.integers(min_value=0) | JSON},
    optional={"message": MESSAGE | JSON, "callback_query": JSON},
)


@fuzzed(JSON | UPDATE)
def test_every_update_of_telegram_is_understood_or_parked(raw):
    assert isinstance(asyncio.run(PARSER.note(raw)), Noted)


def cells() -> st.SearchStrategy[bytes]:
    """Files that are nearly a register."""
    line = st.lists(st.text(max_size=20) | st.sampled_from(["no_registrasi", "nik", "nama"]), max_size=6)
    return st.lists(line.map(",".join), max_size=8).map(
        lambda lines: "\n".join(lines).encode("utf-8", "replace")
    )


def workbook(sheet: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "xl/workbook.xml", "<workbook><sheets><sheet name='a' r:id='1'/></sheets></workbook>"
        )
        package.writestr("xl/worksheets/sheet1.xml", sheet)
    return packed.getvalue()


@fuzzed(
    st.binary(max_size=600)
    | cells()
    | st.text(max_size=200).map(workbook)
    | st.binary().map(lambda b: b"PK" + b)
)
def test_every_register_file_is_read_or_said_to_be_unusable(content):
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(content)
        file.flush()
        with suppress(UnusableFile):
            for record in open_table(Path(file.name)).records():
                assert not any(inert(cell).startswith("=") for cell in record.cells)


@fuzzed(st.binary(max_size=800))
def test_every_picture_is_read_or_has_no_code(data):
    assert text_on(data) is None


def receipt() -> bytes:
    picture = io.BytesIO()
    segno.make("MJK-261102-0007-Z").save(picture, kind="png", scale=4)
    return picture.getvalue()


RECEIPT = receipt()


@fuzzed(st.lists(st.tuples(st.integers(0, len(RECEIPT) - 1), st.integers(0, 255)), max_size=12))
def test_every_damaged_picture_is_read_or_has_no_code(changes):
    data = bytearray(RECEIPT)
    for place, value in changes:
        data[place] = value
    found = text_on(bytes(data))
    assert found is None or isinstance(found, str)


@fuzzed(st.text(max_size=300))
def test_every_cookie_header_is_read(header):
    for value in read_cookies(header).values():
        assert isinstance(value, str)


@fuzzed(st.dictionaries(st.sampled_from(sorted(tomllib.loads(SAMPLE.read_text()))), JSON, max_size=3))
def test_every_office_file_is_read_or_told_which_key_is_wrong(tables):
    with suppress(BadOffice):
        Office.from_mapping(tables, sample=tomllib.loads(SAMPLE.read_text()))


@fuzzed(JSON)
def test_every_stored_dialogue_is_loaded_or_known_as_another_version(value):
    for kind in (Dialogue, Screen):
        with suppress(codec.Unloadable):
            codec.load(kind, value)


@fuzzed(st.binary(max_size=80), st.text(max_size=20))
def test_every_sealed_value_opens_or_is_unreadable(sealed, place):
    with pytest.raises(Unreadable):
        VAULT.open_bytes(sealed, at=place)


@fuzzed(st.text(max_size=60))
def test_every_key_is_a_key_or_told_to_be_none(key):
    assume(len(key.strip()) != 44)
    with pytest.raises(BadKey):
        Vault.from_base64(key)


@fuzzed(st.text(max_size=30))
def test_every_number_that_is_read_back_is_the_one_that_was_written(text):
    try:
        number = FORMAT.parse(text)
    except Refusal:
        return
    assert codec.load(RegistrationNumber, codec.dump(number)) == number
