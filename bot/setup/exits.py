"""End of a command: exit code, and one sentence on stderr for an error."""

import sys
from collections.abc import Callable
from pathlib import Path

_INTERRUPTED = 130


class Stop(Exception):
    """Ends the command; `sentence` says what is wrong and what to do."""

    def __init__(self, sentence: str, *, code: int = 1) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def ended(command: Callable[[], object]) -> int:
    """Run a command and return its exit code; an exception becomes one sentence, never a traceback."""
    try:
        done = command()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 (a traceback is a defect)
        return _code_after(error)
    return done if isinstance(done, int) else 0


def _code_after(error: Exception) -> int:
    from typer import Abort, Exit

    if isinstance(error, Exit):
        return error.exit_code
    if isinstance(error, Abort):
        return _INTERRUPTED
    sentence, code = told(error)
    sys.stderr.write(f"loket: {sentence}\n")
    return code


def told(error: Exception) -> tuple[str, int]:
    """The sentence and exit code for an exception that ended a command."""
    from typer import TyperException

    from bot.setup.settings import BadSetting

    if isinstance(error, Stop):
        return error.sentence, error.code
    if isinstance(error, BadSetting):
        return str(error), 1
    if isinstance(error, TyperException):
        said = " ".join(error.format_message().replace("Value error, ", "").split())
        said = said.rstrip(".") or "A command is missing"
        return f"{said}{'' if said.endswith('?') else '.'} See `loket --help`.", 2
    return _told_by_the_house(error), 1


def _told_by_the_house(error: Exception) -> str:
    from bot.setup.logs import mask
    from domain.office.tables import BadOffice
    from storage.session import StoreDown, WrongKey
    from storage.vault import Unreadable

    if isinstance(error, WrongKey):
        return f"Nothing was written: {error}."
    if isinstance(error, StoreDown):
        return (
            f"The database is not available: {mask(str(error))}. Check LOKET_DATABASE_URL with `loket check`."
        )
    if isinstance(error, Unreadable):
        return "LOKET_SECRET_KEY is not the key that this database was written with."
    if isinstance(error, BadOffice):
        return f"LOKET_OFFICE cannot be used: {error}."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename or 'a file or an address'}."
    return f"Internal error ({_place(error)}). Nothing was half done; please report this."


def _place(error: Exception) -> str:
    """Kind and place of a fault; its message may hold personal data."""
    place = ""
    step = error.__traceback__
    while step is not None:
        place = f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}"
        step = step.tb_next
    return f"{type(error).__name__} at {place}"
