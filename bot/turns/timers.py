"""Timed work: pushes of changed stages, daily sums, and retention periods."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

import structlog

from bot.setup.holidays import calendar_of, holiday_names
from bot.setup.loops import Loops, resting
from bot.turns.message import remembered
from bot.turns.wording import PARAGRAPH, unmarked
from domain import codec
from domain.appointments.calendar import Calendar
from domain.office.office import Office
from handlers.cards.pushes import Approved, approved_words, news_of
from handlers.engine.chat import Said
from handlers.engine.scene import Voice
from handlers.engine.screen import Screen, Template
from handlers.ratings.answers import end_abandoned, escalate_late_cases
from handlers.shared.prompts import prompts_of
from locales.texts import Texts
from storage.appointments import closures, counter, offers, seats
from storage.cards import applications
from storage.cards.pushes import CardNews, take_news
from storage.handovers import endings
from storage.keeping import erasure
from storage.keeping.purge import last_before_gap, purge
from storage.overview import closing
from storage.overview.sums import Key
from storage.people import chats
from storage.post import outbox
from storage.ratings import mixing
from storage.ratings.invitations import invite_for_pickup
from storage.session import Reading, Writing
from storage.staff import mornings, staff_chats
from storage.store import Store
from storage.webhooks.targets import disable_of_ended

LOOK_SECONDS = 1.0
Chore = Callable[[Writing, Office], Awaitable[bool]]
PROMPT: tuple[Chore, ...] = (erasure.finish, offers.run_due, endings.run_due, mixing.run_due)
"""Timed steps, each a short transaction; True: there may be more."""
PROMPT_SUBJECTS = ("erasures", "offers", "resting-seats", "handovers", "mixing")
BY_THE_MINUTE: tuple[Chore, ...] = (
    partial(end_abandoned, holidays=holiday_names),
    escalate_late_cases,
    closures.run_due,
    counter.run_due,
    seats.run_due,
    staff_chats.run_due,
    disable_of_ended,
)
"""The same, with nobody waiting for them."""
MINUTE_SECONDS = 60.0
MORNING = timedelta(hours=1)
SUMS_SECONDS = 15 * 60.0
PURGE_EVERY = timedelta(hours=6)
_CHUNK = 50

log = structlog.get_logger(__name__)


class Timers:
    """Plans what is due; each thing once, even with several processes on one database.

    Args:
        wake: wakes the courier of a channel.
        voice: the office's recordings, if any, so that news can be listened to.
        doubts_clock: whether a clock that jumped ahead may be wrong; one that was shifted on purpose is right.
    """

    def __init__(
        self,
        *,
        store: Store,
        texts: Texts,
        office: Office,
        wake: Callable[[str], None],
        voice: Voice | None = None,
        loops: Loops | None = None,
        doubts_clock: bool = True,
    ) -> None:
        self._store = store
        self._doubts_clock = doubts_clock
        self._voice = voice
        self._loops = loops or Loops()
        self._news = self._loops.bell("timers-news", "news")
        self._chores = self._loops.bell("timers-chores", *PROMPT_SUBJECTS)
        self._texts = texts
        self._office = office
        self._wake = wake

    async def run(self) -> None:
        """Run until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            keep = self._loops.keep
            tasks.create_task(keep("timers-news", self.plan_news, rest=self._news.every(LOOK_SECONDS)))
            prompt = self._chores.every(LOOK_SECONDS)
            tasks.create_task(keep("timers-chores", self.do_prompt_chores, rest=prompt))
            tasks.create_task(keep("timers-minute", self.do_slow_chores, rest=resting(MINUTE_SECONDS)))
            tasks.create_task(keep("timers-mornings", self.tell_mornings, rest=resting(MINUTE_SECONDS)))
            tasks.create_task(keep("timers-sums", self.close_days, rest=resting(SUMS_SECONDS)))
            tasks.create_task(keep("timers-purge", self.purge, rest=resting(PURGE_EVERY.total_seconds())))

    async def plan_news(self) -> None:
        """Plan a push for every follower of a changed stage; nothing in quiet hours."""
        more = True
        while more and not self._office.quiet.covers(self._office.local(self._store.clock()).time()):
            more = await self._store.write(self._plan_some)

    async def do_prompt_chores(self) -> None:
        """Do what somebody waits for: offers to pass on, talks that are over."""
        await self._do(PROMPT)

    async def do_slow_chores(self) -> None:
        """Do what has become due but may be a minute late: cases that are overdue, days to settle."""
        await self._do(BY_THE_MINUTE)

    async def tell_mornings(self) -> None:
        """Plan the morning messages of the points that opened lately."""
        now = self._office.local(self._store.clock())
        day = now.date()
        points = await self._store.read(partial(self._opened, now=now))
        if not points:
            return
        if await self._store.read(partial(mornings.untold, day=day, points=points)):
            work = partial(mornings.plan, day=day, points=points, until=now + MORNING)
            await self._store.write(work)

    async def _opened(self, db: Reading, *, now: datetime) -> list[str]:
        """Points that opened within the last `MORNING`."""
        calendar, found = await self._calendar(db), list[str]()
        for point in self._office.points:
            spans = calendar.day(point.id, now.date()).open_spans
            opens = datetime.combine(now.date(), spans[0].opens, now.tzinfo) if spans else None
            if opens is not None and opens <= now < opens + MORNING:
                found.append(point.id)
        return found

    async def close_days(self) -> None:
        """Write the sums of the last days for the overview."""
        today = self._office.today(self._store.clock())
        first = await self._store.read(partial(closing.first_day, today=today, kept=self._office.retention))
        counts = await self._store.read(partial(self._count_days, first=first, today=today))
        await self._store.write(partial(closing.keep, first=first, counts=counts))

    async def _count_days(self, db: Reading, *, first: date, today: date) -> Counter[Key]:
        begin = datetime.combine(first, time(), self._office.timezone)
        closed = tuple(await closures.closed_times(db, since=begin))
        calendar = calendar_of(self._office, closed, first, (today - first).days)
        days = [first + timedelta(days=ahead) for ahead in range((today - first).days + 1)]
        offered = {
            (day, point.id): sum(slot.seats for slot in calendar.slots(point.id, day))
            for day in days
            for point in self._office.points
        }
        return await closing.counted(
            db,
            since=begin,
            today=today,
            local=self._office.local,
            offered={place: seats for place, seats in offered.items() if seats},
        )

    async def _do(self, chores: Sequence[Chore]) -> None:
        for chore in chores:
            while await self._store.write(lambda db, step=chore: step(db, self._office)):  # type: ignore[misc]
                pass

    async def _plan_some(self, db: Writing) -> bool:
        changes = await take_news(db, limit=_CHUNK)
        calendar = await self._calendar(db) if changes.news else Calendar(office=self._office)
        for one in changes.news:
            await self._plan(db, one, calendar)
        for application in changes.handed_over:
            held = self._office.push.hold_seconds
            await invite_for_pickup(db, application=application, rules=self._office.rating, seconds_ago=held)
        return changes.more

    async def _calendar(self, db: Reading) -> Calendar:
        """Calendar for the opening hours in the pushes."""
        closed = tuple(await closures.closed_times(db))
        return calendar_of(self._office, closed, self._office.today(db.now))

    async def _plan(self, db: Writing, one: CardNews, calendar: Calendar) -> None:
        application = await applications.for_push(db, application=one.application, chat=one.chat)
        if application is None:
            return
        news = news_of(application, calendar, db.now, shared_device=False)
        hidden = news_of(application, calendar, db.now, shared_device=True)
        await self.push(db, one, news, hidden, approved_words(application, self._office))

    async def push(
        self, db: Writing, one: CardNews, full: Sequence[Said], idle: Sequence[Said], approved: Approved
    ) -> None:
        """Queue a push to a follower; `idle` is what an idle shared device shows."""
        if self._voice is not None and not one.is_shared:
            await self._note_spoken(db, one, full)
        spoken = idle if one.is_shared and not await self._is_proven(db, one) else full
        await outbox.put(
            db,
            chat=one.chat,
            channel=one.channel,
            priority=outbox.PUSH,
            screen=codec.dump(
                Screen(
                    text=self._worded(one, spoken),
                    language=one.language,
                    idle_text=self._worded(one, idle),
                    template=self._template(one, approved),
                )
            ),
            due_at=db.now,
        )
        self._wake(one.channel)

    async def _note_spoken(self, db: Writing, one: CardNews, news: Sequence[Said]) -> None:
        """Let the resident listen to the news, unless their own turn is running."""
        chat = await chats.meet_again(db, chat=one.chat)
        if chat is None:
            return
        dialogue = remembered(chat)
        dialogue.spoken = prompts_of(news, None, self._office, page=0)
        await chats.keep_begun(
            db,
            chat=chat.id,
            dialogue=dialogue.to_json(),
            until=timedelta(hours=self._office.retention.unfinished_hours),
            had_open=bool(dialogue.stack),
        )

    async def _is_proven(self, db: Writing, one: CardNews) -> bool:
        """Whether the current sitting on a shared device has shown this application's pair."""
        chat = await chats.peek_by_id(db, chat=one.chat)
        return chat is not None and one.application in remembered(chat).proven

    def _template(self, one: CardNews, approved: Approved) -> Template:
        name, gaps = approved
        filled = [gap if isinstance(gap, str) else self._worded(one, [gap]) for gap in gaps]
        return Template(name=name, language=one.language, variables=tuple(filled))

    def _worded(self, one: CardNews, said: Sequence[Said]) -> str:
        return PARAGRAPH.join(
            self._texts.say(one.language, thought.key, **unmarked(thought.variables)) for thought in said
        )

    async def purge(self) -> None:
        """Apply the retention periods, unless the clock may be wrong."""
        last = await self._store.read(last_before_gap) if self._doubts_clock else None
        if last is not None:
            log.warning("purge.waits", last=last.isoformat())
            return
        await purge(self._store, self._office.retention, pause=lambda: asyncio.sleep(0))
