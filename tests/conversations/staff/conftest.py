"""A resident who has booked, for the conversations of officers."""

import pytest

from tests.conversations.appointments.steps import books, to_record
from tests.support.counter import Counter
from tests.support.people import BUDI, SRI
from tests.support.resident import Resident


@pytest.fixture
async def sri(counter: Counter) -> Resident:
    await counter.imports(to_record(SRI), to_record(BUDI))
    return counter.resident("Sri")


@pytest.fixture
async def booked(counter: Counter, sri: Resident) -> str:
    """Sri has booked for tomorrow at nine in Sooko; now it is that morning."""
    code = await books(sri, SRI)
    counter.clock.move(hours=23, minutes=50)
    return code
