"""Report of an import, as text and as JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bot.importing.heading import Heading
from bot.importing.table import UnusableFile
from domain import codec
from domain.cards.register import Flag, RefusedRow
from domain.text.cells import Problem
from locales.texts import Texts
from storage.cards.register import Counts

_MANY_BACK, _MANY_BACK_SHARE = 10, 0.05
_MOST_CODES = 50  # in a sentence
_MOST_LINES = 50  # on a screen; the file of refused rows has all


@dataclass(frozen=True, slots=True)
class Remark:
    """A refused row, or an accepted row to check: place, reason, suggestion; `--json` lists it so (F3)."""

    row: int
    column: str
    reason: str
    suggestion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Remarks that say the same: how many, and the rows of the first."""

    column: str
    reason: str
    suggestion: str
    count: int
    rows: list[int]


def causes(found: Iterable[Remark], *, most: int, rows: int = 5) -> list[Cause]:
    """The most frequent causes among some remarks."""
    together: dict[tuple[str, str, str], list[int]] = {}
    for one in found:
        together.setdefault((one.column, one.reason, one.suggestion), []).append(one.row)
    ordered = sorted(together.items(), key=lambda one: -len(one[1]))
    return [
        Cause(column=column, reason=reason, suggestion=suggestion, count=len(at), rows=at[:rows])
        for (column, reason, suggestion), at in ordered[:most]
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownCode:
    """A status code that means no stage, or a word that names nothing, and in how many rows it stands."""

    code: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """Result of an import: counts, refused rows, and accepted rows to check.

    `stopped`: nothing was written, because too many codes are unknown. `backward`: rows whose stage is an
    earlier one than before. `unknown_names` are by column. `import_id` is None for what wrote nothing.
    """

    counts: Counts
    refused: tuple[Remark, ...] = ()
    flagged: tuple[Remark, ...] = ()
    refused_file: Path | None = None
    dry_run: bool
    import_id: int | None = None
    heading: Heading | None = None
    unknown: tuple[UnknownCode, ...] = ()
    unknown_names: Mapping[str, tuple[UnknownCode, ...]] = field(default_factory=dict)
    has_too_many_unknown: bool = False
    stopped: bool = False
    backward: int = 0

    @property
    def exit_code(self) -> int:
        """0: every row is good; 1: some were refused; 2: stopped."""
        return 2 if self.stopped else 1 if self.refused else 0

    @property
    def goes_back(self) -> bool:
        """Whether so many stages are earlier than before that the file may be an old one."""
        return self.backward > _MANY_BACK and self.backward > _MANY_BACK_SHARE * self.counts.rows

    def to_json(self) -> dict[str, Any]:
        """The report as `loket import --json` prints it."""
        return {
            "rows": self.counts.rows,
            "new": self.counts.new,
            "changed": self.counts.changed,
            "unchanged": self.counts.unchanged,
            "older": self.counts.older,
            "refused": codec.dump(self.refused),
            "refused_file": str(self.refused_file) if self.refused_file else None,
            "flagged": codec.dump(self.flagged),
            "import": self.import_id,
            "unknown": [{"code": one.code, "rows": one.rows} for one in self.unknown],
            "backward": self.backward,
        }

    def lines(self, texts: Texts, language: str) -> list[str]:
        """The report as lines of text, with the first fifty remarks of each kind."""
        counts = self.counts
        numbers = {"rows": counts.rows, "new": counts.new, "changed": counts.changed}
        key = "import-tried" if self.dry_run else "import-done"
        lines = [texts.say(language, key, **numbers, unchanged=counts.unchanged, refused=counts.refused)]
        if counts.older:
            lines.append(texts.say(language, "import-older", older=counts.older))
        if self.goes_back:
            lines.append(texts.say(language, "import-backward", count=self.backward))
        for title, remarks in (("import-refused", self.refused), ("import-flagged", self.flagged)):
            lines += _listed(texts, language, title, remarks)
        if self.refused_file:
            lines.append(texts.say(language, "import-refused-file", file=str(self.refused_file)))
        if self.import_id is not None and counts.new + counts.changed:
            lines.append(texts.say(language, "import-undoable", id=self.import_id))
        return lines

    def why_stopped(self, texts: Texts, language: str) -> str:
        """The sentence about an import that was stopped, with the codes and in how many rows they stand."""
        most = self.unknown[:_MOST_CODES]
        codes = ", ".join(f"{one.code} ({one.rows})" for one in most)
        more = ", …" if len(self.unknown) > len(most) else ""
        rows = sum(one.rows for one in self.unknown)
        return texts.say(language, "import-stopped", rows=rows, codes=codes + more)


def _listed(texts: Texts, language: str, title: str, remarks: tuple[Remark, ...]) -> list[str]:
    if not remarks:
        return []
    lines = [texts.say(language, title, count=len(remarks))]
    lines += [
        texts.say(
            language,
            "import-remark",
            row=one.row,
            column=one.column,
            reason=one.reason,
            suggestion=one.suggestion,
        )
        for one in remarks[:_MOST_LINES]
    ]
    if len(remarks) > _MOST_LINES:
        lines.append(texts.say(language, "import-more", count=len(remarks) - _MOST_LINES))
    return lines


def remarks(found: Iterable[RefusedRow | Flag], texts: Texts, language: str) -> tuple[Remark, ...]:
    """Word the remarks in file order; equal problems are worded once, because there may be 100,000."""

    @cache
    def worded(problem: Problem) -> tuple[str, str]:
        details = dict(problem.details)
        return (
            texts.say(language, f"import-reason-{problem.code}", **details),
            texts.say(language, f"import-suggestion-{problem.code}", **details),
        )

    return tuple(
        Remark(one.row, one.column, *worded(one.problem)) for one in sorted(found, key=lambda one: one.row)
    )


def unusable(error: UnusableFile, texts: Texts, language: str) -> str:
    """One sentence about why a file is unusable, and what to do."""
    return texts.say(language, f"import-file-{error.code}", **error.details)
