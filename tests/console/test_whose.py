"""Ownership: every route with an id, for each role, point and owner.

The routes are read from the route table: one with an id that has no line here fails. Tokens of the API have the
same things in front of them, with their own table.
"""

import pytest

from bot.api.routes import ENDPOINTS
from bot.console.gates import Gate
from domain.staff.roles import Role
from domain.staff.scopes import TokenScope
from storage.staff import staff, tokens
from tests.console.conftest import NAMES, ConsoleCounter
from tests.console.test_matrix import knock, refusals, secret_of
from tests.console.things import SECRET, made_at

# h: a member of the thing's point (sooko) · t: of another one · w: of the whole office
# y: gets through · m: sees that it is there and whose, and nothing that it says · a dot: refused, and audited
#
# The last two columns are whoever owns the thing: imported the file, wrote the announcement, has the talk.
TABLE = """
                                              viewer   officer  approver admin    owner: officer  approver
                                              h t w    h t w    h t w    h t w    h               h
POST /staf/tiket/{kode}/hadir                 . . .    y . y    y . y    y . y    y               y
POST /staf/tiket/{kode}/tidak-hadir           . . .    y . y    y . y    y . y    y               y
POST /staf/tiket/{kode}/selesai               . . .    y . y    y . y    y . y    y               y
POST /staf/tiket/{kode}/batalkan              . . .    y . y    y . y    y . y    y               y
GET  /staf/register/impor/{id}                . . .    . . m    . . y    . . y    .               .
GET  /staf/register/impor/{id}/maju           . . .    . . y    . . y    . . y    .               .
GET  /staf/register/impor/{id}/ditolak        . . .    . . .    . . y    . . y    .               .
POST /staf/register/impor/{id}/simpan         . . .    . . .    . . y    . . y    .               .
POST /staf/register/impor/{id}/arti           . . .    . . .    . . y    . . y    .               .
POST /staf/register/impor/{id}/batalkan       . . .    . . .    . . y    . . y    .               .
GET  /staf/register/{id}                      . . .    y . y    y . y    y . y    y               y
POST /staf/register/{id}/status               . . .    y . y    y . y    y . y    y               y
POST /staf/register/{id}/serahkan             . . .    y . y    y . y    y . y    y               y
POST /staf/register/{id}/batalkan             . . .    y . y    y . y    y . y    y               y
GET  /staf/pengumuman/periksa/{id}            . . .    . . .    . . y    . . y    y               y
GET  /staf/pengumuman/periksa/{id}/maju       . . .    . . .    . . y    . . y    y               y
GET  /staf/pengumuman/periksa/{id}/ditolak    . . .    . . .    . . y    . . y    y               y
POST /staf/pengumuman/periksa/{id}/uji        . . .    . . .    . . y    . . y    y               y
POST /staf/pengumuman/periksa/{id}/kirim      . . .    . . .    . . y    . . y    y               y
GET  /staf/pengumuman/{id}                    m . m    m . m    m . y    m . y    y               y
GET  /staf/pengumuman/{id}/maju               m . m    m . m    m . y    m . y    y               y
GET  /staf/pengumuman/{id}/laporan.{ending}   . . .    . . .    . . y    . . y    y               y
GET  /staf/pengumuman/{id}/surat.{ending}     . . .    . . .    . . y    . . y    y               y
POST /staf/pengumuman/{id}/setujui            . . .    . . .    y . y    y . y    .               y
POST /staf/pengumuman/{id}/kembalikan          . . .    . . .    y . y    y . y    .               y
POST /staf/pengumuman/{id}/{langkah}          . . .    . . .    y . y    y . y    y               y
GET  /staf/permintaan/{id}                    . . .    m . m    m . m    m . m    y               y
GET  /staf/permintaan/{id}/kata               . . .    m . m    m . m    m . m    y               y
GET  /staf/permintaan/{id}/berkas/{baris}     . . .    . . .    . . .    . . .    y               y
POST /staf/permintaan/{id}/ambil              . . .    m . m    m . m    m . m    y               y
POST /staf/permintaan/{id}/balas              . . .    m . m    m . m    m . m    y               y
POST /staf/permintaan/{id}/kembalikan         . . .    m . m    m . m    m . m    y               y
GET  /staf/kasus/{nomor} complaint            . . .    . y y    y y y    y y y    .               y
GET  /staf/kasus/{nomor} fee                  . . .    . y y    . y y    . y y    .               .
POST /staf/kasus/{nomor}/balas complaint      . . .    . y y    y y y    y y y    .               y
POST /staf/kasus/{nomor}/balas fee            . . .    . y y    . y y    . y y    .               .
POST /staf/kasus/{nomor}/beri complaint       . . .    . y y    y y y    y y y    .               y
POST /staf/kasus/{nomor}/beri fee             . . .    . y y    . y y    . y y    .               .
POST /staf/kasus/{nomor}/tutup complaint      . . .    . y y    y y y    y y y    .               y
POST /staf/kasus/{nomor}/tutup fee            . . .    . y y    . y y    . y y    .               .
GET  /staf/ikm/laporan.{ending}               . . .    . . .    y . y    y . y    .               y
GET  /staf/layanan/{layanan}                  . . .    . . .    . . y    . . y    .               .
POST /staf/layanan/{layanan}                  . . .    . . .    . . y    . . y    .               .
POST /staf/templat/{id}/hapus                 . . .    . . .    . . y    . . y    .               .
POST /staf/petugas/{id}/kode                  . . .    . . .    . . .    y . y    .               .
POST /staf/saya/kunci-sandi/{id}/hapus        m m m    m m m    m m m    m m m    m               m
POST /staf/saya/sesi/{id}/akhiri              m m m    m m m    m m m    m m m    m               m
POST /staf/saya/obrolan/{id}/akhiri           m m m    m m m    m m m    m m m    m               m
POST /staf/webhook/{id}/kirim                 . . .    . . .    . . .    . . y    .               .
POST /staf/webhook/{id}/nyalakan              . . .    . . .    . . .    . . y    .               .
POST /staf/webhook/{id}/hapus                 . . .    . . .    . . .    . . y    .               .
POST /staf/petugas/{id}/cabut                 . . .    . . .    . . .    y . y    .               .
"""
HERE, THERE = "sooko", "mojosari"
COLUMNS = [(role, point, False) for role in Role for point in (HERE, THERE, None)]
COLUMNS += [(Role.OFFICER, HERE, True), (Role.APPROVER, HERE, True)]


def expected() -> dict[tuple[str, str, str], list[str]]:
    """What the table says, by method, address and kind of thing."""
    read = {}
    for line in TABLE.strip().splitlines()[2:]:
        method, path, *rest = line.split()
        kind = rest.pop(0) if len(rest[0]) > 1 else ""
        assert len(rest) == len(COLUMNS), line
        read[method, path, kind] = rest
    return read


def with_ids(counter: ConsoleCounter) -> list[Gate]:
    return [one for one in counter.console.gates() if "{" in one.path]


async def test_every_route_with_an_id_has_its_line(counter: ConsoleCounter):
    assert {(one.method, one.path) for one in with_ids(counter)} == {one[:2] for one in expected()}


@pytest.mark.parametrize(("role", "point", "owns"), COLUMNS)
async def test_who_sees_and_does_what_with_whose_things(
    counter: ConsoleCounter, role: Role, point: str | None, owns: bool
):
    await counter.rests()
    column = COLUMNS.index((role, point, owns))
    visitor = await counter.enter(role, point, NAMES[role])
    secret = await secret_of(counter)
    me = await counter.store.read(lambda db: staff.find(db, name=NAMES[role]))
    await counter.code("Ratna Dewi", Role.OFFICER, HERE)
    other = await counter.store.read(lambda db: staff.find(db, name="Ratna Dewi"))
    things = await made_at(counter, HERE, owner=(me if owns else other).id)
    gates = {(one.method, one.path): one for one in with_ids(counter)}
    # What only looks comes first: a deed may change whose a thing is.
    for (method, path, kind), cells in sorted(expected().items(), key=lambda line: line[0][0] == "POST"):
        before = await refusals(counter)
        answer = await knock(visitor, gates[method, path], things, secret, kind=kind)
        where = f"{role} of {point}, {'owner' if owns else 'somebody'}: {method} {path} {kind}"
        cell = cells[column]
        assert (answer.status_code == 403) == (cell == "."), f"{where}: {answer.status_code}"
        assert answer.status_code < 500, where
        assert await refusals(counter) == before + (cell == "."), where
        if cell == ".":
            assert "tidak berwenang" in answer.text, where
        if cell != "y":
            assert SECRET not in answer.text, where


# As above, with the token's point; a dash: it is not found, because it is not this token's.
TOKENS = """
                                        h t w
GET  /applications/{number}             y . y
GET  /applications/{number}/stage       y . y
PUT  /applications/{number}             y m y
PUT  /applications/{number}/stage       y . y
GET  /imports/{id}                      . . -
GET  /announcements/{id}                y . y
DELETE /webhooks/{id}                   . . -
POST /webhooks/{id}:rotate              . . -
POST /appointments/{code}:arrive        y . y
POST /appointments/{code}:serve         y . y
POST /appointments/{code}:no-show       y . y
"""
_FIELDS = {
    "nik": "3516994107900001",
    "nama": "Siti",
    "layanan": "ktp_baru",
    "status": "PRO",
    "tanggal": "2026-11-20",
}


def of_tokens() -> dict[tuple[str, str], list[str]]:
    lines = [line.split() for line in TOKENS.strip().splitlines()[1:]]
    return {(method, path): cells for method, path, *cells in lines}


def test_every_route_of_the_api_with_an_id_has_its_line():
    assert {(one.method, one.path) for one in ENDPOINTS if "{" in one.path} == set(of_tokens())


@pytest.mark.parametrize(("place", "point"), [(0, HERE), (1, THERE), (2, None)])
async def test_a_token_sees_and_changes_its_points_things_only(
    counter: ConsoleCounter, place: int, point: str | None
):
    await counter.rests()
    things = await made_at(counter, HERE)
    made = {"name": "Sistem", "scopes": frozenset(TokenScope), "point": point, "actor": "system"}
    token = await counter.store.write(lambda db: tokens.create(db, **made))
    headers = {"Authorization": f"Bearer {token}", "If-Match": "*"}
    names = {"number": "MJK-261102-0007-Z", "code": things.ids["/staf/tiket"]}
    bodies = {"/applications/{number}": _FIELDS, "/applications/{number}/stage": {"stage": "PRINTED"}}
    async with counter.client(headers=headers) as system:
        for (method, pattern), cells in of_tokens().items():
            kind = "pengumuman" if "announcements" in pattern else "register/impor"
            path = pattern.format(**names, id=things.ids[f"/staf/{kind}"])
            before = await refusals(counter)
            body = bodies.get(pattern) if method == "PUT" else None
            answer = await system.request(method, f"/api/v1{path}", json=body)
            where, cell = f"token of {point}: {method} {pattern}: {answer.text}", cells[place]
            assert (answer.status_code == 403) == (cell == "."), where
            assert (answer.status_code == 404) == (cell == "-"), where
            assert (answer.status_code == 422) == (cell == "m"), where
            assert await refusals(counter) == before + (cell == "."), where
            assert answer.status_code < 500, where
            assert SECRET not in answer.text, where
