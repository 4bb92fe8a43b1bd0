"""A10: 11,000 cards and a counter that hands out 350 a day."""

import asyncio
from datetime import date, datetime, time, timedelta, timezone
from functools import partial

import pytest
from sqlalchemy import select

from domain.announcements.announcement import Counts
from domain.announcements.waves import Waves, assign, calendar, families, windows
from domain.office.week import Span
from domain.refusals import AlreadySwapped
from domain.refusals.announcements import NoWindows
from storage import audit
from storage.announcements import freeze, results, swaps
from storage.schema import announcement_applications
from tests.announcements.hall import person
from tests.support.people import number

WIB = timezone(timedelta(hours=7))
MONDAY = date(2026, 11, 23)
HOURS = (Span(time(8), time(11)), Span(time(13), time(15)))


def weekdays(_point: str, day: date) -> tuple[Span, ...]:
    return HOURS if day.weekday() < 5 else ()


def test_every_card_gets_a_day_within_opening_hours_and_the_counters_capacity():
    waves = Waves(per_day=350, begins=MONDAY)
    found = assign([("sooko", [one]) for one in range(11_000)], waves, weekdays, WIB)
    assert len(found) == 11_000
    days: dict[date, int] = {}
    for window in found.values():
        assert window.starts_at.weekday() < 5
        assert any(span.opens <= window.starts_at.time() < span.closes for span in HOURS)
        assert any(span.opens < window.ends_at.time() <= span.closes for span in HOURS)
        days[window.starts_at.date()] = days.get(window.starts_at.date(), 0) + 1
    assert max(days.values()) == 350
    assert len(days) == 32  # 31 full days and a rest
    assert min(days) == MONDAY


def test_a_day_s_cards_are_shared_out_to_the_last_one():
    day = list(windows(Waves(per_day=352, begins=MONDAY), "sooko", weekdays, WIB))[:5]
    assert [one.room for one in day] == [70, 71, 70, 71, 70]
    assert [one.starts_at.hour for one in day] == [8, 9, 10, 13, 14]


def test_cards_of_a_family_and_of_its_other_followers_share_a_day():
    follows = [(1, 10), (1, 11), (2, 11), (2, 12), (3, 20)]
    assert families(follows, [10, 11, 12, 20, 30]) == [[10, 11, 12], [20], [30]]
    waves = Waves(per_day=5, begins=MONDAY)
    found = assign([("sooko", group) for group in ([1], [2, 3], [4])], waves, weekdays, WIB)
    assert found[2] == found[3]


def test_a_family_takes_the_next_window_that_has_room_for_all():
    waves = Waves(per_day=10, begins=MONDAY)  # two a window
    found = assign([("sooko", group) for group in ([1], [2, 3], [4])], waves, weekdays, WIB)
    assert [found[one].starts_at.hour for one in (1, 2, 3, 4)] == [8, 9, 9, 8]


def test_the_preview_calendar_tells_how_many_come_when():
    waves = Waves(per_day=10, begins=MONDAY)
    found = assign([("sooko", [one]) for one in range(12)], waves, weekdays, WIB)
    lines = calendar(found, dict.fromkeys(found, "sooko"))
    assert [one.cards for one in lines] == [2, 2, 2, 2, 2, 2]
    assert lines[-1].starts_at == datetime(2026, 11, 24, 8, tzinfo=WIB)


def test_a_counter_that_never_opens_is_told():
    with pytest.raises(NoWindows):
        assign([("sooko", [1])], Waves(per_day=5, begins=MONDAY), lambda _point, _day: (), WIB)


async def test_a10_each_message_carries_its_own_day_and_window(hall, approver):
    people = await hall.crowd(60)
    waves = Waves(per_day=14, begins=date(2026, 11, 25))
    order = hall.order("Ambil {hari}, pukul {jam}, di {tempat}.", waves=waves)
    shown = await hall.previews(order)
    assert sum(one.cards for one in shown.calendar) == 60
    assert "Ambil Rabu, 25 November 2026, pukul 08.00 WIB sampai 09.00 WIB" in shown.text
    await hall.announces(approver, order)
    await hall.passes(seconds=61)
    texts = [hall.read_by(one["no_registrasi"])[0] for one in people]
    assert sum("25 November 2026" in text for text in texts) == 14
    assert not any("28 November" in text or "29 November" in text for text in texts)  # a week-end
    assert all("tukar hari" in text for text in texts)


async def test_a10_a_text_that_does_not_tell_the_day_gets_it_added(hall, approver):
    people = await hall.crowd(2)
    await hall.announces(
        approver, hall.order("Kartu siap.", waves=Waves(per_day=7, begins=MONDAY))
    )  # it is nine now
    await hall.passes(seconds=61)
    (text,) = hall.read_by(people[0]["no_registrasi"])
    assert "Kartu siap.\n\nSilakan datang Senin, 23 November 2026, pukul 10.00 WIB sampai 11.00 WIB." in text


async def test_a10_a_resident_takes_another_day_once(hall, approver):
    people = await hall.crowd(3)
    await hall.announces(approver, hall.order(waves=Waves(per_day=1, begins=date(2026, 11, 24))))
    await hall.passes(seconds=61)
    sri = hall.resident(people[0]["no_registrasi"])
    await sri.says("tukar hari")
    sri.hears("Selasa, 24 November 2026")
    taken = {
        text for one in people for text in hall.read_by(one["no_registrasi"]) if "Silakan datang" in text
    }
    assert len(taken) == 3
    assert not any("24 Nov" in label or "25 Nov" in label or "26 Nov" in label for label in sri.labels)
    await sri.taps("27 Nov")
    sri.hears("Jumat, 27 November 2026")
    await sri.says("tukar hari")
    sri.hears("satu kali")


async def test_a10_the_second_for_the_last_place_may_choose_again(hall, approver):
    people = await hall.crowd(2)
    await hall.announces(approver, hall.order(waves=Waves(per_day=1, begins=date(2026, 11, 24))))
    await hall.passes(seconds=61)
    sri, budi = (hall.resident(one["no_registrasi"]) for one in people)
    for one in (sri, budi):
        await one.says("tukar hari")
    for one in (sri, budi):
        await one.taps("27 Nov")
    sri.hears("Sudah diganti", "Jumat, 27 November 2026")
    budi.hears("baru saja terisi")
    await budi.says("tukar hari")
    assert not any("27 Nov" in label for label in budi.labels)
    await budi.taps("30 Nov")
    budi.hears("Sudah diganti", "Senin, 30 November 2026")


async def test_a10_a_resident_may_keep_the_day_and_swap_later(hall, approver):
    people = await hall.crowd(2)
    await hall.announces(approver, hall.order(waves=Waves(per_day=1, begins=date(2026, 11, 24))))
    await hall.passes(seconds=61)
    sri = hall.resident(people[0]["no_registrasi"])
    await sri.says("tukar hari")
    await sri.taps("Tetap hari itu")
    sri.hears("jadwalnya tetap")
    await sri.says("tukar hari")
    await sri.taps("27 Nov")
    sri.hears("Jumat, 27 November 2026")


async def test_a10_a_family_too_large_for_another_day_keeps_its_own(hall, approver):
    [one] = await hall.crowd(1)
    other = person(2)
    await hall.lists([other])
    await hall.follows(other, name=one["no_registrasi"])
    await hall.announces(approver, hall.order(waves=Waves(per_day=1, begins=date(2026, 11, 24))))
    await hall.passes(seconds=61)
    sri = hall.resident(one["no_registrasi"])
    await sri.says("tukar hari")
    sri.hears("Selasa, 24 November 2026", "Hari lain sedang penuh")


async def test_a10_a_shared_browser_tells_the_day_only_for_a_pair(hall, approver):
    [one] = await hall.crowd(1, channel="web")
    await hall.announces(approver, hall.order(waves=Waves(per_day=1, begins=date(2026, 11, 24))))
    await hall.passes(seconds=61)
    browser = hall.resident(one["no_registrasi"], channel="web")
    await browser.sends(kind="left")
    await browser.says("tukar hari")
    browser.hears("nomor registrasi")
    browser.hears_not("24 November")
    await browser.says(one["no_registrasi"])
    await browser.says(one["nik"])
    browser.has_heard("Selasa, 24 November 2026")
    await browser.says("tukar hari")  # shown in this sitting
    browser.hears("Selasa, 24 November 2026")


async def test_a10_who_was_never_given_a_day_is_told_so(hall):
    sri = hall.resident("Sri")
    await sri.says("tukar hari")
    sri.hears("belum ada jadwal pengambilan")


async def test_a10_cards_without_followers_get_a_day_for_the_villages_list(hall, approver):
    people = await hall.crowd(1)
    nobody = person(77)
    await hall.lists([nobody])
    announcement = await hall.announces(
        approver, hall.order(waves=Waves(per_day=1, begins=date(2026, 11, 24)))
    )
    found = await hall.store.read(lambda db: results.results_of(db, announcement=announcement))
    assert [one.parts[0].number for one in found if one.channel is None] == [number("0077")]
    assert await hall.count("announcement_applications", "comes_at IS NOT NULL") == 2
    assert people


async def test_a10_other_days_are_offered_once_for_each_half_day(hall, approver):
    [one] = await hall.crowd(1)
    await hall.announces(approver, hall.order(waves=Waves(per_day=21, begins=date(2026, 11, 24))))
    await hall.passes(seconds=61)
    sri = hall.resident(one["no_registrasi"])
    await sri.says("tukar hari")
    offered = [label for label in sri.labels if "Nov" in label]
    assert len(offered) == swaps.OFFERED
    assert sum("24 Nov" in label for label in offered) == 2, "its own morning has another window"
    assert sum("25 Nov" in label for label in offered) == 2


async def test_a10_of_two_taps_at_once_one_day_is_taken(hall, approver):
    [one] = await hall.crowd(1)
    await hall.announces(approver, hall.order(waves=Waves(per_day=1, begins=date(2026, 11, 24))))
    await hall.passes(seconds=61)
    chat = await hall.follows(one)
    spans = {"open_spans": weekdays, "zone": WIB}
    call = await hall.store.read(lambda db: swaps.call_of(db, chat=chat, elsewhere="sooko"))
    wanted = await hall.store.read(lambda db: swaps.free(db, call=call, **spans))
    taken = await asyncio.gather(
        *(hall.store.write(partial(swaps.take, call=call, wanted=window, **spans)) for window in wanted[:2]),
        return_exceptions=True,
    )
    assert taken.count(None) == 1
    assert sum(isinstance(one, AlreadySwapped) for one in taken) == 1
    after = await hall.store.read(lambda db: swaps.call_of(db, chat=chat, elsewhere="sooko"))
    assert (after.swapped, after.starts_at) == (True, wanted[taken.index(None)].starts_at)


async def test_a10_days_given_before_a_crash_stay_as_they_were(hall, approver, monkeypatch):
    await hall.crowd(3)
    order = hall.order(waves=Waves(per_day=1, begins=date(2026, 11, 24)))

    async def dies(*_args, **_more):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(freeze, "add_recipients", dies)
        with pytest.raises(OSError):
            await hall.announces(approver, order)
    given = await given_days(hall)
    assert len(given) == 3
    hall.clock.move(minutes=1)
    await hall.passes(days=1)
    await hall.passes(seconds=61)
    assert await given_days(hall) == given
    (told,) = await hall.store.read(results.listed)
    assert told.counts == Counts(sent=3)


async def given_days(hall) -> dict[int, datetime]:
    columns = announcement_applications.c["application_id", "comes_at"]
    rows = await hall.store.read(lambda db: db.rows(select(*columns)))
    return {row.application_id: row.comes_at for row in rows if row.comes_at is not None}


CLOSED = {"from": date(2026, 1, 1), "to": date(2029, 1, 1), "hours": {}}


@pytest.mark.parametrize("hall", [{"special_hours": [CLOSED]}], indirect=True)
async def test_a10_an_announcement_without_any_open_day_is_undone(hall, approver):
    [one] = await hall.crowd(1)
    order = hall.order(waves=Waves(per_day=1, begins=date(2026, 11, 24)))
    with pytest.raises(NoWindows):
        await hall.announces(approver, order)
    (announcement,) = [found.announcement.id for found in await hall.store.read(results.listed)]
    hall.clock.move(minutes=1)
    await hall.passes(seconds=61)
    assert await hall.state(announcement) == "undone"
    assert hall.read_by(one["no_registrasi"]) == []
    said = await hall.store.read(lambda db: audit.entries(db, action="announcement-undone"))
    assert [(line.actor, line.subject) for line in said] == [(audit.SYSTEM, f"announcement:{announcement}")]
