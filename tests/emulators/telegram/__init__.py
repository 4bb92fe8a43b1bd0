"""An emulated Telegram Bot API server; see tests/emulators/README.md."""

from tests.emulators.telegram import malformed
from tests.emulators.telegram.emulator import TOKEN, Telegram
from tests.emulators.telegram.faults import Fault
from tests.emulators.telegram.group import Group
from tests.emulators.telegram.journal import Call
from tests.emulators.telegram.resident import Resident
from tests.emulators.telegram.speaker import Said
from tests.emulators.telegram.world import Bubble

__all__ = ["TOKEN", "Bubble", "Call", "Fault", "Group", "Resident", "Said", "Telegram", "malformed"]
