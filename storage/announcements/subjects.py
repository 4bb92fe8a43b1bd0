"""Applications as texts name them: masked name, number, place."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from domain.announcements.announcement import Subject
from domain.announcements.waves import Window
from domain.office.office import Office
from domain.office.places import place_of
from domain.people.names import mask_name
from storage.schema import applications, of_row
from storage.session import Reading

_facts = select(*applications.c["id", "number", "name", "point", "district"]).where(
    applications.c.id.in_(bindparam("ids", expanding=True))
)


def subject_of(db: Reading, row: Any, office: Office) -> Subject:
    """Subject for a text; `row` has the columns of the register and of the waves."""
    return of_row(
        Subject,
        row,
        name=mask_name(db.vault.open(row.name, at=f"applications.name:{row.application_id}")),
        place=place_of(row.point, row.district, office).name,
    )


async def subjects(
    db: Reading, *, ids: Sequence[int], office: Office, windows: Mapping[int, Window] | None = None
) -> list[Subject]:
    """Subjects for a preview, in the order given."""
    rows = {row.id: row for row in await db.rows(_facts, {"ids": list(ids)})}
    found = []
    for one in ids:
        if (row := rows.get(one)) is None:
            continue
        window = (windows or {}).get(one)
        found.append(
            Subject(
                name=mask_name(db.vault.open(row.name, at=f"applications.name:{row.id}")),
                number=row.number,
                place=place_of(row.point, row.district, office).name,
                comes_at=window.starts_at if window else None,
                comes_until=window.ends_at if window else None,
            )
        )
    return found
