"""How a command ends: with its exit code, and one plain sentence on stderr when something is in the way."""

import sys
from collections.abc import Callable
from pathlib import Path


class Stop(Exception):
    """End the command; `sentence` says what is the matter and what to do."""

    def __init__(self, sentence: str, *, code: int = 1) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def ended(command: Callable[[], object]) -> int:
    """Run a command and give its exit code; whatever it raises becomes one sentence, never a traceback."""
    from typer import Abort, Exit

    try:
        done = command()
    except Exit as wanted:
        return wanted.exit_code
    except (KeyboardInterrupt, Abort):
        return 130
    except Exception as error:  # noqa: BLE001 (a traceback is a defect)
        sentence, code = told(error)
        sys.stderr.write(f"loket: {sentence}\n")
        return code
    return done if isinstance(done, int) else 0


def told(error: Exception) -> tuple[str, int]:
    """Give the one sentence about what ended a command, and the exit code."""
    from typer import TyperException

    from bot.setup.settings import BadSetting

    if isinstance(error, Stop):
        return error.sentence, error.code
    if isinstance(error, BadSetting):
        return str(error), 1
    if isinstance(error, TyperException):
        said = " ".join(error.format_message().replace("Value error, ", "").split())
        return f"{said.rstrip('.') or 'A command is missing'}. See `loket --help`.", 2
    return _told_by_the_house(error), 1


def _told_by_the_house(error: Exception) -> str:
    from bot.setup.logs import mask
    from domain.office.tables import BadOffice
    from storage.session import StoreDown, WrongKey
    from storage.vault import Unreadable

    if isinstance(error, WrongKey):
        return f"Nothing was written: {error}."
    if isinstance(error, StoreDown):
        return f"The database is not there: {mask(str(error))}. LOKET_DATABASE_URL names it; `loket check` tells more."
    if isinstance(error, Unreadable):
        return "LOKET_SECRET_KEY is not the key that this database was written with."
    if isinstance(error, BadOffice):
        return f"LOKET_OFFICE cannot be used: {error}."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename or 'a file or an address'}."
    return f"Loket met a fault of its own ({_place(error)}). Nothing that was asked is half done; please report this."


def _place(error: Exception) -> str:
    """Name the kind of a fault and its place in our code; its text may hold somebody's data."""
    place = ""
    step = error.__traceback__
    while step is not None:
        place = f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}"
        step = step.tb_next
    return f"{type(error).__name__} at {place}"
