"""Progress of an announcement in its staff chat: one message, edited in place if possible."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from bot.channels import CAPS
from domain import codec
from domain.announcements.announcement import Counts, State
from domain.office.hours import after_quiet
from domain.office.office import Office
from handlers.engine.screen import Screen
from locales.texts import Texts
from storage.announcements import progress, results
from storage.announcements.progress import Told
from storage.post import outbox
from storage.session import Reading, Writing
from storage.store import Store

_EDITS = {name for name, caps in CAPS.items() if caps.edit}
_OVER = (State.FINISHED, State.UNDONE, State.WITHDRAWN)


class AnnouncementProgress:
    """Plans the messages. A channel without edits gets only the result."""

    def __init__(self, *, store: Store, office: Office, texts: Texts, wake: Callable[[str], None]) -> None:
        self._store = store
        self._office = office
        self._texts = texts
        self._wake = wake

    async def tell(self) -> None:
        """Tell every staff chat the changes since its last message."""
        for one in await self._store.read(progress.to_tell):
            if await self._store.write(self._tell, one=one):
                self._wake(one.channel)

    async def _tell(self, db: Writing, *, one: Told) -> bool:
        over = one.announcement.state in _OVER
        edits = one.channel in _EDITS
        if not edits and not over:
            return False
        counts = await results.counts_of(db, announcement=one.announcement.id)
        words = await self.words(db, one, counts)
        if words == one.told or not await progress.may_tell(db, told=one):
            return False
        row = await outbox.put(
            db,
            chat=one.chat,
            channel=one.channel,
            priority=outbox.REPLY,
            screen=codec.dump(
                Screen(
                    text=words,
                    language=one.language,
                    replaces=await progress.shown_as(db, told=one) if edits else None,
                )
            ),
            due_at=db.now,
        )
        await progress.note(db, announcement=one.announcement.id, row=row, words=words, over=over)
        return True

    async def words(self, db: Reading, one: Told, counts: Counts) -> str:
        """Text of the progress; at the end with reasons and next steps."""
        announcement, say = one.announcement, partial(self._texts.say, one.language)
        lines = [say("announce-progress", name=announcement.name, planned=announcement.planned)]
        if announcement.starts_at is not None and announcement.state is State.PLANNED:
            lines.append(say("announce-begins", at=self._office.local(announcement.starts_at)))
        lines.append(say(f"announce-state-{announcement.state.value}"))
        lines.append(say("announce-counts", **asdict(counts)))
        quiet_until = after_quiet(db.now, self._office)
        if counts.waiting and quiet_until > db.now and not announcement.urgent:
            lines.append(say("announce-quiet", until=self._office.local(quiet_until)))
        for reason, count in (await results.failures_of(db, announcement=announcement.id)).items():
            lines.append(say("announce-failed", reason=say(reason_key(reason)), count=count))
        if announcement.state in _OVER and (counts.failed or counts.unknown):
            lines.append(say("announce-next", id=str(announcement.id)))
        return "\n".join(lines)


_REASONS = frozenset(
    {
        "blocked", "chat_not_found", "undeliverable", "window_closed", "stopped", "moved", "erased", "undone",
        "withdrawn", "absent", "merged", "waited_too_long", "declined_by_person", "nobody", "declined",
    }
)  # fmt: skip


def reason_key(reason: str | None) -> str:
    """Text key of a reason; rare ones of a provider share one."""
    known = reason if reason in _REASONS else "other"
    return f"announce-reason-{known.replace('_', '-')}"
