"""The webhook: signatures, answers, and their timing."""

import asyncio
import json

import pytest
import structlog

from bot.channel import Heard, Moved, Turned
from bot.whatsapp.webhook import LARGEST, WhatsAppWebhook
from storage.session import StoreDown
from tests.channels.whatsapp.sender import OLD_SECRET, SECRET, VERIFY, Provider, signed
from tests.channels.whatsapp.shapes import (
    JOKO,
    JOKO_ID,
    SRI_ID,
    body,
    id_update,
    status,
    system,
    text,
    value,
)


class Recorder:
    """Records messages in the order of their commits."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.moves: list[Moved] = []
        self.receipts_of: list[str] = []
        self.fails: dict[str, Exception] = {}
        self.waits: dict[str, asyncio.Event] = {}
        self.padded: set[bool] = set()
        self.spoken = asyncio.Event()

    async def __call__(self, heard: Heard, *, inline: bool = False, padded: bool = True) -> Turned:
        self.padded.add(padded)
        if heard.text in self.waits:
            await self.waits[heard.text].wait()
        if heard.text in self.fails:
            raise self.fails[heard.text]
        self.heard.append(heard.text)
        self.spoken.set()
        return Turned()

    async def moved(self, moved: Moved) -> None:
        self.heard.append("moved")
        self.moves.append(moved)

    async def receipts(self, receipts) -> None:
        if "receipts" in self.fails:
            raise self.fails["receipts"]
        self.receipts_of += [one.state for one in receipts]


@pytest.fixture
def desk() -> Recorder:
    return Recorder()


@pytest.fixture
def provider(desk) -> Provider:
    return Provider(desk)


async def test_the_handshake_gives_the_challenge_back_as_it_is(provider):
    answer = await provider.asks(mode="subscribe", verify_token=VERIFY, challenge="1158201444")
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"mode": "subscribe", "challenge": "1"},
        {"mode": "subscribe", "verify_token": "wrong", "challenge": "1"},
        {"mode": "unsubscribe", "verify_token": VERIFY, "challenge": "1"},
        {"mode": "subscribe", "verify_token": "§", "challenge": "1"},
        {"mode": "subscribe", "verify_token": VERIFY},
    ],
)
async def test_a_handshake_without_the_word_or_the_challenge_is_refused(provider, query):
    answer = await provider.asks(**query)
    assert (answer.status_code, answer.text) == (401, "")


async def test_without_a_verify_token_no_handshake_succeeds(provider):
    provider.webhook.verify_token = b""
    assert (await provider.asks(mode="subscribe", verify_token="", challenge="1")).status_code == 401


@pytest.mark.parametrize("secrets", [(), (b"",)])
def test_it_does_not_start_without_an_app_secret(secrets):
    with pytest.raises(ValueError, match="LOKET_WHATSAPP_APP_SECRET"):
        WhatsAppWebhook(account="1", secrets=secrets, verify_token=b"x", reason_of=str)


async def test_a_signed_body_is_heard(provider, desk):
    assert await provider.posts(body(value(text("halo"), statuses=[status("sent")]))) == 200
    assert (desk.heard, desk.receipts_of) == (["halo"], ["sent"])


async def test_a_forged_body_is_refused_and_logged_without_its_content(provider, desk):
    raw = json.dumps(body(value(text("rahasia sekali")))).encode()
    forgeries = [
        {},
        {"X-Hub-Signature-256": ""},
        {"X-Hub-Signature-256": "sha256="},
        {"X-Hub-Signature-256": "sha256=" + "0" * 64},
        {"X-Hub-Signature-256": signed(raw)["X-Hub-Signature-256"][7:]},
        {"X-Hub-Signature": signed(raw)["X-Hub-Signature-256"]},
        signed(raw, b"another secret"),
        signed(raw + b" "),
    ]
    with structlog.testing.capture_logs() as logs:
        assert [await provider.forges(raw, headers) for headers in forgeries] == [401] * len(forgeries)
    assert desk.heard == []
    assert {line["event"] for line in logs} == {"whatsapp.forged"}
    assert "rahasia" not in str(logs)


async def test_a_genuine_call_is_a_contact_and_a_forged_one_counted(provider):
    contact = provider.webhook.contact
    contact.heard_at = 0.0
    await provider.forges(b"{}", {})
    await provider.posts(b"{}", secret=b"another secret")
    assert (contact.heard_at, contact.forged) == (0.0, 2)
    await provider.posts(b"{}")
    assert contact.heard_at > 0
    assert contact.forged == 2


async def test_a_flood_of_forgeries_is_counted_and_one_line(provider):
    with structlog.testing.capture_logs() as logs:
        for _ in range(100):
            await provider.forges(b"{}", {})
            assert (await provider.asks(mode="subscribe")).headers["connection"] == "close"
    assert provider.webhook.contact.forged == 100
    assert [(line["event"], line["count"]) for line in logs] == [
        ("whatsapp.forged", 1),
        ("whatsapp.handshake_refused", 1),
    ]


async def test_a_signature_of_odd_bytes_is_refused(provider):
    raw = b"{}"
    headers = [(b"X-Hub-Signature-256", b"sha256=\xff\xfe")]
    assert await provider.forges(raw, headers) == 401


@pytest.mark.parametrize(
    "signature",
    [b"", b"sha256=", b"0" * 64, b"sha256=" + b"0" * 63, b"sha256=" + b"0" * 65, b"sha256=" + b"g" * 64,
     b"sha1=" + b"0" * 40, b"sha256=" + b"0" * 64 + b"\n", b"\xff\xfe"],
)  # fmt: skip
async def test_a_malformed_signature_is_refused_before_the_body_is_read(provider, signature):
    async def receive() -> dict:
        raise AssertionError("the body was asked for")

    sent = []

    async def send(message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "headers": [(b"x-hub-signature-256", signature)]}
    await provider.webhook(scope, receive, send)
    assert (sent[0]["status"], provider.webhook.contact.forged) == (401, 1)


async def test_while_the_secret_is_changed_both_are_right(desk):
    provider = Provider(desk, secrets=(SECRET, OLD_SECRET))
    assert await provider.posts(body(value(text("1")))) == 200
    assert await provider.posts(body(value(text("2"))), secret=OLD_SECRET) == 200
    assert await provider.posts(body(value(text("3"))), secret=b"third") == 401
    assert desk.heard == ["1", "2"]


async def test_the_signature_is_over_the_bytes_as_they_came(provider, desk):
    raw = json.dumps(body(value(text("é\u202e"))), ensure_ascii=False, indent=3).encode()
    assert await provider.posts(raw) == 200
    assert desk.heard == ["é\u202e"]


@pytest.mark.parametrize(
    "junk", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"entry": 7}', b"1" * 5000]
)
async def test_signed_junk_is_acknowledged(provider, desk, junk):
    assert await provider.posts(junk) == 200
    assert desk.heard == []


async def test_what_cannot_be_read_is_counted_and_logged_without_its_content(provider, desk):
    bad = {"id": "wamid.1", "from": "rahasia", "type": "text", "text": {"body": "rahasia"}}
    with structlog.testing.capture_logs() as logs:
        assert await provider.posts(body({"messages": [bad, text("halo")]})) == 200
        assert await provider.posts(b"no json: rahasia") == 200
    assert (desk.heard, provider.webhook.parked) == (["halo"], 2)
    assert "rahasia" not in str(logs)


async def test_a_hundred_thousand_unreadable_items_are_counted_in_few_lines(provider, desk):
    whole = body({"messages": [text("halo"), *[{}] * 100_000]}, *[7] * 5, {"statuses": [{}]})
    with structlog.testing.capture_logs() as logs:
        assert await provider.posts(whole) == 200
    assert (desk.heard, provider.webhook.parked) == (["halo"], 100_006)
    lines = [line for line in logs if line["event"] == "whatsapp.parked"]
    assert len(lines) <= 20
    assert sum(line["count"] for line in lines) == 100_006


async def test_a_body_that_is_too_large_is_not_read(provider):
    assert await provider.posts(b" " * (LARGEST + 1)) == 413


async def test_before_the_office_listens_the_provider_is_asked_to_come_again(provider):
    provider.webhook.hear = None
    assert await provider.posts(body(value(text("halo")))) == 503


@pytest.mark.parametrize("what", ["2", "receipts"])
async def test_if_the_store_is_down_the_other_messages_are_still_taken(provider, desk, what):
    desk.fails[what] = StoreDown("gone")
    whole = body(value(text("1"), text("2", sender=JOKO), statuses=[status("sent")]))
    assert await provider.posts(whole) == 503
    assert "1" in desk.heard


async def test_a_fault_of_ours_loses_nothing_and_says_nothing(provider, desk):
    desk.fails["rahasia"] = RuntimeError("rahasia")
    with structlog.testing.capture_logs() as logs:
        assert await provider.posts(body(value(text("rahasia"), text("1", sender=JOKO)))) == 503
    assert desk.heard == ["1"]
    assert "'rahasia'" not in str(logs)


async def test_one_person_waits_for_nobody_else(provider, desk):
    desk.waits["slow"] = asyncio.Event()
    whole = body(value(text("slow"), text("behind"), text("other", sender=JOKO)))
    posting = asyncio.ensure_future(provider.posts(whole))
    async with asyncio.timeout(60):
        await desk.spoken.wait()
    assert desk.heard == ["other"]
    assert not posting.done()
    desk.waits["slow"].set()
    assert await posting == 200
    assert desk.heard == ["other", "slow", "behind"]


async def test_one_persons_messages_keep_their_order_across_failing_batches(provider, desk):
    one, two, three = text("1"), text("2"), text("3")
    await provider.posts(body(value(three), value(one, two)))
    assert desk.heard == ["1", "2", "3"]


async def test_news_of_a_person_are_taken_among_their_messages(provider, desk):
    before = text("before", from_user_id=SRI_ID, timestamp="1795400001")
    news = system("user_changed_number", {"wa_id": JOKO, "user_id": JOKO_ID}, timestamp="1795400002")
    after = text("after", sender=None, from_user_id=JOKO_ID, timestamp="1795400003")
    await provider.posts(body(value(after, contacts=[]), value(news, contacts=[]), value(before)))
    assert desk.heard == ["before", "moved", "after"]
    await provider.posts(body(value(contacts=[], user_id_update=[id_update(SRI_ID, JOKO_ID)])))
    assert len(desk.moves) == 2


async def test_nobody_waits_for_the_padding_of_equal_answers(provider, desk):
    await provider.posts(body(value(text("halo"))))
    assert desk.padded == {False}
