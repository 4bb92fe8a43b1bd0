import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.office.office import Office

SAMPLE = Path(__file__).parents[2] / "bot" / "setup" / "office.toml"


@pytest.fixture(scope="session")
def office_with() -> Callable[[str], Office]:
    """Give the sample office with a file's text laid over it."""
    sample: dict[str, Any] = tomllib.loads(SAMPLE.read_text(encoding="utf-8"))
    return lambda text="": Office.from_mapping(tomllib.loads(text), sample=sample)
