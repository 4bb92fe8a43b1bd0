"""Help, office information, listening to an answer, and the way to an officer."""

from domain.staff.roles import Action, may
from handlers.engine.chat import Chat, Choice, another_waits, as_it_stands
from handlers.engine.registry import conversation
from handlers.shared.calendar import tell_open_now

_GO_ON = "go-on"


@conversation(
    "officer",
    command="petugas",
    label="menu-officer",
    words="officer-words",
    examples="officer-examples",
    aside=True,
)
async def call_officer(chat: Chat) -> None:
    """Hand over to an officer at once, without further questions (P4)."""
    await chat.open("handover", "asked:")


@conversation(
    "help", command="bantuan", label="menu-help", words="help-words", examples="help-examples", aside=True
)
async def show_help(chat: Chat) -> None:
    """Explain this service, to staff their commands first, and answer frequent questions."""
    if chat.staff is not None:
        await chat.say("staff-commands", serves=may(chat.staff, Action.SERVE))
    await chat.say("help-text")
    if await another_waits(chat, "help-between"):
        return
    asked = [one for one in chat.office.services if one.asked]
    chosen = await chat.choose(
        "help-more",
        [
            Choice("office", "help-office"),
            Choice("requirements", "menu-requirements"),
            *(Choice(one.id, "help-service", name=one.asked) for one in asked),
            Choice("fees", "meant-fees"),
            Choice("scam", "meant-scam"),
            Choice("officer", "officer-talk"),
        ],
    )
    if chosen in {one.id for one in asked}:
        await chat.open("requirements", chosen)
    await chat.open(chosen)


@conversation("office", command="kantor", words="office-words", examples="office-examples", aside=True)
async def show_office(chat: Chat) -> None:
    """Tell address, opening hours and contact of the office."""
    office = chat.office
    await chat.say(
        "office-text",
        office=office.name,
        address=office.contact.address,
        phone=office.contact.phone,
        hours=office.hours,
    )
    if office.contact.email:
        await chat.say("office-email", email=office.contact.email)
    if office.contact.website:
        await chat.say("office-website", website=office.contact.website)
    await tell_open_now(chat)
    if office.sample:
        await chat.say("office-sample")
    if await another_waits(chat, "office-between"):
        return
    ways = [
        Choice("officer", "officer-talk"),
        Choice("complaint", "meant-complaint"),
        Choice("menu", "meant-menu"),
    ]
    await chat.open(await chat.choose("office-more", ways))


@conversation("stuck", aside=True)
async def help_stuck(chat: Chat) -> None:
    """Offer an officer to somebody whose messages do not answer the open question (P4)."""
    await _offer_an_officer(chat, "stuck-offer")


@conversation("listen", command="dengar", words="listen-words", aside=True)
async def listen(chat: Chat) -> None:
    """Send the last answer as a recording, or offer an officer who can read it, beside the question that is open."""
    recording = chat.recording()
    recorded = await chat.learn("listen-recorded", as_it_stands, truth=recording is not None)
    if recording is None or not recorded:
        if chat.interrupts:
            await chat.say("listen-not-recorded")
        else:
            await _offer_an_officer(chat, "listen-not-recorded")
        return
    await chat.attach(recording)
    await chat.say("listen-here")


@conversation("voice-message", aside=True)
async def answer_voice_message(chat: Chat) -> None:
    """Tell that voice messages cannot be heard, and offer an officer, who can."""
    await _offer_an_officer(chat, "listen-voice-note")


async def _offer_an_officer(chat: Chat, key: str) -> None:
    """Offer an officer, or to go on with what was interrupted."""
    chosen = await chat.choose(
        key,
        [
            Choice("officer", "menu-officer", hint="menu-officer-hint"),
            Choice(_GO_ON, "offer-go-on"),
        ],
    )
    if chosen != _GO_ON:
        await chat.open("officer")
    if not chat.interrupts:
        await chat.open("menu")
