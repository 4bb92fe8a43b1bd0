"""What the words of the office's lists mean, as staff said: a status its stage, a service or point its id, a heading its column."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from domain.cards.register import COLUMNS
from domain.cards.stages import Stage, code_key
from storage import audit
from storage.schema import import_words, of_row
from storage.session import Reading, Writing

STATUS, SERVICE, POINT, COLUMN = "status", "service", "point", "column"
NAMING = {SERVICE: "layanan", POINT: "lokasi"}
"""Columns of a register whose words name something of the office, by their kinds."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Stages by the office's own codes, and columns by its headings, all in the form of `code_key`.

    `names` has the ids of services and points by the words of each column of `NAMING`.
    """

    codes: Mapping[str, Stage]
    names: Mapping[str, Mapping[str, str]]
    headings: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A word that staff explained; `shown` is how the list spells it."""

    kind: str
    word: str
    shown: str
    meaning: str
    changed_at: datetime
    staff: int


async def own_words(db: Reading, *, codes: Mapping[str, str]) -> OwnWords:
    """The words that staff have explained, over the `codes` of the office file."""
    rows = await db.rows(select(import_words.c.kind, import_words.c.word, import_words.c.meaning))
    from_file = {code_key(code): Stage(stage) for code, stage in codes.items()}
    chosen = {
        row.word: Stage(row.meaning) for row in rows if row.kind == STATUS and row.meaning in set(Stage)
    }
    headings = {row.word: row.meaning for row in rows if row.kind == COLUMN and row.meaning in COLUMNS}
    names = {
        column: {row.word: row.meaning for row in rows if row.kind == kind} for kind, column in NAMING.items()
    }
    return OwnWords(codes=from_file | chosen, names=names, headings=headings)


async def remember(db: Writing, *, kind: str, meanings: Mapping[str, str], staff: int) -> None:
    """Keep what words mean, for every later file of the office; audited."""
    for shown, meaning in meanings.items():
        word = code_key(shown)
        if not word:
            continue
        values = {"shown": shown, "meaning": meaning, "changed_at": db.now, "staff_id": staff}
        insert = db.insert(import_words).values(kind=kind, word=word, **values)
        await db.run(insert.on_conflict_do_update(index_elements=["kind", "word"], set_=values))
        await audit.record(db, audit.by_staff(staff), "import-word-explained", f"{kind}:{meaning}")


async def explained(db: Reading) -> list[Explained]:
    """The words that staff have explained, by kind and spelling."""
    rows = await db.rows(select(import_words).order_by(import_words.c.kind, import_words.c.shown))
    return [of_row(Explained, row, staff=row.staff_id) for row in rows]


async def forget(db: Writing, *, kind: str, word: str, staff: int) -> bool:
    """Forget what a word means, so that the next file asks again; audited. False if it was not known."""
    at = (import_words.c.kind == kind, import_words.c.word == word)
    meaning = await db.scalar(select(import_words.c.meaning).where(*at))
    if meaning is None:
        return False
    await db.run(delete(import_words).where(*at))
    await audit.record(db, audit.by_staff(staff), "import-word-forgotten", f"{kind}:{meaning}")
    return True
