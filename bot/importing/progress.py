"""Progress of an import: a bar on a terminal, lines elsewhere, or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

_LINES = 10  # lines per step of known length
_ROWS_PER_LINE = 25_000  # for a step of unknown length


class ImportProgress(Protocol):
    """Receives the progress of an import."""

    def step(self, name: str, total: int | None) -> None:
        """Start a step of so many rows; None: unknown."""
        ...

    def advance(self, rows: int) -> None:
        """So many more rows are done."""
        ...


class Silent:
    """No output."""

    def step(self, name: str, total: int | None) -> None:
        """Do nothing."""

    def advance(self, rows: int) -> None:
        """Do nothing."""


class ProgressLines:
    """Prints a line per tenth of a step."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._name = ""
        self._total: int | None = None
        self._done = self._said = 0

    def step(self, name: str, total: int | None) -> None:
        """Print the step."""
        self._name, self._total, self._done, self._said = name, total, 0, 0
        self._write(name)

    def advance(self, rows: int) -> None:
        """Print a line for each further tenth."""
        self._done += rows
        every = _ROWS_PER_LINE if self._total is None else max(1, self._total // _LINES)
        if self._done // every > self._said:
            self._said = self._done // every
            of = "" if self._total is None else f" / {self._total}"
            self._write(f"{self._name}: {self._done}{of}")

    def _write(self, line: str) -> None:
        self._out.write(f"{line}\n")
        self._out.flush()


class Bar:
    """Draws bars with rich."""

    def __init__(self, out: TextIO) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self.rich = RichProgress(*columns, console=Console(file=out))
        self._task = self.rich.add_task("", visible=False)

    def step(self, name: str, total: int | None) -> None:
        """Start a new bar."""
        self._task = self.rich.add_task(name, total=total)

    def advance(self, rows: int) -> None:
        """Advance the bar."""
        self.rich.advance(self._task, rows)


@contextmanager
def shown_on(out: TextIO) -> Iterator[ImportProgress]:
    """Show progress on a stream: bars on a terminal, lines otherwise."""
    if not out.isatty():
        yield ProgressLines(out)
        return
    bar = Bar(out)
    with bar.rich:
        yield bar
