"""A resident whose application is complete, so that an appointment can be booked."""

import pytest

from tests.conversations.appointments.steps import to_record
from tests.support.counter import Counter
from tests.support.people import BUDI, SRI
from tests.support.resident import Resident


@pytest.fixture
async def sri(counter: Counter) -> Resident:
    await counter.imports(to_record(SRI), to_record(BUDI))
    return counter.resident("Sri")
