"""Monitoring: liveness, readiness and metrics."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.http.sources import came_directly
from bot.setup.heart import Heart
from bot.setup.metrics import CONTENT_TYPE, Metrics
from bot.web.channel import WebChannel

BeforeMetrics = Callable[[Metrics], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Serves /healthz, /readyz and /metrics. `before_metrics` adds figures of other parts."""

    heart: Heart
    channel: WebChannel
    metrics: Metrics
    token: str | None
    before_metrics: BeforeMetrics

    async def alive(self, _request: Request) -> Response:
        """Serve `GET /healthz`: the process answers."""
        return JSONResponse({"alive": True})

    async def ready(self, _request: Request) -> Response:
        """Serve `GET /readyz`: the database is writable and has the expected schema."""
        found = await self.heart.look()
        answer = {"ready": found.ready, "database": found.database, "schema": found.schema}
        return JSONResponse(answer, status_code=200 if found.ready else 503)

    async def numbers(self, request: Request) -> Response:
        """Serve `GET /metrics` to programs on this machine, or with the token."""
        if not self._may_read(request):
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
        self.metrics.connected(len(self.channel.present()))
        await self.before_metrics(self.metrics)
        return Response(self.metrics.written(), headers={"Content-Type": CONTENT_TYPE})

    def _may_read(self, request: Request) -> bool:
        if came_directly(request.scope):
            return True
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if not self.token or scheme.lower() != "bearer":
            return False
        return hmac.compare_digest(given.strip().encode(), self.token.encode())
