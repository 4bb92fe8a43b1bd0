"""An office with many followers on the emulated Telegram, and what an announcement left in its store."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.announcements.announcement import Audience, Counts, Order, Wording
from domain.cards.stages import Stage
from domain.staff.roles import Role
from storage.announcements import drafts, results
from storage.audit import SYSTEM
from storage.people import chats, follows
from storage.session import Reading, Writing
from storage.staff import staff
from storage.store import Store
from storage.vault import Vault
from tests.announcements.hall import person
from tests.emulators.telegram import Telegram
from tests.storage.rows import application

TEXT = "Kartu {nama}, nomor {nomor}, sudah jadi di {tempat}."
CHUNK = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Where the office keeps what it knows."""

    database_url: str
    key: str

    async def opened(self) -> Store:
        return await Store.open(
            self.database_url,
            vault=Vault.from_base64(self.key),
            clock=lambda: datetime.now(UTC),  # noqa: TID251 (beside real processes)
        )

    async def fill(self, telegram: Telegram, count: int) -> None:
        """So many people on the phone, each with a card that is ready, each following it."""
        people = [telegram.resident(f"Warga {place}", started=True) for place in range(count)]
        await self.takes_in(telegram.token, [one.chat.id for one in people])

    async def takes_in(self, token: str, telegram_chats: Sequence[int]) -> None:
        """Each of these chats with this bot follows a card of its own that is ready."""
        account = token.partition(":")[0]
        store = await self.opened()

        async def add(db: Writing, first: int) -> None:
            for place, address in enumerate(telegram_chats[first : first + CHUNK], first + 1):
                one = person(place)
                row = await application(db, number=one["no_registrasi"], nik=one["nik"], point="sooko")
                chat = await chats.meet(
                    db, channel="telegram", account=account, address=str(address), language="id"
                )
                await follows.follow(db, chat=chat.id, application=row, told="?", channel="telegram")

        try:
            for first in range(0, len(telegram_chats), CHUNK):
                await store.write(lambda db, first=first: add(db, first))
        finally:
            await store.close()

    async def announces(self, office) -> int:
        """An approver releases it; `run` freezes it and begins."""
        store = await self.opened()

        async def release(db: Writing) -> int:
            await staff.invite(db, name="Bima", role=Role.APPROVER, actor=SYSTEM)
            by = await staff.find(db, name="Bima")
            assert by
            audience = Audience(stage=Stage.READY_FOR_PICKUP)
            order = Order(name="Siap", wording=Wording.read(TEXT), audience=audience, urgent=True)
            number = await drafts.draft(db, order=order, by=by)
            await drafts.release(db, announcement=number, by=by, office=office)
            return number

        try:
            return await store.write(release)
        finally:
            await store.close()

    async def counts(self, announcement: int) -> tuple[Counts, int, str]:
        """The counts, how many were planned, and the state."""
        store = await self.opened()

        async def look(db: Reading) -> tuple[Counts, int, str]:
            (one,) = [one for one in await results.listed(db) if one.announcement.id == announcement]
            return one.counts, one.announcement.planned, one.announcement.state.value

        try:
            return await store.read(look)
        finally:
            await store.close()


def taken(telegram: Telegram) -> Counter[int]:
    """How often the provider took the announcement for each chat, whether or not the answer came through."""
    return Counter(
        call.chat
        for call in telegram.journal.calls("sendMessage", ok=True)
        if call.text.startswith("Kartu S")
    )
