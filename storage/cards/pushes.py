"""News for followers: changes of stage that outlived their hold window, and the chats to tell."""

from dataclasses import dataclass

from sqlalchemy import exists, select, update

from domain.cards.stages import HANDED_OVER
from storage.people.consents import UPDATES
from storage.schema import applications, chats, consents, follows, of_row
from storage.session import Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class CardNews:
    """A change that a follower has not been told; `is_shared`: somebody sits at this shared device."""

    application: int
    chat: int
    channel: str
    language: str
    is_shared: bool


agreed_to_news = exists().where(
    consents.c.chat_id == follows.c.chat_id, consents.c.kind == UPDATES, consents.c.withdrawn_at.is_(None)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Changes whose hold window is over: news for followers, applications handed over, whether there are more."""

    news: list[CardNews]
    handed_over: list[int]
    more: bool


async def take_news(db: Writing, *, limit: int) -> Changes:
    """Take the changes whose hold window is over.

    Each follower who was not told the final stage is listed once and marked as told. A stage that flipped back,
    or a repeated import, is therefore no news. Chats that stopped or withdrew consent are marked as told but
    get nothing.
    """
    over = (
        select(applications.c.id, applications.c.stage, applications.c.raw_code)
        .where(applications.c.push_due_at <= db.now)
        .order_by(applications.c.push_due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    due = {row.id: row.stage or row.raw_code for row in await db.rows(over)}
    if not due:
        return Changes(news=[], handed_over=[], more=False)
    await db.run(update(applications).where(applications.c.id.in_(due)).values(push_due_at=None))
    concerned = (
        select(follows.c.application_id, follows.c.chat_id, follows.c.told, chats.c.channel, chats.c.language)
        .add_columns(chats.c.stopped_at, chats.c.sat_at, agreed_to_news.label("agreed"))
        .join(chats, chats.c.id == follows.c.chat_id)
        .where(follows.c.application_id.in_(due))
    )
    unheard = [row for row in await db.rows(concerned) if row.told != due[row.application_id]]
    for row in unheard:
        told = update(follows).where(
            follows.c.chat_id == row.chat_id, follows.c.application_id == row.application_id
        )
        await db.run(told.values(told=due[row.application_id]))
    news = [
        of_row(CardNews, row, application=row.application_id, chat=row.chat_id, is_shared=bool(row.sat_at))
        for row in unheard
        if row.stopped_at is None and row.agreed
    ]
    handed_over = [application for application, stage in due.items() if stage in HANDED_OVER]
    return Changes(news=news, handed_over=handed_over, more=len(due) == limit)
