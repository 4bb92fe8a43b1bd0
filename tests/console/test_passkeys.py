"""Passkeys: added and used in Chromium with virtual keys, and refused when anything about the answer is off."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.async_api import Browser, CDPSession, Page, expect
from starlette.requests import Request
from webauthn.helpers import encode_cbor

from bot.console.visits.passkeys import _decoded, encoded, site_of
from domain.staff.roles import Role
from storage import audit
from storage.staff.staff import revoke
from tests.console.conftest import ConsoleCounter
from tests.support.chromium import PATIENCE_MS
from tests.support.officers import Officer

HOME = "/staf/saya"
SITE = "localhost"
USER_HERE, USER_VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Key:
    """A key in software that answers like a browser; every part of its answer can be bent."""

    origin: str
    secret: ec.EllipticCurvePrivateKey
    id: bytes = b"invented-credential-id"
    user: str = ""

    def _client_data(self, kind: str, challenge: str, **bent: Any) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told | bent).encode()

    def _seen(self, flags: int, rp_id: str, count: int = 0) -> bytes:
        digest = hashes.Hash(hashes.SHA256())
        digest.update(rp_id.encode())
        return digest.finalize() + bytes([flags]) + count.to_bytes(4)

    def makes(self, options: dict[str, Any], *, flags: int = USER_HERE | USER_VERIFIED) -> str:
        point = self.secret.public_key().public_numbers()
        public = encode_cbor({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})
        seen = self._seen(flags | ATTESTED, SITE) + bytes(16) + len(self.id).to_bytes(2) + self.id + public
        self.user = options["user"]["id"]
        return self._answer(
            clientDataJSON=encoded(self._client_data("webauthn.create", options["challenge"])),
            attestationObject=encoded(encode_cbor({"fmt": "none", "attStmt": {}, "authData": seen})),
        )

    def signs(
        self,
        options: dict[str, Any],
        *,
        flags: int = USER_HERE | USER_VERIFIED,
        rp_id: str = SITE,
        user: str = "",
        **bent: Any,
    ) -> str:
        told = self._client_data("webauthn.get", options["challenge"], **bent)
        seen = self._seen(flags, rp_id)
        digest = hashes.Hash(hashes.SHA256())
        digest.update(told)
        signature = self.secret.sign(seen + digest.finalize(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=encoded(told),
            authenticatorData=encoded(seen),
            signature=encoded(signature),
            userHandle=user or self.user,
        )

    def _answer(self, **response: str) -> str:
        name = encoded(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


@dataclass
class Door:
    """An officer's browser at http://localhost, which may use passkeys."""

    counter: ConsoleCounter
    visitor: Officer
    key: Key

    @property
    def http(self) -> httpx.AsyncClient:
        return self.visitor.http

    async def asked(self, path: str) -> dict[str, Any]:
        return (await self.http.get(path, headers={"accept": "application/json"})).json()

    async def adds(self, **bent: Any) -> httpx.Response:
        answer = self.key.makes(await self.asked(f"{HOME}/kunci-sandi"), **bent)
        fields = {"nama": "HP saya", "kunci-sandi": answer}
        return await self.visitor.sends(HOME, f"{HOME}/kunci-sandi", **fields)

    async def form(self) -> str:
        page = (await self.http.get("/staf")).text
        return page.partition('name="form" value="')[2].partition('"')[0]

    async def leaves(self) -> None:
        await self.visitor.sends("/staf/saya", "/staf/keluar")

    async def enters(self, answer: str, form: str) -> httpx.Response:
        return await self.http.post("/staf", data={"form": form, "kunci-sandi": answer})

    async def failures(self) -> list[tuple[str, str]]:
        lines = await self.counter.store.read(lambda db: audit.entries(db, action="sign-in-failed"))
        return [(line.subject.partition(":")[0], line.details) for line in lines]


def port_of(counter: ConsoleCounter) -> str:
    return counter.url.rpartition(":")[2]


@asynccontextmanager
async def a_door(counter: ConsoleCounter, name: str = "Bu Rini", **key: Any) -> AsyncIterator[Door]:
    origin = f"http://localhost:{port_of(counter)}"
    headers = {"host": f"localhost:{port_of(counter)}"}
    async with counter.client(follow_redirects=True, headers=headers) as http:
        visitor = Officer(http)
        await visitor.log_in(await counter.code(name, Role.OFFICER))
        yield Door(counter, visitor, Key(origin, ec.generate_private_key(ec.SECP256R1()), **key))


async def test_a_key_is_added_and_opens_the_console_once_per_challenge(counter: ConsoleCounter):
    async with a_door(counter) as door:
        assert "Kunci sandi ditambahkan" in (await door.adds()).text
        assert "HP saya" in (await door.visitor.opens(HOME)).text
        await door.leaves()
        form = await door.form()
        answer = door.key.signs(await door.asked("/staf/kunci-sandi"))
        assert "Selamat bekerja, Bu Rini." in (await door.enters(answer, form)).text
        await door.leaves()
        again = await door.enters(answer, await door.form())
        assert again.status_code == 403
        assert "Kunci sandi itu tidak diterima" in again.text
        assert await door.failures() == [("staff", "passkey")]


BENT: dict[str, Callable[[Key, dict[str, Any]], str]] = {
    "origin": lambda key, asked: key.signs(asked, origin="https://evil.example"),
    "port": lambda key, asked: key.signs(asked, origin="http://localhost:1"),
    "kind": lambda key, asked: key.signs(asked, type="webauthn.create"),
    "site": lambda key, asked: key.signs(asked, rp_id="evil.example"),
    "no user verification": lambda key, asked: key.signs(asked, flags=USER_HERE),
    "nobody there": lambda key, asked: key.signs(asked, flags=USER_VERIFIED),
    "user": lambda key, asked: key.signs(asked, user=encoded(b"1")),
    "own challenge": lambda key, asked: key.signs({"challenge": encoded(bytes(53))}),
    "longer challenge": lambda key, asked: key.signs(
        {"challenge": encoded(_decoded(asked["challenge"]) + b"x")}
    ),
    "other key": lambda key, asked: Key(
        key.origin, ec.generate_private_key(ec.SECP256R1()), user=key.user
    ).signs(asked),
    "unknown key": lambda key, asked: Key(key.origin, key.secret, b"unknown", key.user).signs(asked),
    "signature": lambda key, asked: key.signs(asked).replace('"signature": "', '"signature": "AA'),
    "nothing": lambda key, asked: "",
    "no object": lambda key, asked: "[1]",
    "deep": lambda key, asked: "[" * 9000,
    "long": lambda key, asked: key.signs(asked) + " " * 20_000,
    "no data": lambda key, asked: '{"id": 1, "response": {"clientDataJSON": "e30"}}',
    "odd data": lambda key, asked: '{"id": "x", "response": {"clientDataJSON": "\\u0661"}}',
}


@pytest.mark.parametrize("how", BENT)
async def test_a_bent_answer_opens_nothing_and_is_audited(counter: ConsoleCounter, how: str):
    async with a_door(counter) as door:
        await door.adds()
        await door.leaves()
        form = await door.form()
        answer = BENT[how](door.key, await door.asked("/staf/kunci-sandi"))
        page = await door.enters(answer, form)
        assert page.status_code == 403
        assert "Kode petugas" in page.text
        assert [kind for _, kind in await door.failures()] == ["passkey"]
        assert "Kode petugas" in (await door.http.get("/staf")).text


async def test_a_challenge_is_for_one_browser_one_purpose_and_five_minutes(counter: ConsoleCounter):
    async with a_door(counter) as door, a_door(counter, "Pak Joko", id=b"joko") as other:
        await door.adds()
        await door.leaves()
        await other.leaves()
        await other.form()
        form = await door.form()
        stolen = door.key.signs(await other.asked("/staf/kunci-sandi"))
        assert (await door.enters(stolen, form)).status_code == 403
        old = door.key.signs(await door.asked("/staf/kunci-sandi"))
        counter.clock.move(minutes=5, seconds=1)
        assert (await door.enters(old, form)).status_code == 403
        assert (
            await door.enters(door.key.signs(await door.asked("/staf/kunci-sandi")), form)
        ).status_code == 200


async def test_who_tries_five_bad_keys_waits(counter: ConsoleCounter):
    async with a_door(counter) as door:
        await door.adds()
        await door.leaves()
        form = await door.form()
        for _ in range(5):
            assert (await door.enters("{}", form)).status_code == 403
        good = door.key.signs(await door.asked("/staf/kunci-sandi"))
        assert (await door.enters(good, form)).status_code == 429
        counter.clock.move(minutes=16)
        good = door.key.signs(await door.asked("/staf/kunci-sandi"))
        assert (await door.enters(good, form)).status_code == 200


async def test_a_key_without_user_verification_is_not_added(counter: ConsoleCounter):
    async with a_door(counter) as door:
        page = await door.adds(flags=USER_HERE)
        assert page.status_code == 422
        assert "tidak diterima" in page.text


async def test_a_key_belongs_to_one_member_and_only_they_remove_it(counter: ConsoleCounter):
    async with a_door(counter) as door, a_door(counter, "Pak Joko") as other:
        await door.adds()
        page = await other.adds()
        assert page.status_code == 422
        assert "sudah terdaftar" in page.text
        (mine,) = await counter.store.read(passkeys_of_all)
        removal = f"{HOME}/kunci-sandi/{mine.id}/hapus"
        own = await door.visitor.stamp(HOME, removal)
        assert (await other.http.post(removal, data={"csrf": own})).status_code == 403
        assert "dihapus dari Loket" in (await door.visitor.sends(HOME, removal)).text
        await door.leaves()
        form = await door.form()
        answer = door.key.signs(await door.asked("/staf/kunci-sandi"))
        assert (await door.enters(answer, form)).status_code == 403


async def passkeys_of_all(db) -> list:
    from sqlalchemy import select

    from storage.schema import staff_passkeys

    return await db.rows(select(staff_passkeys))


async def test_the_key_of_somebody_revoked_opens_nothing(counter: ConsoleCounter):
    async with a_door(counter) as door:
        await door.adds()
        await door.leaves()
        await counter.store.write(lambda db: revoke(db, name="Bu Rini", actor="system"))
        form = await door.form()
        answer = door.key.signs(await door.asked("/staf/kunci-sandi"))
        assert (await door.enters(answer, form)).status_code == 403


async def test_a_key_unlocks_its_owners_session_only(counter: ConsoleCounter):
    async with a_door(counter) as door, a_door(counter, "Pak Joko", id=b"joko") as other:
        await door.adds()
        await other.adds()
        counter.clock.move(minutes=31)
        locked = await door.visitor.opens("/staf/register")
        assert locked.status_code == 423
        assert "kunci sandi Anda" in locked.text
        stamp = locked.text.partition('name="kunci-cap" value="')[2].partition('"')[0]
        asked = await door.asked("/staf/buka/kunci-sandi")
        assert [one["id"] for one in asked["allowCredentials"]] == [encoded(door.key.id)]
        fields = {"kunci-cap": stamp, "kunci-ke": "/staf/register"}
        for key, status in ((other.key, 422), (door.key, 200)):
            sent = fields | {"kunci-sandi": key.signs(asked)}
            assert (await door.http.post("/staf/buka", data=sent)).status_code == status
        counter.clock.move(minutes=31)
        await door.visitor.opens("/staf")
        used = fields | {"kunci-sandi": door.key.signs(asked)}
        assert (await door.http.post("/staf/buka", data=used)).status_code == 422


@pytest.mark.parametrize(
    ("public", "host", "why", "rp_id"),
    [
        ("https://loket.example.go.id", "loket.example.go.id", "", "loket.example.go.id"),
        ("https://loket.example.go.id:443/", "loket.example.go.id", "", "loket.example.go.id"),
        ("https://loket.example.go.id:8443", "loket.example.go.id:8443", "", "loket.example.go.id"),
        ("http://loket.example.go.id", "loket.example.go.id", "http", ""),
        ("https://203.0.113.7", "203.0.113.7", "address", ""),
        ("https://loket.example.go.id", "203.0.113.7", "other", ""),
        ("https://loket.example.go.id", "localhost:8080", "other", ""),
        ("", "localhost:8080", "", "localhost"),
        ("http://127.0.0.1:8080", "localhost:8080", "", "localhost"),
        ("", "127.0.0.1:8080", "address", ""),
        ("", "loket.example.go.id", "http", ""),
        ("", "[::1]:8080", "address", ""),
        ("", "local host:x", "http", ""),
    ],
)
def test_keys_are_offered_where_browsers_allow_them(public, host, why, rp_id):
    request = Request({"type": "http", "headers": [(b"host", host.encode())]})
    site = site_of(request, public)
    assert (site.why, site.rp_id) == (why, rp_id)


async def test_without_a_name_and_https_the_page_says_why(counter: ConsoleCounter):
    visitor = await counter.visitor()
    page = (await visitor.opens("/staf")).text
    assert "alamatnya berupa angka" in page
    assert "Masuk dengan kunci sandi" not in page
    assert (await visitor.http.get("/staf/kunci-sandi")).status_code == 404
    inside = await counter.enter(Role.OFFICER)
    assert "alamatnya berupa angka" in (await inside.opens(HOME)).text


def test_signing_in_with_a_code_loads_no_webauthn():
    import subprocess
    import sys

    code = "import sys, bot.console.site; sys.exit('webauthn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


SIZES = {"internal": {"width": 1024, "height": 768}, "usb": {"width": 360, "height": 740}}


async def with_key(browser: Browser, counter: ConsoleCounter, transport: str) -> tuple[Page, CDPSession, str]:
    """An officer at a browser with a virtual key, which they have added; keyboard only."""
    page = await (await browser.new_context(viewport=SIZES[transport])).new_page()
    page.set_default_timeout(PATIENCE_MS)
    client = await page.context.new_cdp_session(page)
    await client.send("WebAuthn.enable")
    made = await client.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": transport,
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    await page.goto(f"http://localhost:{port_of(counter)}/staf")
    await page.get_by_label("Kode petugas").fill(await counter.code("Bu Rini", Role.APPROVER))
    await page.keyboard.press("Enter")
    await page.get_by_text("Selamat bekerja, Bu Rini.").wait_for()
    await page.goto(f"http://localhost:{port_of(counter)}{HOME}")
    await page.get_by_label("Nama kunci").fill("Kunci saya")
    await page.get_by_role("button", name="Tambah kunci sandi").press("Enter")
    await page.get_by_text("Kunci sandi ditambahkan").wait_for()
    assert await page.evaluate("document.documentElement.scrollWidth") <= SIZES[transport]["width"]
    return page, client, made["authenticatorId"]


@pytest.mark.browser
@pytest.mark.parametrize("transport", SIZES)
async def test_a_key_in_the_browser_enters_and_unlocks(browser, counter: ConsoleCounter, transport: str):
    page, _, _ = await with_key(browser, counter, transport)
    await page.get_by_role("button", name="Keluar").press("Enter")
    await page.get_by_text("Anda sudah keluar.").wait_for()
    await page.get_by_role("button", name="Masuk dengan kunci sandi").press("Enter")
    await page.get_by_text("Selamat bekerja, Bu Rini.").wait_for()
    await page.clock.install()
    await page.goto(f"http://localhost:{port_of(counter)}/staf/pengumuman/baru")
    await page.get_by_label("Judul").fill("Siap diambil")
    counter.clock.move(minutes=31)
    await page.clock.run_for("30:02")
    lock = page.get_by_role("dialog", name="Layar terkunci")
    await lock.get_by_role("button", name="Buka dengan kunci sandi").press("Enter")
    await expect(lock).to_be_hidden()
    await expect(page.get_by_label("Judul")).to_have_value("Siap diambil")


@pytest.mark.browser
async def test_a_key_that_verifies_nobody_enters_nowhere(browser, counter: ConsoleCounter):
    page, client, key = await with_key(browser, counter, "internal")
    await client.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    await page.get_by_role("button", name="Keluar").press("Enter")
    await page.get_by_role("button", name="Masuk dengan kunci sandi").press("Enter")
    await page.get_by_text("tidak terbaca atau dibatalkan").wait_for()
    assert await page.get_by_label("Kode petugas").is_visible()
