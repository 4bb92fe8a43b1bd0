"""Residents on WhatsApp, from the webhook to the answer: a real store on either database, everything but the network.

Only the first item handled, `wa_id` expected, `contacts` expected: what others are known to fail at, these promise.
"""

import asyncio
import io
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import segno

from bot.channel import Sent
from bot.whatsapp.caps import WHATSAPP
from handlers.shared.look_up import NOT_FOUND_SECONDS
from storage.store import Store
from tests.channels.whatsapp.sender import Provider
from tests.channels.whatsapp.shapes import (
    ACCOUNT,
    JOKO,
    JOKO_ID,
    SRI,
    SRI_ID,
    body,
    contact,
    id_update,
    message,
    status,
    system,
    tap,
    text,
    value,
)
from tests.support.clock import Clock
from tests.support.counter import Counter, counter_of
from tests.support.people import SRI as HER_CARD
from tests.support.people import row
from tests.support.resident import Phone

NUMBER = HER_CARD["no_registrasi"]


class Line(Phone):
    """WhatsApp without a network; it names each bubble as the provider would."""

    account = ACCOUNT
    parcels: list

    async def send(self, parcel) -> Sent:
        await super().send(parcel)
        self.parcels.append(parcel)
        return Sent(id=f"wamid.OUT{len(self.parcels)}")


class Office(Provider):
    """The office, and what it said to whom."""

    def __init__(self, counter: Counter, line: Line) -> None:
        super().__init__(counter.hear)
        self.counter, self.line = counter, line

    async def takes(self, *bodies) -> list[str]:
        """Take these at once; give what was answered, each as `address: words`."""
        before = len(self.line.parcels)
        assert set(await self.posts_at_once(*bodies)) == {200}
        await self.counter.settle()
        return [f"{one.address}: {one.screen.text}" for one in self.line.parcels[before:]]


@pytest.fixture
async def office(store: Store, clock: Clock, tmp_path: Path) -> AsyncIterator[Office]:
    line = Line(WHATSAPP)
    line.parcels = []
    counter = counter_of(store, clock, tmp_path, line)
    await counter.imports(row(HER_CARD, "READY_FOR_PICKUP"))
    await counter.open()
    yield Office(counter, line)
    await counter.close()


def by_id(*messages, **names):
    return body(value(*messages, contacts=[contact(None, **names)]))


async def test_every_message_of_a_batch_is_answered_once(office):
    whole = body(value(text("menu"), text("menu", sender=JOKO)), value(text("bahasa")))
    answers = await office.takes(whole)
    assert sorted(one.split(":")[0] for one in answers) == [f"+{SRI}", f"+{SRI}", f"+{JOKO}"]


async def test_a_body_delivered_five_times_partly_at_once_has_one_effect(office):
    whole = body(value(text("menu")))
    assert len(await office.takes(whole)) == 1
    assert await office.takes(whole, whole, whole) == []
    assert await office.takes(whole) == []


async def test_someone_without_a_number_is_answered_at_their_id(office):
    (answer,) = await office.takes(by_id(text("menu", sender=None, from_user_id=SRI_ID), user_id=SRI_ID))
    assert answer.startswith(f"bsuid:{SRI_ID}: ")


async def test_a_look_up_continues_when_the_phone_number_becomes_hidden(office):
    await office.takes(body(value(text("cek status"), contacts=[contact(SRI, user_id=SRI_ID)])))
    (answer,) = await office.takes(by_id(text(NUMBER, sender=None, from_user_id=SRI_ID), user_id=SRI_ID))
    assert answer.startswith(f"bsuid:{SRI_ID}: ")
    assert "4 angka" in answer or "empat angka" in answer


async def test_a_changed_number_takes_the_open_question_along(office):
    await office.takes(body(value(text("cek status"), contacts=[contact(SRI, user_id=SRI_ID)])))
    news = system("user_changed_number", {"wa_id": JOKO, "user_id": JOKO_ID, "body": "?"})
    update = value(contacts=[], user_id_update=[id_update(SRI_ID, JOKO_ID, wa_id=JOKO)])
    assert await office.takes(body(value(news, contacts=[]), update), body(update)) == []
    (answer,) = await office.takes(body(value(text(NUMBER, sender=JOKO, from_user_id=JOKO_ID))))
    assert answer.startswith(f"+{JOKO}: ")
    assert "4 angka" in answer or "empat angka" in answer


async def test_the_next_owner_of_a_number_starts_from_nothing(office):
    await office.takes(body(value(text("cek status"), contacts=[contact(SRI, user_id=SRI_ID)])))
    (answer,) = await office.takes(body(value(text(NUMBER, from_user_id=JOKO_ID))))
    assert answer.startswith(f"+{SRI}: ")
    assert await office.counter.count("chats") == 2
    assert "Selamat datang" in answer


async def test_a_wrong_pair_s_budget_is_not_renewed_by_hiding_the_number(office):
    """Each half of a name counts: three tries are three tries, whichever of the two a message happens to carry."""
    with_number = {"from_user_id": SRI_ID}
    without = {"sender": None, "from_user_id": SRI_ID}
    for names in (with_number, without, with_number, without, with_number, without):
        answers = await office.takes(by_id(text(f"{NUMBER} 9999", **names), user_id=SRI_ID))
    assert "coba lagi" in " ".join(answers).lower()


async def test_padding_delays_the_answer_but_not_the_reply_to_the_provider(office):
    started = time.perf_counter()
    (answer,) = await office.takes(body(value(text(f"{NUMBER} 9999"))))
    assert "tidak ditemukan" in answer
    assert office.counter.padded == []
    assert time.perf_counter() - started >= NOT_FOUND_SECONDS


async def test_a_receipt_s_photo_is_read(office):
    code = io.BytesIO()
    segno.make(NUMBER).save(code, kind="png", scale=8)
    office.line.media["1003"] = code.getvalue()
    photo = message("image", {"id": "1003", "mime_type": "image/jpeg"}, from_user_id=SRI_ID)
    assert await office.posts(body(value(photo))) == 200
    (answer,) = await _answers(office, 1)
    assert answer.startswith(f"+{SRI}: ")
    assert "4 angka" in answer or "empat angka" in answer


async def test_statuses_reach_the_messages_they_are_about(office):
    await office.takes(body(value(text("menu"))))
    assert await office.counter.count("outbox", "state = 'sent'") == 1
    row = office.line.parcels[0].id
    statuses = [status("read", "wamid.OUT1"), status("sent", "wamid.OUT1", biz_opaque_callback_data=str(row))]
    assert (
        await office.takes(body(value(statuses=statuses), value(statuses=[status("read", "wamid.ALIEN")])))
        == []
    )
    assert await office.counter.count("outbox", "state = 'read'") == 1


async def test_groups_reactions_and_system_messages_are_not_answered(office):
    quiet = value(
        text("menu", group_id="120363"),
        message("reaction", {"message_id": "wamid.OUT1", "emoji": "👍"}),
        message("revoke", {"original_message_id": "wamid.1"}),
        system("customer_identity_changed", {"body": "?"}),
    )
    assert await office.takes(body(quiet), body({"event": "FLAGGED"}, field="account_update")) == []
    assert await office.counter.count("chats") == 0


async def test_a_button_that_nobody_knows_is_answered_kindly(office):
    (answer,) = await office.takes(body(value(tap("nobody:1"))))
    assert "tidak berlaku" in answer


async def _answers(office: Office, number: int) -> list[str]:
    async with asyncio.timeout(60):
        while len(office.line.parcels) < number:
            await office.line.rings.wait()
            office.line.rings.clear()
    return [f"{one.address}: {one.screen.text}" for one in office.line.parcels]
