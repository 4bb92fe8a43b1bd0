"""What `loket check` learns from WhatsApp and Telegram themselves."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.channels.test_http_trust import certificates

NUMBER = "106540352242922"


class Meta(ThreadingHTTPServer):
    """Answers about the number as it is told to; keeps what was asked."""

    answer: tuple[int, bytes] = (200, b"{}")

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _About)
        self.asked: list[tuple[str, str | None]] = []


class _About(BaseHTTPRequestHandler):
    server: Meta

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.path, self.headers["Authorization"]))
        status, body = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 (the name that http.server looks for)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def meta() -> Iterator[Meta]:
    with Meta() as opened:
        threading.Thread(target=opened.serve_forever, daemon=True).start()
        yield opened
        opened.shutdown()


def error(code: int) -> bytes:
    return json.dumps({"error": {"message": "(#0) no", "code": code}}).encode()


@pytest.mark.parametrize(
    ("answer", "said", "code"),
    [
        ((200, b'{"id": "106540352242922"}'), None, 0),
        ((401, error(190)), "WhatsApp refuses LOKET_WHATSAPP_TOKEN", 1),
        ((400, error(100)), "WhatsApp does not know LOKET_WHATSAPP_PHONE_NUMBER_ID", 0),
        ((502, b"<html>"), "WhatsApp is not reachable", 0),
    ],
)
def test_check_asks_whatsapp_about_its_number(loket, meta, answer, said, code):
    meta.answer = answer
    ended = loket(
        "check",
        LOKET_WHATSAPP_TOKEN="EAAx",
        LOKET_WHATSAPP_PHONE_NUMBER_ID=NUMBER,
        LOKET_WHATSAPP_APP_SECRET="b",
        LOKET_WHATSAPP_VERIFY_TOKEN="c",
        LOKET_WHATSAPP_API_BASE=f"http://127.0.0.1:{meta.server_port}",
    )
    assert meta.asked == [(f"/v25.0/{NUMBER}", "Bearer EAAx")]
    assert ended.code == code
    told = [line for line in ended.out.splitlines() if "WhatsApp " in line and "webhook" not in line]
    assert [line for line in told if said and said in line] or said is None
    assert "not reachable" not in ended.out or said == "WhatsApp is not reachable"


@pytest.mark.parametrize("result", ["true", "null", "[]", '"url"', "7"])
def test_an_answer_of_telegram_that_makes_no_sense_is_told_like_none(loket, meta, result):
    meta.answer = (200, b'{"ok": true, "result": ' + result.encode() + b"}")
    ended = loket(
        "check", LOKET_TELEGRAM_TOKEN="1:a", LOKET_TELEGRAM_API_BASE=f"http://127.0.0.1:{meta.server_port}"
    )
    assert [path for path, _ in meta.asked] == ["/bot1:a/getWebhookInfo"]
    assert (ended.code, ended.told) == (0, "")
    assert "Telegram is not reachable, so the bot's token was not checked." in ended.out


def test_a_certificate_of_another_host_is_told_as_such(loket, meta, tmp_path):
    _, _, of_another = certificates(tmp_path)
    meta.socket = of_another.wrap_socket(meta.socket, server_side=True)
    base = f"https://127.0.0.1:{meta.server_port}"
    ended = loket(
        "check",
        LOKET_TELEGRAM_TOKEN="1:a",
        LOKET_TELEGRAM_API_BASE=base,
        LOKET_WHATSAPP_TOKEN="EAAx",
        LOKET_WHATSAPP_PHONE_NUMBER_ID=NUMBER,
        LOKET_WHATSAPP_API_BASE=base,
    )
    for provider in ("Telegram", "WhatsApp"):
        assert (
            f"MISSING The certificate of {provider} is not accepted: the clock of this machine" in ended.out
        )
    assert (ended.code, meta.asked) == (1, [])
