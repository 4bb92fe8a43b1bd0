"""The report: outcome of every recipient, reason and next step; and the list for villages and letters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.announcing.progress import reason_key
from bot.importing.refused_rows import private_file
from domain.office.office import Office
from domain.people.names import mask_name
from domain.refusals import NotAllowed
from domain.staff.roles import Action, StaffMember, may_see_list
from domain.text.cells import csv_of
from locales.texts import Texts
from storage import audit
from storage.announcements.records import Announcement, find
from storage.announcements.results import Result, results_of
from storage.session import Writing
from storage.staff import staff
from storage.staff.rights import insisted, refuse
from storage.store import Store

_AGAIN = frozenset({"undone", "withdrawn"})
_OTHER_WAY = frozenset({"window_closed", "absent", "waited_too_long", "moved", "undeliverable"})
_OUT = frozenset({"sent", "delivered", "read"})
_COLUMNS = ("numbers", "names", "district", "village", "channel", "outcome", "reason", "step", "when")
_LETTERS = ("numbers", "names", "district", "village", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An announcement with its results; `approved` is the approver's name."""

    announcement: Announcement
    results: Sequence[Result]
    approved: str
    made_at: datetime


async def report_of(
    store: Store, *, announcement: int, by: StaffMember | None, letters: bool = False
) -> Report:
    """Load a report; the audit records who did (`by` None: at the command line), and if `letters` name people.

    Raises:
        NotAllowed: no right.
        UnknownAnnouncement: there is no such announcement.
    """
    one = await store.read(find, announcement=announcement)
    if by is not None:
        await insisted(store, member=by, action=Action.ANNOUNCE, point=one.point)
        if not may_see_list(by, owner=one.created_by):
            await store.write(refuse, member=by, action=Action.ANNOUNCE)
            raise NotAllowed
    actor = audit.SYSTEM if by is None else audit.by_staff(by.id)

    async def gather(db: Writing) -> Report:
        await audit.record(
            db,
            actor=actor,
            action="announcement-reported",
            subject=f"announcement:{announcement}",
            details="whole-names" if letters else "masked-names",
        )
        approver = None if one.approved_by is None else await staff.find_by_id(db, member=one.approved_by)
        return Report(
            announcement=one,
            results=await results_of(db, announcement=announcement),
            approved=approver.name if approver else "-",
            made_at=db.now,
        )

    return await store.write(gather)


def next_step(result: Result) -> str:
    """Next step for a result: none, wait, check, again, channel or village."""
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
        """A text of announcements."""
        return self._texts.say(self._language, key, **variables)

    def header(self, *, letters: bool) -> list[str]:
        """Column titles of the report, or of the list for villages and letters."""
        return [self.say(f"announce-report-{column}") for column in (_LETTERS if letters else _COLUMNS)]

    def rows(self, results: Sequence[Result]) -> Iterator[list[str]]:
        """Rows of the report: names masked; no NIK, phone number or address."""
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
        """Rows for people without a reachable chat, one per application, by district and village.

        Names are not masked, since letters need them. People who had their data erased are omitted.
        """
        left = [one for one in results if next_step(one) in ("village", "channel") and one.reason != "erased"]
        rows = [
            [one.number, one.name, one.district or "", one.village or "", self._reason(result)]
            for result in left
            for one in result.parts
        ]
        yield from sorted(rows, key=lambda row: (row[2], row[3], row[1], row[0]))

    def _reason(self, result: Result) -> str:
        told = result.state in ("failed", "none")
        return self.say(reason_key(result.reason)) if told else ""


def write_report(path: Path, report: Report, clerk: Clerk, *, letters: bool = False) -> None:
    """Write the report, or the list for letters, as .csv or .pdf by its suffix; readable only by the owner.

    Raises:
        OSError: the file cannot be written.
    """
    header = clerk.header(letters=letters)
    rows = clerk.letters(report.results) if letters else clerk.rows(report.results)
    if path.suffix.lower() == ".pdf":
        from bot.announcing.paper import paper

        data = paper(report, clerk, header, list(rows), letters=letters)
    else:
        # The byte order mark tells spreadsheets the encoding.
        data = csv_of([header, *rows]).encode("utf-8-sig")
    with private_file(path) as file:
        file.write(data)
