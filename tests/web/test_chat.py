"""The WebSocket behind the page, through a real server."""

import asyncio
import base64
import json
from contextlib import suppress

import pytest
import structlog
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from bot.channel import Heard
from bot.http import cookies
from bot.web.frames import FILE_BYTES
from handlers.engine.screen import File, Screen
from tests.web.conftest import Site, frame
from tests.web.office import choices

SRI = "loket=" + "s" * 43
BUDI = "loket=" + "b" * 43


async def test_a_message_is_heard_once_and_answered(site: Site):
    async with site.chat(SRI) as sri:
        await sri.send(json.dumps({"id": "m1", "text": "cek status"}))
        said = await frame(sri)
        heard = await frame(sri, "heard")
    assert said["text"] == "Anda menulis: cek status"
    assert said["choices"] == []
    assert said["replaces"] is None
    assert heard == {"op": "heard", "id": "m1", "duplicate": False}
    assert site.office.texts() == ["cek status"]


async def test_the_office_sees_a_browser_name_that_is_not_its_cookie(site: Site):
    async with site.chat(SRI) as sri:
        await sri.send(json.dumps({"id": "m1", "text": "halo"}))
        await frame(sri)
    heard = site.office.heard[0]
    assert heard.account == heard.address == cookies.name_of("s" * 43)
    assert "s" * 43 not in repr(heard)
    assert heard.said_in == heard.message_id == "m1"
    assert heard.source == "127.0.0.1"


async def test_a_tap_comes_with_its_token_and_the_bubble_it_stood_under(site: Site):
    site.office.answer = lambda heard: Screen(text="Pilih", choices=choices("Cek status KTP", "Petugas"))
    async with site.chat(SRI) as sri:
        await sri.send(json.dumps({"id": "m1", "text": "menu"}))
        said = await frame(sri)
        assert said["choices"][1] == {"token": "q1.2", "label": "Petugas", "hint": None, "number": 2}
        await sri.send(json.dumps({"id": "m2", "choice": "q1.2", "under": said["id"]}))
        await frame(sri)
    tapped = site.office.heard[1]
    assert (tapped.kind, tapped.choice, tapped.tapped) == ("choice", "q1.2", said["id"])


async def test_the_handshake_brings_a_cookie_when_it_is_missing(site: Site):
    async with site.chat() as new:
        cookie = new.response.headers["Set-Cookie"]
    assert cookie.startswith("loket=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    async with site.chat(SRI) as known:
        assert "Set-Cookie" not in known.response.headers


@pytest.mark.parametrize("planted", ["loket=short", "loket=" + "ö" * 43, "loket=" + "x" * 900, "=;;;,"])
async def test_a_cookie_that_is_not_ours_is_replaced(site: Site, planted: str):
    async with site.chat(planted.encode("utf-8").decode("latin-1")) as client:
        assert client.response.headers["Set-Cookie"].startswith("loket=")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("{", "tidak terbaca"),
        ("", "tidak terbaca"),
        ("[1, 2]", "tidak terbaca"),
        ("[" * 15_000, "tidak terbaca"),
        ('{"text": "halo"}', "tidak bernomor"),
        ('{"id": 7, "text": "halo"}', "tidak bernomor"),
        ('{"id": "", "text": "halo"}', "tidak bernomor"),
        (json.dumps({"id": "x" * 201, "text": "halo"}), "tidak bernomor"),
        ('{"id": "\\ud800", "text": "halo"}', "tidak bernomor"),
        ('{"id": "a"}', "tidak terbaca"),
        ('{"id": "a", "text": 12}', "tidak terbaca"),
        ('{"id": "a", "choice": ["x"]}', "tidak terbaca"),
        ('{"id": "a", "text": " \\n "}', "kosong"),
        (json.dumps({"id": "a", "choice": "x" * 4097}), "terlalu panjang"),
        (json.dumps({"id": "a", "choice": "x", "under": "x" * 201}), "terlalu panjang"),
        ('{"id": "a", "file": "foto"}', "tidak sampai dengan utuh"),
        (
            '{"id": "a", "file": {"name": "f", "mime": "image/png", "data": "%%%"}}',
            "tidak sampai dengan utuh",
        ),
        ('{"id": "a", "file": {"name": "f", "mime": "image/png", "data": ""}}', "tidak sampai dengan utuh"),
        ('{"id": "a", "file": {"name": "f", "mime": 3, "data": "QUJD"}}', "tidak sampai dengan utuh"),
        (b"\xff\xfe\x00", "tidak terbaca"),
    ],
)
async def test_an_unreadable_frame_is_told_and_the_connection_stays(site: Site, sent, words: str):
    async with site.chat(SRI) as sri:
        await sri.send(sent)
        assert words in (await frame(sri))["text"]
        await sri.send(json.dumps({"id": "after", "text": "masih di sini"}))
        assert (await frame(sri))["text"] == "Anda menulis: masih di sini"
    assert site.office.texts() == ["masih di sini"]


async def _is_answered(tab: ClientConnection) -> None:
    """Photos are taken from a browser that has been answered."""
    await tab.send(json.dumps({"id": "first", "text": "halo"}))
    await frame(tab)
    await frame(tab, "heard")


async def test_a_photo_that_is_too_big_is_told_and_the_connection_stays(site: Site):
    data = base64.b64encode(bytes(FILE_BYTES + 1)).decode()
    async with site.chat(SRI) as sri:
        await _is_answered(sri)
        await sri.send(json.dumps({"id": "p", "file": {"name": "a.jpg", "mime": "image/jpeg", "data": data}}))
        assert "5 MB" in (await frame(sri))["text"]
        assert (await frame(sri, "heard"))["id"] == "p"
    assert site.office.texts() == ["halo"]


async def test_what_is_far_too_big_ends_the_line_with_its_reason(site: Site):
    async with site.chat(SRI) as sri:
        await _is_answered(sri)
        with suppress(ConnectionClosed):
            await sri.send("x" * (13 * 1024 * 1024))
        with pytest.raises(ConnectionClosed) as closed:
            await frame(sri)
    assert closed.value.rcvd.code == 1009


async def test_a_photo_of_five_megabytes_arrives_whole(site: Site):
    content = bytes(range(256)) * (FILE_BYTES // 256)
    upload = {"name": "tanda\0terima.jpg", "mime": "Image/JPEG", "data": base64.b64encode(content).decode()}
    async with site.chat(SRI) as sri:
        await _is_answered(sri)
        await sri.send(json.dumps({"id": "p", "file": upload}))
        await frame(sri, "heard")
    heard = site.office.heard[1]
    assert heard.kind == "photo"
    assert heard.data == content


async def test_a_text_that_no_store_takes_loses_only_the_impossible_signs(site: Site):
    async with site.chat(SRI) as sri:
        await sri.send('{"id": "a", "text": "ha\\u0000lo \\ud83d"}')
        await frame(sri)
    assert site.office.texts() == ["halo ?"]


async def test_a_repeated_id_has_no_effect(site: Site):
    async with site.chat(SRI) as sri:
        await sri.send(json.dumps({"id": "m1", "text": "satu"}))
        await frame(sri, "heard")
        await sri.send(json.dumps({"id": "m1", "text": "satu"}))
        again = await frame(sri, "heard")
    assert again == {"op": "heard", "id": "m1", "duplicate": True}
    assert site.office.texts() == ["satu"]


async def test_two_browsers_may_use_the_same_id(site: Site):
    async with site.chat(SRI) as sri, site.chat(BUDI) as budi:
        for who in (sri, budi):
            await who.send(json.dumps({"id": "1", "text": "halo"}))
            assert not (await frame(who, "heard"))["duplicate"]


async def test_every_tab_of_a_cookie_is_shown_the_answer_and_nobody_else(site: Site):
    async with site.chat(SRI) as one, site.chat(SRI) as two, site.chat(BUDI) as budi:
        await one.send(json.dumps({"id": "m1", "text": "halo"}))
        assert (await frame(one))["text"] == (await frame(two))["text"] == "Anda menulis: halo"
        await frame(budi, "ready")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await budi.recv()


async def test_more_than_eight_tabs_of_one_cookie_are_told_so(site: Site):
    from contextlib import AsyncExitStack

    async with AsyncExitStack() as tabs:
        for _ in range(8):
            await tabs.enter_async_context(site.chat(SRI))
        with pytest.raises(InvalidStatus) as refused:
            await tabs.enter_async_context(site.chat(SRI))
    assert refused.value.response.status_code == 429


async def test_who_comes_back_gets_the_open_question_again(site: Site):
    site.office.open = Screen(text="Nomor registrasinya?", choices=choices("Batal"), language="id")
    async with site.chat(SRI) as sri:
        said = await frame(sri)
        ready = await frame(sri, "ready")
    assert said["text"] == "Nomor registrasinya?"
    assert said["choices"][0]["token"] == "q1.1"
    assert ready["open"] is True


async def test_the_courier_is_told_who_arrived_after_the_open_question(site: Site):
    arrived: list[str] = []
    site.channel.on_arrival = arrived.append
    async with site.chat(SRI) as sri:
        await frame(sri, "ready")
        await sri.send('{"op":"ping"}')
        await frame(sri, "pong")
    assert arrived == [cookies.name_of("s" * 43)]


async def test_a_tab_that_lost_its_line_is_shown_what_it_missed(site: Site):
    name = cookies.name_of("s" * 43)
    async with site.chat(SRI) as sri, site.chat(SRI):
        await site.office.say(name, Screen(text="satu"))
        seen = await frame(sri)
        await site.office.say(name, Screen(text="dua"))
        await site.office.say(name, Screen(text="tiga"))
        async with site.chat(SRI, query=f"?after={seen['id']}") as back:
            assert [(await frame(back))["text"], (await frame(back))["text"]] == ["dua", "tiga"]
        async with site.chat(SRI) as fresh:
            assert json.loads(await fresh.recv())["op"] == "ready"


async def test_when_the_store_is_down_the_browser_is_asked_to_send_again(site: Site):
    site.office.is_down = True
    async with site.chat(SRI) as sri:
        await sri.send(json.dumps({"id": "m1", "text": "halo"}))
        assert "akan dikirim lagi" in (await frame(sri))["text"]
        assert (await frame(sri, "again"))["id"] == "m1"
        site.office.is_down = False
        await sri.send(json.dumps({"id": "m1", "text": "halo"}))
        assert (await frame(sri))["text"] == "Anda menulis: halo"


async def test_a_message_whose_turn_failed_is_sent_again_and_not_lost(site: Site):
    site.office.fault = RuntimeError("a fault before the commit")
    async with site.chat(SRI) as sri:
        await sri.send(json.dumps({"id": "m1", "text": "halo"}))
        assert (await frame(sri, "again"))["id"] == "m1"
        site.office.fault = None
        await sri.send(json.dumps({"id": "m1", "text": "halo"}))
        assert (await frame(sri))["text"] == "Anda menulis: halo"
    assert site.office.texts() == ["halo"]


async def test_a_fault_of_ours_is_an_apology_after_three_tries(site: Site):
    site.office.fault = RuntimeError("secret 3516010101900001")
    async with site.chat(SRI) as sri:
        for _ in range(2):
            await sri.send(json.dumps({"id": "m1", "text": "halo"}))
            assert "3516" not in (await frame(sri))["text"]
            await frame(sri, "again")
        await sri.send(json.dumps({"id": "m1", "text": "halo"}))
        said = await frame(sri)
        assert (await frame(sri, "heard"))["id"] == "m1"
        site.office.fault = None
        await sri.send(json.dumps({"id": "m2", "text": "lagi"}))
        await frame(sri)
    assert "coba lagi" in said["text"]
    assert "3516" not in said["text"]


async def test_a_page_of_another_site_cannot_open_the_chat(site: Site):
    for origin in ("https://evil.example", "null", f"http://{site.address}.evil.example", "http://["):
        with pytest.raises(InvalidStatus) as refused:
            async with site.chat(SRI, Origin=origin):
                pass
        assert refused.value.response.status_code == 403
    async with site.chat(SRI, Origin=site.url) as own:
        await frame(own, "ready")


async def test_a_flood_of_refused_chats_is_one_line(site: Site):
    with structlog.testing.capture_logs() as logs:
        for _ in range(20):
            with pytest.raises(InvalidStatus):
                async with site.chat(SRI, Origin="https://evil.example"):
                    pass
    assert [(one["event"], one["why"], one["count"]) for one in logs] == [("web.refused", "other-origin", 1)]


async def test_a_message_with_an_identity_number_is_hidden_in_the_browser(site: Site):
    def answer(heard: Heard) -> Screen:
        return Screen(text="Baik.", deletes=heard.said_in)

    site.office.answer = answer
    async with site.chat(SRI) as sri:
        await sri.send(json.dumps({"id": "m1", "text": "NIK saya …"}))
        assert (await frame(sri, "forget"))["id"] == "m1"


async def test_a_ticket_file_is_for_the_browser_it_was_said_to(site: Site):
    ticket = File(name="tiket ä.png", mime="image/png", data=b"\x89PNG")
    page = File(name="x.html", mime="text/html", data=b"<script>alert(1)</script>")
    site.office.answer = lambda heard: Screen(text="Tiket", files=(ticket, page))
    async with site.chat(SRI) as sri, site.client() as http:
        await sri.send(json.dumps({"id": "m1", "text": "tiket"}))
        said = await frame(sri)
        picture, other = await frame(sri, "file"), await frame(sri, "file")
        assert (picture["name"], picture["mime"], picture["of"]) == ("tiket ä.png", "image/png", said["id"])
        mine = await http.get(picture["url"], headers={"Cookie": SRI})
        assert (mine.status_code, mine.content, mine.headers["content-type"]) == (
            200,
            b"\x89PNG",
            "image/png",
        )
        assert mine.headers["cache-control"] == "private, no-store"
        risky = await http.get(other["url"], headers={"Cookie": SRI})
        assert risky.headers["content-type"] == "application/octet-stream"
        assert risky.headers["content-disposition"].startswith("attachment")
        for who in ({}, {"Cookie": BUDI}):
            assert (await http.get(picture["url"], headers=who)).status_code == 404
        assert (await http.get("/berkas/unknown", headers={"Cookie": SRI})).status_code == 404


async def test_a_wish_for_english_is_kept_for_our_own_sentences(site: Site):
    async with site.chat(SRI + "; loket-bahasa=en") as sri:
        await sri.send("{")
        said = await frame(sri)
    assert (said["lang"], said["text"]) == ("en", "Sorry, that could not be read. Please write it once more.")
