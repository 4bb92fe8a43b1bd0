"""The one place of wiring: builds the parts of a running office from settings, store, texts and channels."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.applications import Starlette

from bot.announcing.office import Announcing
from bot.api.calls.wire import ApiTools
from bot.api.door import ApiDoor
from bot.channel import Channel
from bot.console.site import Console
from bot.console.visits.sso import sign_on_of
from bot.http.sources import Proxies
from bot.importing.folder import WatchedFolder
from bot.pictures.reader import PictureReader
from bot.sending.courier import Courier
from bot.setup.agenda import Agenda
from bot.setup.gauges import Gauges
from bot.setup.heart import Heart
from bot.setup.loops import Loops
from bot.setup.metrics import Metrics
from bot.setup.settings import Settings
from bot.turns.dispatcher import Dispatcher
from bot.turns.errands import Errands
from bot.turns.forecasts import Forecasts
from bot.turns.photos import Photos
from bot.turns.phrases import phrasebook
from bot.turns.relay import Relay
from bot.turns.timers import Timers
from bot.turns.turn import Words
from bot.voice.recordings import voice_of
from bot.web.app import build
from bot.web.channel import WebChannel
from bot.web.files import page_assets
from bot.web.limits.quotas import Quotas
from bot.webhooks.receivers import Receivers
from bot.webhooks.sender import WebhookSender
from domain.office.office import Office
from domain.people.networks import read_networks
from handlers import scripts
from locales.texts import Texts
from storage.store import Store

if TYPE_CHECKING:
    from bot.traces import Traces


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """The parts of one process."""

    app: Starlette
    console: Console
    dispatcher: Dispatcher
    courier: Courier
    pictures: PictureReader
    photos: Photos
    timers: Timers
    forecasts: Forecasts
    errands: Errands
    relay: Relay
    announcing: Announcing
    channels: dict[str, Channel]
    metrics: Metrics
    loops: Loops
    heart: Heart
    agenda: Agenda
    folder: WatchedFolder
    webhooks: WebhookSender


def assemble(
    settings: Settings,
    store: Store,
    office: Office,
    texts: Texts,
    web: WebChannel,
    channels: dict[str, Channel],
    *,
    quotas: Quotas | None = None,
    loops: Loops | None = None,
    heart: Heart | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    traces: "Traces | None" = None,
) -> Assembled:
    """Build every part of the office and pass it what it needs.

    `web` is the channel of the pages, which always runs. Without `traces` nothing is traced. `sleep` is used for the padding of equal answers and
    the delay of wrong staff codes. Tests assemble the same office (tests/support/counter.py) with their own
    channels, texts, and a store whose clock stands still.
    """
    scripts.load()
    loops = loops or Loops()
    heart = heart or Heart(store=store, doing="run", loops=loops)
    metrics = Metrics(office.name)
    metrics.watch(loops)
    courier = Courier(store=store, channels=channels, office=office, loops=loops)
    pictures = PictureReader()
    photos = Photos(store=store, channels=channels, pictures=pictures, loops=loops)
    words = Words(texts, phrasebook(texts), voice_of(settings, texts, office))
    relay = Relay(store=store, words=words, office=office, channels=channels, wake=courier.wake, loops=loops)
    dispatcher = _dispatcher(traces)(
        store=store,
        words=words,
        office=office,
        channels=channels,
        courier=courier,
        metrics=metrics,
        on_photo=photos.wake,
        on_talk=relay.hurry,
        sleep=sleep,
    )
    web.on_arrival = lambda _address: courier.wake(web.name)
    console = Console(
        store=store,
        office=office,
        texts=texts,
        pictures=pictures,
        shared=page_assets(),
        public_url=settings.public_url,
        sign_on=sign_on_of(settings),
        wake_courier=courier.wake,
        sleep=sleep,
        loops=loops,
    )
    networks = read_networks(settings.webhook_networks)
    quotas = quotas or Quotas(factor=office.status.web_address_factor)
    api = ApiDoor(
        tools=ApiTools(
            store=store,
            office=office,
            texts=texts,
            metrics=metrics,
            wake_work=console.work.wake,
            webhook_networks=networks,
        ),
        strangers=quotas.requests,
        factor=quotas.factor,
        source_of=Proxies.of(settings.trusted_proxies).source_of,
    )
    token = settings.metrics_token
    larger = {path: most for one in channels.values() for path, most in one.larger_bodies.items()}
    app = build(
        hear=dispatcher,
        channel=web,
        office=office,
        texts=texts,
        store=store,
        metrics=metrics,
        public_url=settings.public_url,
        metrics_token=token.get_secret_value() if token else None,
        trusted_proxies=settings.trusted_proxies,
        before_metrics=Gauges(store=store, channels=channels, office=office, heart=heart),
        heart=heart,
        quotas=quotas,
        webhooks=[route for channel in channels.values() for route in channel.routes()],
        routes=console.routes(),
        api=api,
        larger_bodies={**console.larger_bodies, **api.larger_bodies, **larger},
    )
    if traces is not None:
        _trace(traces, app, courier, store, office)
    timers = Timers(
        store=store,
        texts=texts,
        office=office,
        wake=courier.wake,
        voice=words.voice,
        loops=loops,
        doubts_clock=not settings.clock_shift,
    )
    errands = Errands(
        store=store, words=words, office=office, channels=channels, wake=courier.wake, loops=loops
    )
    announcing = Announcing(
        store=store,
        office=office,
        texts=texts,
        metrics=metrics,
        courier=courier,
        channels=channels,
        loops=loops,
    )
    return Assembled(
        app=app,
        console=console,
        dispatcher=dispatcher,
        courier=courier,
        pictures=pictures,
        photos=photos,
        timers=timers,
        forecasts=Forecasts(store=store, office=office, timers=timers, loops=loops),
        errands=errands,
        relay=relay,
        announcing=announcing,
        channels=channels,
        metrics=metrics,
        loops=loops,
        heart=heart,
        folder=WatchedFolder(store=store, office=office, texts=texts, loops=loops),
        agenda=Agenda(store=store, channels=[*channels], loops=loops),
        webhooks=WebhookSender(store=store, receivers=Receivers(allowed=networks), loops=loops),
    )


def _dispatcher(traces: "Traces | None") -> type[Dispatcher]:
    if traces is None:
        return Dispatcher
    from bot.traces import traced_dispatcher

    return traced_dispatcher(traces.tracer)


def _trace(traces: "Traces", app: Starlette, courier: Courier, store: Store, office: Office) -> None:
    from bot.traces import TracedDeliveries, TracedRequests

    courier.deliveries = TracedDeliveries(store.clock, office, traces.tracer)
    app.add_middleware(TracedRequests, traces=traces)
