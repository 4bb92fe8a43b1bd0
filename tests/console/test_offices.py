"""The console of an office in another zone, without Javanese."""

import re

import pytest

from bot.setup.office_file import OTHER_SAMPLES, load_office
from domain.staff.roles import Role
from tests.console.conftest import ConsoleCounter


@pytest.fixture
def office():
    return load_office(OTHER_SAMPLES / "kendari.toml")


async def test_times_are_those_of_the_office_and_languages_too(counter: ConsoleCounter) -> None:
    """The tests' clock stands at 02.00 UTC."""
    visitor = await counter.enter(Role.ADMIN)
    audit = (await visitor.opens("/staf/audit")).text
    assert "10.00" in audit
    assert not re.search(r"09\.00|WIB", audit)
    form = (await visitor.opens("/staf/pengumuman/baru")).text
    assert 'name="teks_en"' in form
    assert "teks_jv" not in form
    assert "Mojokerto" not in form + audit
