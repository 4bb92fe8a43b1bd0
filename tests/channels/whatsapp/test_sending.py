"""Calls of the Cloud API: what goes out, and what each answer means."""

import asyncio
import traceback

import pytest
import structlog

from bot.channel import Held, Outage, Rejected, Throttled, Undelivered, Unknown, Unreachable
from bot.whatsapp.errors import CODES, Reaction, meaning_of, reason_of
from handlers.engine.screen import Screen, ShownChoice
from tests.channels.whatsapp.cloud import CUT, NUMBER, SILENCE, TOKEN, Cloud, channel_to, parcel


async def test_a_message_names_its_person_its_row_and_its_account(cloud, channel):
    sent = await channel.send(parcel("Kartu *siap diambil*."))
    (call,) = cloud.calls
    assert (call.verb, call.path) == ("POST", f"/v25.0/{NUMBER}/messages")
    assert call.headers["authorization"] == f"Bearer {TOKEN}"
    assert call.body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+6281234567890",
        "type": "text",
        "text": {"body": "Kartu *siap diambil*.", "preview_url": False},
        "biz_opaque_callback_data": "7",
    }
    assert sent.id == "wamid.1"
    assert sent.how is None


async def test_someone_without_a_number_is_written_to_at_their_id(cloud, channel):
    await channel.send(parcel(address="bsuid:ID.8211"))
    (said,) = cloud.said
    assert said["recipient"] == "ID.8211"
    assert "to" not in said


async def test_an_address_that_leads_nowhere_is_not_called(cloud, channel):
    with pytest.raises(Unreachable):
        await channel.send(parcel(address="gone:1"))
    assert cloud.calls == []


async def test_a_provider_has_its_own_address_and_header(cloud):
    channel = channel_to(cloud, auth_header="D360-API-KEY", api_version="v23.0")
    await channel.send(parcel())
    await channel.close()
    assert cloud.calls[0].headers["d360-api-key"] == TOKEN
    assert "authorization" not in cloud.calls[0].headers
    assert cloud.calls[0].path.startswith("/v23.0/")


async def test_the_list_s_button_is_labelled_in_the_language_of_the_screen(cloud):
    channel = channel_to(cloud, opener=lambda language: f"Buka {language}")
    choices = tuple(ShownChoice(token=f"t{n}", number=n, label=str(n)) for n in range(1, 5))
    await channel.send(parcel(screen=Screen(text="?", choices=choices, language="en")))
    await channel.close()
    assert cloud.said[0]["interactive"]["action"]["button"] == "Buka en"


OUTCOMES = {
    Reaction.WAIT: Throttled,
    Reaction.WAIT_FOR_PERSON: Throttled,
    Reaction.TEMPLATE: Held,  # a reply has no template: it waits until they speak
    Reaction.KEEP: Held,
    Reaction.GIVE_UP_PERSON: Unreachable,
    Reaction.GIVE_UP: Rejected,
    Reaction.DOWN: Outage,
    Reaction.SHUT: Outage,
}


@pytest.mark.parametrize("code", [code for code in CODES if not 200 < code < 299])
async def test_every_code_of_the_table_leads_to_its_deed(cloud, channel, code):
    cloud.refuses(code)
    meaning = CODES[code]
    with pytest.raises(OUTCOMES[meaning.reaction]) as why:
        await channel.send(parcel())
    if hasattr(why.value, "reason"):
        assert why.value.reason == meaning.reason
    assert len(cloud.calls) == 1  # nothing is asked twice within one try


@pytest.mark.parametrize(
    ("code", "reaction", "reason"),
    [
        (130429, Reaction.WAIT, "too_fast"),
        (80007, Reaction.WAIT, "too_fast"),
        (131056, Reaction.WAIT_FOR_PERSON, "too_fast_for_person"),
        (131047, Reaction.TEMPLATE, "window_closed"),
        (131026, Reaction.GIVE_UP_PERSON, "undeliverable"),
        (131048, Reaction.KEEP, "spam_limit"),
        (131049, Reaction.GIVE_UP, "held_back_by_provider"),
        (132001, Reaction.KEEP, "template_missing"),
        (190, Reaction.SHUT, "access"),
        (10, Reaction.SHUT, "access"),
        (250, Reaction.SHUT, "access"),
        (131999, Reaction.GIVE_UP, "code_131999"),  # nobody knows it yet
    ],
)
def test_a_code_means(code, reaction, reason):
    assert (meaning_of(code).reaction, meaning_of(code).reason) == (reaction, reason)
    assert reason_of(code) == reason


def test_a_failed_status_without_a_code_has_a_reason_all_the_same():
    assert reason_of(None) == "refused"


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (500, {}, Outage),
        (503, b"<html>", Outage),
        (401, {}, Outage),
        (404, {}, Outage),
        (302, b"<html>", Outage),
        (429, {}, Throttled),
        (400, {"error": {"code": 100, "error_subcode": 33}}, Outage),  # no such number: a setting is wrong
        (400, {"error": "odd"}, Rejected),
        (400, [], Rejected),
        (200, b"not json", Unknown),
        (200, [], Unknown),
    ],
)
async def test_an_answer_without_a_code_is_judged_by_its_status(cloud, channel, status, body, outcome):
    cloud.answers.append((status, body))
    with pytest.raises(outcome):
        await channel.send(parcel())


async def test_an_answer_that_names_no_message_is_a_yes(cloud, channel):
    cloud.answers.append((200, {"messages": []}))
    assert (await channel.send(parcel())).id is None


@pytest.mark.parametrize("trouble", [CUT, SILENCE])
async def test_a_cut_line_and_a_time_out_leave_it_unknown(cloud, trouble):
    channel = channel_to(cloud, timeout_seconds=2.0)
    cloud.answers.append(trouble)
    with pytest.raises(Unknown):
        await channel.send(parcel())
    await channel.close()
    assert len(cloud.calls) == 1


async def test_nobody_there_is_an_outage(cloud, channel):
    await cloud.close()
    with pytest.raises(Outage):
        await channel.send(parcel())


async def test_131056_makes_this_person_wait_longer_each_time_and_nobody_else(cloud, channel, seconds):
    waits = []
    for _ in range(3):
        cloud.refuses(131056)
        with pytest.raises(Throttled) as why:
            await channel.send(parcel())
        assert not why.value.whole_channel
        waits.append(why.value.retry_after_seconds)
        await channel.send(parcel(id=8, address="+6281111111111"))
        seconds.moved += why.value.retry_after_seconds
    assert waits == [4, 16, 64]
    await channel.send(parcel())
    cloud.refuses(131056)
    with pytest.raises(Throttled) as why:
        await channel.send(parcel())
    assert why.value.retry_after_seconds == 4  # it began anew


async def test_a_held_person_is_not_asked_about(cloud, channel):
    cloud.refuses(131056, times=2)
    for _ in range(3):
        with pytest.raises(Throttled):
            await channel.send(parcel())
        channel._delivery._pacer.hold("+6281234567890", 60, push=False)
    assert len(cloud.calls) == 1


@pytest.mark.parametrize("code", [130429, 4, 80007, 999999])
async def test_a_refused_push_holds_all_pushes_as_told_but_no_reply(cloud, channel, seconds, code):
    cloud.retry_after = "17"
    cloud.refuses(code, status=429)
    with pytest.raises(Throttled) as why:
        await channel.send(parcel(priority=1))
    assert why.value.whole_channel
    assert why.value.retry_after_seconds == 17
    for priority in (1, 2):
        with pytest.raises(Throttled):
            await channel.send(parcel(priority=priority, address="+6281111111111"))
    assert len(cloud.calls) == 1
    await channel.send(parcel(address="+6281111111111"))
    seconds.moved += 17
    await channel.send(parcel(priority=1))


async def test_a_throttled_reply_holds_itself_and_all_pushes_but_no_other_reply(cloud, channel, seconds):
    cloud.retry_after = "17"
    cloud.refuses(130429)
    with pytest.raises(Throttled) as why:
        await channel.send(parcel())
    assert why.value.retry_after_seconds == 17
    for waiting in (parcel(), parcel(priority=1, address="+6281222222222")):
        with pytest.raises(Throttled):
            await channel.send(waiting)
    await channel.send(parcel(address="+6281111111111"))
    seconds.moved += 17
    await channel.send(parcel())


async def test_without_a_stated_wait_each_hold_doubles_up_to_a_minute(cloud, channel, seconds):
    waits = []
    for attempts in (1, 2, 3, 9):
        cloud.refuses(80007)
        with pytest.raises(Throttled) as why:
            await channel.send(parcel(attempts=attempts))
        waits.append(why.value.retry_after_seconds)
        seconds.moved += 60
    assert waits == [5, 10, 20, 60]


async def test_a_bad_token_shuts_the_door_and_tells_staff_once(cloud, channel, seconds, told):
    cloud.refuses(190, status=401, times=2)
    for _ in range(4):
        with pytest.raises(Outage):
            await channel.send(parcel())
    assert len(cloud.calls) == 1
    assert told == ["access"]
    assert channel.trouble == "access"
    seconds.moved += 31
    with pytest.raises(Outage):
        await channel.send(parcel())
    assert told == ["access"]
    seconds.moved += 31
    await channel.send(parcel())
    assert channel.trouble is None


async def test_the_token_and_the_person_stand_in_no_log_and_no_exception(cloud, channel):
    assert TOKEN not in repr(channel) + repr(vars(channel)["_graph"])
    secrets = (TOKEN, "81234567890", "secret words", "Aminah")
    private = parcel("Aminah")
    with structlog.testing.capture_logs() as logs:
        for trouble in (
            (401, {"error": {"code": 190, "message": TOKEN}}),
            CUT,
            (400, {"error": {"code": 100}}),
        ):
            cloud.answers.append(trouble)
            channel._delivery._shut_until = 0.0
            with pytest.raises(Undelivered) as why:
                await channel.send(private)
            written = "".join(traceback.format_exception(why.value)) + repr(why.value) + repr(why.value.args)
            assert not [one for one in secrets if one in written]
    assert not [one for one in secrets if one in repr(logs)]


async def test_many_replies_leave_at_the_rate_and_none_is_lost():
    cloud = Cloud()
    await cloud.open()
    channel = channel_to(cloud, rate=1000)
    people = [parcel(id=n, address=f"+62812000{n:04}") for n in range(100)]
    await asyncio.gather(*map(channel.send, people))
    assert {said["to"] for said in cloud.said} == {one.address for one in people}
    await channel.close()
    await cloud.close()


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("phone_number_id", "", "LOKET_WHATSAPP_PHONE_NUMBER_ID"),
        ("app_secret", "", "LOKET_WHATSAPP_APP_SECRET"),
    ],
)
def test_a_setting_that_is_missing_is_named(setting, value, named):
    from bot.whatsapp.channel import WhatsAppChannel

    given = {"phone_number_id": NUMBER, "app_secret": "s", "clock": lambda: None, setting: value}
    with pytest.raises(ValueError, match=named):
        WhatsAppChannel(token=TOKEN, **given)
