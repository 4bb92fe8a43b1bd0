"""The office's single sign-on (OpenID Connect): off by default, for invited members, each check of the answer."""

import re
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from bot.cli.settings_check import findings
from bot.console.visits.sso import SignOn, sign_on_of
from bot.setup.settings import BadSetting, Settings, load_settings
from domain.staff.roles import Role
from storage import audit
from storage.staff import accounts, staff
from tests.console.conftest import ConsoleCounter
from tests.console.oidc_provider import CLIENT, OTHER_KEY, SECRET, Provider
from tests.support.officers import Officer
from tests.web.conftest import serving

DOOR, MINE, RETURN = "/staf/sso", "/staf/saya/sso", "/staf/sso/kembali"


@pytest.fixture
async def provider(counter: ConsoleCounter) -> AsyncIterator[Provider]:
    """A provider that the office uses."""
    made = Provider(now=lambda: counter.clock().timestamp())
    async with serving(made.app) as running:
        made.issuer = f"http://{running.address}"
        found = SignOn(
            issuer=made.issuer,
            client_id=CLIENT,
            client_secret=SECRET,
            name="INApas",
            redirect_to=f"{counter.url}{RETURN}",
        )
        offers(counter, found)
        yield made


def offers(counter: ConsoleCounter, found: SignOn) -> None:
    """Let the office use this provider, as if it had been configured before it opened."""
    object.__setattr__(counter.console._desk, "sign_on", found)


async def links(visitor: Officer):
    return await visitor.opens(MINE)


async def enters(counter: ConsoleCounter) -> tuple[httpx.Response, Officer]:
    visitor = await counter.visitor()
    return await visitor.opens(DOOR), visitor


async def actions(counter: ConsoleCounter) -> list[str]:
    lines = await counter.store.read(audit.entries)
    return [line.action for line in lines if "account" in line.action or "session" in line.action]


async def test_a_member_links_an_account_and_enters_with_it(counter: ConsoleCounter, provider: Provider):
    rini = await counter.enter(Role.OFFICER, "sooko", name="Bu Rini")
    assert "Tautkan akun" in (await rini.opens("/staf/saya")).text
    linked = await links(rini)
    assert 'content="0;url=/staf/saya?kabar=akun-ditautkan"' in linked.text
    assert "Akun Anda tertaut sejak" in (await rini.opens("/staf/saya")).text
    door = await counter.visitor()
    assert "Masuk dengan INApas" in (await door.opens("/staf")).text
    entered = await door.opens(DOOR)
    cookie = next(one for one in entered.headers.get_list("set-cookie") if one.startswith("loket-staf="))
    assert "SameSite=Strict" in cookie
    assert "Selamat bekerja, Bu Rini." in (await door.opens("/staf")).text
    assert (await actions(counter))[:2] == ["staff-session-opened", "staff-account-used"]
    gone = await rini.sends("/staf/saya", f"{MINE}/hapus")
    assert "tidak bisa dipakai masuk lagi" in gone.text
    answer, _ = await enters(counter)
    assert "belum ditautkan" in answer.text
    assert provider.asked.count("description") == 1, "it is asked for once an hour"


async def test_strangers_and_revoked_members_stay_outside(counter: ConsoleCounter, provider: Provider):
    answer, visitor = await enters(counter)
    assert (answer.status_code, "belum ditautkan" in answer.text) == (403, True)
    assert "Kode petugas" in (await visitor.opens("/staf")).text
    rini = await counter.enter(Role.OFFICER, name="Bu Rini")
    await links(rini)
    await counter.store.write(lambda db: staff.revoke(db, name="Bu Rini", actor="system"))
    answer, _ = await enters(counter)
    assert "belum ditautkan" in answer.text
    (first, *_) = await counter.store.read(lambda db: audit.entries(db, action="sign-in-failed"))
    assert (first.details, provider.subject in first.actor) == ("account", False)


async def test_an_account_belongs_to_one_member(counter: ConsoleCounter, provider: Provider):
    await links(await counter.enter(Role.OFFICER, name="Bu Rini"))
    joko = await counter.enter(Role.OFFICER, name="Pak Joko")
    assert "ditautkan ke petugas lain" in (await links(joko)).text
    provider.subject = "pegawai-2"
    await links(joko)
    ids = {name: one for one, name in (await counter.store.read(staff.names)).items()}
    for name in ("Bu Rini", "Pak Joko"):
        found = await counter.store.read(lambda db, one=ids[name]: accounts.account_of(db, member=one))
        assert found is not None


SPOILED: list[dict[str, Any]] = [
    {"nonce": "lain"},
    {"nonce": None},
    {"aud": "orang-lain"},
    {"aud": [CLIENT, "orang-lain"], "azp": "orang-lain"},
    {"iss": "https://lain.example"},
    {"exp": 1},
    {"exp": None},
    {"iat": None},
    {"sub": ""},
    {"sub": "x" * 256},
    {"sub": None},
]


async def test_an_id_token_that_cannot_be_believed_opens_nothing(counter, provider):
    await links(await counter.enter(Role.OFFICER, name="Bu Rini"))
    for spoil in SPOILED:
        provider.spoil = spoil
        await refused(counter, spoil)


async def refused(counter: ConsoleCounter, why: object = "") -> None:
    answer, visitor = await enters(counter)
    assert answer.status_code == 403, why
    assert "tidak berhasil" in answer.text, why
    assert "Kode petugas" in (await visitor.opens("/staf")).text, why


async def test_another_key_a_refusal_and_a_wrong_description_open_nothing(counter, provider):
    await links(await counter.enter(Role.OFFICER, name="Bu Rini"))
    found = counter.console._desk.sign_on
    provider.key = OTHER_KEY
    await refused(counter)
    provider.declines = True
    await refused(counter)
    for described in (
        {"issuer": "https://lain.example"},
        {"token_endpoint": "http://lain.example/token"},
        {"jwks_uri": 7},
        {"filler": "x" * 300_000},
    ):
        provider.described = described
        offers(counter, replace(found, _known=None))
        await refused(counter)
    offers(counter, replace(found, issuer="http://127.0.0.1:9", _known=None))
    await refused(counter)


async def comes(counter: ConsoleCounter, path: str, cookie: str = "") -> httpx.Response:
    """Request a page as a browser that has this cookie of a sign-in, and no other."""
    async with counter.client() as http:
        return await http.get(path, headers={"cookie": f"loket-sso={cookie}"} if cookie else {})


async def begins(counter: ConsoleCounter) -> tuple[str, str]:
    """Begin a sign-in: where the provider leads back to, and the browser's cookie."""
    begun = await comes(counter, DOOR)
    cookie = re.search(r"loket-sso=([^;]+)", begun.headers["set-cookie"])[1]
    return (await comes(counter, begun.headers["location"])).headers["location"], cookie


async def test_an_answer_counts_once_in_its_browser_within_five_minutes(counter, provider):
    await links(await counter.enter(Role.OFFICER, name="Bu Rini"))
    back, cookie = await begins(counter)
    _, others = await begins(counter)
    forged = [
        (back, ""),
        (back, others),
        (back.replace("state=0.", "state=1."), cookie),
        (f"{RETURN}?code=x", cookie),
    ]
    for path, sent in forged:
        assert (await comes(counter, path, sent)).status_code == 403
    assert provider.asked.count("token") == 1, "only for the link: nobody is asked about a forged answer"
    assert (await comes(counter, back, cookie)).status_code == 200
    assert (await comes(counter, back, cookie)).status_code == 403
    back, cookie = await begins(counter)
    counter.clock.move(minutes=5)
    assert (await comes(counter, back, cookie)).status_code == 403


async def test_without_a_provider_there_is_no_trace_of_it(counter: ConsoleCounter):
    visitor = await counter.visitor()
    assert "/staf/sso" not in (await visitor.opens("/staf")).text
    rini = await counter.enter(Role.OFFICER)
    assert "/staf/saya/sso" not in (await rini.opens("/staf/saya")).text
    for path in (DOOR, f"{RETURN}?code=a&state=b", MINE):
        assert (await rini.opens(path)).status_code == 404


def test_an_incomplete_setting_turns_it_off_and_http_is_refused(monkeypatch: pytest.MonkeyPatch):
    told = {"oidc_issuer": "https://sso.example", "oidc_client_id": "a", "public_url": "https://l.example"}
    assert sign_on_of(Settings(_env_file=None, **told)).redirect_to == f"https://l.example{RETURN}"
    for missing in told:
        assert sign_on_of(Settings(_env_file=None, **{**told, missing: ""})) is None
    monkeypatch.setenv("LOKET_OIDC_ISSUER", "http://sso.example")
    with pytest.raises(BadSetting, match="LOKET_OIDC_ISSUER should be an https address"):
        load_settings(lambda: Settings(_env_file=None))


def test_authlib_is_loaded_by_a_sign_in_only():
    program = "import sys, bot.assembly; print([m for m in ('authlib', 'joserfc') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_check_tells_what_a_sign_on_lacks():
    def told(**settings: str) -> list[str]:
        found = findings(Settings(_env_file=None, **settings))
        return [f"{one.level} {one.text}" for one in found if "Single sign-on" in one.text]

    assert told() == []
    issuer = {"oidc_issuer": "https://sso.example"}
    assert "missing Single sign-on: needs LOKET_OIDC_CLIENT_ID and LOKET_PUBLIC_URL" in told(**issuer)[0]
    whole = {**issuer, "oidc_client_id": "a", "public_url": "https://l.example"}
    assert told(**whole) == ["good Single sign-on for staff: https://sso.example."]
