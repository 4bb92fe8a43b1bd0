"""Instructions per conversation, held within 5 % of the figures in instructions.json.

They depend on the interpreter's build, so each build has its own figures; `LOKET_INSTRUCTIONS=write` keeps those of this
one, after a change that is worth its price.
"""

import json
import os
import platform
import shutil
import sysconfig
from pathlib import Path

import pytest

from benchmarks import instructions, registers
from tests.benchmarks.test_bench import LONG

FIGURES = Path(__file__).with_name("instructions.json")
WITHIN = 0.05
PEOPLE = 500
OPTIMISED = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
BUILD = (
    f"{platform.python_implementation()} {platform.python_version()}, {platform.python_compiler()}, "
    f"{'PGO' if OPTIMISED else 'no PGO'}, {platform.machine()}"
)

pytestmark = [pytest.mark.thorough, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def register_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("register")


@pytest.mark.skipif(shutil.which("valgrind") is None, reason="valgrind, which counts them, is not installed")
@pytest.mark.parametrize("channel", ["telegram", pytest.param("whatsapp", marks=LONG)])
async def test_a_conversation_takes_as_many_instructions_as_it_is_known_to(channel, register_folder):
    writes = os.environ.get("LOKET_INSTRUCTIONS") == "write"
    known = json.loads(FIGURES.read_text())
    if not writes and channel not in known.get(BUILD, {}):
        pytest.skip(f"no figures are kept for {BUILD}; LOKET_INSTRUCTIONS=write keeps them")
    await registers.prepare(register_folder / "register.db", PEOPLE, lambda _line: None)
    found = instructions.millions(register_folder, channel, instructions.GROUP)
    if writes:
        known.setdefault(BUILD, {})[channel] = round(found, 2)
        FIGURES.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")
    expected = known[BUILD][channel]
    assert abs(found / expected - 1) <= WITHIN, f"{found:.2f} million instructions, known are {expected}"
