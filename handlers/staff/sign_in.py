"""Signing a staff chat in and out with a one-time code."""

from domain.refusals import BadCode, TooManyTries
from domain.staff.roles import Action, StaffMember, may
from handlers.engine.chat import Chat
from handlers.engine.registry import conversation
from storage import audit
from storage.session import Writing
from storage.staff import sign_ins, staff, staff_chats


@conversation("staff", command="staf")
async def enter_staff(chat: Chat) -> None:
    """Redeem a staff code; the chat keeps all functions of a resident's chat."""
    code = chat.argument or await chat.ask("staff-ask-code", str.strip)
    try:
        member = await chat.once("staff-code", accept_code, code=code, chat=chat.id, asker=chat.askers[0].key)
    except TooManyTries:  # a refusal is rolled back, so it is recorded in its own step
        await chat.once("staff-code-refused", sign_ins.note, by=audit.by_chat(chat.id))
        raise
    if member is None:
        raise BadCode
    await chat.say("staff-accepted", name=member.name, role=member.role)
    await chat.say("staff-commands", serves=may(member, Action.SERVE))


async def accept_code(db: Writing, *, code: str, chat: int, asker: bytes) -> StaffMember | None:
    """Use up the code and link the chat; a wrong code is returned, not raised, so that the try is recorded.

    Raises:
        TooManyTries: too many wrong codes from this chat.
    """
    member = await staff.redeem_code(db, code=code, asker=asker, by=audit.by_chat(chat))
    if member is not None:
        await staff.link_chat(db, chat=chat, member=member.id)
    return member


@conversation("sign-out", command="keluar", words="sign-out-words")
async def sign_out(chat: Chat) -> None:
    """Unlink a staff chat; in another chat the same word cancels the open conversation."""
    member = chat.staff.id if chat.staff else None
    if not await chat.once("sign-out", end, chat=chat.id, member=member):
        await chat.open("menu")
    chat.ends_all = True
    await chat.say("staff-signed-out")


async def end(db: Writing, *, chat: int, member: int | None) -> bool:
    """End the staff chat; False if it is none."""
    if member is None:
        return False
    return await staff_chats.end(db, chat=chat, member=member, why=staff_chats.SIGNED_OUT)
