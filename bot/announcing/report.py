"""The proof report: what came of every recipient, why, and what to do next; and the list for villages and letters."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.announcing.progress import reason_key
from bot.importing.refused import private_file
from domain.office.office import Office
from domain.people.names import mask_name
from domain.text.cells import inert
from locales.texts import Texts
from storage.announcements.records import Announcement
from storage.announcements.results import Result

_AGAIN = frozenset({"undone", "withdrawn"})
_OTHER_WAY = frozenset({"window_closed", "absent", "waited_too_long", "moved", "undeliverable"})
_OUT = frozenset({"sent", "delivered", "read"})
_COLUMNS = ("numbers", "names", "district", "village", "channel", "outcome", "reason", "step", "when")
_LETTERS = ("numbers", "names", "district", "village", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An announcement with its results, ready to be written; `approved` is the approver's name."""

    announcement: Announcement
    results: Sequence[Result]
    approved: str
    made_at: datetime


def next_step(result: Result) -> str:
    """Give what to do about a result: none, wait, check, again, channel or village."""
    if result.state in _OUT or result.reason == "merged":
        return "none"
    if result.state in ("waiting", "sending"):
        return "wait"
    if result.state == "unknown":
        return "check"
    if result.reason in _AGAIN:
        return "again"
    return "channel" if result.reason in _OTHER_WAY else "village"


class Clerk:
    """Writes reports in one language."""

    def __init__(self, texts: Texts, office: Office, language: str) -> None:
        self._texts = texts
        self._office = office
        self._language = language

    def say(self, key: str, **variables: object) -> str:
        """Give a text of announcements."""
        return self._texts.say(self._language, key, **variables)

    def header(self) -> list[str]:
        """Give the report's columns."""
        return [self.say(f"announce-report-{column}") for column in _COLUMNS]

    def rows(self, results: Sequence[Result]) -> Iterator[list[str]]:
        """Give the report's rows: names masked, never a NIK, a telephone number or an address."""
        for result in results:
            parts = result.parts
            yield [
                ", ".join(one.number for one in parts),
                ", ".join(mask_name(one.name) for one in parts),
                ", ".join(dict.fromkeys(one.district for one in parts if one.district)),
                ", ".join(dict.fromkeys(one.village for one in parts if one.village)),
                result.channel or "",
                self.say(f"announce-outcome-{result.state}"),
                self._reason(result),
                self.say(f"announce-step-{next_step(result)}"),
                f"{self._office.local(result.sent_at):%Y-%m-%d %H:%M}" if result.sent_at else "",
            ]

    def letters(self, results: Sequence[Result]) -> Iterator[list[str]]:
        """Give whom a chat did not reach, an application a row, by district and village.

        The name stands whole, since a letter has to name its reader. Who had everything erased is left in peace.
        """
        left = [one for one in results if next_step(one) in ("village", "channel") and one.reason != "erased"]
        rows = [
            [one.number, one.name, one.district or "", one.village or "", self._reason(result)]
            for result in left
            for one in result.parts
        ]
        yield from sorted(rows, key=lambda row: (row[2], row[3], row[1], row[0]))

    def letters_header(self) -> list[str]:
        """Give the columns of the list for villages and letters."""
        return [self.say(f"announce-report-{column}") for column in _LETTERS]

    def _reason(self, result: Result) -> str:
        told = result.state in ("failed", "none")
        return self.say(reason_key(result.reason)) if told else ""


def as_csv(header: Sequence[str], rows: Iterator[list[str]]) -> str:
    """Give a table that a spreadsheet opens: no cell of it computes, and no number is rounded."""
    file = io.StringIO()
    out = csv.writer(file, delimiter=";")
    out.writerow([inert(cell) for cell in header])
    out.writerows([inert(cell) for cell in row] for row in rows)
    return file.getvalue()


def write_report(path: Path, report: Report, clerk: Clerk, *, letters: bool = False) -> None:
    """Write the report, or the list for villages and letters, as the name's ending says (.csv, .pdf); owner only.

    Raises:
        OSError: it cannot be written there.
    """
    header = clerk.letters_header() if letters else clerk.header()
    rows = clerk.letters(report.results) if letters else clerk.rows(report.results)
    if path.suffix.lower() == ".pdf":
        from bot.announcing.paper import paper

        data = paper(report, clerk, header, list(rows), letters=letters)
    else:
        # With the mark that tells a spreadsheet the encoding.
        data = as_csv(header, rows).encode("utf-8-sig")
    with private_file(path) as file:
        file.write(data)
