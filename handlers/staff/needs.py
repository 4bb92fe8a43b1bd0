"""What waits for a member of staff: in the morning by itself, and on /pesanpagi."""

from domain.refusals import NotAllowed
from domain.staff.roles import Action, StaffMember
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation
from handlers.shared.ownership import may_enter
from storage.announcements import approvers
from storage.overview.needs import needs
from storage.session import Reading
from storage.staff import mornings, wishes
from storage.staff.wishes import StaffNews


@conversation(mornings.CONVERSATION, command="pesanpagi")
async def tell_needs(chat: Chat) -> None:
    """Tell what waits, and on /pesanpagi offer to turn the morning message on or off.

    Pushed when nothing waits, or into a former staff chat, it stays silent.
    """
    if chat.pushed:
        if chat.staff is not None:
            await _tell(chat, chat.staff)
        return
    if not await may_enter(chat, Action.ENTER) or chat.staff is None:
        raise NotAllowed
    wants = await chat.learn("mornings", wants_mornings, member=chat.staff.id)
    if not await _tell(chat, chat.staff):
        await chat.say("needs-none")
    chosen = await chat.choose(
        "morning-ask",
        [
            Choice("off", "morning-off") if wants else Choice("on", "morning-on"),
            Choice("keep", "morning-keep"),
        ],
        on=wants,
    )
    if chosen != "keep":
        wanted = {StaffNews.MORNINGS: chosen == "on"}
        await chat.once("morning-switch", wishes.set_wishes, member=chat.staff.id, wanted=wanted)
    await chat.say(f"morning-stays-{'on' if (chosen == 'on') or (wants and chosen == 'keep') else 'off'}")


async def wants_mornings(db: Reading, *, member: int) -> bool:
    """Whether the member gets the morning message."""
    return StaffNews.MORNINGS in await wishes.wishes_of(db, member=member)


async def _tell(chat: Chat, member: StaffMember) -> bool:
    """Tell the counts, if any; a pushed message also says how to turn it off."""
    found = await chat.learn("needs", needs, member=member, today=chat.office.today(chat.now))
    if found:
        await chat.say("needs-title")
        for need, count in found.items():
            await chat.say(f"needs-{need}", count=count)
        if chat.pushed:
            await chat.say("morning-how")
    return bool(found)


@conversation(approvers.CONVERSATION)
async def tell_of_draft(chat: Chat) -> None:
    """Tell an approver of a draft; silent once it is decided, and in former staff chats."""
    if chat.staff is None or not chat.pushed or not chat.argument.isdecimal():
        return
    name = await chat.learn(
        "draft", approvers.waiting_draft, announcement=int(chat.argument), member=chat.staff
    )
    if name is not None:
        await chat.say("draft-waits", name=name)


@conversation(approvers.RETURNED)
async def tell_of_return(chat: Chat) -> None:
    """Tell an author that their draft was returned; silent once it is decided, and in former staff chats."""
    draft = chat.argument.partition(":")[0]
    if chat.staff is None or not chat.pushed or not draft.isdecimal():
        return
    name = await chat.learn("returned", approvers.returned_draft, announcement=int(draft), member=chat.staff)
    if name is not None:
        await chat.say("draft-returned", name=name)
