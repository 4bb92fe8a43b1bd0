"""What to bring, and who may fetch a card: the one source of status, follow-ups, ticket and reminder."""

from collections.abc import Iterator

from domain.office.office import Office
from handlers.engine.chat import Said
from handlers.shared.kinds import IKD, KIA


def bring_to_fetch(service: str, office: Office) -> Said:
    """What to bring to fetch the card."""
    return Said("report-bring-pickup", {"kind": service if office.service(service) else "other"})


def bring_to_record(service: str, office: Office) -> Said:
    """What to bring to a recording; the ticket and the answer to "bawa apa" add the requirements."""
    return Said("report-bring-recording", {"kind": service if office.service(service) else "other"})


def requirements_of(service: str, office: Office) -> Iterator[Said]:
    """What the office file requires, where not handed in yet; the one list of status and ticket."""
    known = office.service(service)
    if known is None:
        return
    listed = {
        language: "\n".join(f"• {thing}" for thing in things)
        for language, things in known.requirements.items()
    }
    yield Said("report-requirements", {"things": listed})
    if known.note:
        yield Said("requirements-note", {"note": known.note})


def ways(office: Office, service: str) -> Iterator[Said]:
    """Who may fetch the card; coming in person is mentioned only if nobody else may."""
    if service in (IKD, KIA):
        yield Said(f"report-{service}-who")
        return
    others: list[str] = [way for way in office.pickup.ways if way != "in_person"]
    for way in others or ["in_person"]:
        yield Said("report-policy", {"policy": way})
