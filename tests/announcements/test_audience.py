"""Whom an announcement is for: people of a kecamatan or service, cards of some days, and those of a list."""

from datetime import date

from domain.announcements.announcement import Counts
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
