"""The playground's office, on both databases."""

from collections.abc import Iterator

import pytest

from locales.texts import Texts
from storage.store import Store
from tests.engine.desk import Playground, texts_in
from tests.engine.playground import playground
from tests.support.clock import Clock
from tests.support.resident import Resident


@pytest.fixture(scope="session")
def playground_texts(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    return texts_in(tmp_path_factory.mktemp("texts") / "locales")


@pytest.fixture
def _playing() -> Iterator[None]:
    with playground():
        yield


@pytest.fixture
def desk(_playing: None, store: Store, clock: Clock, playground_texts: Texts) -> Playground:
    return Playground(store, clock, playground_texts)


@pytest.fixture
async def sri(desk: Playground) -> Resident:
    """A resident who has seen the notice of a first contact."""
    sri = desk.resident()
    await sri.says("/bantuan")
    return sri
