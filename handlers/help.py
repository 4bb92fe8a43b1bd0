"""Help, the way to a person, and a word of thanks. Each gives an interrupted question back."""

from handlers.chat import Chat
from handlers.registry import conversation


@conversation(
    "officer",
    command="petugas",
    label="menu-officer",
    words="officer-words",
    examples="officer-examples",
    aside=True,
)
async def show_office(chat: Chat) -> None:
    """Tell where the office is, when it is open and how it is called."""
    office = chat.office
    await chat.say(
        "officer-text",
        office=office.name,
        address=office.contact.address,
        phone=office.contact.phone,
        hours=office.hours,
    )
    if office.sample:
        await chat.say("officer-sample")


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
