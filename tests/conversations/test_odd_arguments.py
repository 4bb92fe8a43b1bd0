"""Every command, with whatever may stand behind it: it is answered, by a resident's chat and by an officer's."""

import pytest

from domain.staff.roles import Role
from handlers import scripts
from handlers.engine.registry import CONVERSATIONS
from tests.support.counter import counter_of
from tests.support.odd import FOR_DATABASES, ODD
from tests.support.officers import officer

pytestmark = pytest.mark.thorough

scripts.load()
COMMANDS = sorted(one.command for one in CONVERSATIONS.values() if one.command)


@pytest.fixture
async def counter(store, clock, tmp_path):
    """Both databases, because each rejects other numbers and characters."""
    opened = counter_of(store, clock, tmp_path)
    await opened.open()
    yield opened
    await opened.close()


def tried(counter):
    return ODD if counter.store.dialect == "sqlite" else FOR_DATABASES


def test_the_registry_names_the_commands():
    assert {"nilai", "selesai", "staf", "start", "bahasa", "jadwal"} <= set(COMMANDS)


async def unanswered(who, command, odd_ones):
    """What this chat gets no answer to, or the answer that something went wrong with us."""
    failed = []
    for text in [one for odd in odd_ones for one in (f"/{command} {odd}", odd)]:
        try:
            await who.says(text)
        except Exception as fault:  # noqa: BLE001 (each of them is a finding)
            failed.append((text[:40], type(fault).__name__))
    return failed


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_command_answers_odd_arguments_of_a_resident(counter, sri, command):
    assert await unanswered(sri, command, tried(counter)) == []


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_command_answers_odd_arguments_of_an_officer(counter, command):
    admin = await officer(counter, role=Role.ADMIN)
    assert await unanswered(admin, command, tried(counter)) == []
