"""The person of an application, for steps that need their age or allow one appointment each."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from domain.people.nik import Nik
from storage.schema import applicants, applications
from storage.session import Reading

_of_application = (
    select(applicants.c.id, applicants.c.nik)
    .join(applications, applications.c.applicant_id == applicants.c.id)
    .where(applications.c.id == bindparam("application"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """A person of the register."""

    id: int
    nik: Nik


async def of_application(db: Reading, *, application: int) -> Applicant:
    """Person of an application; call it only for one that the chat proved or follows.

    Raises:
        LookupError: there is no such application.
    """
    row = await db.one(_of_application, {"application": application})
    if row is None:
        raise LookupError("no such application")
    return Applicant(id=row.id, nik=Nik(db.vault.open(row.nik, at=f"applicants.nik:{row.id}")))
