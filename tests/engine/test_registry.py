"""The list of conversations."""

import subprocess
import sys

_SHOWS = (
    "{first}from handlers import scripts; scripts.load(); from handlers.engine.registry import CONVERSATIONS;"
    "print([name for name, one in CONVERSATIONS.items() if one.label])"
)


def _offered(first: str) -> str:
    command = [sys.executable, "-c", _SHOWS.format(first=first)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_menu_keeps_its_order_whatever_was_imported_first():
    assert _offered("import handlers.handovers.hand_over, handlers.guide.help;") == _offered("")
