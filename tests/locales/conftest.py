"""Sources that a module of tests read are released with its last test."""

from collections.abc import Iterator

import pytest

from tests.support import sources


@pytest.fixture(scope="module", autouse=True)
def _sources() -> Iterator[None]:
    yield
    sources.forget()
