"""Invented talks with officers: some that are over, one in progress, and one that waits."""

from datetime import datetime, timedelta
from functools import partial

from demo.life.people import Card, Life, MadeUpResident
from domain.cards.stages import Stage
from domain.staff.roles import StaffMember
from handlers.handovers.hand_over import HandoverWish, begin
from handlers.shared.calendar import CalendarSource
from storage.handovers import handovers, lines, post
from storage.handovers.handovers import Why
from storage.session import Writing

_KEPT = timedelta(hours=24)
# What residents asked for, and what they were told.
_PAST: tuple[tuple[Why, str, str], ...] = (
    ("asked", "KTP saya patah, apa bisa diganti hari ini?", "Bisa diurus hari ini, bawa KTP yang patah dan fotokopi KK."),
    ("unclear", "anak saya baru pindah sekolah ke luar kota", "Untuk KIA tidak perlu diubah. KK-nya saja bila ikut pindah."),
    ("asked", "Apa boleh diambilkan suami saya?", "Boleh, asal satu KK. Suami membawa KK asli, ya."),
    ("anger", "Sudah tiga kali saya ke sana!", "Mohon maaf. Kartu Ibu sudah saya pastikan tercetak besok."),
    ("asked", "Nama saya di kartu kurang satu huruf.", "Silakan bawa akta dan KK ke loket, kami ganti tanpa biaya."),
    ("unclear", "suratnya hilang waktu banjir", "Untuk surat hilang, minta surat kehilangan dari Polsek dulu."),
    ("asked", "Loket kecamatan buka hari Sabtu?", "Sabtu tutup. Senin sampai Jumat mulai pukul delapan."),
    ("asked", "Apa bisa rekam di kecamatan lain?", "Bisa, di titik layanan kami yang mana saja."),
)  # fmt: skip
_NOW = (
    "Selamat siang Bu, KTP saya sudah lama menunggu blangko. Saya perlu untuk melamar kerja.",
    "Selamat siang. Saya lihat dulu antrean cetaknya, mohon tunggu sebentar.",
    "Baik Bu, terima kasih. Batas lamarannya hari Jumat.",
)
_WAITING = "mau tanya, syarat pindah dari Surabaya apa saja?"


class Talk:
    """One handover. Its resident is on Telegram: what an officer answers in the demo waits there and fails nowhere."""

    def __init__(self, life: Life, card: Card, why: Why) -> None:
        self._life, self._card, self._why = life, card, why
        self._resident = MadeUpResident(life, card.id, channel="telegram")
        self._handover = 0

    async def begin(self, db: Writing, *, word: str) -> None:
        """Ask for an officer, and tell what about."""
        await self._resident.follow(db, card=self._card)
        chat, office = await self._resident.chat(db), self._life.office
        context: dict[str, str | bool] = {
            "conversation": "status", "question": "", "language": self._resident.language,
            "channel": self._resident.channel, "shared": False,
        }  # fmt: skip
        wish = HandoverWish(
            chat=chat, why=self._why, context=context, looked_up_days=office.retention.lookups_days,
            covered=None, askers=self._resident.askers,
        )  # fmt: skip
        holidays = self._life.calendar.holidays
        await begin(db, wish=wish, source=CalendarSource(office, lambda _day, _ahead: holidays))
        self._handover = await handovers.living_of(db, chat=chat) or 0
        await self.hear(db, word=word)

    async def take(self, db: Writing, *, member: StaffMember) -> None:
        """An officer takes it at the console."""
        await handovers.take(db, handover=self._handover, member=member, chat=None, seen=None)

    async def hear(self, db: Writing, *, word: str) -> None:
        """The resident says more."""
        await lines.hear(db, chat=await self._resident.chat(db), word=word, kept=_KEPT)

    async def reply(self, db: Writing, *, member: StaffMember, word: str) -> None:
        """The officer answers, and the answer arrives."""
        await lines.reply(db, handover=self._handover, member=member.id, word=word)
        said = await post.to_carry(db, handover=self._handover, for_resident=True)
        await post.passed(db, lines=said)

    async def end(self, db: Writing, *, member: StaffMember) -> None:
        """The officer hands the chat back, and both sides know."""
        await handovers.hand_back(db, handover=self._handover, member=member)
        await post.told(db, handover=self._handover)


def talks(life: Life, *, officer: StaffMember) -> None:
    """Plan the talks; the officer has the one in progress."""
    waiting = [one for one in life.cards if one.stage is Stage.WAITING_BLANK]
    waiting.sort(key=lambda card: card.point != officer.point)
    (in_progress, new), past = waiting[:2], waiting[2:]
    for number, ((why, asked, told), card) in enumerate(zip(_PAST, past, strict=False)):
        moment = life.moment(life.today - timedelta(days=1 + 2 * number), 9 + number % 5, 7 * number)
        if life.calendar.slots(card.point, moment.date()):
            _over(life, Talk(life, card, why), officer, moment, asked, told)
    at, talk = life.now - timedelta(minutes=14), Talk(life, in_progress, "asked")
    life.timeline.at(at, partial(talk.begin, word=_NOW[0]))
    life.timeline.at(at + timedelta(minutes=3), partial(talk.take, member=officer))
    life.timeline.at(at + timedelta(minutes=4), partial(talk.reply, member=officer, word=_NOW[1]))
    life.timeline.at(at + timedelta(minutes=8), partial(talk.hear, word=_NOW[2]))
    asked_now = partial(Talk(life, new, "unclear").begin, word=_WAITING)
    life.timeline.at(life.now - timedelta(minutes=4), asked_now)


def _over(life: Life, talk: Talk, officer: StaffMember, moment: datetime, asked: str, told: str) -> None:
    wait, length = life.chance.randint(2, 25), life.chance.randint(3, 15)
    taken = moment + timedelta(minutes=wait)
    life.timeline.at(moment, partial(talk.begin, word=asked))
    life.timeline.at(taken, partial(talk.take, member=officer))
    life.timeline.at(taken + timedelta(minutes=2), partial(talk.reply, member=officer, word=told))
    life.timeline.at(taken + timedelta(minutes=length), partial(talk.end, member=officer))
