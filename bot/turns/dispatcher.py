"""The dispatcher: runs turns for messages of every channel, and sends the answers after the commit."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.channel import Busy, Channel, Heard, Moved, Parcel, Turned
from bot.sending.answers import place_of
from bot.sending.courier import Courier
from bot.setup.logs import begin_turn
from bot.setup.metrics import Metrics
from bot.turns.fair_queue import FairQueue
from bot.turns.message import remembered
from bot.turns.sittings import is_over, member_of, scene_of
from bot.turns.turn import Planned, Turn, Words
from bot.turns.wording import word
from domain import codec
from domain.office.office import Office
from handlers.engine import playing
from handlers.engine.caps import Caps
from handlers.engine.screen import File, Screen
from storage.ids import read_id
from storage.keeping.chat_merge import merge
from storage.people import chats
from storage.people.addresses import address_name
from storage.people.identities import Account, move
from storage.post import outbox, sending
from storage.post.outbox import REPLY, claim
from storage.post.receipts import WINDOW_CLOSED, Receipt, record
from storage.post.sending import Row
from storage.session import Reading, Writing
from storage.store import Store

_LATELY = timedelta(minutes=5)  # within which a page that lost its connection comes back


class Dispatcher:
    """Implements `bot.channel.Hear` for every channel.

    Args:
        courier: sends the answers that are not part of a webhook's HTTP answer.
        on_photo: wakes the worker that reads photos.
        on_talk: wakes the relay between residents and officers.
    """

    def __init__(
        self,
        *,
        store: Store,
        words: Words,
        office: Office,
        channels: Mapping[str, Channel],
        courier: Courier,
        metrics: Metrics,
        on_photo: Callable[[], None] = lambda: None,
        on_talk: Callable[[], None] = lambda: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._words = words
        self._office = office
        self._channels = channels
        self._courier = courier
        self._metrics = metrics
        self._on_photo = on_photo
        self._on_talk = on_talk
        self._sleep = sleep
        self._queue = FairQueue(factor=office.status.web_address_factor)
        self._turn = Turn(
            words=words,
            office=office,
            owner=courier.owner,
            expect=courier.expect,
        )

    async def __call__(self, heard: Heard, *, inline: bool = False, padded: bool = True) -> Turned:
        """Process one message in a turn; return after the commit and the padding of equal answers.

        `padded=False` returns after the commit; the courier delays the reply instead.
        """
        started = time.perf_counter()
        caps = self._channels[heard.channel].caps
        try:
            planned = await self._take(heard, caps)
        except Exception as why:
            outcome = "busy" if isinstance(why, Busy) else "lost"
            self._metrics.turn(channel=heard.channel, seconds=time.perf_counter() - started, outcome=outcome)
            raise
        if planned.duplicate and inline:
            return Turned(duplicate=True, inline=await self._courier.answers.unread(heard))
        self._metrics.turn(
            channel=heard.channel, seconds=time.perf_counter() - started, outcome=planned.outcome
        )
        for code in planned.refusals:
            self._metrics.refused(code)
        if planned.photo:
            self._on_photo()
        if planned.talked:
            self._on_talk()
        if planned.screen is None:
            return Turned(duplicate=planned.duplicate)
        left = planned.padding_seconds - (time.perf_counter() - started)
        if left > 0 and padded:
            await self._sleep(left)
            left = 0.0
        return self._hand_on(heard, planned, inline=inline, after_seconds=max(left, 0.0))

    async def _take(self, heard: Heard, caps: Caps) -> Planned:
        """Run the turn; a browser's message queues first, except text from its photo."""
        if heard.source is None or heard.fetched:
            return await self._run(heard, caps)
        async with self._queue.place(heard):
            return await self._run(heard, caps)

    async def _run(self, heard: Heard, caps: Caps) -> Planned:
        """Run the turn, and record within it what left in the chat's last answer."""
        written = self._courier.answers.to_record(place_of(heard))
        named: list[int] = []

        async def take(db: Writing) -> Planned:
            if written:
                await sending.record(db, [*written.values()])
            return await self._turn.take(db, heard, caps, named.append)

        try:
            planned = await self._store.write(take)
        finally:
            if named:
                begin_turn(named[-1])
        self._courier.answers.recorded(written)
        return planned

    async def written(self, parcel: Parcel) -> None:
        """Record that the inline parcel was part of the HTTP answer."""
        self._courier.written(parcel)

    def carry(self, parcel: Parcel) -> None:
        """Send the inline parcel by calls."""
        self._courier.carry(parcel)

    def cut(self, parcel: Parcel) -> None:
        """Note that the connection broke after the answer with the inline parcel."""
        self._courier.cut(parcel)

    async def moved(self, moved: Moved) -> None:
        """Assign a person's chat to their new names."""
        at = Account(channel=moved.channel, account=moved.account)

        async def follow(db: Writing) -> None:
            if await claim(db, channel=moved.channel, account=moved.account, message_id=moved.message_id):
                await move(db, at=at, before=moved.before, after=moved.after, merge=merge)

        await self._store.write(follow)

    async def receipts(self, receipts: Sequence[Receipt]) -> None:
        """Record the provider's receipts."""
        for category in await self._store.write(lambda db: record(db, receipts)):
            self._metrics.billed(category)
        for channel in {one.channel for one in receipts if one.reason == WINDOW_CLOSED}:
            self._courier.wake(channel)

    async def resume(self, *, channel: str, account: str, address: str) -> Screen | None:
        """The open question of an address, for a client that reconnects; writes nothing."""

        async def look(db: Reading) -> Screen | None:
            chat = await chats.peek(db, channel=channel, account=account, address=address)
            caps = self._channels[channel].caps
            if chat is None or chat.dialogue is None or self._has_idled(chat, caps, db.now):
                return None
            dialogue = remembered(chat)
            before = dialogue.to_json()
            scene = scene_of(db, chat, dialogue, office=self._office, caps=caps)
            reply = await playing.play(scene, dialogue)
            screen = word(
                reply,
                texts=self._words.texts,
                language=scene.language,
                caps=scene.caps,
                transcript=dialogue.top,
            )
            # Nothing is stored here: if the question would now be another one, it waits for the next message.
            return screen if dialogue.to_json() == before else None

        return await self._store.read(look)

    async def last_answer(self, *, channel: str, account: str, address: str) -> tuple[int, Screen] | None:
        """The last answer that the present sitting was shown and its row, for a page that is loaded again."""

        async def look(db: Reading) -> tuple[int, Screen] | None:
            chat = await chats.peek(db, channel=channel, account=account, address=address)
            caps = self._channels[channel].caps
            if chat is None or chat.sat_at is None or self._has_idled(chat, caps, db.now):
                return None
            was_of_staff = chat.staff_ended or chat.staff is not None
            if was_of_staff and member_of(chat, self._office, caps, db.now) is None:
                return None
            last = remembered(chat).last
            body = None if last is None else await outbox.shown(db, row=last, chat=chat.id)
            return None if body is None or last is None else (last, codec.load(Screen, body))

        return await self._store.read(look)

    async def missed(self, *, channel: str, account: str, address: str, after: str) -> Sequence[Parcel]:
        """What was sent lately, for a page that connects again, perhaps to another process; `after`: its last row."""

        async def look(db: Reading) -> list[Row]:
            return [
                row
                for chat in await chats.ids_of(db, names=[address_name(channel, account, address)])
                for row in await sending.sent_lately(
                    db, chat=chat, since=db.now - _LATELY, after=read_id(after) or 0
                )
            ]

        shown = self._parcels(await self._store.read(look))
        # What an earlier person was answered is not repeated, not even without names.
        return [one for one in shown if one.priority != REPLY or not one.screen.veiled]

    async def file(self, *, channel: str, account: str, address: str, row: int, place: int) -> File | None:
        """A file of a row of this address; None if it is not theirs, or not to be shown any more."""

        async def look(db: Reading) -> list[Row]:
            owners = await chats.ids_of(db, names=[address_name(channel, account, address)])
            found = [await sending.gone_out(db, chat=chat, row=row) for chat in owners]
            return [one for one in found if one is not None]

        parcels = self._parcels(await self._store.read(look))
        files = [file for parcel in parcels for file in parcel.screen.files]
        return files[place] if place < len(files) else None

    def _parcels(self, rows: Sequence[Row]) -> list[Parcel]:
        """Parcels of rows as they would be sent now: who sits at a shared device may have changed."""
        return [made for made in map(self._courier.parcels.of, rows) if isinstance(made, Parcel)]

    def _has_idled(self, chat: chats.Chat, caps: Caps, now: datetime) -> bool:
        """Whether the open question belongs to a sitting on a shared device that has ended."""
        return chat.sat_at is not None and is_over(chat, self._office, caps, now)

    async def language(self, *, channel: str, account: str, address: str) -> str | None:
        """Language of an address; None before its first message."""
        chat = await self._store.read(
            lambda db: chats.peek(db, channel=channel, account=account, address=address)
        )
        return chat.language if chat else None

    def _hand_on(self, heard: Heard, planned: Planned, *, inline: bool, after_seconds: float) -> Turned:
        if not planned.leased or planned.screen is None:
            return Turned()
        parcel = Parcel(
            id=planned.row,
            chat=planned.chat,
            channel=heard.channel,
            account=heard.account,
            address=heard.address,
            priority=REPLY,
            screen=planned.screen,
            attempts=1,
            due_at=self._store.clock(),
            heard_at=self._store.clock(),
        )
        if inline and not after_seconds and not planned.screen.files:
            return Turned(inline=parcel)
        if after_seconds:
            self._courier.carry(parcel, after_seconds=after_seconds)
        else:
            self._courier.carry(parcel)
        return Turned()
