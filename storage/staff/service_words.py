"""Staff's own wording of what a service requires, which replaces the office file's."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select

from domain.office.office import Office
from domain.office.services import INDONESIAN
from storage import audit
from storage.schema import service_words
from storage.session import Reading, Writing

_LINE = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language: requirements, one per line, and the office's own note ("" = none)."""

    needed: tuple[str, ...]
    note: str = ""


async def as_worded(db: Reading, *, office: Office, service: str) -> Office:
    """The office with this service as staff worded it; unchanged services stay as in the office file.

    A worded service drops the file's other languages, which are out of date; they fall back to Indonesian.
    """
    known = office.service(service)
    found = await words_of(db, service=known.id) if known else {}
    if known is None or INDONESIAN not in found:
        return office
    reworded = known.reworded(
        requirements={language: words.needed for language, words in found.items()},
        note={language: words.note for language, words in found.items() if words.note},
    )
    return office.with_service(reworded)


async def reworded(db: Reading) -> frozenset[str]:
    """Services that staff have worded."""
    return frozenset(row.service for row in await db.rows(select(service_words.c.service).distinct()))


async def words_of(db: Reading, *, service: str) -> dict[str, Words]:
    """Staff's wording of a service by language; empty while the office file counts."""
    rows = await db.rows(select(service_words).where(service_words.c.service == service))
    return {row.language: Words(needed=tuple(row.needed.split(_LINE)), note=row.note) for row in rows}


async def reword(db: Writing, *, service: str, words: Mapping[str, Words], staff: int, actor: str) -> None:
    """Set a service's wording in these languages; without any, the office file counts again."""
    await db.run(delete(service_words).where(service_words.c.service == service))
    for language, said in words.items():
        row = {
            "service": service,
            "language": language,
            "needed": _LINE.join(said.needed),
            "note": said.note,
            "changed_at": db.now,
            "staff_id": staff,
        }
        await db.run(service_words.insert().values(row))
    await audit.record(db, actor, "service-worded", f"service:{service}", ",".join(sorted(words)))
