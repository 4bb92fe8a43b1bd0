"""An office that announces: the counter of the conversation tests, with staff, many followers, and carriers."""

import asyncio
import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from bot.announcing.recipients import read_list
from bot.announcing.render import preview
from bot.announcing.timers import freeze_or_wait
from bot.setup.office_file import SAMPLE
from domain.announcements.announcement import Audience, Counts, Order, Wording
from domain.cards.stages import Stage
from domain.office.office import Office
from domain.refusals.base import Refusal
from domain.staff.roles import Role, StaffMember
from handlers.announcements.service import Attempt, Preview, draft, plan
from storage.announcements import control, drafts, results
from storage.audit import SYSTEM
from storage.people import chats, follows
from storage.staff import staff
from tests.support.counter import Counter
from tests.support.people import number, row

TEXT = "Kartu {nama}, nomor {nomor}, sudah jadi di {tempat}."
_GOES_ON_SECONDS = 20


def person(place: int, name: str = "Sri Aminah") -> dict[str, str]:
    """Somebody invented; no two places share number or NIK."""
    return {
        "no_registrasi": number(f"{place:04d}"),
        "nik": f"351699{1 + place % 28:02d}0190{1 + place:04d}",
        "nama": name,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn(Order):
    """An order with the file that lists its recipients."""

    recipients: Path | None = None


class Hall(Counter):
    """The office; `passes` lets announcements begin, go out and end as well."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.metrics, self.announcing = self.assembled.metrics, self.assembled.announcing

    async def settle(self) -> None:
        """Wait until all other rows are sent, and announcements that were begun."""
        async with asyncio.timeout(_GOES_ON_SECONDS):
            await self.courier.rest(5)
            while await self.count(
                "outbox", "priority < 2 AND state = 'sending' OR priority = 0 AND state = 'waiting'"
            ):
                await self.courier.rest(1)
                await asyncio.sleep(0.002)

    async def passes(self, **time: float) -> None:
        await super().passes(**time)
        await self.goes_on()

    async def goes_on(self) -> None:
        """Run the timed work of announcements and all carriers."""
        timers = self.announcing.timers
        await self._look(timers.move_on, "announcing", "announcing-ended")
        await self._look(timers.take_in_late, "announcing-late")
        for carrier in self.announcing.carriers.values():
            async with asyncio.timeout(_GOES_ON_SECONDS):
                while await carrier.carry_some():
                    await self.courier.rest(5)
        await self.settle()
        await self._look(timers.move_on, "announcing", "announcing-ended")
        await self._look(timers.tell, "announcing-progress")
        await self.settle()

    async def member(self, role: Role, name: str = "Ayu", point: str | None = None) -> StaffMember:
        await self.store.write(lambda db: staff.invite(db, name=name, role=role, point=point, actor=SYSTEM))
        found = await self.store.read(lambda db: staff.find(db, name=name))
        assert found
        return found

    async def lists(
        self, people: Sequence[dict[str, str]], status: str = "CARD_SHIPPED", **more: str
    ) -> None:
        """Import these people with this status."""
        await self.imports(*(row(one, status, **more) for one in people))
        self.clock.move(seconds=1)

    async def follows(
        self, one: dict[str, str], *, channel: str = "telegram", name: str | None = None, language: str = "id"
    ) -> int:
        """Let a phone of this name follow somebody, as [Kabari saya] does; give its chat."""

        async def link(db: Any) -> int:
            account = self.phones[channel].account
            address = name or one["no_registrasi"]
            chat = await chats.meet(db, channel=channel, account=account, address=address, language=language)
            found = await db.one(_application(one["no_registrasi"]))
            await follows.follow(
                db, chat=chat.id, application=found.id, told=found.stage or found.raw_code, channel=channel
            )
            return chat.id

        return await self.store.write(link)

    async def crowd(self, count: int, *, first: int = 1, channel: str = "telegram") -> list[dict[str, str]]:
        """Import `count` people, each followed by a phone of their own."""
        people = [person(place) for place in range(first, first + count)]
        await self.lists(people)
        for one in people:
            await self.follows(one, channel=channel)
        return people

    def file(self, people: Sequence[dict[str, str]], name: str = "penerima.csv") -> Path:
        """A list of these people as an officer has it."""
        path = self._folder / name
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(key for one in people for key in one)))
            writer.writeheader()
            writer.writerows(people)
        return path

    def order(
        self, text: str | dict[str, str] = TEXT, *, name: str = "Siap 24 Nov", recipients: Path | None = None,
        waves: Any = None, **audience: Any,
    ) -> Order:  # fmt: skip
        whom = Audience() if recipients else Audience(**({"stage": Stage.READY_FOR_PICKUP} | audience))
        wording = Wording.read(text, waves=waves is not None)
        return Drawn(name=name, wording=wording, audience=whom, recipients=recipients, waves=waves)

    async def previews(self, order: Order, *, by: StaffMember | None = None, **how: bool) -> Preview:
        order = await self._with_list(replace(order, **how), by)
        return await self.store.read(preview(order, by=by, office=self.office, texts=self.texts))

    async def announces(self, by: StaffMember, order: Order | None = None, **how: Any) -> int:
        """Plan an announcement; give its number."""
        done = await self.tries_to_announce(by, order, **how)
        assert isinstance(done, int), done
        return done

    async def tries_to_announce(
        self, by: StaffMember, order: Order | None = None, **how: Any
    ) -> int | Refusal:
        order = await self._with_list(replace(order or self.order(), **how), by)
        return await self.settled(await plan(self.store, order=order, by=by, office=self.office))

    async def drafts(self, by: StaffMember) -> int:
        """Leave an announcement for an approver."""
        return await draft(self.store, order=self.order(), by=by)

    async def releases(self, announcement: int, by: StaffMember) -> int | Refusal:
        """Approve a draft."""

        async def attempt(db: Any) -> Any:
            step = partial(drafts.release, db, announcement=announcement, by=by, office=self.office)
            return await control.attempted(db, by=by, step=step)

        done = await self.store.write(attempt)
        if isinstance(done, Refusal):
            return done
        return await self.settled(Attempt(announcement=announcement))

    async def settled(self, done: Attempt) -> int | Refusal:
        """Freeze what was released."""
        if done.announcement is None:
            assert done.refusal
            return done.refusal
        await freeze_or_wait(self.store, announcement=done.announcement, office=self.office, texts=self.texts)
        return done.announcement

    async def _with_list(self, order: Order, by: StaffMember | None) -> Order:
        if not isinstance(order, Drawn) or order.recipients is None:
            return order
        listed = await read_list(self.store, order.recipients, self.office, by=by)
        return replace(order, listed=listed.applications)

    async def steers(self, step: str, announcement: int, by: StaffMember) -> Refusal | None:
        """Pause, resume, undo, withdraw."""
        change = getattr(control, step)
        return await self.store.write(
            lambda db: control.attempted(db, by=by, step=lambda: change(db, announcement=announcement, by=by))
        )

    async def counts(self, announcement: int) -> Counts:
        return await self.store.read(lambda db: results.counts_of(db, announcement=announcement))

    async def state(self, announcement: int) -> str:
        (found,) = [
            one.announcement.state.value
            for one in await self.store.read(results.listed)
            if one.announcement.id == announcement
        ]
        return found

    async def assert_adds_up(self) -> None:
        """Planned is the sum of all states, of every announcement."""
        for one in await self.store.read(results.listed):
            assert one.counts.total == one.announcement.planned

    def read_by(self, name: str, channel: str = "telegram") -> list[str]:
        """What a phone was shown."""
        return [screen.text for screen in self.phones[channel].screens.get(name, [])]


def _application(number_: str) -> Any:
    from sqlalchemy import select

    from storage.schema import applications

    columns = (applications.c.id, applications.c.stage, applications.c.raw_code)
    return select(*columns).where(applications.c.number == number_)


def hall_of(store: Any, clock: Any, folder: Path, *more: Any, **tables: dict[str, Any]) -> Hall:
    """An office with these tables of its file changed, and with more channels."""
    return Hall(
        store, clock, Office.from_mapping(tables, sample=tomllib.loads(SAMPLE.read_text())), folder, *more
    )
