"""What the emulated Graph API takes, refuses, delivers and charges."""

import asyncio

import httpx
import pytest

from demo.whatsapp_emulator import NUMBER_ID
from tests.emulators.graph_office import ACCOUNT_ID


def buttons(*titles, ids=None, body="Mau?"):
    replies = [
        {"type": "reply", "reply": {"id": name, "title": title}}
        for name, title in zip(ids or [f"b{n}" for n in range(len(titles))], titles, strict=True)
    ]
    return {"type": "button", "body": {"text": body}, "action": {"buttons": replies}}


def rows(*titles, body="Pilih", hint="", ids=None, button="Pilih"):
    listed = [
        {"id": name, "title": title} | ({"description": hint} if hint else {})
        for name, title in zip(ids or [f"r{n}" for n in range(len(titles))], titles, strict=True)
    ]
    return {
        "type": "list",
        "body": {"text": body},
        "action": {"button": button, "sections": [{"rows": listed}]},
    }


async def sri_of(graph, **names):
    sri = graph.resident("Sri Wahyuni", **names)
    await sri.says("halo")
    return sri, f"+{sri.person.phone}" if sri.person.phone else sri.person.user_id


async def test_a_text_arrives_on_the_phone_and_is_charged_once(graph, cloud):
    sri, to = await sri_of(graph)
    answer = (await cloud.says(to, "Nomor registrasi?")).json()
    assert answer["contacts"] == [{"input": to, "wa_id": to[1:]}]
    bubble = await sri.hears("registrasi")
    assert (bubble.id, bubble.state, bubble.category) == (answer["messages"][0]["id"], "delivered", "service")
    await sri.reads()
    assert graph.world.billed == {"service": 1}


async def test_somebody_without_a_number_is_answered_by_id(graph, cloud):
    sri, to = await sri_of(graph, user_id="ID.777", username="sri")
    answer = (await cloud.says(to)).json()
    assert answer["contacts"] == [{"input": "ID.777", "user_id": "ID.777"}]
    await sri.hears("halo")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (buttons("Ya", "Tidak"), None),
        (buttons("x" * 20), None),
        (buttons("x" * 21), 131009),
        (buttons(""), 131009),
        (buttons("1", "2", "3", "4"), 131009),
        (buttons(), 131009),
        (buttons("Ya", "Ya"), 131009),
        (buttons("Ya", "Tidak", ids=["a", "a"]), 131009),
        (buttons("Ya", ids=["x" * 257]), 131009),
        (buttons("Ya", ids=[" x"]), 131009),
        (buttons("Ya", body="x" * 1025), 131009),
        (buttons("Ya", body=" "), 131009),
        (rows(*map(str, range(10)), hint="h" * 72, body="x" * 4096), None),
        (rows(*map(str, range(11))), 131009),
        (rows("x" * 25), 131009),
        (rows("x", hint="h" * 73), 131009),
        (rows("x", ids=["i" * 201]), 131009),
        (rows("a", "b", ids=["i", "i"]), 131009),
        (rows("a", button="x" * 21), 131009),
        (rows("a", body="x" * 4097), 131009),
        (buttons("Ya") | {"footer": {"text": "f" * 61}}, 131009),
        (buttons("Ya") | {"extra": 1}, 100),
        ({"type": "carousel", "body": {"text": "x"}, "action": {}}, 100),
    ],
)
async def test_the_limits_of_choices_are_the_platforms(graph, cloud, content, code):
    _, to = await sri_of(graph)
    assert await cloud.refusal(to, type="interactive", interactive=content) == code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"type": "text", "text": {"body": "x" * 4096}}, None),
        ({"type": "text", "text": {"body": "x" * 4097}}, 100),
        ({"type": "text", "text": {"body": "  "}}, 100),
        ({"type": "text", "text": {}}, 131008),
        ({"type": "text"}, 131008),
        ({"type": "poem", "poem": {}}, 100),
        ({"type": "text", "text": {"body": "x"}, "colour": "red"}, 100),
        ({"type": "text", "text": {"body": "x"}, "messaging_product": "sms"}, 100),
        ({"type": "text", "text": {"body": "x"}, "biz_opaque_callback_data": "x" * 513}, 131009),
        ({"type": "image", "image": {"id": "unknown"}}, 100),
        ({"type": "image", "image": {}}, 100),
        ({"type": "location", "location": {"latitude": 91, "longitude": 0}}, 131009),
    ],
)
async def test_what_is_no_message_is_refused(graph, cloud, body, code):
    _, to = await sri_of(graph)
    assert await cloud.refusal(to, **body) == code


@pytest.mark.parametrize(
    "whom",
    [
        {},
        {"to": "081200000001"},
        {"to": "6281200000001"},
        {"to": "ID.777"},
        {"recipient": "+6281200000001"},
        {"to": "+6281200000001", "recipient": "ID.777"},
    ],
)
async def test_a_message_names_one_recipient_in_the_right_way(graph, cloud, whom):
    assert await cloud.refusal("", **whom, type="text", text={"body": "x"}) in {100, 131009}


async def test_after_24_hours_only_a_template_goes(graph, cloud, office, clock):
    sri, to = await sri_of(graph)
    clock.move(hours=24)
    number = (await cloud.says(to, biz_opaque_callback_data="7")).json()["messages"][0]["id"]
    await graph.deliveries.settled()
    value = office.values[-1]
    assert "contacts" not in value
    status = value["statuses"][0]
    assert (status["id"], status["status"], status["errors"][0]["code"]) == (number, "failed", 131047)
    assert status["biz_opaque_callback_data"] == "7"
    assert sri.bubbles == []
    graph.approve(news())
    await cloud.send(to, type="template", template=filled("MJK-261102-0007-Z"))
    assert (await sri.hears("MJK-261102")).category == "utility"
    assert graph.world.billed == {"utility": 1}


async def test_a_late_refusal_may_come_at_once(graph, cloud, clock):
    _, to = await sri_of(graph)
    clock.move(hours=25)
    graph.messages.late = frozenset()
    assert await cloud.refusal(to, type="text", text={"body": "x"}) == 131047


async def test_who_is_not_there_gets_nothing(graph, cloud, office):
    await cloud.says("+6281299999999")
    await graph.deliveries.settled()
    assert office.values[-1]["statuses"][0]["errors"][0]["code"] == 131026
    assert graph.world.billed == {}


def news(name="status_changed", text="Kabar nomor {{1}}: siap diambil."):
    body = {"type": "BODY", "text": text, "example": {"body_text": [["MJK-1"]]}}
    return {"name": name, "language": "id", "category": "UTILITY", "components": [body]}


def filled(*gaps, name="status_changed", language="id"):
    body = {"type": "body", "parameters": [{"type": "text", "text": gap} for gap in gaps]}
    return {"name": name, "language": {"code": language}, "components": [body]}


@pytest.mark.parametrize(
    ("template", "code"),
    [
        (filled("a"), None),
        (filled(), 132000),
        (filled("a", "b"), 132000),
        (filled("a", name="other"), 132001),
        (filled("a", language="jv"), 132001),
        (filled("a\nb"), 132018),
        (filled(""), 132018),
    ],
)
async def test_a_template_is_sent_as_it_was_approved(graph, cloud, template, code):
    _, to = await sri_of(graph)
    graph.approve(news())
    assert await cloud.refusal(to, type="template", template=template) == code


async def test_templates_are_brought_listed_by_page_and_unusable_until_approved(graph, cloud):
    path = f"/{ACCOUNT_ID}/message_templates"
    for number in range(3):
        made = (await cloud.client.post(path, json=news(f"kabar_{number}"))).json()
        assert made["status"] == "PENDING"
    twice = (await cloud.client.post(path, json=news("kabar_0"))).json()
    assert twice["error"]["code"] == 100
    first = (await cloud.client.get(path, params={"limit": 2})).json()
    assert len(first["data"]) == 2
    after = first["paging"]["cursors"]["after"]
    rest = (await cloud.client.get(path, params={"limit": 2, "after": after})).json()
    assert [one["name"] for one in rest["data"]] == ["kabar_2"]
    assert "next" not in rest["paging"]
    _, to = await sri_of(graph)
    assert await cloud.refusal(to, type="template", template=filled("a", name="kabar_0")) == 132001


@pytest.mark.parametrize("text", ["{{1}} di awal.", "Di akhir {{1}}", "Lubang {{2}} saja."])
async def test_a_template_that_no_reviewer_would_take_is_refused(graph, cloud, text):
    made = await cloud.client.post(f"/{ACCOUNT_ID}/message_templates", json=news(text=text))
    assert made.json()["error"]["code"] == 100


async def test_a_picture_is_uploaded_sent_looked_up_and_downloaded_with_the_token(graph, cloud):
    sri, to = await sri_of(graph)
    form = {"messaging_product": "whatsapp", "type": "image/png"}
    file = {"file": ("kode.png", b"\x89PNG...", "image/png")}
    up = (await cloud.client.post(f"/{NUMBER_ID}/media", data=form, files=file)).json()
    await cloud.send(to, type="image", image={"id": up["id"], "caption": "Kode"})
    assert (await sri.hears("Kode")).file.data == b"\x89PNG..."
    about = (await cloud.client.get(f"/{up['id']}")).json()
    assert (about["mime_type"], about["file_size"]) == ("image/png", 7)
    assert (await cloud.client.get(about["url"])).content == b"\x89PNG..."
    async with httpx.AsyncClient(trust_env=False) as stranger:
        assert (await stranger.get(about["url"])).status_code == 401
    assert (await cloud.client.delete(f"/{up['id']}")).json() == {"success": True}
    assert (await cloud.client.get(f"/{up['id']}")).json()["error"]["error_subcode"] == 33


@pytest.mark.parametrize("mime", ["text/calendar", "image/svg+xml", "application/zip"])
async def test_a_kind_of_file_that_whatsapp_does_not_know_is_refused(cloud, mime):
    form = {"messaging_product": "whatsapp", "type": mime}
    file = {"file": ("x", b"data", mime)}
    up = await cloud.client.post(f"/{NUMBER_ID}/media", data=form, files=file)
    assert up.json()["error"]["code"] == 100


async def test_a_wrong_token_opens_nothing(graph, cloud):
    cloud.client.headers["Authorization"] = "Bearer palsu"
    answer = await cloud.says("+6281200000001")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, 190)


async def test_trouble_comes_as_it_is_scripted(graph, cloud):
    sri, to = await sri_of(graph)
    graph.faults.refuse(130429, to=to)
    graph.faults.server_error(502)
    graph.faults.cut(done=True)
    assert [(await cloud.says(to)).status_code for _ in range(2)] == [429, 502]
    with pytest.raises(httpx.RemoteProtocolError):
        await cloud.says(to, "sampai juga")
    await sri.hears("sampai juga")
    assert [call.ok for call in graph.journal.calls()] == [False, False, True]


async def test_a_hanging_call_goes_on_when_it_is_let(graph, cloud):
    sri, to = await sri_of(graph)
    graph.faults.hang()
    async with asyncio.TaskGroup() as tasks:
        call = tasks.create_task(cloud.says(to, "lama"))
        await graph.journal.until()
        assert sri.bubbles == []
        graph.faults.release()
    assert call.result().status_code == 200
    await sri.hears("lama")


async def test_an_accepted_message_may_fail_later(graph, cloud, office):
    sri, to = await sri_of(graph)
    graph.faults.fail_later(131049)
    assert (await cloud.says(to)).status_code == 200
    await graph.deliveries.settled()
    assert office.values[-1]["statuses"][0]["errors"][0]["code"] == 131049
    assert sri.bubbles == []


async def test_the_pace_is_kept_when_it_is_asked_for(graph, cloud):
    _, to = await sri_of(graph)
    graph.rates.enforce(per_second=3, pair_burst=2)
    codes = [(await cloud.says(to)).json().get("error", {}).get("code") for _ in range(3)]
    assert codes == [None, None, 131056]
    await cloud.says("+6281277777777")
    assert await cloud.refusal("+6281288888888", type="text", text={"body": "x"}) == 130429
