"""Every shape of a webhook's body is parsed, or only the invalid item is parked."""

import pytest

from bot.channel import Heard, Moved
from bot.whatsapp.parser import MOST_ITEMS, Found, read
from tests.channels.whatsapp.shapes import (
    ACCOUNT,
    EVERY_KIND,
    JOKO,
    JOKO_ID,
    OWN_NUMBER,
    SRI,
    SRI_ID,
    SRI_PARENT,
    body,
    contact,
    id_update,
    message,
    metadata,
    status,
    system,
    tap,
    text,
    value,
)


def reading(whole) -> Found:
    return read(whole, account=ACCOUNT, reason_of=lambda code: f"code {code}")


def heard(*messages, **more) -> list[Heard]:
    found = reading(body(value(*messages, **more)))
    assert not found.parked
    return [event.what for event in found.events]


def names(*messages, **more) -> list[dict[str, str]]:
    return [dict(one.identities) for one in heard(*messages, **more)]


def moves(*messages, field: str = "messages", **more) -> list[Moved]:
    found = reading(body(value(*messages, contacts=[], **more), field=field))
    assert not found.parked
    return [event.what for event in found.events]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("text", {"kind": "text", "text": "cek status"}),
        ("reply button", {"kind": "choice", "choice": "a1:2", "tapped": "wamid.OURS"}),
        ("list row", {"kind": "choice", "choice": "a1:3", "tapped": "wamid.OURS"}),
        ("quick reply", {"kind": "choice", "choice": "a1:4", "tapped": None}),
        ("location", {"kind": "location"}),
        ("image", {"kind": "photo", "media": "1003", "text": "ini"}),
        ("document", {"kind": "file", "media": "1004"}),
        ("sticker", {"kind": "sticker"}),
        ("voice", {"kind": "voice"}),
        ("video", {"kind": "other"}),
        ("contacts", {"kind": "contact"}),
        ("order", {"kind": "other"}),
        ("flow", {"kind": "other"}),
        ("unsupported", {"kind": "other"}),
        ("interactive without a reply", {"kind": "other"}),
        ("welcome", {"kind": "text", "text": "/start"}),
        ("edited", {"kind": "edited"}),
        ("a type of tomorrow", {"kind": "other"}),
        ("text without a body", {"kind": "other"}),
        ("image without an id", {"kind": "photo", "media": None}),
    ],
)
def test_every_kind_of_message_is_heard_as_what_it_is(kind, expected):
    (one,) = heard(EVERY_KIND[kind])
    assert {key: getattr(one, key) for key in expected} == expected
    assert (one.channel, one.account, one.address) == ("whatsapp", ACCOUNT, f"+{SRI}")
    assert one.message_id == one.said_in == EVERY_KIND[kind]["id"]
    assert not one.group


def test_every_kind_has_an_expectation():
    tested = {row[0] for row in test_every_kind_of_message_is_heard_as_what_it_is.pytestmark[0].args[1]}
    assert tested == set(EVERY_KIND)


def test_every_message_of_every_change_of_every_entry_is_heard():
    one, two, three, four = (text(f"{n}") for n in range(4))
    whole = body(value(one, two), value(three))
    whole["entry"] += body(value(four, statuses=[status("sent")]))["entry"]
    found = reading(whole)
    assert [event.what.text for event in found.events] == ["0", "1", "2", "3"]
    assert len(found.receipts) == 1


@pytest.mark.parametrize("mark", ["forwarded", "frequently_forwarded"])
def test_a_forwarded_message_is_heard_as_any_other(mark):
    (one,) = heard(text("halo", context={mark: True}))
    assert (one.kind, one.text, one.tapped) == ("text", "halo", None)


def test_a_reply_that_quotes_is_not_a_tap():
    (one,) = heard(text("halo", context={"from": OWN_NUMBER, "id": "wamid.OURS"}))
    assert (one.kind, one.tapped) == ("text", None)


def test_a_quick_reply_without_a_payload_of_ours_is_its_words():
    assert [one.text for one in heard(message("button", {"payload": "Ya", "text": "Ya"}))] == ["Ya"]
    assert [one.text for one in heard(message("button", {"text": "Ya"}))] == ["Ya"]


@pytest.mark.parametrize("kind", ["reaction", "revoke"])
def test_an_emoji_or_a_message_taken_back_asks_for_no_answer(kind):
    assert heard(message(kind, {"message_id": "wamid.OURS", "emoji": "👍"})) == []


def test_a_group_is_not_heard():
    found = reading(body(value(text("halo", group_id="1203630"))))
    assert (found.events, dict(found.ignored)) == ([], {"group": 1})


def test_what_the_office_itself_wrote_is_not_heard():
    assert heard(text("halo", sender=OWN_NUMBER)) == []


def test_another_number_of_the_same_app_is_not_ours():
    found = reading(body({**value(text("halo"), statuses=[status("sent")]), "metadata": metadata("2")}))
    assert (found.events, found.receipts, dict(found.ignored)) == ([], [], {"other_number": 1})


# Who speaks.


def test_a_number_and_both_ids_are_told_by_the_message():
    said = text("halo", from_user_id=SRI_ID, from_parent_user_id=SRI_PARENT)
    assert names(said, contacts=[]) == [{"phone": f"+{SRI}", "bsuid": SRI_ID, "parent": SRI_PARENT}]


def test_ids_that_only_the_contact_tells_are_the_sender_s():
    contacts = [contact(JOKO, user_id=JOKO_ID), contact(SRI, user_id=SRI_ID, parent=SRI_PARENT)]
    assert names(text("halo"), contacts=contacts) == [
        {"phone": f"+{SRI}", "bsuid": SRI_ID, "parent": SRI_PARENT}
    ]


def test_a_sender_without_a_number_is_answered_at_their_id():
    (one,) = heard(text("halo", sender=None, from_user_id=SRI_ID), contacts=[contact(None, user_id=SRI_ID)])
    assert (one.address, one.identities) == (f"bsuid:{SRI_ID}", (("bsuid", SRI_ID),))


def test_a_number_that_only_the_contact_tells_is_the_sender_s():
    (one,) = heard(text("halo", sender=None, from_user_id=SRI_ID), contacts=[contact(SRI, user_id=SRI_ID)])
    assert one.address == f"+{SRI}"


def test_a_sender_with_nothing_but_a_contact_is_that_contact():
    (one,) = heard(text("halo", sender=None), contacts=[contact(None, user_id=SRI_ID)])
    assert one.address == f"bsuid:{SRI_ID}"


@pytest.mark.parametrize("contacts", [[], [{}], [{"profile": {}}], [{"wa_id": None, "user_id": 7.5}]])
def test_missing_contacts_hide_nobody(contacts):
    assert names(text("halo"), contacts=contacts) == [{"phone": f"+{SRI}"}]


def test_a_body_without_a_list_of_contacts_is_heard():
    whole = body(value(text("halo")))
    del whole["entry"][0]["changes"][0]["value"]["contacts"]
    assert len(reading(whole).events) == 1


def test_a_number_written_in_two_ways_is_one_person():
    """In some countries a number's WhatsApp id has other digits than the number."""
    said = text("hola", sender="5215512345678")
    assert names(said, contacts=[contact("525512345678", user_id="MX.3")]) == [
        {"phone": "+5215512345678", "bsuid": "MX.3"}
    ]


def test_nobody_is_given_a_contact_of_somebody_else():
    assert names(text("halo", from_user_id=JOKO_ID), contacts=[contact(SRI, user_id=SRI_ID)]) == [
        {"phone": f"+{SRI}", "bsuid": JOKO_ID}
    ]
    both = names(text("1"), text("2", sender=JOKO), contacts=[contact("5255", user_id=SRI_ID)])
    assert both == [{"phone": f"+{SRI}"}, {"phone": f"+{JOKO}"}]


def test_an_id_where_a_number_should_be_is_an_id():
    assert names(text("halo", sender=SRI_ID), contacts=[]) == [{"bsuid": SRI_ID}]
    assert names(text("halo", sender=None, from_user_id=SRI_PARENT), contacts=[]) == [{"parent": SRI_PARENT}]


def test_a_number_may_come_as_a_number_or_with_a_plus():
    assert (
        names(text("1", sender=int(SRI)), text("2", sender=f"+{SRI}"), contacts=[])
        == [{"phone": f"+{SRI}"}] * 2
    )


def test_a_short_number_of_a_provider_s_examples_is_a_sender():
    assert names(text("1", sender="5678"), contacts=[]) == [{"phone": "+5678"}]


# Names that change.


def test_a_changed_number_moves_the_person():
    said = system("user_changed_number", {"wa_id": JOKO, "user_id": JOKO_ID, "body": "User Sri changed"})
    (moved,) = moves(said)
    assert dict(moved.before) == {"phone": f"+{SRI}"}
    assert dict(moved.after) == {"phone": f"+{JOKO}", "bsuid": JOKO_ID}
    assert moved.message_id == said["id"]


def test_the_older_shapes_of_a_changed_number_are_understood():
    (moved,) = moves(system("customer_changed_number", {"new_wa_id": JOKO}))
    assert (dict(moved.before), dict(moved.after)) == ({"phone": f"+{SRI}"}, {"phone": f"+{JOKO}"})


def test_a_changed_id_whose_old_one_stands_in_the_words_only():
    name = f"Sri changed from {JOKO_ID} to X"  # a profile may be called anything
    words = f"User {name} changed from {SRI_ID} to {JOKO_ID}"
    (moved,) = moves(system("user_changed_user_id", {"user_id": JOKO_ID, "body": words}, sender=None))
    assert (dict(moved.before), dict(moved.after)) == ({"bsuid": SRI_ID}, {"bsuid": JOKO_ID})


def test_a_message_during_an_id_change_may_carry_either_id():
    said = {"user_id": JOKO_ID}
    (old,) = moves(system("user_changed_user_id", said, sender=None, from_user_id=SRI_ID))
    assert dict(old.before) == {"bsuid": SRI_ID}
    (new,) = moves(system("user_changed_user_id", said, from_user_id=JOKO_ID))
    assert dict(new.before) == {"phone": f"+{SRI}"}


def test_a_new_id_as_sender_finds_the_old_id_in_the_text():
    words = {"user_id": JOKO_ID, "body": f"User Sri changed from {SRI_ID} to {JOKO_ID}"}
    (worded,) = moves(system("user_changed_user_id", words, from_user_id=JOKO_ID))
    assert dict(worded.before) == {"phone": f"+{SRI}", "bsuid": SRI_ID}
    named = {"user_id": JOKO_ID, "previous_user_id": SRI_ID}
    (moved,) = moves(system("user_changed_user_id", named, sender=None))
    assert dict(moved.before) == {"bsuid": SRI_ID}


def test_an_id_update_moves_the_person():
    update = id_update(
        SRI_ID, JOKO_ID, wa_id=SRI, parent_user_id={"previous": SRI_PARENT, "current": "ID.ENT.9"}
    )
    (moved,) = moves(field="user_id_update", user_id_update=[update])
    assert dict(moved.before) == {"bsuid": SRI_ID, "parent": SRI_PARENT}
    assert dict(moved.after) == {"phone": f"+{SRI}", "bsuid": JOKO_ID, "parent": "ID.ENT.9"}
    (again,) = moves(field="user_id_update", user_id_update=[update])
    assert again.message_id == moved.message_id


def test_other_system_messages_ask_for_nothing():
    assert moves(system("customer_identity_changed", {"body": "User identity changed"})) == []


def test_a_change_that_tells_too_little_is_parked():
    found = reading(body(value(system("user_changed_user_id", {"body": "?"}, sender=None), contacts=[])))
    assert [parked.problem for parked in found.parked.elements()] == ["user_id"]


# What became of our messages.


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("sent", "sent"),
        ("delivered", "delivered"),
        ("read", "read"),
        ("played", "read"),
        ("failed", "failed"),
    ],
)
def test_statuses_are_receipts(said, state):
    (receipt,) = reading(body(value(statuses=[status(said)]))).receipts
    assert (receipt.channel, receipt.id, receipt.state, receipt.row) == (
        "whatsapp",
        "wamid.OURS",
        state,
        None,
    )


def test_a_failure_without_contacts_has_its_reason():
    failed = status("failed", errors=[{"code": 131026, "title": "Message undeliverable"}])
    held = value(statuses=[failed])
    del held["contacts"]
    (receipt,) = reading(body(held)).receipts
    assert (receipt.state, receipt.reason) == ("failed", "code 131026")
    (bare,) = reading(body(value(statuses=[status("failed")]))).receipts
    assert bare.reason == "code None"


@pytest.mark.parametrize(
    ("given", "row"), [("77", 77), (77, 77), ("order-77", None), ("9" * 30, None), ("", None), (True, None)]
)
def test_the_row_that_the_provider_gives_back_is_known(given, row):
    (receipt,) = reading(body(value(statuses=[status("sent", biz_opaque_callback_data=given)]))).receipts
    assert receipt.row == row


@pytest.mark.parametrize(
    ("pricing", "billed"),
    [
        ({"billable": True, "pricing_model": "PMP", "category": "utility"}, "utility"),
        ({"pricing_model": "PMP", "type": "regular", "category": "utility"}, "utility"),
        ({"billable": False, "type": "free_customer_service", "category": "service"}, None),
        ({"billable": True}, None),
        ("odd", None),
    ],
)
def test_what_a_message_costs_is_read(pricing, billed):
    (receipt,) = reading(body(value(statuses=[status("delivered", pricing=pricing)]))).receipts
    assert receipt.billed == billed


def test_a_status_of_a_group_or_of_tomorrow_is_ignored():
    found = reading(body(value(statuses=[status("read", recipient_type="group"), status("pinned")])))
    assert (found.receipts, dict(found.ignored)) == ([], {"other_status": 2})


# Junk.


@pytest.mark.parametrize(
    "junk", [None, 1, "x", [], {}, {"entry": 1}, {"entry": [None, 1]}, {"entry": [{"changes": [{}, "x"]}]}]
)
def test_junk_is_no_trouble(junk):
    found = reading(junk)
    assert (found.events, found.receipts) == ([], [])


def test_other_fields_are_acknowledged():
    found = reading(
        body({"event": "APPROVED", "message_template_id": 1}, field="message_template_status_update")
    )
    assert (dict(found.parked), dict(found.ignored)) == ({}, {"other_field": 1})
    echoes = reading(body(value(message_echoes=[text("dari kantor")]), field="smb_message_echoes"))
    assert (echoes.events, dict(echoes.ignored)) == ([], {"other_field": 1})


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ("text", "no object"),
        ({"from": SRI, "type": "text", "text": {"body": "?"}}, "id"),
        ({"id": "wamid.1", "type": "text", "text": {"body": "?"}}, "from"),
        ({"id": "wamid.1", "from": "-", "type": "text"}, "from"),
        ({"id": "wamid.1", "from": SRI, "type": "system", "system": []}, "system"),
    ],
)
def test_a_malformed_message_is_parked_and_the_others_are_heard(bad, problem):
    listed = [text("1"), bad, tap("a:1")]
    found = reading(body({"metadata": metadata(), "messages": listed, "statuses": [7, status("sent")]}))
    assert [event.what.kind for event in found.events] == ["text", "choice"]
    assert len(found.receipts) == 1
    assert [(one.place, one.problem) for one in found.parked.elements()] == [
        ("entry[].changes[].messages[]", problem),
        ("entry[].changes[].statuses[]", "no object"),
    ]


@pytest.mark.parametrize("holder", ["entry", "changes", "messages", "statuses", "contacts"])
def test_items_beyond_the_limit_are_counted_and_not_read(holder):
    many = [{}] * (3 * MOST_ITEMS)
    whole = {
        "entry": {"entry": many},
        "changes": {"entry": [{"changes": many}]},
    }.get(holder) or body({"metadata": metadata(), holder: many})
    left = {kind.problem: count for kind, count in reading(whole).parked.items()}["too many"]
    assert 2 * MOST_ITEMS <= left <= 2 * MOST_ITEMS + 10


def test_every_item_of_a_list_without_objects_is_counted():
    found = reading({"entry": [7] * (2 * MOST_ITEMS)})
    assert found.parked.total() == 2 * MOST_ITEMS
    assert {kind.place for kind in found.parked} == {"entry[]"}


def test_a_body_with_the_providers_thousand_updates_is_read():
    entry = body(value(text("1"), statuses=[status("sent")]))["entry"]
    found = reading({"entry": entry * 1000})
    assert (len(found.events), len(found.receipts), found.parked.total()) == (1000, 1000, 0)


def test_half_characters_do_no_harm():
    (one,) = heard(text("a\ud800b", from_user_id="ID.\udfff"))
    assert (one.text, dict(one.identities)["bsuid"]) == ("a?b", "ID.?")
