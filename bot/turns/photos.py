"""Photos: downloaded and decoded outside turns; the text of a receipt's code returns as a message."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from bot.channel import Channel, Hear, Heard, Undelivered
from bot.pictures.decoder import LARGEST_BYTES
from bot.pictures.reader import PictureReader
from bot.setup.logs import what, within_turn
from bot.setup.loops import Loops
from bot.setup.processes import may_live, own_name
from domain.cards.pair import spot_pair
from domain.office.office import Office
from storage.post import media
from storage.session import StoreDown
from storage.store import Store

LOOK_SECONDS = 1.0
DOWNLOAD_SECONDS = 10
AT_ONCE = 2

log = structlog.get_logger(__name__)


class Photos:
    """Reads photos of this process's channels, a few at a time."""

    def __init__(
        self,
        *,
        store: Store,
        channels: Mapping[str, Channel],
        pictures: PictureReader,
        loops: Loops | None = None,
    ) -> None:
        self._store = store
        self._pictures = pictures
        self._loops = loops or Loops()
        self._channels = channels
        self._owner = own_name()
        self._news = self._loops.bell("photos", "media")

    def wake(self) -> None:
        """Look for photos now."""
        self._news.set()

    async def run(self, hear: Hear) -> None:
        """Run until cancelled."""
        # If this fails, the leases of dead processes expire by themselves.
        await self._loops.guard("photos", self._let_go())
        await self._loops.keep("photos", partial(self._read_some, hear), rest=self._news.every(LOOK_SECONDS))

    async def _let_go(self) -> None:
        await self._store.write(lambda db: media.let_go(db, alive=may_live))

    async def _read_some(self, hear: Hear) -> bool:
        found = await self._store.write(
            lambda db: media.claim(db, owner=self._owner, limit=AT_ONCE, channels=[*self._channels])
        )
        await asyncio.gather(*(self._read(hear, one) for one in found))
        return bool(found)

    async def _read(self, hear: Hear, one: media.Waiting) -> None:
        """Read and answer one photo; errors must not stop the next ones."""
        with within_turn(one.id):  # its answer's turn is named anew
            try:
                await self._answer(hear, one)
            except StoreDown:
                raise
            except Exception as fault:  # noqa: BLE001  (an unanswerable photo must not be retried for ever)
                log.error("photos.not_answered", **what(fault))  # noqa: TRY400  (its message may quote the photo)
        await self._store.write(lambda db: media.done(db, row=one.id))

    async def _answer(self, hear: Hear, one: media.Waiting) -> None:
        heard = {
            **one.heard,
            "message_id": f"{one.heard['message_id']}:media",
            "media": None,
            "fetched": True,
        }
        heard["identities"] = tuple(map(tuple, heard.get("identities", ())))
        document, for_human = heard.pop("document", False), heard.pop("for_human", None)
        if for_human is not None:
            data = await self._fetch(one)
            if await self._store.read(lambda db: media.is_wanted(db, row=one.id)):
                await hear(Heard(**heard, kind=for_human, data=data))
            return
        text = await self._text_on(one)
        if not await self._store.read(lambda db: media.is_wanted(db, row=one.id)):
            return
        if text is None:
            await hear(Heard(**heard, kind="file" if document else "photo"))
        else:
            await hear(Heard(**{**heard, "kind": "text", "text": text}))

    async def _text_on(self, one: media.Waiting) -> str | None:
        """Text of the code on the photo; None without one, or if it is unavailable."""
        data = await self._fetch(one)
        return None if data is None else await self._pictures.text_on(data)

    async def _fetch(self, one: media.Waiting) -> bytes | None:
        """The photo or file; None if it is unavailable or too large."""
        channel = self._channels.get(one.heard["channel"])
        if one.data is not None or channel is None:
            return one.data
        try:
            async with asyncio.timeout(DOWNLOAD_SECONDS):
                data = await channel.fetch(one.heard["media"])
        except (Undelivered, TimeoutError) as why:
            log.info("photos.not_read", why=type(why).__name__)
            return None
        except Exception as fault:  # noqa: BLE001  (a provider may answer anything)
            log.error("photos.fault", **what(fault))  # noqa: TRY400  (as above)
            return None
        return data if len(data) <= LARGEST_BYTES else None


def to_fetch(heard: Heard, *, for_human: bool = False) -> dict[str, Any]:
    """The message of a photo as stored until it is read; an officer gets the file with name and caption."""
    kept = {
        "channel": heard.channel,
        "account": heard.account,
        "message_id": heard.message_id,
        "address": heard.address,
        "media": heard.media,
        "said_in": heard.said_in,
        "source": heard.source,
        "identities": heard.identities,
        "text": heard.text,
        "document": heard.kind == "file",
    }
    if for_human:
        kept |= {"mime": heard.mime, "file_name": heard.file_name, "for_human": heard.kind}
    return kept


def caption_as_text(heard: Heard, office: Office) -> Heard:
    """A photo or file without a readable code, as a text if its caption has a number or a NIK."""
    if heard.kind not in ("photo", "file") or not heard.text:
        return heard
    found = spot_pair(heard.text, office.number)
    return replace(heard, kind="text") if found.number or found.nik else heard
