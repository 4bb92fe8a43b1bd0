"""Files: a ticket on its way to a resident, and the photo that a resident sent."""

import pytest

from bot.channel import Outage, Rejected, Throttled
from handlers.engine.screen import File, Screen
from tests.channels.whatsapp.cloud import CUT, NUMBER, TOKEN, parcel

TICKET = File(name="tiket.png", mime="image/png", data=b"png")


async def test_a_ticket_s_picture_is_uploaded_and_comes_before_the_words(cloud, channel):
    await channel.send(parcel(screen=Screen(text="Tiket", files=(TICKET,))))
    upload, picture, words = cloud.calls
    assert upload.path == f"/v25.0/{NUMBER}/media"
    assert upload.headers["content-type"].startswith("multipart/form-data")
    assert b'name="messaging_product"' in upload.raw
    assert b"png" in upload.raw
    assert picture.body["image"] == {"id": "media1"}
    assert "biz_opaque_callback_data" not in picture.body
    assert words.body["biz_opaque_callback_data"] == "7"


async def test_a_recording_is_sent_as_a_voice_message(cloud, channel):
    sound = File(name="jawaban.ogg", mime="audio/ogg", data=b"OggS")
    await channel.send(parcel(screen=Screen(text="Suara", files=(sound,))))
    upload, voice, words = cloud.calls
    assert b"audio/ogg; codecs=opus" in upload.raw
    assert voice.body["type"] == "audio"
    assert voice.body["audio"] == {"voice": True, "id": "media1"}
    assert words.body["text"]["body"] == "Suara"


async def test_what_was_sent_is_not_repeated_by_a_later_try(cloud, channel):
    cloud.answers += [(200, {"id": "media1"}), (200, {"messages": [{"id": "wamid.P"}]})]
    cloud.refuses(131016, status=503)
    shown = parcel(screen=Screen(text="Tiket", files=(TICKET,)))
    with pytest.raises(Outage):
        await channel.send(shown)
    await channel.send(shown)
    assert [said["type"] for said in cloud.said] == ["image", "text", "text"]


async def test_a_lost_upload_told_nobody_anything(cloud, channel):
    cloud.answers.append(CUT)
    with pytest.raises(Outage):
        await channel.send(parcel(screen=Screen(text="Tiket", files=(TICKET,))))


@pytest.mark.parametrize(
    "answers",
    [
        [(400, {"error": {"code": 131053}})],  # the upload
        [(413, {})],
        [(200, {"id": "media1"}), (400, {"error": {"code": 131053}})],  # the message that shows it
        [(200, {"id": "media1"}), CUT],  # it may be there
    ],
)
async def test_a_file_that_is_not_taken_keeps_nobody_from_the_words(cloud, channel, answers):
    cloud.answers += answers
    await channel.send(parcel(screen=Screen(text="Kode tiket K7M2QX", files=(TICKET,))))
    assert cloud.said[-1]["text"]["body"] == "Kode tiket K7M2QX"


async def test_a_file_whose_upload_fails_again_is_left_out(cloud, channel):
    cloud.answers += [(500, {}), (500, {})]
    with pytest.raises(Outage):
        await channel.send(parcel(screen=Screen(text="Tiket", files=(TICKET,))))
    await channel.send(parcel(screen=Screen(text="Tiket", files=(TICKET,)), attempts=2))
    assert [said["type"] for said in cloud.said] == ["text"]


async def test_a_file_alone_that_is_refused_is_told(cloud, channel):
    cloud.answers.append((413, {}))
    with pytest.raises(Rejected):
        await channel.send(parcel(screen=Screen(text="", files=(TICKET,))))


async def test_the_media_of_a_photo_is_fetched_by_id_with_the_token(cloud, channel):
    cloud.answers += [(200, {"url": f"{cloud.base}/file/1", "file_size": 5}), b"photo"]
    assert await channel.fetch("1013859600285441") == b"photo"
    about, file = cloud.calls
    assert about.path == "/v25.0/1013859600285441"
    assert file.path == "/file/1"
    assert file.headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("media", "answers", "outcome"),
    [
        ("1", [(200, {"url": "{base}/f", "file_size": 10_000_001})], Rejected),
        ("1", [(200, {"url": "{base}/f"}), bytes(10_000_001)], Rejected),
        ("1", [(200, {})], Rejected),
        ("1", [(400, {"error": {"code": 131052}})], Rejected),
        ("1", [(200, {"url": "nonsense"})], Outage),
        ("1", [(200, {"url": "{base}/f"}), (404, b"")], Outage),
        ("1", [(429, {})], Throttled),
        ("1", [CUT, CUT], Outage),  # asking again does no harm, so a first cut line is passed over
        ("../v1/secret", [], Rejected),
    ],
)
async def test_what_cannot_be_fetched_is_an_outcome(cloud, channel, media, answers, outcome):
    for answer in answers:
        if isinstance(answer, tuple) and isinstance(answer[1], dict) and "url" in answer[1]:
            answer[1]["url"] = answer[1]["url"].replace("{base}", cloud.base)
        cloud.answers.append(answer)
    with pytest.raises(outcome):
        await channel.fetch(media)
