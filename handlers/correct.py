"""Something that is held is wrong: the resident says what, and somebody answers within three days (UU 27/2022)."""

from handlers.chat import Chat
from handlers.last_look import looked_at
from handlers.registry import conversation
from storage.satisfaction import cases

DUE_DAYS = 3  # 3 × 24 hours


@conversation("correct", command="perbaikan", words="correct-words", examples="correct-examples")
async def ask_for_correction(chat: Chat) -> None:
    """Open a case for what is wrong, with the day by which it is answered."""
    word = await looked_at(chat, await chat.ask("correct-ask", str.strip))
    if word is None:
        return
    opened = await chat.once(
        "open",
        cases.open_case,
        kind="correction",
        word=word,
        chat=chat.id,
        on=chat.office.today(chat.now),
        due_days=DUE_DAYS,
    )
    await chat.say("correct-opened", number=opened.number, until=opened.due_on)
