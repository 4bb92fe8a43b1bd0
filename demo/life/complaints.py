"""Invented cases: new, overdue, answered, reopened and closed ones, of every kind."""

from datetime import timedelta
from functools import partial

from demo.life.people import Card, Life, MadeUpResident
from domain.staff.roles import StaffMember
from handlers.ratings.cases import open_complaint
from handlers.shared.calendar import CalendarSource, days_to_answer
from storage import audit
from storage.ratings import cases
from storage.session import Writing

_SORRY = (
    "Mohon maaf. Mulai pekan ini dua loket dibuka pada jam sibuk; silakan pakai /jadwal agar tidak menunggu."
)
# Words of the resident, how many days ago, the answer, and what happened then: closed by the resident or staff, or opened again.
_CASES = (
    ("Di depan kantor ada calo minta uang 50 ribu supaya KTP cepat jadi.", 1, "", ""),
    ("Antreannya lama sekali, jam 8 sudah datang baru dipanggil jam 11.", 2, "", ""),
    ("Kartu saya dijanjikan siap tanggal 10, sampai sekarang belum ada kabar.", 9, "", ""),
    ("Petugasnya tidak sopan waktu saya tanya syarat.", 4, _SORRY, ""),
    (
        "Saya disuruh pulang dua kali karena berkas kurang, padahal sudah sesuai daftar.",
        8,
        "Mohon maaf. Daftar syarat di loket sudah kami samakan dengan yang di obrolan.",
        "again",
    ),
    (
        "Jam buka di papan berbeda dengan yang di situs.",
        15,
        "Terima kasih, papannya sudah diganti.",
        "resident",
    ),
    ("Menunggu dua jam tanpa kabar, kursinya juga kurang.", 20, _SORRY, "staff"),
)
_LOW = "Ruang tunggunya panas dan kursinya kurang."
_NAME = "Nama saya tertulis SITI RAHAYU, di akta SITI RAHAYUNINGSIH."


class Complaint:
    """One case, from its resident's words to its end."""

    def __init__(self, life: Life, card: Card) -> None:
        self._life, self._card = life, card
        self._source = CalendarSource(life.office, lambda _day, _days: life.calendar.holidays)
        self._resident = MadeUpResident(life, card.id, channel="telegram")
        self._number = ""

    async def complain(self, db: Writing, *, word: str) -> None:
        """Complain in the chat."""
        await self._resident.follow(db, card=self._card)
        chat = await self._resident.chat(db)
        askers = self._resident.askers
        opened = await open_complaint(db, chat=chat, word=word, source=self._source, askers=askers)
        self._number = opened.number

    async def correct(self, db: Writing, *, word: str) -> None:
        """Ask for a correction of the data."""
        await self._open(db, kind="correction", word=word)

    async def rate_low(self, db: Writing, *, word: str) -> None:
        """Leave a low rating with a word."""
        await self._open(db, kind="low", word=word)

    async def answer(self, db: Writing, *, member: StaffMember, word: str) -> None:
        """Staff answer it."""
        await cases.reply(db, number=self._number, word=word, staff_id=member.id)

    async def reopen(self, db: Writing) -> None:
        """The answer did not help."""
        chat = await self._resident.chat(db)
        await cases.reopen(db, number=self._number, chat=chat, on=self._life.office.today(db.now))

    async def close(self, db: Writing, *, by: str) -> None:
        """It is done."""
        await cases.close(db, number=self._number, by=by)

    async def _open(self, db: Writing, *, kind: cases.Kind, word: str) -> None:
        today = self._life.office.today(db.now)
        # Those of ratings are known by their week alone (handlers/ratings/answers.py).
        known_on = today + timedelta(days=6 - today.weekday()) if kind == "low" else today
        due_days = await days_to_answer(db, source=self._source, after=known_on)
        opened = await cases.open_case(
            db, kind=kind, word=word, chat=await self._resident.chat(db), on=today,
            due_days=due_days, points=(self._card.point,), of_answers=kind == "low",
            services=(self._card.service,), districts=(self._card.district,),
        )  # fmt: skip
        self._number = opened.number


def complaints(life: Life, *, approver: StaffMember) -> None:
    """Plan the cases; the approver answers them."""
    cards = iter(life.cards[:: max(1, len(life.cards) // (len(_CASES) + 2))])
    for word, days_ago, answer, end in _CASES:
        case = Complaint(life, next(cards))
        opened_at = life.now - timedelta(days=days_ago)
        life.timeline.at(opened_at, partial(case.complain, word=word))
        if answer:
            told = partial(case.answer, member=approver, word=answer)
            life.timeline.at(opened_at + timedelta(days=2), told)
        if end == "again":
            life.timeline.at(opened_at + timedelta(days=3), case.reopen)
        elif end:
            by = audit.by_staff(approver.id) if end == "staff" else end
            life.timeline.at(opened_at + timedelta(days=3), partial(case.close, by=by))
    low, correction = Complaint(life, next(cards)), Complaint(life, next(cards))
    life.timeline.at(life.now - timedelta(days=3), partial(low.rate_low, word=_LOW))
    life.timeline.at(life.now - timedelta(hours=5), partial(correction.correct, word=_NAME))
    late = partial(cases.escalate_late, today=life.today, limit=50)
    life.timeline.at(life.now - timedelta(minutes=30), late)
