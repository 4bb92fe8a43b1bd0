"""The console in a staff chat: a one-time code to enter it, and notices of its use and of a new passkey."""

from datetime import datetime

from domain.refusals import NotAllowed
from domain.staff.roles import Action, StaffMember
from handlers.engine.chat import Chat
from handlers.engine.registry import conversation
from storage.session import Writing
from storage.staff import passkeys, rights, staff


@conversation("console-code", command="konsol")
async def give_code(chat: Chat) -> None:
    """Tell a one-time code for the console. Others may use a shared device next, so it is not shown there."""
    if chat.staff is not None and chat.caps.shared_device:
        await chat.say("console-code-elsewhere")
        return
    code = await chat.once("console-code", console_code, member=chat.staff, chat=chat.id)
    if code is None:
        chat.refuse(NotAllowed())
        return
    minutes = int(staff.CONSOLE_CODE_LASTS.total_seconds()) // 60
    await chat.say("console-code-given", code=code, minutes=minutes)


async def console_code(db: Writing, *, member: StaffMember | None, chat: int) -> str | None:
    """A new code for the member; None, and audited, in a chat that is no staff chat."""
    if not await rights.allowed(db, member=member, action=Action.ENTER, chat=chat) or member is None:
        return None
    return await staff.give_console_code(db, member=member.id, chat=chat)


@conversation(staff.CONSOLE_ENTERED)
async def tell_of_entry(chat: Chat) -> None:
    """Tell on which device and when the code of this chat opened the console; silent in a former staff chat."""
    at, _, device = chat.argument.partition(" ")
    if chat.staff is None or not chat.pushed:
        return
    await chat.say("console-entered", at=datetime.fromisoformat(at), device=device, known=bool(device))


@conversation(passkeys.PASSKEY_ADDED)
async def tell_of_passkey(chat: Chat) -> None:
    """Tell that a passkey was added for the member of this chat; silent in a former staff chat."""
    if chat.staff is None or not chat.pushed:
        return
    await chat.say("passkey-added", at=datetime.fromisoformat(chat.argument))
