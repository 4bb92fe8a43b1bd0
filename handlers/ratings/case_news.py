"""Staff hear in their chat of a case that is theirs to answer; what the resident wrote stands in the console alone."""

from handlers.engine.chat import Chat
from handlers.engine.registry import conversation
from storage.ratings.case_news import CONVERSATION, news_of


@conversation(CONVERSATION)
async def tell_of_case(chat: Chat) -> None:
    """Tell of a new or escalated case; silent for a chat that is no staff chat (any more), and where it is over."""
    what, _, rest = chat.argument.partition(":")
    number = rest.partition(":")[0]
    if chat.staff is None or not chat.pushed:
        return
    news = await chat.once(
        "case-news", news_of, number=number, member=chat.staff, chat=chat.id, argument=chat.argument
    )
    if news is not None:
        await chat.say(f"case-news-{what}", number=number, kind=news.kind, due=news.due_on)
