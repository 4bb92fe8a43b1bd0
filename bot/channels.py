"""The table of channels: capabilities, whether configured, and how to build them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.channel import Channel
from bot.setup.loops import Loops
from bot.setup.settings import Settings
from bot.telegram.caps import TELEGRAM
from bot.web.channel import WEB
from bot.whatsapp.caps import WHATSAPP
from handlers.engine.caps import Caps
from handlers.engine.screen import Template
from locales.texts import Texts
from storage.store import Store

Make = Callable[[Settings, Store, Texts, Loops], Channel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One channel. `make` is None for the web chat: it always runs, as its server also serves the others.

    `as_template`: the approved text that replaces a push after a day, as the resident reads it.
    """

    caps: Caps
    is_configured: Callable[[Settings], bool]
    make: Make | None
    as_template: Callable[[Template], str] | None = None


def _telegram(settings: Settings, _store: Store, _texts: Texts, loops: Loops) -> Channel:
    from bot.telegram.setup import channel_of  # its library takes seconds to load

    return channel_of(settings, loops)


def _whatsapp(settings: Settings, store: Store, texts: Texts, _loops: Loops) -> Channel:
    from bot.whatsapp.setup import channel_of

    return channel_of(settings, store, texts)


def _whatsapp_template(template: Template) -> str:
    from bot.whatsapp.templates import worded

    return worded(template)


CHANNELS: tuple[Entry, ...] = (
    Entry(caps=TELEGRAM, is_configured=lambda settings: settings.telegram_token is not None, make=_telegram),
    Entry(
        caps=WHATSAPP,
        is_configured=lambda settings: settings.whatsapp_token is not None,
        make=_whatsapp,
        as_template=_whatsapp_template,
    ),
    Entry(caps=WEB, is_configured=lambda _settings: True, make=None),
)
CAPS: dict[str, Caps] = {one.caps.channel: one.caps for one in CHANNELS}


def other_channels(
    settings: Settings, only: Sequence[str] | None, store: Store, texts: Texts, loops: Loops
) -> dict[str, Channel]:
    """Build the configured channels, or those in `only`, except the web chat.

    Raises:
        BadSetting: a requested one lacks a setting.
    """
    wanted = {
        one.caps.channel: one.make
        for one in CHANNELS
        if (one.is_configured(settings) if only is None else one.caps.channel in only)
    }
    return {name: make(settings, store, texts, loops) for name, make in wanted.items() if make is not None}
