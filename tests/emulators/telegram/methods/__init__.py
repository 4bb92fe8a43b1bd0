"""The Bot API's methods, each a function of the emulator and the call's fields."""

from tests.emulators.telegram.methods import about, edits, sends, updates
from tests.emulators.telegram.methods.registry import METHODS, Method

__all__ = ["METHODS", "Method", "about", "edits", "sends", "updates"]
