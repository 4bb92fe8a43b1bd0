"""Traces: off by default, complete when on, and without anything that belongs to a person."""

import asyncio
import json
import re
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Status, StatusCode
from websockets.asyncio.client import connect

from bot.sending.attempts import Deliveries
from bot.setup.office_file import load_office
from bot.traces import Scrubber
from bot.turns.dispatcher import Dispatcher
from tests.cli.conftest import CommandLine
from tests.cli.test_run import running
from tests.support.ports import free_port

NIK, NAME, PHONE, NUMBER = "3516010101900001", "Sri Aminah", "081298760123", "MJK-261102-0007-Z"
ROOT = Path(__file__).parents[2]


class Collector:
    """What a collector of traces was sent."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                collector.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_args) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1/traces"

    @contextmanager
    def listening(self):
        thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        thread.start()
        yield self
        self.server.shutdown()
        self.server.server_close()
        thread.join()

    @property
    def spans(self) -> list:
        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            span
            for request in requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


def attributes(span) -> dict[str, str]:
    return {one.key: one.value.string_value for one in span.attributes}


async def chats(port: int) -> None:
    async with connect(f"ws://127.0.0.1:{port}/chat") as line:
        for place, text in enumerate([f"saya {NAME} {PHONE}", f"{NUMBER} {NIK}"]):
            await line.send(json.dumps({"id": f"m{place}", "text": text}))
            async with asyncio.timeout(30):
                while json.loads(await line.recv())["op"] != "say":
                    pass


async def test_a_conversation_is_traced_without_a_word_of_it(tmp_path):
    loket, port = CommandLine(tmp_path), free_port()
    with Collector().listening() as collector:
        with running(loket, port, LOKET_TRACES_URL=collector.url) as process:
            await chats(port)
            process.terminate()
            assert await asyncio.to_thread(process.join, 30) == 0
        spans = collector.spans
    by_name = {span.name: span for span in spans}
    assert {"turn", "turn.commit", "delivery", "page"} <= {*by_name}
    turns = {span.trace_id: span for span in spans if span.name == "turn"}
    deliveries = [span for span in spans if span.name == "delivery"]
    assert any(span.trace_id in turns for span in deliveries)  # the others waited for an earlier reply
    named = {attributes(span)["loket.turn"] for span in spans if span.name == "turn.commit"}
    assert {attributes(span)["loket.turn"] for span in deliveries} <= named
    assert attributes(by_name["page"])["http.route"] == "/readyz"
    sent = b"".join(collector.bodies)
    assert load_office(None).name.encode() in sent
    for secret in (NIK, NAME, PHONE, NUMBER, str(tmp_path), loket.environment["LOKET_SECRET_KEY"]):
        assert secret.encode() not in sent


def test_nothing_of_a_person_passes_the_scrubber(monkeypatch):
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", f"host.name={NIK}")
    seen = InMemorySpanExporter()
    resource = Resource.create({"service.name": f"{NIK}", "process.command_args": NAME})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(Scrubber(seen)))
    tracer = provider.get_tracer("loket")
    with suppress(LookupError), tracer.start_as_current_span(f"turn of {NIK}") as span:
        span.set_attribute("loket.channel", f"nomor {NIK}")
        span.set_attribute("loket.outcome", NAME)
        span.set_attribute("loket.kind", PHONE)
        span.set_attribute("loket.reason", NUMBER)
        span.set_attribute("loket.attempt", int(NIK))
        span.set_attribute("db.statement", f"SELECT {NIK}")
        span.set_attribute(NIK, True)
        span.add_event(f"said {NIK}", {"text": NAME})
        span.set_status(Status(StatusCode.ERROR, NIK))
        raise LookupError(NIK)
    (told,) = seen.get_finished_spans()
    assert told.to_json(indent=None).count("other") >= 4
    for secret in (NIK, NAME, PHONE, NUMBER, "SELECT", "Traceback"):
        assert secret not in told.to_json()
    assert told.events == ()


def test_an_attribute_that_is_a_code_passes_the_scrubber():
    seen = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(Scrubber(seen)))
    about = {"loket.channel": "telegram", "http.route": "/staf/kartu/{id}", "loket.attempt": 2}
    provider.get_tracer("loket").start_span("delivery", attributes=about).end()
    (told,) = seen.get_finished_spans()
    assert (told.name, dict(told.attributes)) == ("delivery", about)


async def test_without_an_address_nothing_is_traced_and_no_library_loaded(counter):
    assert type(counter.hear) is Dispatcher
    assert type(counter.courier.deliveries) is Deliveries
    code = (
        "import sys, bot.app, bot.cli.run; sys.exit(any(m.startswith('opentelemetry') for m in sys.modules))"
    )
    done = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_a_missing_extra_is_one_sentence(loket):
    (loket.folder / "sitecustomize.py").write_text("import sys\nsys.modules['opentelemetry'] = None\n")
    path = f"{loket.folder}:{loket.environment['PYTHONPATH']}"
    ended = loket.anew(
        "run", "--listen", "127.0.0.1:0", PYTHONPATH=path, LOKET_TRACES_URL="http://127.0.0.1:1"
    )
    assert ended.code == 1
    assert ended.is_one_sentence(), ended.told
    assert re.search(r"LOKET_TRACES_URL needs the extra `traces`", ended.told)
