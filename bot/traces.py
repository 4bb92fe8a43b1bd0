"""OpenTelemetry traces of turns, deliveries and pages, without personal data; the extra `traces`, off by default.

Parts that are traced are subclasses, made instead of the usual ones (docs/decisions/0071): without LOKET_TRACES_URL no
code of this module runs, and no library is loaded.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Link, Span, SpanKind, Status, StatusCode, Tracer
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channel import Channel, Clock, Heard, Parcel, Turned
from bot.sending.attempts import Deliveries
from bot.setup.heart import own_version
from bot.setup.logs import mask, named_turn, turn_name
from bot.turns.dispatcher import Dispatcher
from bot.turns.turn import Planned
from domain.office.office import Office
from handlers.engine.caps import Caps
from storage.post.outbox import ANNOUNCEMENT, PUSH, REPLY
from storage.post.sending import Outcome

_EXPORT_SECONDS, _LAST_SECONDS = 5.0, 3.0
_KINDS = {REPLY: "reply", PUSH: "push", ANNOUNCEMENT: "announcement"}
_ALLOWED = {
    "http.request.method",
    "http.response.status_code",
    "http.route",
    "loket.attempt",
    "loket.channel",
    "loket.kind",
    "loket.office",
    "loket.outcome",
    "loket.reason",
    "loket.turn",
    "service.name",
    "service.version",
}
_CODE = re.compile(r"[A-Za-z0-9_.:/{}-]{0,80}")
_FREE = {"loket.office"}  # a name of the office file


class Scrubber(SpanExporter):
    """Passes spans on with known attributes only, whose values are codes; nothing of an exception remains."""

    def __init__(self, to: SpanExporter) -> None:
        self._to = to

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Export what may leave this process."""
        return self._to.export([_scrubbed(span) for span in spans])

    def shutdown(self) -> None:
        """End."""
        self._to.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Export what is waiting."""
        return self._to.force_flush(timeout_millis)


def _scrubbed(span: ReadableSpan) -> ReadableSpan:
    return ReadableSpan(
        name=_code(span.name),
        context=span.context,
        parent=span.parent,
        resource=Resource(_known(span.resource.attributes)),
        attributes=_known(span.attributes or {}),
        links=[Link(one.context) for one in span.links],
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _known(attributes: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in _ALLOWED & set(attributes):
        value = attributes[name]
        if isinstance(value, str):
            found[name] = mask(value) if name in _FREE else _code(value)
        elif isinstance(value, bool | int) and abs(value) < 1_000_000:  # noqa: PLR2004 (a count, never a number of a person)
            found[name] = value
    return found


def _code(text: str) -> str:
    """The text if it is a code, and no number of a person in it."""
    return text if _CODE.fullmatch(text) and mask(text) == text else "other"


class Traces:
    """The spans of one process, sent in the background.

    Args:
        to: where they go.
    """

    def __init__(self, to: SpanExporter, office: Office) -> None:
        about = {"service.name": "loket", "service.version": own_version(), "loket.office": office.name}
        self._to = to
        self._provider = TracerProvider(resource=Resource(about), shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(Scrubber(to)))
        self.tracer: Tracer = self._provider.get_tracer("loket")

    @classmethod
    def to_collector(cls, url: str, office: Office) -> "Traces":
        """Traces for a collector that speaks OTLP over HTTP."""
        return cls(OTLPSpanExporter(endpoint=url, timeout=_EXPORT_SECONDS), office)

    async def close(self) -> None:
        """Send what is left, unless the collector does not take it in time."""
        sending = asyncio.ensure_future(asyncio.to_thread(self._provider.force_flush))
        await asyncio.wait({sending}, timeout=_LAST_SECONDS)
        self._to.shutdown()  # it would try again and again
        await sending


@contextmanager
def _spanned(tracer: Tracer, name: str, side: SpanKind, /, **attributes: str | int) -> Iterator[Span]:
    """A span with attributes named `loket.…`; an exception marks it as failed, without its words."""
    named = {f"loket.{key}": value for key, value in attributes.items()}
    with tracer.start_as_current_span(
        name, kind=side, attributes=named, record_exception=False, set_status_on_exception=False
    ) as span:
        try:
            yield span
        except BaseException:
            span.set_status(StatusCode.ERROR)
            raise


def traced_dispatcher(tracer: Tracer) -> type[Dispatcher]:
    """A dispatcher whose turns are spans; the delivery of a reply is within its turn's."""

    class TracedDispatcher(Dispatcher):
        async def __call__(self, heard: Heard, *, inline: bool = False, padded: bool = True) -> Turned:
            with _spanned(tracer, "turn", SpanKind.CONSUMER, channel=heard.channel, kind=heard.kind):
                return await super().__call__(heard, inline=inline, padded=padded)

        async def _take(self, heard: Heard, caps: Caps) -> Planned:
            with _spanned(tracer, "turn.commit", SpanKind.INTERNAL) as span:
                planned = await super()._take(heard, caps)
                span.set_attribute("loket.outcome", planned.outcome)
                span.set_attribute("loket.turn", named_turn() or "")
                return planned

    return TracedDispatcher


class TracedDeliveries(Deliveries):
    """Deliveries whose attempts are spans."""

    def __init__(self, clock: Clock, office: Office, tracer: Tracer) -> None:
        super().__init__(clock, office)
        self._tracer = tracer

    async def attempt(self, channel: Channel, parcel: Parcel) -> Outcome:
        """Send it; every failure becomes an outcome."""
        about: dict[str, str | int] = {
            "kind": _KINDS[parcel.priority],
            "attempt": parcel.attempts,
            "turn": turn_name(parcel.id),
        }
        with _spanned(self._tracer, "delivery", SpanKind.CLIENT, channel=channel.name, **about) as span:
            outcome = await super().attempt(channel, parcel)
            span.set_attribute("loket.outcome", outcome.state)
            span.set_attribute("loket.reason", outcome.reason or "")
            return outcome


class TracedRequests:
    """Middleware: requests of pages are spans, named by the pattern of their route."""

    def __init__(self, app: ASGIApp, traces: Traces) -> None:
        self._app, self._tracer = app, traces.tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with _spanned(self._tracer, "page", SpanKind.SERVER) as span:

            async def noted(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", message["status"])
                await send(message)

            span.set_attribute("http.request.method", scope["method"])
            await self._app(scope, receive, noted)
            route = scope.get("route")
            span.set_attribute("http.route", route.path if isinstance(route, Route) else "")
