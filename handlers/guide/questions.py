"""Frequent questions: requirements, fees, fraud; and questions for clarification."""

from domain.office.office import Office
from domain.office.services import Service
from domain.refusals import UnknownService
from domain.text.person_named import age_meant
from domain.text.typed import bare, plain
from handlers.engine.chat import Chat, Choice, another_waits
from handlers.engine.registry import conversation
from handlers.shared.kinds import AT_16, KIA
from storage.staff.service_words import as_worded

_ASKED, _MORE = "requirements-which", "requirements-more"
_CHILD = "child:"
_BY_AGE = ("ktp_baru", AT_16, KIA)  # the oldest first
_WORDS = ("syarat", "persyaratan", "dokumen", "berkas apa", "bawa apa", "requirement")


def spot_service(text: str, office: Office) -> dict[str, str]:
    """The service named in a question about requirements."""
    said = plain(text).casefold()
    if not any(word in said for word in _WORDS):
        return {}
    named = _named(text, office)
    return {} if named is None else {_ASKED: named.id}


def about_a_child(question: str, text: str) -> str | None:
    """The answer `child:<age>` below the requirements of a service, for a text about a child; or None."""
    age = age_meant(text) if question == _MORE else None
    return None if age is None else f"{_CHILD}{age}"


def named_services(office: Office) -> list[tuple[str, str]]:
    """Words for each service; if a sentence has words of several, the last service of the office file wins."""
    return [(words, service.id) for service in reversed(office.services) for words in service.words]


@conversation(
    "requirements",
    command="syarat",
    label="menu-requirements",
    words="requirements-words",
    spot=spot_service,
    examples="requirements-examples",
    topics=named_services,
    corrects=about_a_child,
    aside=True,
)
async def tell_requirements(chat: Chat) -> None:
    """Tell what a service requires, from the office file."""

    def parse(text: str) -> str:
        service = _named(text, chat.office) or _of_age(age_meant(text), chat.office)
        if service is None:
            raise UnknownService
        return service.id

    async def services() -> list[Choice]:
        return [Choice(one.id, "requirements-one", title=one.title) for one in chat.office.services]

    named = chat.office.service(chat.argument)
    service = named or chat.office.service(await chat.ask(_ASKED, parse, choices=services))
    if service is not None:
        worded = await chat.read(as_worded, office=chat.office, service=service.id)
        service = worded.service(service.id) or service
        await chat.say("requirements-text", title=service.title, needed=_listed(service))
        if service.note:
            await chat.say("requirements-note", note=service.note)
    await _go_on(chat)


async def _go_on(chat: Chat) -> None:
    """Offer next steps after the requirements, unless another question is open."""
    if await another_waits(chat, "requirements-between"):
        return
    ways = [
        Choice("booking", "menu-booking"),
        Choice("office", "help-office"),
        Choice("requirements", "requirements-other"),
    ]
    chosen: str = await chat.choose(_MORE, ways)
    if chosen.startswith(_CHILD):
        service = _of_age(int(chosen.removeprefix(_CHILD)), chat.office)
        await chat.open("requirements", service.id if service else "")
    await chat.open(chosen)


@conversation("fees", command="biaya", words="fees-words", examples="fees-examples", aside=True)
async def tell_fees(chat: Chat) -> None:
    """Tell that all services are free, and what to do if somebody demands money."""
    await chat.say("fees-text")


@conversation("scam", examples="scam-examples", aside=True)
async def warn(chat: Chat) -> None:
    """Warn about a message that asks for a code, money or an app."""
    await chat.say("scam-text", office=chat.office.name, phone=chat.office.contact.phone)


@conversation("meant")
async def ask_what_is_meant(chat: Chat) -> None:
    """Ask which conversation is meant when a sentence matches several."""
    pairs = [one.partition("=") for one in chat.argument.split(",") if one]
    about = {name: topic for name, _, topic in pairs}
    offered = [Choice(name, f"meant-{name}") for name in about]
    chosen = await chat.choose("meant-ask", [*offered, Choice("menu", "meant-none")])
    await chat.open(chosen, chat.given.get(chosen) or about.get(chosen, ""))


@conversation("not-understood")
async def offer_a_person(chat: Chat) -> None:
    """Offer an officer after two messages that were not understood (P4)."""
    chosen = await chat.choose(
        "not-understood-twice",
        [
            Choice("handover", "officer-talk"),
            Choice("help", "menu-help", hint="menu-help-hint"),
            Choice("menu", "meant-menu"),
        ],
    )
    await chat.open(chosen, "unclear:" if chosen == "handover" else "")


def _named(text: str, office: Office) -> Service | None:
    """The service named in a text; the longest matching name counts."""
    whole = office.service(text)
    if whole is not None:
        return whole
    said = bare(text)
    found = [
        (len(bare(name)), service)
        for service in office.services
        for name in (service.id, *service.title.values(), *service.aliases)
        if bare(name) in said
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


def _of_age(age: int | None, office: Office) -> Service | None:
    """The service for the first card of somebody of this age."""
    if age is None:
        return None
    known = filter(None, map(office.service, _BY_AGE))
    return next((one for one in known if age >= one.youngest), None)


def _listed(service: Service) -> dict[str, str]:
    return {
        language: "\n".join(f"- {line}" for line in lines) for language, lines in service.requirements.items()
    }
