"""The worker that reads photos, beside the turns."""

import asyncio
from dataclasses import replace
from typing import Any

from sqlalchemy import text
from structlog.testing import capture_logs

from bot.channel import Hear, Heard
from bot.pictures.reader import PictureReader
from bot.setup.logs import named_turn, turn_name
from bot.turns.photos import Photos
from storage.post import media
from storage.session import StoreDown
from tests.engine.desk import Playground

PHOTO = Heard(
    channel="telegram", account="loket", message_id="p-1", address="Sri", kind="photo", media="gone"
)


class Worker(Photos):
    """Tells when it is done with a photo."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self.done = asyncio.Event()

    async def _read(self, hear: Hear, one: media.Waiting) -> None:
        try:
            await super()._read(hear, one)
        finally:
            self.done.set()


async def reads_one(desk: Playground, hear: Any) -> None:
    """Let the worker run until it has dealt with a photo."""
    pictures = PictureReader()
    worker = Worker(store=desk.store, channels=desk.phones, pictures=pictures)
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        working = tasks.create_task(worker.run(hear))
        await worker.done.wait()
        working.cancel()
    await pictures.close()


async def left(desk) -> int:
    return await desk.store.read(lambda db: db.scalar(text("SELECT count(*) FROM media")))


async def test_a_photo_that_breaks_its_reader_is_one_that_cannot_be_read(desk, sri):
    await desk.hear(PHOTO)
    with capture_logs() as logs:
        await reads_one(desk, desk.hear)
    await desk.settle()
    sri.hears("kode QR pada foto tidak terbaca")
    assert [entry["event"] for entry in logs] == ["photos.fault"], "the channel had no such picture"


async def test_a_photo_that_cannot_be_answered_does_not_stop_or_repeat(desk, sri):
    async def hear(heard: Heard, **_more: object) -> None:
        raise LookupError("Sri Aminah")

    await desk.hear(PHOTO)
    with capture_logs() as logs:
        await reads_one(desk, hear)
    assert [entry["event"] for entry in logs] == ["photos.fault", "photos.not_answered"]
    assert "Sri Aminah" not in str(logs)
    assert await left(desk) == 0


async def test_a_photo_waits_while_the_store_is_down(desk, sri):
    async def hear(heard: Heard, **_more: object) -> None:
        raise StoreDown("the line was cut")

    await desk.hear(PHOTO)
    await reads_one(desk, hear)
    assert await left(desk) == 1


async def test_a_document_is_not_called_a_photo(desk, sri):
    await desk.hear(replace(PHOTO, kind="file", media=None, data=b"%PDF-1.7 rubbish"))
    await reads_one(desk, desk.hear)
    await desk.settle()
    sri.hears("tidak bisa membuka berkas")


async def test_lines_about_a_photo_name_it(desk, sri):
    named = []

    async def hear(heard: Heard, **_more: object) -> None:
        named.append(named_turn())

    await desk.hear(PHOTO)
    row = await desk.store.read(lambda db: db.scalar(text("SELECT id FROM media")))
    await reads_one(desk, hear)
    assert named == [turn_name(row)]
