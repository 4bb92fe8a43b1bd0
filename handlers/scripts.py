"""Every conversation there is: a new one gets one line here."""

from importlib import import_module

SCRIPTS = (
    "menu",
    "status",
    "help",
    "language",
    "stop",
    "staff",
)


def load() -> None:
    """Enter every conversation in the registry; loading twice changes nothing."""
    for name in SCRIPTS:
        import_module(f"handlers.{name}")
