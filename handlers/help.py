"""Help, the way to a person, and a word of thanks. Each gives an interrupted question back."""

from handlers.appointments.calendar import desk_of
from handlers.chat import Chat, Choice, Said
from handlers.registry import conversation
from handlers.report import open_now

TALK, COMPLAINT, BACK = "talk", "complaint", "back"
_WORD = "word:"


@conversation(
    "officer",
    command="petugas",
    label="menu-officer",
    words="officer-words",
    examples="officer-examples",
    aside=True,
)
async def show_office(chat: Chat) -> None:
    """Tell where the office is, when it is open and how it is called; what is written then is for a human."""
    if chat.handed:
        await chat.open("handover", "asked:")
    office = chat.office
    await chat.say(
        "officer-text",
        office=office.name,
        address=office.contact.address,
        phone=office.contact.phone,
        hours=office.hours,
    )
    await chat.tell(lambda: _open_now(chat))
    if office.sample:
        await chat.say("officer-sample")
    said = await chat.ask("officer-ask", _for_a_human, choices=_ways)
    if said == COMPLAINT:
        await chat.open("complaint")
    if said != BACK:
        await chat.open("handover", f"asked:{said.removeprefix(_WORD)}" if said != TALK else "asked:")


async def _open_now(chat: Chat) -> list[Said]:
    return list(open_now(await chat.read(desk_of(chat).calendar), chat.office.points, chat.now))


async def _ways() -> list[Choice]:
    return [
        Choice(TALK, "officer-talk"),
        Choice(COMPLAINT, "officer-complaint"),
        Choice(BACK, "officer-back"),
    ]


def _for_a_human(text: str) -> str:
    """Take what was written instead of a choice as the first word for a human."""
    return _WORD + text.strip()


@conversation(
    "help", command="bantuan", label="menu-help", words="help-words", examples="help-examples", aside=True
)
async def show_help(chat: Chat) -> None:
    """Tell what this service does and how it is used."""
    await chat.say("help-text")


@conversation("thanks", words="thanks-words", examples="thanks-examples", aside=True)
async def take_thanks(chat: Chat) -> None:
    """Answer a thank-you."""
    await chat.say("thanks-text")
