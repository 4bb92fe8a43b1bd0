"""Rights about one's data, and the file of everything that is held (UU 27/2022)."""

from collections.abc import Iterator

from domain.cards.stages import Stage
from domain.office.office import Office
from handlers.engine.chat import Chat, Choice, Said
from handlers.engine.registry import conversation
from handlers.engine.scene import Page
from handlers.shared.calendar import name_of
from handlers.shared.ownership import is_known
from handlers.shared.pair import spot_pair
from storage.keeping import own_data
from storage.keeping.own_data import Linked, OwnData
from storage.people.consents import Consent

FILE = "data-saya.txt"


@conversation("data", command="data", label="menu-data", words="data-words")
async def show_rights(chat: Chat) -> None:
    """Offer the rights that people have about their data."""
    await chat.open(
        await chat.choose(
            "data-ask",
            [
                Choice("my-data", "data-see", hint="data-see-hint"),
                Choice("consents", "data-consents", hint="data-consents-hint"),
                Choice("correct", "data-correct", hint="data-correct-hint"),
                Choice("erase", "data-erase", hint="data-erase-hint"),
            ],
        )
    )


@conversation(
    "my-data", command="datasaya", words="my-data-words", examples="my-data-examples", spot=spot_pair
)
async def give_my_data(chat: Chat) -> None:
    """Send the file of everything held; a pair is required if it mentions applications."""
    if not await is_known(chat, why="my-data-who", always=True):
        return
    data = await chat.read(
        own_data.everything, chat=chat.id, covered=chat.covered, covered_cases=chat.covered_cases
    )
    await chat.attach(Page(FILE, tuple(page(data, chat.office))))
    await chat.say("my-data-here")


def page(data: OwnData, office: Office) -> Iterator[Said]:
    """Lines of the file."""
    yield Said("my-data-title", {"office": office.name})
    yield from _about_chat(data, office)
    for linked in data.linked:
        yield from _about(linked, office)
    yield from _about_services(data, office)
    if data.is_partial:
        yield Said("my-data-shared")
    else:
        counted = {"messages": data.messages, "texts": data.texts}
        yield Said("my-data-messages", {**counted, "errands": data.errands, "audited": data.audited})
    kept = office.retention
    yield Said(
        "my-data-how-long",
        {"look_up_days": kept.lookups_days, "link_days": kept.chat_link_days, "audit_days": kept.audit_days},
    )
    yield Said("my-data-rights")


def _about_chat(data: OwnData, office: Office) -> Iterator[Said]:
    yield Said(
        "my-data-chat",
        {
            "channel": data.channel,
            "address": data.address,
            "language": data.language,
            "since": office.local(data.created_at),
            "heard": office.local(data.heard_at),
        },
    )
    if data.stopped_at:
        yield Said("my-data-stopped", {"on": office.local(data.stopped_at)})
    if data.is_staff:
        yield Said("my-data-staff")
    if data.talks:
        yield Said("my-data-talks")
    for kind, name in data.names.items():
        yield Said("my-data-name", {"kind": kind, "name": name})
    for version, channel, shown_at in data.notices:
        yield Said("my-data-notice", {"version": version, "channel": channel, "on": office.local(shown_at)})
    for one in data.consents:
        when = {
            "given": office.local(one.given_at),
            "withdrawn": office.local(one.withdrawn_at or one.given_at),
        }
        yield Said("my-data-consent", {"kind": one.kind, "channel": one.channel})
        yield Said(f"my-data-consent-{_state(one)}", when)


def _state(one: Consent) -> str:
    if one.withdrawn_at is None:
        return "given"
    return "refused" if one.withdrawn_at == one.given_at else "withdrawn"


def _about(linked: Linked, office: Office) -> Iterator[Said]:
    service = office.service(linked.service)
    yield Said(
        "my-data-application",
        {
            "number": linked.number,
            "nik": linked.nik,
            "name": linked.name,
            "service": service.title if service else linked.service,
            "phone": linked.phone or "-",
        },
    )
    known = linked.stage if linked.stage in set(Stage) and linked.stage else "other"
    yield Said("my-data-stage", {"stage": known, "on": linked.stage_on})
    if linked.followed_at:
        yield Said("my-data-followed", {"on": office.local(linked.followed_at)})
    if linked.looked_at:
        yield Said("my-data-looked", {"on": office.local(linked.looked_at)})


def _about_services(data: OwnData, office: Office) -> Iterator[Said]:
    for one in data.bookings:
        yield Said(
            "my-data-booking",
            {
                "code": one.code,
                "at": office.local(one.starts_at),
                "place": name_of(office, one.point),
            },
        )
        yield Said("my-data-booking-state", {"state": one.state})
    if data.waiting:
        yield Said("my-data-waiting", {"count": data.waiting})
    for case in data.cases:
        yield Said(
            "my-data-case",
            {"number": case.number, "on": case.opened_on, "word": case.word or "-"},
        )
        yield Said("my-data-case-state", {"state": case.state})
    for line in data.talks_with_officers:
        name = line.file.name if line.file else ""
        yield Said(
            "my-data-handover",
            {
                "who": "officer" if line.for_resident else "resident",
                "at": office.local(line.at),
                "what": line.word or name or "-",
            },
        )
    if data.photos and not data.is_partial:
        yield Said("my-data-photos", {"count": data.photos})
