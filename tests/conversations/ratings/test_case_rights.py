"""Assignment of complaints, who is notified, and that a case cannot be linked to an answer set."""

from datetime import date

import pytest
from sqlalchemy import update

from domain.staff.roles import Role
from storage.ratings import case_files, cases
from storage.schema import applications
from storage.store import Store
from tests.conversations.ratings.test_case_news import told
from tests.conversations.ratings.test_rating import HANDED_OVER, answer, rows
from tests.support.counter import counter_of
from tests.support.officers import officer
from tests.support.people import SRI, row


@pytest.fixture
async def counter(store: Store, clock, tmp_path):
    """An office on both databases, on a Thursday, because weeks are stored by their Monday."""
    clock.move(days=3)
    opened = counter_of(store, clock, tmp_path)
    await opened.open()
    yield opened
    await opened.close()


async def served(counter, resident):
    """A card is handed over at Sooko, and its resident is invited to rate that."""
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await resident.asks(SRI)
    await counter.imports(row(SRI, HANDED_OVER, tanggal="2026-11-26"))
    await counter.passes(minutes=5)
    await counter.passes(minutes=5)


async def rates(counter, resident, digits, word=""):
    await served(counter, resident)
    await answer(resident, "1" + digits)
    await resident.taps("Lewati")
    await (resident.says(word) if word else resident.taps("Lewati"))
    return await the_case(counter)


async def the_case(counter):
    (case,) = await counter.store.read(case_files.listed)
    return case


async def complains(counter, resident, words):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await resident.asks(SRI)
    await resident.says("/pengaduan")
    await resident.says(words)
    await resident.taps("Kirim")
    return await the_case(counter)


async def test_a_fee_is_given_and_told_to_nobody_of_the_point(counter, sri):
    of_the_point = [
        await officer(counter, f"{role} Sooko", role=role, point="sooko")
        for role in (Role.OFFICER, Role.APPROVER, Role.ADMIN)
    ]
    elsewhere = await officer(counter, "Mila", role=Role.APPROVER, point="mojosari")
    case = await rates(counter, sri, "444144444")
    assert (case.kind, case.points, case.owner) == ("fee", ("sooko",), "Mila")
    await counter.passes(hours=1)
    assert len(told(elsewhere)) == 1
    await counter.passes(days=9)  # late: it would go to an admin, and the only one is of the point
    await counter.passes(hours=1)
    assert (await the_case(counter)).owner == "Mila"
    assert [told(one) for one in of_the_point] == [[], [], []]


async def test_while_nobody_may_own_a_fee_the_officers_of_other_points_hear(counter, sri):
    here = await officer(counter, "Sari", point="sooko")
    there = await officer(counter, "Mila", point="mojosari")
    case = await rates(counter, sri, "444144444")
    assert case.owner is None
    await counter.passes(hours=1)
    assert (len(told(here)), len(told(there))) == (0, 1)


async def test_a_low_rating_goes_to_the_points_approver_and_not_to_officers(counter, sri):
    here = await officer(counter, "Sari", point="sooko")
    approver = await officer(counter, "Bima", role=Role.APPROVER, point="sooko")
    case = await rates(counter, sri, "441444444")
    assert (case.kind, case.owner) == ("low", "Bima")
    await counter.passes(hours=1)
    assert (len(told(here)), len(told(approver))) == (0, 1)


async def test_a_low_rating_whose_word_tells_of_money_leaves_the_point(counter, sri):
    here = await officer(counter, "Bima", role=Role.APPROVER, point="sooko")
    await counter.passes(minutes=1)
    there = await officer(counter, "Mila", role=Role.APPROVER, point="mojosari")
    case = await rates(counter, sri, "441444444", "Dimintai uang 50 ribu")
    assert (case.kind, case.owner) == ("fee", "Mila")
    await counter.passes(hours=1)
    assert (len(told(here)), len(told(there))) == (0, 1)


async def test_a_complaint_about_money_is_a_case_of_a_fee(counter, sri):
    await officer(counter, "Bima", role=Role.APPROVER, point="sooko")
    case = await complains(counter, sri, "Dimintai uang 50 ribu supaya cepat")
    assert (case.kind, case.points, case.owner) == ("fee", ("sooko",), None)


async def test_a_reopened_complaint_that_mentions_money_leaves_the_point(counter, sri):
    await officer(counter, "Bima", role=Role.APPROVER, point="sooko")
    case = await complains(counter, sri, "Loket tutup padahal masih jam kerja")
    assert case.owner == "Bima"
    await counter.store.write(lambda db: cases.reply(db, number=case.number, word="Maaf.", staff_id=7))
    await counter.passes(minutes=3)
    await sri.taps("Belum")
    await sri.says("Waktu itu saya dimintai uang 50 ribu")
    case = await the_case(counter)
    assert (case.kind, case.owner) == ("fee", None)


async def at_mojosari(counter):
    """Sri's chat knows Mojosari alone."""
    return await counter.store.write(lambda db: db.run(update(applications).values(point="mojosari")))


async def test_a_point_that_the_words_name_is_one_of_the_case(counter, sri):
    await officer(counter, "Sari", role=Role.APPROVER, point="sooko")
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await at_mojosari(counter)
    await sri.says("/pengaduan")
    await sri.says("Petugas loket SOOKO marah-marah kepada saya")
    await sri.taps("Kirim")
    assert set((await the_case(counter)).points) == {"mojosari", "sooko"}


async def test_a_point_named_at_reopening_takes_the_case_from_its_staff(counter, sri):
    await officer(counter, "Bima", role=Role.APPROVER, point="sooko")
    await counter.passes(minutes=1)
    await officer(counter, "Wulan", role=Role.APPROVER)
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await at_mojosari(counter)
    await sri.says("/pengaduan")
    await sri.says("Saya dimintai uang 50 ribu")
    await sri.taps("Kirim")
    case = await the_case(counter)
    assert (case.points, case.owner) == (("mojosari",), "Bima")
    await counter.store.write(lambda db: cases.reply(db, number=case.number, word="Maaf.", staff_id=7))
    await counter.passes(minutes=3)
    await sri.taps("Belum")
    await sri.says("Yang meminta petugas di Sooko")
    case = await the_case(counter)
    assert (case.points, case.owner) == (("mojosari", "sooko"), "Wulan")


@pytest.mark.parametrize("digits", ["441444444", "444444444"])  # the scores open the case, or the word does
async def test_a_point_named_in_a_ratings_comment_becomes_the_cases_point(counter, sri, digits):
    await officer(counter, "Bima", role=Role.APPROVER)
    case = await rates(counter, sri, digits, "Keluhan saya: petugas Mojosari marah-marah")
    assert case.points == ("sooko", "mojosari")


async def test_a_complaint_without_a_point_is_told_only_to_the_whole_office(counter):
    here = await officer(counter, "Sari", point="sooko")
    whole = await officer(counter, "Wulan")
    somebody = counter.resident("Budi")
    await somebody.says("/pengaduan")
    await somebody.says("Loket tutup padahal masih jam kerja")
    await somebody.taps("Kirim")
    assert (await the_case(counter)).points == ()
    await counter.passes(hours=1)
    assert (len(told(here)), len(told(whole))) == (0, 1)


@pytest.mark.parametrize(
    ("digits", "word"),
    [("441444444", ""), ("444144444", ""), ("444444444", "Petugasnya marah-marah, keluhan saya")],
)
async def test_r7_a_case_from_answers_keeps_its_week_but_no_time(counter, sri, digits, word):
    await officer(counter, "Bima", role=Role.APPROVER)
    case = await rates(counter, sri, digits, word)
    assert (case.opened_on, case.due_on, case.by_week) == (date(2026, 11, 23), date(2026, 12, 4), True)
    assert [one.at.isoformat() for one in (await shown(counter, case)).history] == [
        "2026-11-23T00:00:00+00:00"
    ]
    if word:
        assert {str(one) for (one,) in await rows(counter, "SELECT written_on FROM free_words")} == {
            "2026-11-23"
        }
    # Ids are made of the moment elsewhere; these come of chance, so that two of them tell nothing of what was between.
    of_moment = (await rows(counter, "SELECT max(id) FROM chats"))[0][0]
    ids = await rows(counter, "SELECT id FROM cases UNION SELECT id FROM case_history")
    assert all(abs(one - of_moment) > 1 << 40 for (one,) in ids)
    await counter.passes(hours=1)
    assert await counter.count("errands", "conversation = 'case-news'") == 0
    assert (
        await counter.count("audit", f"details LIKE '%{case.number}%' OR subject LIKE '%{case.number}%'") == 0
    )


async def shown(counter, case):
    return await counter.store.read(lambda db: case_files.show(db, number=case.number))
