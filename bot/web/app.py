"""The web application: pages, the chat's WebSocket, health, and routes of other channels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any, Protocol

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http.cookies import Jar
from bot.http.sources import TRUSTED_PROXIES, Proxies, Sources
from bot.setup.heart import Heart
from bot.setup.logs import begin_turn
from bot.setup.metrics import Metrics
from bot.web.channel import WebChannel
from bot.web.chat import ChatDoor, ChatOffice
from bot.web.files import Downloads, page_assets
from bot.web.guards import Bodies, BodyLimits, Requests, SecurityHeaders, security_headers
from bot.web.health import BeforeMetrics, Health
from bot.web.kepuasan import SatisfactionPage
from bot.web.layar import WaitingScreen
from bot.web.limits.callers import Callers
from bot.web.limits.quotas import Quotas
from bot.web.page import Pages
from domain.office.office import Office
from locales.texts import Texts
from storage.ids import new_id
from storage.store import Store

log = structlog.get_logger(__name__)


class Api(Protocol):
    """The API for the office's own systems, as the site serves it."""

    prefix: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        ...

    async def refuse_body(
        self, status: HTTPStatus, words: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer a refused body in the API's own form."""
        ...


def build(
    *,
    hear: ChatOffice,
    channel: WebChannel,
    office: Office,
    texts: Texts,
    store: Store,
    metrics: Metrics,
    before_metrics: BeforeMetrics,
    heart: Heart | None = None,
    public_url: str = "",
    metrics_token: str | None = None,
    routes: Sequence[BaseRoute] = (),
    larger_bodies: Mapping[str, int] | None = None,
    trusted_proxies: str = TRUSTED_PROXIES,
    quotas: Quotas | None = None,
    webhooks: Sequence[Route] = (),
    api: Api | None = None,
) -> "Site":
    """The web application. `routes` are those of the console, and have precedence.

    `webhooks` are routes of channels, without a request limit; `api` is everything below its prefix.
    """
    quotas = quotas or Quotas(factor=office.status.web_address_factor)
    jar = Jar.of(public_url)
    assets = page_assets()
    pages = Pages(texts=texts, assets=assets, jar=jar, office=office.name)
    chat = ChatDoor(
        office=hear, channel=channel, texts=texts, jar=jar, public_url=public_url, callers=Callers(quotas)
    )
    satisfaction = SatisfactionPage(store=store, pages=pages, office=office)
    health = Health(
        heart=heart or Heart(store=store, doing="run"),
        channel=channel,
        metrics=metrics,
        token=metrics_token,
        before_metrics=before_metrics,
    )
    limits = partial(BodyLimits, larger=larger_bodies or {}, bodies=Bodies(quotas.body_bytes))
    return Site(
        api=None if api is None else (api.prefix, limits(api, refuse=api.refuse_body)),
        webhooks={route.path: FaultAnswers(limits(route.app), pages, route.path) for route in webhooks},
        routes=[
            *routes,
            *webhooks,
            Route("/", pages.chat),
            WebSocketRoute("/chat", chat.serve),
            Route("/static/{name}", assets.serve),
            Route("/favicon.ico", assets.icon),
            Route("/berkas/{name}", Downloads(channel=channel, jar=jar, office=hear).serve),
            Route("/kepuasan", satisfaction.show),
            Route("/kepuasan.csv", satisfaction.download),
            Route("/layar/{titik}", WaitingScreen(store=store, pages=pages, office=office).show),
            Route("/healthz", health.alive),
            Route("/readyz", health.ready),
            Route("/metrics", health.numbers),
        ],
        middleware=[
            Middleware(Sources, proxies=Proxies.of(trusted_proxies)),
            Middleware(SecurityHeaders, headers=security_headers(public_url)),
            Middleware(
                Requests,
                quotas=quotas,
                refuse=pages.busy,
                free={"/healthz", *(route.path for route in webhooks)},
            ),
            Middleware(FaultAnswers, pages=pages),
            Middleware(limits),
        ],
        exception_handlers={HTTPException: pages.told},
    )


class Site(Starlette):
    """The application; webhooks and the API bypass routing and the guards of pages.

    They keep the limits on bodies. Webhooks need no quota, because callers must prove that they are the
    provider, and no headers for browsers (docs/decisions/0053); the API has its own of both.
    """

    def __init__(
        self, *, webhooks: Mapping[str, ASGIApp], api: tuple[str, ASGIApp] | None, **settings: Any
    ) -> None:
        super().__init__(**settings)
        self._webhooks = webhooks
        self._prefix, self._api = api or ("", self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"] in self._webhooks:
            await self._webhooks[scope["path"]](scope, receive, send)
        elif self._prefix and scope["type"] == "http" and scope["path"].startswith(self._prefix):
            begin_turn(new_id())
            await self._api(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


@dataclass(frozen=True, slots=True)
class FaultAnswers:
    """Answers a fault with a friendly page, and logs it once."""

    app: ASGIApp
    pages: Pages
    webhook: str | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self.webhook is None:  # a webhook's turn names itself
            begin_turn(new_id())
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except ClientDisconnect:
            return  # a client that disconnects while sending gets no answer; it is no fault
        except Exception as fault:
            log.exception("web.request_failed", route=self.webhook or _route(scope))
            if started:
                raise
            answer = await self.pages.told(Request(scope, receive), fault)
            await answer(scope, receive, send)


def _route(scope: Scope) -> str:
    """Pattern of the route; a path may contain personal data."""
    route = scope.get("route")
    return route.path if isinstance(route, Route) else "unknown"
