"""A6, A7 and other trouble while sending: 429s, outages, crashes, closed windows."""

from datetime import timedelta

import pytest

from bot.announcing.breaker import ALIKE, BATCH, Breaker
from bot.channel import Held, Outage, Throttled, Unknown
from bot.sending.pacer import Pacer
from domain.announcements.announcement import Counts
from domain.refusals import NotAllowed
from domain.staff.roles import Role
from storage import audit
from storage.announcements import delivery, results
from storage.post import sending
from storage.post.sending import Outcome
from tests.channels.traffic import Hand

UNDO = 61


class Trouble:
    """Makes the next pushes of a phone fail; replies succeed."""

    def __init__(self, hall, channel="telegram") -> None:
        self.phone = hall.phones[channel]
        self._send, self.planned, self.calls = self.phone.send, [], 0
        self.phone.send = self.send

    async def send(self, parcel):
        if parcel.priority == 2:
            self.calls += 1
            if self.planned:
                raise self.planned.pop(0)
        return await self._send(parcel)


async def test_a6_a_429_pauses_announcements_of_the_channel_without_failures(hall, officer):
    people = await hall.crowd(20)
    trouble = Trouble(hall)
    announcement = await hall.announces(officer)
    trouble.planned = [Throttled(17)]
    await hall.passes(seconds=UNDO)
    out = await hall.counts(announcement)
    assert out.failed == out.unknown == 0
    assert out.waiting >= 1
    calls = trouble.calls
    await hall.passes(seconds=10)
    assert trouble.calls == calls
    sri = hall.resident(people[0]["no_registrasi"])
    await sri.says("menu")
    sri.hears("Ada yang bisa kami bantu")
    await hall.passes(seconds=8)
    assert await hall.counts(announcement) == Counts(sent=20)


class Paced(Trouble):
    """A phone whose provider asks to wait with the first announcement, while others wait for their turn."""

    def __init__(self, hall, retry_after_seconds) -> None:
        super().__init__(hall)
        stands_still = Hand()  # nobody's turn comes and nobody's patience ends by itself
        self.pacer = self.phone.pacer = Pacer(rate=28, clock=stands_still, later=stands_still.later)
        self._wait = retry_after_seconds

    async def send(self, parcel):
        await self.pacer.turn(parcel.address, priority=parcel.priority)
        try:
            self.pacer.hold(parcel.address, self._wait, push=True)
            raise Throttled(self._wait)
        finally:
            self.pacer.done()


async def test_a6_claimed_rows_wait_again_when_the_provider_asks_to_wait(hall, officer):
    await hall.crowd(9)
    Paced(hall, 5)
    announcement = await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    assert await hall.counts(announcement) == Counts(waiting=9)
    assert await hall.count("outbox", "owner IS NOT NULL OR lease_until IS NOT NULL") == 0
    assert await hall.count("outbox", "priority = 2 AND attempts > 0") > 1, "some were taken up"
    hall.clock.move(minutes=2)
    await hall.store.write(sending.take_over_expired)
    assert await hall.counts(announcement) == Counts(waiting=9), "a kill now leaves nothing unknown"


async def test_after_a_crash_rows_being_sent_become_unknown_and_are_never_resent(hall, officer):
    people = await hall.crowd(6)
    announcement = await hall.announces(officer)
    hall.clock.move(seconds=UNDO)
    await hall.announcing.timers.move_on()
    taken = await hall.store.write(
        lambda db: delivery.claim_due(db, channel="telegram", owner="the-dead-one", limit=2)
    )
    assert len(taken) == 2
    await hall.passes(seconds=30)
    assert await hall.counts(announcement) == Counts(sent=4, sending=2)
    hall.clock.move(seconds=31)
    await hall.store.write(sending.take_over_expired)
    await hall.passes(hours=1)
    assert await hall.counts(announcement) == Counts(sent=4, unknown=2)
    assert await hall.state(announcement) == "finished"
    numbers = await hall.store.read(lambda db: results.unknown_numbers(db, announcement=announcement))
    assert len(numbers) == 2
    assert set(numbers) == {one["no_registrasi"] for one in people if not hall.read_by(one["no_registrasi"])}


@pytest.mark.parametrize("trouble", [Unknown(), Outage(asked=True), ZeroDivisionError()])
async def test_what_may_have_been_taken_is_unknown_and_not_asked_again(hall, officer, trouble):
    await hall.crowd(2)
    met = Trouble(hall)
    announcement = await hall.announces(officer)
    met.planned = [trouble]
    await hall.passes(seconds=UNDO)
    await hall.passes(minutes=10)
    assert await hall.counts(announcement) == Counts(sent=1, unknown=1)
    assert met.calls == 2


async def test_an_outage_is_waited_out_and_costs_few_calls(hall, officer):
    await hall.crowd(30)
    met = Trouble(hall)
    announcement = await hall.announces(officer)
    met.planned = [Outage() for _ in range(200)]
    await hall.passes(seconds=UNDO)
    for _ in range(10):
        await hall.passes(seconds=2)
    assert met.calls <= 10 + 10
    assert await hall.counts(announcement) == Counts(waiting=30)
    met.planned = []
    for _ in range(4):
        await hall.passes(minutes=1)
    assert await hall.counts(announcement) == Counts(sent=30)


async def test_a_batch_that_mostly_reports_blocked_is_an_outage_and_stops_nobody(hall, officer):
    people = await hall.crowd(45)
    phone = hall.phones["telegram"]
    phone.blocked = {one["no_registrasi"] for one in people}
    announcement = await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    await hall.passes(minutes=1)
    assert await hall.counts(announcement) == Counts(waiting=45)
    assert await hall.count("chats", "stopped_at IS NOT NULL") == 0
    assert hall.announcing.carriers["telegram"].breaker.tripped
    phone.blocked = {people[0]["no_registrasi"]}
    for _ in range(5):
        await hall.passes(minutes=11)
    assert await hall.counts(announcement) == Counts(sent=44, failed=1)
    assert await hall.count("chats", "stopped_why = 'blocked'") == 1


async def test_neighbours_who_all_blocked_us_are_no_outage(hall, officer):
    people = await hall.crowd(50)
    hall.phones["telegram"].blocked = {one["no_registrasi"] for one in people[:22]}
    announcement = await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    for _ in range(10):
        await hall.passes(seconds=2)
    assert not hall.announcing.carriers["telegram"].breaker.tripped
    assert await hall.counts(announcement) == Counts(sent=28, failed=22)
    assert await hall.count("chats", "stopped_why = 'blocked'") == 22


def test_the_breaker_believes_a_few_and_then_those_who_fail_again(clock):
    breaker = Breaker("telegram", clock)
    some = [breaker.judge(failed(n)) for n in range(5)]
    assert not any(some)
    assert [one.id for one in breaker.settle()] == [0, 1, 2, 3, 4]
    for n in range(ALIKE - 6):
        assert breaker.judge(failed(100 + n)) == []
    for n in range(BATCH):
        again = breaker.judge(failed(200 + n))
        if again:
            break
    assert {one.state for one in again} == {"waiting"}
    assert breaker.room(10, 0) == 0
    clock.move(seconds=6)
    assert breaker.room(10, 0) == 3
    assert {one.state for one in breaker.judge(failed(300))} == {"waiting"}
    assert {one.state for one in breaker.judge(failed(301))} == {"waiting"}
    clock.move(seconds=11)
    assert breaker.room(10, 0) == 3, "those that were tried together made the pause longer only once"
    assert breaker.judge(Outcome(id=1, chat=1, state="sent"))[-1].state == "sent"
    assert breaker.room(10, 0) == 10
    assert breaker.judge(failed(again[0].id)) == [failed(again[0].id)]


def failed(number):
    return Outcome(id=number, chat=number, state="failed", reason="blocked")


@pytest.mark.parametrize("reason", ["window_closed", "template_missing"])
async def test_on_whatsapp_without_approved_words_it_fails_and_says_why(hall, officer, reason):
    await hall.crowd(2, channel="whatsapp")
    met = Trouble(hall, "whatsapp")
    met.planned = [Held(reason, again_after_seconds=3600)]
    hall.clock.move(hours=25)
    shown = await hall.previews(hall.order())
    assert shown.templates == 2
    announcement = await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    assert await hall.counts(announcement) == Counts(sent=1, failed=1)
    found = await hall.store.read(lambda db: results.failures_of(db, announcement=announcement))
    assert found == {"window_closed": 1}


async def test_the_day_s_count_of_people_written_to_first_is_waited_for(hall, officer):
    await hall.crowd(2, channel="whatsapp")
    met = Trouble(hall, "whatsapp")
    met.planned = [Held("daily_limit", again_after_seconds=3600)]
    announcement = await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    assert await hall.counts(announcement) == Counts(sent=1, waiting=1)
    assert await hall.state(announcement) == "sending"
    await hall.passes(hours=1, seconds=1)
    assert await hall.counts(announcement) == Counts(sent=2)


async def test_a_receipt_moves_a_recipient_on_in_the_counts(hall, officer):
    from storage.post.receipts import Receipt, record

    await hall.crowd(2, channel="whatsapp")
    announcement = await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    await hall.store.write(
        lambda db: record(
            db,
            [
                Receipt(channel="whatsapp", id="out-1", state="delivered"),
                Receipt(channel="whatsapp", id="out-2", state="failed", reason="undeliverable"),
            ],
        )
    )
    assert await hall.counts(announcement) == Counts(delivered=1, failed=1)
    await hall.assert_adds_up()


async def test_an_absent_browser_gets_the_announcement_later_and_delays_nobody(hall, officer):
    people = await hall.crowd(1, channel="web")
    await hall.crowd(1, first=5)
    present = []
    hall.phones["web"].present = lambda: present
    hall.phones["web"].account = people[0]["no_registrasi"]
    announcement = await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    assert await hall.counts(announcement) == Counts(sent=1, waiting=1)
    assert await hall.state(announcement) == "finished"
    assert await hall.steers("pause", announcement, officer) is None
    assert await hall.steers("resume", announcement, officer) is None
    await hall.passes(days=29)
    assert await hall.counts(announcement) == Counts(sent=1, waiting=1)


async def test_a_shared_browser_that_was_idle_sees_no_name_and_no_number(hall, officer):
    people = await hall.crowd(1, channel="web")
    hall.clock.move(minutes=20)
    await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    (text,) = hall.read_by(people[0]["no_registrasi"], "web")
    assert text == "Kartu •••, nomor •••, sudah jadi di Kantor Dispendukcapil, Sooko."


async def test_a12_odd_names_are_shown_as_text_and_never_as_formulas(hall, officer):
    from bot.announcing.report import Clerk, next_step, report_of, write_report
    from domain.text.cells import csv_of
    from tests.announcements.hall import person

    names = ["<b>Sri</b> *Aminah*", "_Budi_ \u202eSantoso", "Dewi " + "x" * 190, "Eko @SUM(A1)"]
    people = [person(place, name) for place, name in enumerate(names, 1)]
    await hall.lists(people, desa="=Mentikan".removeprefix("=") + " +1", kecamatan="Sooko")
    for one in people[:3]:
        await hall.follows(one)
    announcement = await hall.announces(officer, hall.order("Kartu {nama} siap."))
    await hall.passes(seconds=UNDO)
    for one in people[:3]:
        (text,) = hall.read_by(one["no_registrasi"])
        assert text.startswith("Kartu ")
        assert "<b>" not in text
        assert "\u202e" not in text
    report = await report_of(hall.store, announcement=announcement, by=officer)
    assert [next_step(one) for one in report.results] == ["none", "none", "none", "village"]
    clerk = Clerk(hall.texts, hall.office, "id")
    for header, rows in (
        (clerk.header(letters=False), clerk.rows(report.results)),
        (clerk.header(letters=True), clerk.letters(report.results)),
    ):
        for line in csv_of([header, *rows]).splitlines():
            assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in line.split(";"))
    path = hall._folder / "laporan.pdf"
    write_report(path, report, clerk)
    assert path.read_bytes().startswith(b"%PDF")


async def test_only_the_author_and_overseers_of_the_office_see_recipients(hall, officer, approver):
    from bot.announcing.report import report_of

    await hall.crowd(1)
    announcement = await hall.announces(officer)
    colleague = await hall.member(Role.OFFICER, "Ratna")
    local = await hall.member(Role.ADMIN, "Sari", "sooko")
    for other in (colleague, local):
        with pytest.raises(NotAllowed):
            await report_of(hall.store, announcement=announcement, by=other)
    lines = await hall.store.read(lambda db: audit.entries(db, action="refused"))
    assert {line.actor for line in lines} == {f"staff:{colleague.id}", f"staff:{local.id}"}
    for one in (officer, approver, None):
        assert len((await report_of(hall.store, announcement=announcement, by=one)).results) == 1


def test_a_lease_s_end_is_longer_than_any_call():
    assert timedelta(seconds=30) < sending.LEASE
