"""Method by method, over bare HTTP: bodies, limits, refusals."""

import json

import httpx
import pytest

from tests.emulators.telegram import Telegram
from tests.emulators.telegram.html import read_html
from tests.emulators.telegram.refusals import Refused


@pytest.fixture
def sri(telegram: Telegram):
    return telegram.resident("Sri Wahyuni", started=True)


async def answer_of(api: httpx.AsyncClient, method: str, **fields):
    return (await api.post(f"/{method}", json=fields)).json()


async def test_a_wrong_token_and_an_unknown_method_are_refused(telegram: Telegram, api) -> None:
    wrong = await api.get(f"{telegram.api_base}/bot1:no/getMe")
    assert (wrong.status_code, wrong.json()["description"]) == (401, "Unauthorized")
    assert (await api.get("/flyToTheMoon")).status_code == 404
    assert (await api.get("/GETME")).json()["result"]["is_bot"] is True


async def test_form_multipart_json_and_query_say_the_same(api, sri) -> None:
    markup = {"inline_keyboard": [[{"text": "Ya", "callback_data": "1"}]]}
    as_text = {"chat_id": str(sri.id), "text": "halo", "reply_markup": json.dumps(markup)}
    await api.post("/sendMessage", json={"chat_id": sri.id, "text": "halo", "reply_markup": markup})
    await api.post("/sendMessage", data=as_text)
    await api.post("/sendMessage", files={name: (None, value) for name, value in as_text.items()})
    await api.get("/sendMessage", params=as_text)
    assert [(one.text, one.labels) for one in sri.bubbles] == [("halo", ["Ya"])] * 4


async def test_a_body_in_chunks_is_read(api, sri) -> None:
    async def parts():
        yield b'{"chat_id": %d, ' % sri.id
        yield b'"text": "terpotong"}'

    await api.post("/sendMessage", content=parts(), headers={"content-type": "application/json"})
    assert sri.last.text == "terpotong"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "a <b>b", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"text": "a", "chat_id": 99}, "chat not found"),
        ({"text": "a", "chat_id": ""}, "chat_id is empty"),
        ({"text": "a", "reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "b"}]]}}, "Text buttons are unallowed"),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "b", "callback_data": "é" * 33}]]}},
            "BUTTON_DATA_INVALID",
        ),
        ({"text": "a", "reply_parameters": {"message_id": 5}}, "message to be replied not found"),
    ],
)
async def test_what_the_real_server_refuses_is_refused(api, sri, fields, refusal) -> None:
    refused = await answer_of(api, "sendMessage", **({"chat_id": sri.id} | fields))
    assert (refused["ok"], refused["error_code"]) == (False, 400)
    assert refusal in refused["description"]
    assert sri.bubbles == []


async def test_the_limits_themselves_are_allowed(api, sri) -> None:
    markup = {"inline_keyboard": [[{"text": "b", "callback_data": "x" * 64}]]}
    assert (await answer_of(api, "sendMessage", chat_id=sri.id, text="x" * 4096, reply_markup=markup))["ok"]


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("polos &lt;b&gt; &amp;", "polos <b> &"),
        ("&copy; &x; &", "&copy; &x; &"),
        ('<a href="https://x.id/?a=1&amp;b=2">sini</a>', "sini"),
        ("<b><i>dua</i></b>", "dua"),
        ("Rp<code>0</code> &#8211; gratis", "Rp0 – gratis"),
    ],
)
def test_html_is_shown_as_a_person_sees_it(source, seen) -> None:
    assert read_html(source)[0] == seen


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler"'),
    ],
)
def test_bad_html_is_refused_with_its_place(source, refusal) -> None:
    with pytest.raises(Refused, match="can't parse entities") as raised:
        read_html(source)
    assert refusal in raised.value.description


async def test_an_edit_with_the_same_content_is_refused(api, sri) -> None:
    markup = {"inline_keyboard": [[{"text": "Ya", "callback_data": "1"}]]}
    sent = await answer_of(api, "sendMessage", chat_id=sri.id, text="satu", reply_markup=markup)
    there = {"chat_id": sri.id, "message_id": sent["result"]["message_id"]}
    same = await answer_of(api, "editMessageText", **there, text="satu", reply_markup=markup)
    assert "message is not modified" in same["description"]
    assert (await answer_of(api, "editMessageText", **there, text="dua"))["result"]["text"] == "dua"
    assert sri.last.labels == []  # an edit without a keyboard takes the keyboard away
    assert (await answer_of(api, "editMessageReplyMarkup", **there, reply_markup=markup))["ok"]
    again = await answer_of(api, "editMessageReplyMarkup", **there, reply_markup=markup)
    assert "message is not modified" in again["description"]


async def test_only_own_living_messages_can_be_edited(api, sri) -> None:
    said = await sri.says("halo")
    of_sri = await answer_of(api, "editMessageText", chat_id=sri.id, message_id=said.message_id, text="x")
    missing = await answer_of(api, "editMessageText", chat_id=sri.id, message_id=999, text="x")
    assert of_sri["description"] == "Bad Request: message can't be edited"
    assert missing["description"] == "Bad Request: message to edit not found"


async def test_a_message_of_the_last_48_hours_can_be_deleted(telegram, api, sri) -> None:
    said = await sri.says("NIK saya …")
    old = await sri.says("lama")
    sri.chat.messages[old.message_id]["date"] -= 49 * 3600
    assert (await answer_of(api, "deleteMessage", chat_id=sri.id, message_id=said.message_id))["ok"]
    await sri.sees_gone(said.message_id)
    again = await answer_of(api, "deleteMessage", chat_id=sri.id, message_id=said.message_id)
    too_old = await answer_of(api, "deleteMessage", chat_id=sri.id, message_id=old.message_id)
    assert again["description"] == "Bad Request: message to delete not found"
    assert too_old["description"] == "Bad Request: message can't be deleted"


async def test_files_go_out_as_uploads_and_again_by_their_id(telegram, api, sri) -> None:
    parts = {
        "chat_id": (None, str(sri.id)),
        "photo": (None, "attach://qr"),
        "qr": ("qr.png", b"\x89PNG\r\n--"),
    }
    sent = (await api.post("/sendPhoto", files=parts)).json()["result"]
    assert sri.last.file == b"\x89PNG\r\n--"
    again = await answer_of(
        api, "sendPhoto", chat_id=sri.id, photo=sent["photo"][-1]["file_id"], caption="lagi"
    )
    assert again["result"]["caption"] == "lagi"
    unknown = await answer_of(api, "sendDocument", chat_id=sri.id, document="nope")
    assert "wrong file identifier" in unknown["description"]


async def test_files_of_residents_are_downloaded(telegram, api, sri) -> None:
    await sri.sends_document("surat.pdf", b"%PDF-1.7")
    (update,) = (await answer_of(api, "getUpdates"))["result"]
    file = await answer_of(api, "getFile", file_id=update["message"]["document"]["file_id"])
    path = file["result"]["file_path"]
    data = await api.get(f"{telegram.api_base}/file/bot{telegram.token}/{path}")
    assert data.content == b"%PDF-1.7"
    assert (await api.get(f"{telegram.api_base}/file/bot{telegram.token}/nope")).status_code == 404
    assert (await answer_of(api, "getFile", file_id="x"))["description"] == "Bad Request: invalid file_id"


async def test_an_old_or_invented_callback_query_is_refused(api) -> None:
    refused = await answer_of(api, "answerCallbackQuery", callback_query_id="1")
    assert refused["description"].startswith("Bad Request: query is too old")


async def test_commands_are_kept_by_language(api) -> None:
    commands = [{"command": "status", "description": "Cek status"}]
    assert (await answer_of(api, "setMyCommands", commands=commands, language_code="id"))["ok"]
    assert (await answer_of(api, "getMyCommands", language_code="id"))["result"] == commands
    assert (await answer_of(api, "getMyCommands"))["result"] == []
    bad = await answer_of(api, "setMyCommands", commands=[{"command": "Status", "description": "x"}])
    assert bad["description"] == "Bad Request: BOT_COMMAND_INVALID"


async def test_who_blocked_the_bot_gets_nothing_until_they_write_again(api, sri) -> None:
    await sri.blocks()
    refused = await answer_of(api, "sendMessage", chat_id=sri.id, text="halo")
    assert (refused["error_code"], refused["description"]) == (403, "Forbidden: bot was blocked by the user")
    await sri.starts()
    assert (await answer_of(api, "sendMessage", chat_id=sri.id, text="halo"))["ok"]


async def test_a_bot_cannot_write_first(telegram, api) -> None:
    stranger = telegram.resident("Orang Baru")
    assert (await answer_of(api, "sendMessage", chat_id=stranger.id, text="halo"))["description"].endswith(
        "not found"
    )
