"""The 24 hours after a resident's last word, and the approved words outside them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channel import Held, Outage, Throttled, Unknown
from bot.whatsapp.budget import Recipients
from bot.whatsapp.channel import WhatsAppChannel
from handlers.engine.screen import Screen, Template
from storage.post import outbox
from storage.post.receipts import WINDOW
from storage.post.sending import written_first
from storage.store import Store
from tests.channels.whatsapp.cloud import CUT, NOW, Cloud, channel_to, parcel
from tests.channels.whatsapp.conftest import Seconds
from tests.channels.whatsapp.sender import Provider
from tests.channels.whatsapp.shapes import ACCOUNT, body, message, status, tap, text, value
from tests.support.clock import Clock
from tests.support.counter import Counter, counter_of
from tests.support.people import SRI, row

PUSH = {"priority": 1, "heard_at": NOW - WINDOW}
NEWS = Screen(
    text="Ada kabar …",
    template=Template(
        name="ready_for_pickup", language="jv", variables=("S*** A***", "MJK-1", "Sooko\nlantai 2")
    ),
)
UNKNOWN_WORDS = Screen(text="?", template=Template(name="birthday", language="id"))
TOO_FEW = Screen(text="?", template=Template(name="ready_for_pickup", language="id", variables=("a",)))


async def test_inside_the_window_news_go_in_free_words(cloud, channel):
    await channel.send(parcel(screen=NEWS, priority=1, heard_at=NOW - WINDOW + timedelta(seconds=1)))
    assert [said["type"] for said in cloud.said] == ["text"]


async def test_outside_the_window_pushes_use_approved_texts_in_an_approved_language(cloud, channel):
    sent = await channel.send(parcel(screen=NEWS, **PUSH))
    (said,) = cloud.said
    assert sent.how == outbox.TEMPLATE
    assert said["template"] == {
        "name": "ready_for_pickup",
        "language": {"code": "id"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "text": "S∗∗∗ A∗∗∗"},
                    {"type": "text", "text": "MJK-1"},
                    {"type": "text", "text": "Sooko lantai 2"},
                ],
            }
        ],
    }
    assert said["biz_opaque_callback_data"] == "7"


@pytest.mark.parametrize("screen", [Screen(text="Halo"), UNKNOWN_WORDS, TOO_FEW])
async def test_what_has_no_approved_words_is_held_and_says_why(cloud, channel, screen):
    with pytest.raises(Held) as why:
        await channel.send(parcel(screen=screen, **PUSH))
    assert why.value.reason == "window_closed"
    assert cloud.calls == []


async def test_a_late_reply_is_held_even_if_it_had_a_template(cloud, channel):
    with pytest.raises(Held):
        await channel.send(parcel(screen=NEWS, heard_at=NOW - WINDOW))
    assert cloud.calls == []


async def test_a_131047_on_a_push_sends_its_template_and_no_repetition(cloud, channel):
    cloud.refuses(131047)
    sent = await channel.send(parcel(screen=NEWS, priority=1))
    assert [said["type"] for said in cloud.said] == ["text", "template"]
    assert sent.how == outbox.TEMPLATE


async def test_131047_on_a_reply_holds_it(cloud, channel):
    cloud.refuses(131047)
    with pytest.raises(Held) as why:
        await channel.send(parcel())
    assert why.value.reason == "window_closed"
    assert len(cloud.calls) == 1


@pytest.mark.parametrize("code", [132001, 132015])
async def test_a_template_that_the_account_lacks_is_held_under_that_name(cloud, channel, code):
    cloud.refuses(code)
    with pytest.raises(Held) as why:
        await channel.send(parcel(screen=NEWS, **PUSH))
    assert why.value.reason.startswith("template_")


async def test_the_people_written_to_first_are_counted_per_day(cloud):
    clock = Clock()
    clock.now = NOW
    channel = channel_to(cloud, clock=clock, daily_recipients=2)
    for place, chat in enumerate((1, 2, 1)):  # a person may have a new number
        await channel.send(parcel(screen=NEWS, chat=chat, address=f"+62812000{place}", **PUSH))
    with pytest.raises(Held) as why:
        await channel.send(parcel(screen=NEWS, chat=3, address="+628120003", **PUSH))
    assert why.value.reason == "daily_limit"
    assert why.value.again_after_seconds == 24 * 3600
    # Who spoke is answered, whatever the count is.
    await channel.send(parcel(chat=3, address="+628120004"))
    clock.move(hours=24, seconds=1)
    await channel.send(parcel(screen=NEWS, chat=3, address="+628120003", **PUSH))
    await channel.close()


async def test_refused_recipients_do_not_count_against_the_limit_but_uncertain_ones_do(cloud):
    channel = channel_to(cloud, daily_recipients=1)
    for code, outcome in ((131016, Outage), (132001, Held), (131056, Throttled), (131047, Held)):
        cloud.refuses(code)
        with pytest.raises(outcome):
            await channel.send(parcel(screen=NEWS, chat=code, address=f"+62{code}", **PUSH))
    cloud.answers.append(CUT)
    with pytest.raises(Unknown):
        await channel.send(parcel(screen=NEWS, chat=5, address="+62812", **PUSH))
    with pytest.raises(Held) as why:
        await channel.send(parcel(screen=NEWS, chat=6, address="+62813", **PUSH))
    assert why.value.reason == "daily_limit"
    await channel.close()


async def test_concurrent_sends_keep_the_limit_and_zero_means_no_limit():
    async def earlier(_since):
        await asyncio.sleep(0)
        return {100: NOW - timedelta(hours=1)}

    recipients = Recipients(limit=10, clock=lambda: NOW, recent=earlier)
    tries = await asyncio.gather(*(recipients.take(chat) for chat in range(30)), return_exceptions=True)
    assert sum(one is True for one in tries) == 9
    assert await Recipients(limit=0, clock=lambda: NOW, recent=earlier).take(1) is False


class Office(Provider):
    """The whole office behind a small Cloud API."""

    def __init__(self, counter: Counter, cloud: Cloud, seconds: Seconds) -> None:
        super().__init__(counter.hear)
        self.counter, self.cloud, self.seconds = counter, cloud, seconds

    async def takes(self, *messages) -> list[str]:
        """Take a resident's messages; give the kinds of what was sent since."""
        before = len(self.cloud.said)
        assert await self.posts(body(value(*messages))) == 200
        await self.counter.settle()
        return [said["type"] for said in self.cloud.said[before:]]

    async def follows(self) -> None:
        """Sri looks her card up and wants the news."""
        await self.takes(text(f"{SRI['no_registrasi']} {SRI['nik'][-4:]}"))
        buttons = self.cloud.said[-1]["interactive"]["action"]
        rows = [*buttons.get("buttons", []), *(buttons.get("sections") or [{"rows": []}])[0]["rows"]]
        (token,) = [
            one.get("reply", one)["id"] for one in rows if "Kabari saya" in one.get("reply", one)["title"]
        ]
        await self.takes(tap(token))

    async def gets_news(self, **time: float) -> None:
        await self.counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
        self.counter.clock.move(**time)
        self.seconds.moved += 3600
        await self.counter.timers.plan_news()
        self.counter.courier.wake("whatsapp")

    async def waits_for(self, condition: str) -> None:
        async with asyncio.timeout(60):
            while not await self.counter.count("outbox", condition):  # noqa: ASYNC110 (a database rings no bell)
                await asyncio.sleep(0.005)


@pytest.fixture
async def office(
    store: Store, clock: Clock, cloud: Cloud, seconds: Seconds, tmp_path: Path
) -> AsyncIterator[Office]:
    async def recent(since):
        return await store.read(lambda db: written_first(db, channel="whatsapp", since=since))

    channel = WhatsAppChannel(
        token="t",
        phone_number_id=ACCOUNT,
        app_secret="s",
        clock=clock,
        api_base=cloud.base,
        recent=recent,
        monotonic=seconds,
    )
    counter = counter_of(store, clock, tmp_path, channel, quiet={"from": "00:00", "to": "00:00"})
    await counter.imports(row(SRI, "PRINT_READY_RECORD"))
    await counter.open()
    yield Office(counter, cloud, seconds)
    await counter.close()
    await channel.close()


async def test_news_is_free_text_within_a_day_and_a_template_later(office):
    await office.follows()
    await office.gets_news(hours=25)
    await office.waits_for("reason = 'template' AND state = 'sent'")
    said = office.cloud.said[-1]
    assert said["template"]["name"] == "ready_for_pickup"
    assert said["template"]["components"][0]["parameters"][1]["text"] == SRI["no_registrasi"]
    found = await office.counter.store.read(
        lambda db: written_first(db, channel="whatsapp", since=office.counter.clock() - timedelta(days=1))
    )
    assert len(found) == 1
    # It counts after its receipt, too.
    number = f"wamid.{len(office.cloud.calls)}"
    await office.posts(body(value(statuses=[status("delivered", number=number)])))
    await office.waits_for("state = 'delivered' AND reason = 'template'")


async def invited(office: Office) -> None:
    """A day after Sri looked her card up it is handed over."""
    office.counter.clock.move(hours=25)
    await office.counter.imports(row(SRI, "CARD_ISSUED", tanggal="2026-11-24"))
    for _ in range(2):
        office.counter.clock.move(minutes=5)
        office.seconds.moved += 3600
        await office.counter.timers.plan_news()
        await office.counter.errands.begin_due()
    office.counter.courier.wake("whatsapp")


async def test_r3_outside_the_window_the_rating_invitation_is_a_template(office):
    await office.takes(text(f"{SRI['no_registrasi']} {SRI['nik'][-4:]}"))
    await invited(office)
    await office.waits_for("reason = 'template' AND state = 'sent'")
    said = office.cloud.said[-1]["template"]
    assert said["name"] == "rating_invitation"
    assert said["components"][0]["parameters"] == [{"type": "text", "text": "Penggantian KTP-el hilang"}]
    begin, _no = (part["parameters"][0]["payload"] for part in said["components"] if part["type"] == "button")
    await office.takes(message("button", {"payload": begin, "text": "Mulai"}))
    assert "1/9" in str(office.cloud.said[-1])
    hints = [
        (line["title"], line.get("description"))
        for line in office.cloud.said[-1]["interactive"]["action"]["sections"][0]["rows"]
    ]
    assert ("1. Tidak sesuai", None) in hints, "the same words are not read twice"


async def test_r3_the_invitation_s_template_can_be_answered_in_words(office):
    await office.takes(text(f"{SRI['no_registrasi']} {SRI['nik'][-4:]}"))
    await invited(office)
    await office.waits_for("reason = 'template' AND state = 'sent'")
    await office.takes(text("nilai"))
    assert "1/9" in str(office.cloud.said[-1])


async def test_b9_the_reminder_is_a_template_whose_buttons_answer_it(office):
    for words in ("/jadwal", SRI["no_registrasi"], SRI["nik"][-4:], "sooko", "kamis", "09.00", "1"):
        await office.takes(text(words))
    office.counter.clock.move(hours=48, minutes=1)
    office.seconds.moved += 3600
    await office.counter.errands.begin_due()
    office.counter.courier.wake("whatsapp")
    await office.waits_for("reason = 'template' AND state = 'sent'")
    said = office.cloud.said[-1]["template"]
    assert said["name"] == "booking_reminder"
    payloads = [part["parameters"][0]["payload"] for part in said["components"] if part["type"] == "button"]
    _coming, _move, cannot = payloads
    await office.takes(message("button", {"payload": cannot, "text": "Tidak bisa"}))
    assert "dibatalkan" in str(office.cloud.said[-1])
    assert await office.counter.count("bookings", "state = 'cancelled'") == 1


async def test_r3_without_a_template_the_invitation_waits_and_staff_see_why(office):
    await office.takes(text(f"{SRI['no_registrasi']} {SRI['nik'][-4:]}"))
    office.cloud.refuses(132001, status=404)
    await invited(office)
    await office.waits_for("state = 'waiting' AND reason = 'template_missing'")


async def test_held_news_keeps_its_reason_and_goes_out_after_the_next_message(office):
    await office.follows()
    office.cloud.refuses(132001, status=404)
    await office.gets_news(hours=25)
    await office.waits_for("state = 'waiting' AND reason = 'template_missing'")
    assert await office.posts(body(value(text("terima kasih")))) == 200
    # It leaves when the person has rested from the answer, six seconds later.
    await office.waits_for("priority = 1 AND state = 'sending'")


async def test_a_reply_refused_with_131047_is_sent_before_the_next_one(office):
    office.cloud.refuses(131047)
    assert await office.posts(body(value(text("menu")))) == 200
    await office.waits_for("state = 'waiting' AND reason = 'window_closed'")
    assert len(office.cloud.said) == 1
    sent = await office.takes(text("bantuan"))
    assert len(sent) == 2
    rows = [said["biz_opaque_callback_data"] for said in office.cloud.said]
    assert rows[0] == rows[1] != rows[2]


async def test_news_refused_with_131047_by_a_status_go_out_as_a_template(office):
    await office.follows()
    await office.gets_news(hours=2)
    await office.counter.settle()
    assert office.cloud.said[-1]["type"] != "template"
    number = f"wamid.{len(office.cloud.calls)}"
    office.seconds.moved += 60
    failed = status("failed", number=number, errors=[{"code": 131047, "title": "Re-engagement message"}])
    assert await office.posts(body(value(statuses=[failed]))) == 200
    await office.waits_for("reason = 'template' AND state = 'sent'")
    assert office.cloud.said[-1]["type"] == "template"
