"""How far an import is: a bar on a terminal, plain lines elsewhere, silence where nobody looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

_LINES = 10  # plain lines for one step whose length is known
_ROWS_PER_LINE = 25_000  # for one whose length is not


class ImportProgress(Protocol):
    """Is told what is being done, and how many rows more are done."""

    def step(self, name: str, total: int | None) -> None:
        """Begin a step of so many rows; None: nobody knows how many."""
        ...

    def advance(self, rows: int) -> None:
        """So many rows more are done."""
        ...


class Silent:
    """Says nothing."""

    def step(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, rows: int) -> None:
        """Say nothing."""


class ProgressLines:
    """Writes a line for each tenth of a step."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._name = ""
        self._total: int | None = None
        self._done = self._said = 0

    def step(self, name: str, total: int | None) -> None:
        """Begin a step with a line."""
        self._name, self._total, self._done, self._said = name, total, 0, 0
        self._write(name)

    def advance(self, rows: int) -> None:
        """Write a line when another tenth is done."""
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
        """Begin another bar."""
        self._task = self.rich.add_task(name, total=total)

    def advance(self, rows: int) -> None:
        """Move the bar."""
        self.rich.advance(self._task, rows)


@contextmanager
def shown_on(out: TextIO) -> Iterator[ImportProgress]:
    """Show the progress on a stream: bars when it is a terminal, lines when it is not."""
    if not out.isatty():
        yield ProgressLines(out)
        return
    bar = Bar(out)
    with bar.rich:
        yield bar
