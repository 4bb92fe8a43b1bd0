"""Notifies staff chats of cases; the resident's text is shown in the console only."""

from handlers.engine.chat import Chat
from handlers.engine.registry import conversation
from storage.ratings.case_news import CONVERSATION, news_of


@conversation(CONVERSATION)
async def tell_of_case(chat: Chat) -> None:
    """Tell of a new or escalated case; silent in former staff chats and for closed cases."""
    what, _, rest = chat.argument.partition(":")
    number = rest.partition(":")[0]
    if chat.staff is None or not chat.pushed:
        return
    news = await chat.once(
        "case-news", news_of, number=number, member=chat.staff, chat=chat.id, argument=chat.argument
    )
    if news is not None:
        await chat.say(f"case-news-{what}", number=number, kind=news.kind, due=news.due_on)
