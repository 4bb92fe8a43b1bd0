"""The booking calendar from the command line, on Monday 23 November 2026 at nine."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.setup.clock import wall_clock
from domain.appointments.booking import Booking, TicketCode
from storage.appointments import bookings
from storage.store import Store
from storage.vault import Vault
from tests.cli.conftest import CommandLine
from tests.storage.appointments.town import Counter
from tests.storage.rows import application

NINE_ON_MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TUESDAY, WEDNESDAY = "2026-11-24", "2026-11-25"


class Office:
    """A command line at that Monday, and residents who book beside it."""

    def __init__(self, loket: CommandLine) -> None:
        self.loket = loket
        self.shift = (NINE_ON_MONDAY - wall_clock()()).total_seconds()
        loket.environment["LOKET_CLOCK_SHIFT"] = str(self.shift)

    def __call__(self, *words: str, **settings: str) -> Any:
        return self.loket("seats", *words, **settings)

    def read(self, *words: str) -> Any:
        ended = self(*words, "--json")
        assert (ended.code, ended.told) == (0, "")
        return json.loads(ended.out)

    def list(self, first: str = TUESDAY, last: str = TUESDAY, point: str = "sooko") -> dict[str, Any]:
        """The times of some days of a point, by time."""
        listed = self.read("list", "--from", first, "--to", last, "--point", point)
        return {one["time"]: one for one in listed}

    def meanwhile(self, happens: Callable[[Counter], Awaitable[Any]]) -> Any:
        async def happened() -> Any:
            vault = Vault.from_base64(self.loket.environment["LOKET_SECRET_KEY"])
            url = f"sqlite+aiosqlite:///{self.loket.folder / 'var' / 'loket.db'}"
            store = await Store.open(url, vault=vault, clock=wall_clock(self.shift))
            try:
                return await happens(Counter(store, store.clock))
            finally:
                await store.close()

        return asyncio.run(happened())

    def tuesday_at_nine(self) -> tuple[Booking, Booking]:
        """Two people book; the second one has an application, so that a name is known."""

        async def books(counter: Counter) -> tuple[Booking, Booking]:
            slot = counter.slot(days=1, seats=4)
            sri, budi = await counter.people(2)
            first = await counter.books(sri, slot)
            number, hold = await counter.store.write(application), await counter.holds(budi, slot)
            second = await counter.store.write(
                lambda db: bookings.confirm(
                    db,
                    hold=hold.id,
                    application=number,
                    chat=budi.chat,
                    code=TicketCode(counter.next_code()),
                    office=counter.office,
                )
            )
            return first, second

        return self.meanwhile(books)


@pytest.fixture
def seats(loket) -> Office:
    return Office(loket)


def test_seats_are_free_on_a_fresh_database_without_any_command(new_folder):
    seats = Office(new_folder)
    listed = seats.read("list", "--from", TUESDAY, "--to", WEDNESDAY, "--point", "sooko")
    assert listed[2] == {
        "point": "sooko",
        "date": TUESDAY,
        "time": "09:00",
        "seats": 4,
        "held": 0,
        "booked": 0,
        "codes": [],
        "states": {},
    }
    assert [one["date"] for one in listed] == [TUESDAY] * 14 + [WEDNESDAY] * 14
    everywhere = seats.read("list", "--from", TUESDAY, "--to", TUESDAY)
    assert [one["point"] for one in everywhere if one["time"] == "09:00"] == [
        "sooko", "mpp", "mojosari", "gondang", "jetis"
    ]  # fmt: skip


def test_a_table_is_for_people(seats):
    first, second = seats.tuesday_at_nine()
    shown = seats("list", "--from", TUESDAY, "--to", TUESDAY, "--point", "Kantor Dispendukcapil, Sooko").out
    assert shown.splitlines()[0].split() == ["point", "date", "time", "seats", "held", "booked", "codes"]
    (nine,) = [line for line in shown.splitlines() if " 09:00 " in line]
    assert {first.code.text, second.code.text} <= set(nine.split())
    assert "No point is open" in seats("list", "--from", "2026-11-28", "--to", "2026-11-29").out


def test_held_and_booked_seats_are_counted_apart(seats):
    booked = seats.tuesday_at_nine()
    seats.meanwhile(_holds)
    nine = seats.list()["09:00"]
    assert (nine["seats"], nine["held"], nine["booked"]) == (4, 1, 2)
    assert sorted(nine["codes"]) == sorted(one.code.text for one in booked)
    assert nine["states"] == {one.code.text: "booked" for one in booked}


async def _holds(counter: Counter) -> None:
    await counter.holds(await counter.person("tono"), counter.slot(days=1, seats=4))


def test_a_morning_with_bookings_is_previewed_and_closes_only_after_a_yes(seats):
    """B5: nobody is cancelled, everybody is asked, who has not answered is listed."""
    first, second = seats.tuesday_at_nine()
    morning = ("close", "--point", "sooko", "--date", TUESDAY, "--from", "08:00", "--to", "10:00")
    preview = seats(*morning)
    assert preview.code == 1
    assert preview.is_one_sentence()
    assert "2 appointments lie in it, so nothing is closed yet" in preview.told
    assert f"{second.code}  09:00  S*** A***  ktp_baru" in preview.out
    assert f"{first.code}  09:00  -" in preview.out
    assert "Aminah" not in preview.out
    assert seats.list()["09:00"]["seats"] == 4
    assert seats.read("unanswered") == []

    closed = seats(*morning, "--reason", "Listrik padam", "--yes")
    assert closed.code == 0
    assert "sooko is closed on 2026-11-24 from 08:00 until 10:00." in closed.out
    assert "2 residents are asked to choose another time." in closed.out
    left = seats.list()
    assert "08:00" not in left
    assert left["10:00"]["seats"] == 4
    assert (left["09:00"]["seats"], left["09:00"]["booked"]) == (0, 2), "their appointments stand"
    waits = {"point": "sooko", "date": TUESDAY, "time": "09:00", "service": "ktp_baru"}
    listed = sorted(seats.read("unanswered"), key=lambda one: one["name"] or "")
    assert listed == [
        {**waits, "code": first.code.text, "name": None},
        {**waits, "code": second.code.text, "name": "S*** A***"},
    ]
    assert second.code.text in seats("unanswered").out


def test_opened_again_nobody_is_asked_any_more(seats):
    seats.tuesday_at_nine()
    assert seats("close", "--point", "sooko", "--date", TUESDAY, "--yes").code == 0
    opened = seats("open", "--from", TUESDAY, "--to", TUESDAY, "--point", "sooko")
    assert "1 closed time is open again." in opened.out
    assert seats.list()["09:00"]["seats"] == 4
    assert "Everybody whose time was closed has answered." in seats("unanswered").out


def test_a_program_reads_what_a_closure_does(seats):
    first, second = seats.tuesday_at_nine()
    whole_day = ("close", "--point", "sooko", "--date", TUESDAY, "--json")
    preview = seats(*whole_day)
    told = json.loads(preview.out)
    assert preview.code == 1
    assert (told["closed"], told["asked"], told["from"], told["to"]) == (False, 0, None, None)
    assert {one["code"] for one in told["bookings"]} == {first.code.text, second.code.text}
    done = json.loads(seats(*whole_day, "--yes").out)
    assert (done["closed"], done["point"], done["date"], done["asked"]) == (True, "sooko", TUESDAY, 2)
    twice = seats(*whole_day)
    assert (twice.code, json.loads(twice.out)["closed"]) == (0, True), "closed once, it is closed"


def test_opening_tells_what_can_be_booked_and_what_stands_in_the_way(seats):
    assert seats("close", "--point", "mpp", "--date", WEDNESDAY).code == 0
    opened = seats("open", "--from", TUESDAY, "--to", "2027-01-04")
    assert "1 closed time is open again." in opened.out
    # Up to 23 December, the horizon: 18 days of 14 times and four Fridays of ten, four seats each.
    assert "mpp: 1168 seats can be booked now, on 22 days." in opened.out
    assert "2026-12-25 is a holiday: Hari Raya Natal." in opened.out
    assert "Days after 2026-12-23 cannot be booked yet: horizon_days is 30." in opened.out


def test_opening_one_point_tells_that_all_of_them_are_closed(seats):
    (seats.loket.folder / "office.toml").write_text(
        f'[[closures]]\ndate = {WEDNESDAY}\nreason = "Rapat"\n', "utf-8"
    )
    opened = seats(
        "open", "--from", WEDNESDAY, "--to", WEDNESDAY, "--point", "mpp", LOKET_OFFICE="office.toml"
    )
    assert opened.code == 0
    assert "2026-11-25 stays closed at mpp (Rapat)" in opened.out
    assert "sooko" not in opened.out


def test_an_outreach_event_is_a_point_like_any_other(seats):
    (seats.loket.folder / "office.toml").write_text(
        '[[outreach]]\nid = "kemlagi"\nname = "Balai Desa"\naddress = "Kemlagi"\n'
        'dates = [2026-12-05]\nhours = ["08:00-09:00"]\nquota = 7\n',
        "utf-8",
    )
    words = ("list", "--from", "2026-12-05", "--to", "2026-12-05", "--json")
    listed = json.loads(seats(*words, LOKET_OFFICE="office.toml").out)
    assert [(one["point"], one["time"], one["seats"]) for one in listed] == [
        ("kemlagi", "08:00", 4), ("kemlagi", "08:30", 3)
    ]  # fmt: skip


def test_a_chat_that_books_for_many_people_is_listed_for_staff(seats):
    async def trades(counter: Counter) -> int:
        seller = await counter.person("calo")
        for number in range(5):
            buyer = await counter.person(f"warga-{number}")
            slot = counter.slot(days=1, hour=9 + number, seats=4)
            await counter.books(type(seller)(chat=seller.chat, applicant=buyer.applicant), slot)
        return seller.chat

    assert "No chat booked for many people" in seats("odd").out
    chat = seats.meanwhile(trades)
    assert seats.read("odd") == [{"chat": chat, "people": 5, "booked": 5, "cancelled": 0}]
    assert seats("odd").out.split()[-4:] == [str(chat), "5", "5", "0"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("list", "--from", "kemarin", "--to", TUESDAY), "--from takes a day like 2026-11-30, not kemarin"),
        (("list", "--from", "9999-12-31", "--to", "9999-12-31"), "not 9999-12-31. The year is from 1970 to 2100"),
        (("list", "--from", "0001-01-01", "--to", "0001-01-01"), "not 0001-01-01. The year is from 1970 to 2100"),
        (("list", "--from", WEDNESDAY, "--to", TUESDAY), "is after --to"),
        (("list", "--from", TUESDAY, "--to", "2028-01-01"), "more than 366 days"),
        (("list", "--from", TUESDAY, "--to", TUESDAY, "--point", "bulan"), "The office has no point bulan; it has sooko"),
        (("open", "--from", "2026-11-01", "--to", "2026-11-22"), "2026-11-22 is over"),
        (("close", "--point", "bulan", "--date", TUESDAY), "no point bulan"),
        (("close", "--point", "mpp", "--date", "24/11/2026"), "--date takes a day"),
        (("close", "--point", "mpp", "--date", "9999-12-31"), "--date takes a day"),
        (("close", "--point", "mpp", "--date", TUESDAY, "--from", "9"), "--from takes a time like 09:00, not 9"),
        (("close", "--point", "mpp", "--date", TUESDAY, "--from", "10:00", "--to", "09:00"), "is not before --to"),
        (("close", "--point", "mpp", "--date", "2026-11-23", "--to", "08:30"), "2026-11-23 until 08:30 is over"),
        (("close", "--date", TUESDAY), "--point"),
    ],
)  # fmt: skip
def test_a_wrong_use_is_one_sentence_and_exit_2(seats, words, told):
    ended = seats(*words)
    assert ended.code == 2
    assert ended.is_one_sentence(), ended.told
    assert told in ended.told
    assert ended.out == ""


def test_the_clock_of_these_tests_is_where_they_say(seats):
    assert seats.meanwhile(_now) - NINE_ON_MONDAY < timedelta(minutes=5)


async def _now(counter: Counter) -> datetime:
    return counter.clock()
