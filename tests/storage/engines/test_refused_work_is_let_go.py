"""Memory of refused work is released at once, because photos are large."""

import gc
import weakref

import pytest

from storage.session import Writing
from storage.store import Store


class Photo:
    """Stands for the bytes of one."""


class Refused(Exception):
    pass


async def test_work_that_was_refused_is_free_without_the_collector(store: Store):
    async def refused() -> "weakref.ref[Photo]":
        photo = Photo()

        async def work(_db: Writing) -> None:
            assert photo
            raise Refused

        with pytest.raises(Refused) as told:
            await store.write(work)
        del told
        return weakref.ref(photo)

    gc.collect()
    gc.disable()
    try:
        seen = await refused()
        assert seen() is None
    finally:
        gc.enable()
