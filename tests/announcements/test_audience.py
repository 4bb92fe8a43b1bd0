"""Whom an announcement is for: people of a kecamatan or service, cards of some days, and those of a list."""

import asyncio
from dataclasses import replace
from datetime import date
from functools import partial

from sqlalchemy import select

from bot.announcing.render import Rendering
from domain.announcements.announcement import Counts
from handlers.announcements.service import plan_at_once
from storage.announcements import delivery, freeze
from storage.announcements.records import find
from storage.schema import applications
from tests.announcements.hall import person
from tests.support.people import row

UNDO = 61


async def test_an_announcement_is_for_the_people_of_a_kecamatan_and_a_service(hall, officer):
    people = await hall.crowd(4)
    for place, (kecamatan, layanan) in enumerate(
        [("Sooko", "ktp_hilang"), ("Sooko", "kia"), ("Gondang", "kia"), ("Gondang", "ktp_hilang")]
    ):
        await hall.lists([people[place]], kecamatan=kecamatan, layanan=layanan)
    order = hall.order(district="Sooko", service="kia")
    assert (await hall.previews(order, by=officer)).recipients == 1
    await hall.announces(officer, order)
    await hall.passes(seconds=UNDO)
    read = [hall.read_by(one["no_registrasi"]) for one in people]
    assert [len(texts) for texts in read] == [0, 1, 0, 0]


async def test_an_announcement_is_for_cards_that_became_ready_between_two_days(hall, officer):
    people = [person(place) for place in range(4)]
    for one, day in zip(people, ("2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"), strict=True):
        await hall.lists([one], tanggal=day)
        await hall.follows(one)
    order = hall.order(since=date(2026, 11, 18), until=date(2026, 11, 19))
    assert (await hall.previews(order, by=officer)).recipients == 2
    await hall.announces(officer, order)
    await hall.passes(seconds=UNDO)
    assert [len(hall.read_by(one["no_registrasi"])) for one in people] == [0, 1, 1, 0]


async def test_a11_a_listed_person_who_links_later_gets_it_unless_handed_over(hall, officer):
    early, late, gone = person(1), person(2), person(3)
    await hall.lists([early, late, gone])
    await hall.follows(early)
    announcement = await hall.announces(officer, hall.order(recipients=hall.file([early, late, gone])))
    await hall.passes(seconds=UNDO)
    await hall.imports(row(gone, "CARD_ISSUED", tanggal="2026-11-23"))
    await hall.passes(days=1)
    await hall.follows(late)
    await hall.follows(gone)
    await hall.passes(seconds=10)
    assert await hall.counts(announcement) == Counts(sent=2)
    assert not hall.read_by(gone["no_registrasi"])


async def test_a_late_follower_reads_nothing_of_a_card_handed_over(hall, officer):
    await hall.crowd(1)
    ready, gone = person(50), person(51)
    await hall.lists([ready, gone])
    await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    await hall.imports(row(gone, "CARD_ISSUED", tanggal="2026-11-23"))
    await hall.follows(ready, name="Dewi")
    await hall.follows(gone, name="Dewi")
    await hall.passes(seconds=10)
    (text,) = hall.read_by("Dewi")
    assert ready["no_registrasi"] in text
    assert gone["no_registrasi"] not in text


async def test_a_late_follower_of_an_announcement_withdrawn_at_that_moment_gets_nothing(hall, officer):
    await hall.crowd(1)
    late = person(50)
    await hall.lists([late])
    number = await hall.announces(officer)
    assert await hall.steers("pause", number, officer) is None
    await hall.passes(seconds=UNDO)
    await hall.follows(late)
    taking = {"announcement": number, "office": hall.office, "render": Rendering(hall.texts)}
    one = await hall.store.read(partial(find, announcement=number))
    found = await hall.store.read(partial(delivery.late_followers, announcement=one))
    assert len(found) == 1
    assert await hall.steers("withdraw", number, officer) is None
    assert await hall.store.write(partial(delivery.take_in, late=found, **taking)) == 0
    await hall.passes(seconds=10)
    assert not hall.read_by(late["no_registrasi"])


async def test_two_processes_take_the_same_late_follower_in_once(hall, officer):
    await hall.crowd(1)
    late = person(50)
    await hall.lists([late])
    number = await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    chat = await hall.follows(late)
    taking = {"announcement": number, "office": hall.office, "render": Rendering(hall.texts)}
    added = await asyncio.gather(
        *(hall.store.write(partial(delivery.take_in, late=[chat], **taking)) for _ in range(2))
    )
    assert sorted(added) == [0, 1]
    await hall.passes(seconds=10)
    assert await hall.counts(number) == Counts(sent=2)
    await hall.assert_adds_up()


async def test_late_followers_come_in_pieces_until_all_are_told(hall, officer, monkeypatch):
    monkeypatch.setattr(delivery, "_LATE_AT_ONCE", 2)
    await hall.crowd(1)
    late = [person(place) for place in range(50, 53)]
    await hall.lists(late)
    number = await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    for one in late:
        await hall.follows(one)
    for _ in range(2):
        await hall.passes(minutes=2)
    assert await hall.counts(number) == Counts(sent=4)


async def test_an_announcement_undone_while_it_is_frozen_reaches_nobody(hall, officer, monkeypatch):
    people = await hall.crowd(3)
    monkeypatch.setattr(freeze, "CHUNK", 1)

    async def undone() -> None:
        (one,) = await hall.store.read(freeze.to_freeze)
        assert await hall.steers("undo", one, officer) is None

    number = await hall.store.write(partial(plan_at_once, order=hall.order(), by=officer, office=hall.office))
    done = await freeze.freeze(
        hall.store, announcement=number.announcement, office=hall.office, render=Rendering(hall.texts),
        open_spans=lambda _point, _day: (), owner="timers-1", pause=undone,
    )  # fmt: skip
    assert not done
    await hall.passes(seconds=UNDO)
    assert await hall.state(number.announcement) == "undone"
    assert [hall.read_by(one["no_registrasi"]) for one in people] == [[]] * 3
    await hall.assert_adds_up()


async def test_a_preview_leaves_out_a_listed_card_that_is_gone_by_now(hall):
    [one] = await hall.crowd(1)
    (found,) = await hall.store.read(lambda db: db.rows(select(applications.c.id)))
    shown = await hall.previews(replace(hall.order(), listed=(404, found.id)))
    assert one["no_registrasi"] in shown.text
    assert shown.recipients == 1
