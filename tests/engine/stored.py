"""One sample of every type whose JSON stands in databases: in transcripts, outbox bodies, announcements and jobs."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from bot.importing.report import Remark
from bot.jobs.announcements import AnnouncementForm
from domain.announcements.announcement import Audience, Counts, Wording
from domain.announcements.waves import Expected, Waves
from domain.appointments.booking import Booking, BookingState, TicketCode
from domain.appointments.seats import DayLine, Hold, Offer
from domain.appointments.wishes import Wish
from domain.cards.application import Application, Followed, Passed
from domain.cards.proof import LastFour
from domain.cards.stages import Stage
from domain.office.registration import RegistrationNumber
from domain.office.week import Span
from domain.people.nik import Nik
from domain.ratings.survey import AgeBand, Education, Job, Profile, Sex
from domain.refusals import TooManyTries
from domain.staff.roles import Role, StaffMember
from handlers.announcements.service import Attempt, Preview
from handlers.appointments.person_choice import Applying
from handlers.appointments.queue import Near
from handlers.appointments.steps import Booked
from handlers.engine.dialogue import Dialogue, Entry, Offered, OpenQuestion, Tap, Transcript
from handlers.engine.screen import File, Link, Place, Screen, ShownChoice, Template
from handlers.handovers.hand_over import Told
from handlers.handovers.talk import TalkEntry
from handlers.people.erase import Erased
from handlers.ratings.answers import Counted
from handlers.shared.calendar import DayHours, FreeDay, FreeTime
from handlers.shared.look_up import LookedUp
from handlers.staff.finish import Subject
from handlers.staff.steps import Done, Result
from handlers.staff.today import Card
from storage.announcements import swaps
from storage.appointments.waiting import PlaceInLine
from storage.keeping.breach import Touch
from storage.ratings.case_files import Standing, Visit
from storage.ratings.case_news import CaseNews
from storage.ratings.cases import Opened
from storage.ratings.invitations import Invitation

STORED = Path(__file__).with_name("stored.json")
AT = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 28, 2, 30, tzinfo=UTC)
DAY = date(2026, 11, 28)

BOOKING = Booking(
    id=7, code=TicketCode("ABC234"), applicant=3, service="new", point="sooko", starts_at=AT, ends_at=LATER,
    state=BookingState.HELD, sequence=2, moves=1, held_until=LATER, answered_at=None,
)  # fmt: skip
SEAT: dict[str, Any] = {"id": 9, "applicant": 3, "service": "new", "point": "sooko"}
SEAT |= {"starts_at": AT, "ends_at": LATER, "until": LATER}
LINE = DayLine(
    booking=7, code=TicketCode("ABC234"), point="sooko", starts_at=AT, service="new", state=BookingState.BOOKED,
    walked_in=False, name="S*** A***", number=None, coming=True, asked_to_move=False,
)  # fmt: skip
APPLICATION = Application(
    id=5, number="MJK-261102-0007-Z", name="S*** A***", service="new", stage=Stage.READY_FOR_PICKUP, raw_code="",
    stage_on=DAY, complete_on=DAY, point="sooko", district=None, note="Bawa KK", data_at=AT, ahead=12,
    passed=(Passed(stage=None, since=DAY), Passed(stage=Stage.READY_FOR_PICKUP, since=DAY)), followed=True,
)  # fmt: skip
PLAIN_APPLICATION = Application(
    id=5, number="X1", name="S***", service="new", stage=None, raw_code="BARU", stage_on=DAY, data_at=AT
)
SCREEN = Screen(
    text="*Halo*", choices=(ShownChoice(token="a.1.b", number=1, label="Ya", hint="Benar"),),
    files=(File(name="tiket.png", mime="image/png", data=b"\x89PNG"),), link=Link(label="Buka", url="https://x.id"),
    place=Place(latitude=-7.5, longitude=112.4, name="Sooko", address="Jl. Raya", label="Peta"), locate="Kirim",
    replaces="41", deletes="42", language="id", idle_text="Masih di sini?",
    idle_choices=(ShownChoice(token="a.1.c", number=2, label="Tidak"),), veiled=True,
    template=Template(name="ready", language="id", variables=("S***", "Sooko")),
)  # fmt: skip
DIALOGUE = Dialogue(
    stack=[
        Transcript("news", "abcdefgh", "5", pushed=True),
        Transcript(
            "status", "hgfedcba", "", {"status-ask-nik": "3516014506900001"},
            [Entry("ask", "status-ask-number", "X1"), Entry("learn", "budget", {"result": None})],
            OpenQuestion("choose", "status-offer", 2, [Offered("yes", "Ya"), Offered(4, "Empat")], 1), 2,
        ),
    ],
    taps=[Tap("hgfedcba.1.0a1b2c3d", AT.timestamp(), 77)], missed=1, proven=[5], cases=["K7M2PQ"],
)  # fmt: skip
PREVIEW = Preview(
    per_channel={"telegram": 2, "web": 1}, none=("X1",), none_count=1, text="Halo", starts_at=AT, waits_for_morning=True,
    templates=0, unreachable=1, already=None, refusal=None,
    calendar=(Expected(point="sooko", starts_at=AT, ends_at=LATER, cards=3, room=4),),
)  # fmt: skip
WRITTEN = AnnouncementForm(
    name="Siap",
    texts=Wording({"id": "Halo {nama}", "en": "Hello"}),
    audience=Audience(stage=Stage.READY_FOR_PICKUP),
    waves=Waves(per_day=40, begins=DAY),
    urgent=True,
    override=False,
    listed=False,
)  # fmt: skip

SAMPLES: Mapping[str, Any] = {
    "application": APPLICATION,
    "application-plain": PLAIN_APPLICATION,
    "applying": Applying(
        application=5, number="X1", name="S***", service="new", district=None, point="sooko", applicant=3, born=DAY,
        booking=BOOKING,
    ),
    "applying-free": Applying(
        application=5, number="X1", name="S***", service="new", district="Sooko", point=None, applicant=3, born=DAY,
        booking=None,
    ),
    "attempt": Attempt(announcement=4),
    "attempt-refused": Attempt(refusal=TooManyTries(until=AT)),
    "audience": Audience(stage=Stage.READY_FOR_PICKUP, point="sooko", since=DAY, until=DAY),
    "audience-listed": Audience(),
    "booked": Booked(BOOKING, DAY),
    "booked-adult": Booked(BOOKING, None),
    "booking": BOOKING,
    "call": swaps.Call(
        announcement=1, recipient=2, point="sooko", starts_at=AT, ends_at=LATER, cards=3, swapped=True
    ),
    "card": Card(line=LINE, can=("came", "missed")),
    "card-gone": Card(line=None),
    "code": TicketCode("ABC234"),
    "counted": Counted(token="t0ken", key=str(2**63 + 11), case=Opened(number="K7M2PQ", due_on=DAY), point="sooko"),
    "counted-well": Counted(token="t0ken", key="17", case=None),
    "counts": Counts(waiting=1, read=2),
    "day-hours": DayHours(DAY, (Span(time(8), time(12)), Span(time(13), time(15, 30)))),
    "day-line": LINE,
    "dialogue": DIALOGUE,
    "done": Done(result=Result.SERVED, line=LINE, name="S***"),
    "done-unknown": Done(result=Result.UNKNOWN),
    "erased": Erased("R-1", whole=True),
    "followed": Followed(
        application=5, number="X1", name="S***", service="new", stage=Stage.READY_FOR_PICKUP
    ),
    "free-day": FreeDay(DAY, 4),
    "free-time": FreeTime(AT, 2),
    "hand-over": Told(new=True, closes_at=AT, opens_at=None, wait_minutes=None, ahead=2),
    "handed-over": TalkEntry(id=1, code="B2", since=AT, by=None, by_name="", mine=False),
    "hold": Hold(**SEAT),
    "invitation": Invitation(token="t0ken", state="open", point="sooko", service="new"),
    "last-four": LastFour("0001"),
    "line": PlaceInLine(point="sooko", place=2),
    "looked-up": LookedUp(application=APPLICATION, delay=0.25),
    "looked-up-nothing": LookedUp(application=None, delay=0.0),
    "member": StaffMember(id=1, name="Wulan", role=Role.OFFICER, point="sooko", revoked_at=AT),
    "near": Near(booking=BOOKING, ahead=3),
    "news": CaseNews(kind="fee", due_on=DAY),
    "nik": Nik("3516014506900001"),
    "number": RegistrationNumber("MJK-261102-0007-Z"),
    "offer": Offer(**SEAT),
    "opened": Opened(number="K7M2PQ", due_on=DAY),
    "preview": PREVIEW,
    "profile": Profile(sex=next(iter(Sex)), age_band=next(iter(AgeBand)), education=Education.S1, job=Job.PNS),
    "profile-untold": Profile(),
    "refusal": TooManyTries(until=AT),
    "screen": SCREEN,
    "screen-plain": Screen(text="Halo"),
    "subject": Subject(code="ABC234"),
    "waves": Waves(per_day=40, begins=DAY),
    "standing": Standing(number="P-261128-K7", state="open", due_on=DAY),
    "visit": Visit(number="K7M2QP", state="closed", word="Desa Kemlagi", withdrawn=True),
    "wish": Wish(DAY, time(9, 30)),
    "wish-day": Wish(DAY),
    "wording": Wording({"id": "Halo", "en": "Hello"}),
    "written": WRITTEN,
}  # fmt: skip

# What is only ever written: command line, console and their files.
PRINTED: Mapping[str, Any] = {
    "remark": Remark(3, "nik", "15 digits", "16 digits"),
    "touch": Touch(at=AT, actor="staff:1", action="seen", subject="application:5", number="X1", details=""),
}

# What earlier versions wrote, and what it is now.
EARLIER: Mapping[str, tuple[Any, Any]] = {
    "announcement before it could wait or replace a draft": (
        {
            "name": "Siap",
            "texts": {"id": "Halo {nama}", "en": "Hello"},
            "audience": {"stage": "READY_FOR_PICKUP", "point": None, "since": None, "until": None},
            "waves": {"per_day": 40, "begins": "2026-11-28"},
            "urgent": True,
            "override": False,
            "listed": False,
        },
        WRITTEN,
    ),
    "audience before it could be of a kecamatan or service": (
        {"stage": "READY_FOR_PICKUP", "point": "sooko", "since": "2026-11-28", "until": "2026-11-28"},
        SAMPLES["audience"],
    ),
    "followed before its stage was told": (
        [5, "X1", "S***", "new"],
        Followed(application=5, number="X1", name="S***", service="new"),
    ),
    "question before its misses were counted": (
        ["choose", "status-offer", 2, [["yes", "Ya"], [4, "Empat"]], 1],
        OpenQuestion("choose", "status-offer", 2, [Offered("yes", "Ya"), Offered(4, "Empat")], 1),
    ),
    "counted": (
        {"token": "t0ken", "key": "17", "case": None},
        Counted(token="t0ken", key="17", case=None),
    ),
    "hand-over": (
        [True, None, None, 5],
        Told(new=True, closes_at=None, opens_at=None, wait_minutes=5),
    ),
    "screen": (
        {"text": "Halo", "choices": [["t", 1, "Ya", None]], "files": [], "replaces": None, "deletes": None},
        Screen(text="Halo", choices=(ShownChoice(token="t", number=1, label="Ya"),)),
    ),
    "dialogue": (
        {"v": 2, "stack": [], "taps": [["a", 1.5, 3]], "proven": True},
        Dialogue(taps=[Tap("a", 1.5, 3)]),
    ),
    "booking before it could be called": (
        {
            "id": 7,
            "code": "ABC234",
            "applicant": 3,
            "service": "new",
            "point": "sooko",
            "starts_at": "2026-11-28T02:00:00+00:00",
            "ends_at": "2026-11-28T02:30:00+00:00",
            "state": "held",
            "sequence": 2,
            "moves": 1,
            "held_until": "2026-11-28T02:30:00+00:00",
            "answered_at": None,
        },
        BOOKING,
    ),
    "day line before it could be called": (
        {
            "booking": 7,
            "code": "ABC234",
            "point": "sooko",
            "starts_at": "2026-11-28T02:00:00+00:00",
            "service": "new",
            "state": "booked",
            "walked_in": False,
            "name": "S*** A***",
            "number": None,
            "coming": True,
            "asked_to_move": False,
        },
        LINE,
    ),
    "profile": ({}, Profile()),
}
