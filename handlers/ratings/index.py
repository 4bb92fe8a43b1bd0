"""The satisfaction index for staff: one sentence and the chart."""

from datetime import date
from functools import partial

from domain.ratings.period import Period
from domain.refusals import NotAllowed
from domain.staff.roles import Action, Role, StaffMember
from handlers.engine.chat import Chat
from handlers.engine.registry import conversation
from handlers.engine.scene import Chart, Member
from handlers.ratings.index_words import number, spread, trend
from storage.ratings.figures import figures
from storage.session import Writing
from storage.staff.rights import allowed


@conversation("ikm", command="ikm")
async def show_index(chat: Chat) -> None:
    """Tell staff how residents rate this year so far."""
    if not await chat.once("ikm-allowed", may_see, member=chat.staff, chat=chat.id):
        chat.refuse(NotAllowed())
        return
    today = chat.office.today(chat.now)
    year = Period(first=date(today.year, 1, 1), last=date(today.year, 12, 31))
    found = await chat.read(figures, period=year, people=False)
    index = found.satisfaction
    if index is None:
        await chat.say("skm-none")
        return
    until = {"first": year.first, "last": today}
    await chat.say("skm-chat", ikm=number(index.ikm), grade=index.grade.value, people=index.people, **until)
    for said in [*spread(found), trend(found)]:
        await chat.say(said.key, **said.variables)
    await chat.attach(partial(Chart, name=f"ikm-{today.year}.png", figures=found, office=chat.office))


async def may_see(db: Writing, *, member: Member | None, chat: int) -> bool:
    """Tell whether the chat belongs to somebody who may see the index; a no is audited."""
    who = None
    if member is not None:
        who = StaffMember(id=member.id, name=member.name, role=Role(member.role), point=member.point)
    return await allowed(db, member=who, action=Action.SEE_INDEX, chat=chat)
