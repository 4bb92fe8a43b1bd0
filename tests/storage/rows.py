"""Rows of the register, written as an import writes them, without a file."""

from datetime import date
from typing import Any

from domain.cards.stages import Stage
from storage.ids import new_id
from storage.schema import applicants, applications, stage_history
from storage.session import Writing


async def application(
    db: Writing, *, number: str = "MJK-261102-0007-Z", nik: str = "3516994107900001", **more: Any
) -> int:
    """An application of a person; `more` are columns."""
    person, row = new_id(), new_id()
    await db.run(
        applicants.insert(),
        {
            "id": person,
            "nik": db.vault.seal(nik, at=f"applicants.nik:{person}"),
            "nik_index": db.vault.index(nik, of="nik"),
            "created_at": db.now,
        },
    )
    note = more.pop("note", None)
    values: dict[str, Any] = {
        "service": "ktp_baru",
        "stage": Stage.READY_FOR_PICKUP,
        "raw_code": "CARD_SHIPPED",
        "stage_on": date(2026, 11, 20),
        "stage_by": "import",
        "digest": b"",
        "updated_at": db.now,
        **more,
        "id": row,
        "number": number,
        "applicant_id": person,
        "name": db.vault.seal("Sri Aminah", at=f"applications.name:{row}"),
        "note": note and db.vault.seal(note, at=f"applications.note:{row}"),
    }
    await db.run(applications.insert(), values)
    return row


async def passed(db: Writing, *, application: int, stage: Stage | None, on: date, won: bool = True) -> None:
    """A line of an application's history."""
    line = {"id": new_id(), "application_id": application, "stage": stage, "raw_code": stage or "?"}
    await db.run(
        stage_history.insert(),
        {**line, "stage_on": on, "recorded_at": db.now, "source": "import:1", "won": won},
    )
