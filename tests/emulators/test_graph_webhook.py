"""What the emulated platform tells a webhook, and how often."""

import hashlib
import hmac

import pytest

from demo.whatsapp_emulator import APP_SECRET


def is_signed(request):
    mac = hmac.new(APP_SECRET.encode(), request.body, hashlib.sha256).hexdigest()
    return request.headers.get("x-hub-signature-256") == f"sha256={mac}"


async def test_a_text_comes_signed_and_names_its_sender(graph, office):
    sri = graph.resident("Sri Wahyuni", phone="6281200000001", user_id="ID.1")
    said = await sri.says("cek status ñ")
    await said.confirmed()
    assert is_signed(office.heard[0])
    value = office.values[0]
    assert value["contacts"] == [
        {"profile": {"name": "Sri Wahyuni"}, "wa_id": "6281200000001", "user_id": "ID.1"}
    ]
    message = value["messages"][0]
    assert (message["from"], message["from_user_id"], message["id"]) == ("6281200000001", "ID.1", said.id)
    assert message["text"] == {"body": "cek status ñ"}


async def test_who_hides_the_number_is_named_by_id_alone(graph, office):
    sri = graph.resident(user_id="ID.2", parent_user_id="ID.ENT.2", username="sri.w")
    await (await sri.says("halo")).confirmed()
    assert "from" not in office.messages[0]
    assert "wa_id" not in office.values[0]["contacts"][0]
    assert office.messages[0]["from_parent_user_id"] == "ID.ENT.2"


async def test_a_tap_brings_back_its_id_and_the_bubble_it_stood_in(graph, cloud, office):
    sri = graph.resident()
    await sri.says("halo")
    action = {"buttons": [{"type": "reply", "reply": {"id": "q.1", "title": "Kabari saya"}}]}
    content = {"type": "button", "body": {"text": "Mau dikabari?"}, "action": action}
    sent = await cloud.send(f"+{sri.person.phone}", type="interactive", interactive=content)
    await (await sri.taps("kabari")).confirmed()
    tap = office.messages[-1]
    assert tap["interactive"]["button_reply"] == {"id": "q.1", "title": "Kabari saya"}
    assert tap["context"]["id"] == sent.json()["messages"][0]["id"]


async def test_a_row_of_a_list_comes_with_its_hint(graph, cloud, office):
    sri = graph.resident()
    await sri.says("halo")
    rows = [{"id": "r.1", "title": "Sooko", "description": "Kantor pusat"}]
    action = {"button": "Pilih", "sections": [{"rows": rows}]}
    content = {"type": "list", "body": {"text": "Di mana?"}, "action": action}
    await cloud.send(f"+{sri.person.phone}", type="interactive", interactive=content)
    await (await sri.taps("Sooko")).confirmed()
    assert office.messages[-1]["interactive"]["list_reply"] == {
        "id": "r.1",
        "title": "Sooko",
        "description": "Kantor pusat",
    }


async def test_a_delivery_is_tried_until_it_is_taken(graph, office):
    office.answers = [503, 500, 401]
    said = await graph.resident().says("halo")
    await said.confirmed()
    assert said.deliveries[0].answers == [503, 500, 401, 200]
    assert len({one.body for one in office.heard}) == 1


async def test_statuses_climb_and_pricing_stands_in_two_of_them(graph, cloud, office):
    sri = graph.resident()
    await sri.says("halo")
    await cloud.says(f"+{sri.person.phone}", biz_opaque_callback_data="42")
    await sri.reads()
    await graph.deliveries.settled()
    statuses = [one for value in office.values for one in value.get("statuses", [])]
    assert [one["status"] for one in statuses] == ["sent", "delivered", "read"]
    assert [one.get("pricing", {}).get("category") for one in statuses] == ["service", "service", None]
    assert {one["biz_opaque_callback_data"] for one in statuses} == {"42"}


async def test_everything_may_come_in_one_body_in_any_order_and_twice(graph, cloud, office):
    graph.deliveries.hold()
    sri, budi = graph.resident("Sri"), graph.resident("Budi")
    await sri.says("satu")
    await budi.says("dua")
    await cloud.says(f"+{sri.person.phone}")
    bodies = graph.deliveries.release(batch=True, order="reversed", values_per_change=2, per_entry=1, times=2)
    await graph.deliveries.settled()
    assert len(bodies) == len(office.bodies) == 2
    assert len(office.bodies[0]["entry"]) == 2
    assert [state for _, state in office.statuses[:2]] == ["delivered", "sent"]
    assert [one["text"]["body"] for one in office.messages[:2]] == ["dua", "satu"]


async def test_a_photo_can_be_fetched_with_its_id(graph, cloud, office):
    await (await graph.resident().sends_photo(b"jpeg", caption="resi")).confirmed()
    image = office.messages[0]["image"]
    assert image["caption"] == "resi"
    about = (await cloud.client.get(f"/{image['id']}")).json()
    assert (await cloud.client.get(about["url"])).content == b"jpeg"


async def test_a_changed_number_is_told_without_contacts(graph, office):
    sri = graph.resident(phone="6281200000001", user_id="ID.1")
    await sri.says("halo")
    await (await sri.changes_number("6281200000002", user_id="ID.2")).confirmed()
    assert "contacts" not in office.values[-1]
    message = office.messages[-1]
    assert (message["from"], message["system"]["wa_id"]) == ("6281200000001", "6281200000002")
    assert (message["system"]["previous_user_id"], message["system"]["user_id"]) == ("ID.1", "ID.2")


async def test_a_forged_body_and_the_handshake_can_be_posted(graph, office):
    assert await graph.deliveries.post(b"{}", signature="sha256=00") == 200
    assert not is_signed(office.heard[0])
    assert await graph.deliveries.handshake("token", challenge="123") == (200, "123")


@pytest.mark.parametrize("at_once", [True, False])
async def test_one_message_may_be_delivered_twice(graph, office, at_once):
    said = await graph.resident().says("halo", times=2, at_once=at_once)
    await said.confirmed()
    assert [one["id"] for one in office.messages] == [said.id, said.id]
