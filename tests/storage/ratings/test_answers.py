"""Answer sets and the sums that the index is read from: the same figure on both ways, nothing that leads to a person."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from domain.ratings.index import ELEMENTS, Tally, satisfaction_of
from domain.ratings.period import Period
from domain.ratings.survey import Education, Job, Profile, Sex, TimeBand
from storage.ratings import answers, tallies
from storage.schema import answer_sets, free_words, metadata
from tests.storage.rows import application

DAY = date(2026, 11, 23)
EVER = Period(first=date(2020, 1, 1), last=date(2027, 12, 31))
FOURS = dict.fromkeys(ELEMENTS, 4)


async def answered(store, scores=FOURS, *, on=DAY, point="sooko", service="ktp_baru", band=TimeBand.MORNING):
    return await store.write(
        lambda db: answers.store_answers(db, scores=scores, on=on, band=band, point=point, service=service)
    )


async def exported(store, period=EVER, **chosen):
    return [one async for one in answers.answer_sets_of(store, period=period, **chosen)]


def scores_of(random):
    return {element: random.randint(1, 4) for element in ELEMENTS}


async def test_the_ninth_answer_counts_at_once_and_eight_never_do(store):
    await answered(store)
    await answered(store, dict.fromkeys(ELEMENTS[:8], 1))
    tally = await store.read(lambda db: tallies.tally(db, period=EVER))
    assert (tally.people, tally.sums) == (1, (4,) * 9)
    assert await store.read(lambda db: tallies.partial_sets(db, period=EVER)) == 1


async def test_nobody_answered_is_no_index(store):
    tally = await store.read(lambda db: tallies.tally(db, period=EVER))
    assert satisfaction_of(tally) is None
    assert await store.read(tallies.days_answered) is None


async def test_sums_agree_with_a_recount(store):
    random = Random(5)
    given = []
    for _ in range(120):
        scores = scores_of(random)
        on = DAY - timedelta(days=random.randint(0, 150))
        place = {
            "point": random.choice(["sooko", "mpp", ""]),
            "service": random.choice(["kia", "ktp_baru"]),
        }
        given.append((scores, on, place))
        await answered(store, scores, on=on, **place)
    for first, last in [(0, 150), (3, 40), (31, 62), (10, 10), (140, 150)]:
        period = Period(first=DAY - timedelta(days=last), last=DAY - timedelta(days=first))
        for chosen in ({}, {"point": "mpp"}, {"point": "", "service": "kia"}):
            kept = await store.read(lambda db: tallies.tally(db, period=period, **chosen))  # noqa: B023
            anew = await store.read(lambda db: tallies.recount(db, period=period, **chosen))  # noqa: B023
            wanted = Tally.of(
                scores
                for scores, on, place in given
                if period.first <= on <= period.last and chosen.items() <= place.items()
            )
            assert kept == anew == wanted
            rows = await exported(store, period, **chosen)
            assert Tally.of(one.scores for one in rows) == wanted
    by_point = await store.read(lambda db: tallies.tallies_by(db, "point", period=EVER))
    assert sum(by_point.values(), Tally()) == Tally.of(scores for scores, _, _ in given)
    by_month = await store.read(lambda db: tallies.tallies_by(db, "month", period=EVER))
    assert date(2026, 11, 1) in by_month
    assert sum(by_month.values(), Tally()) == sum(by_point.values(), Tally())


async def test_sums_that_were_lost_are_made_again_from_the_answers(store):
    random = Random(6)
    for _ in range(30):
        await answered(store, scores_of(random), on=DAY - timedelta(days=random.randint(0, 60)))
    before = await store.read(lambda db: tallies.tallies_by(db, "month", period=EVER))
    await store.write(tallies.rebuild)
    assert await store.read(lambda db: tallies.tallies_by(db, "month", period=EVER)) == before
    some_days = Period(first=DAY - timedelta(days=45), last=DAY)
    kept = await store.read(lambda db: tallies.tally(db, period=some_days))
    assert kept == await store.read(lambda db: tallies.recount(db, period=some_days))


async def test_an_export_is_ordered_by_random_keys(store):
    keys = [await answered(store) for _ in range(40)]
    rows = [one.key for one in await exported(store)]
    assert rows == sorted(keys)
    assert rows != keys


async def test_a_profile_stands_beside_its_answers_and_is_counted(store):
    key = await answered(store)
    await answered(store)
    told = Profile(sex=Sex.FEMALE, education=Education.SMA, job=Job.WIRAUSAHA)
    await store.write(lambda db: answers.add_profile(db, key=key, profile=told))
    assert {one.key: one.profile for one in await exported(store)}[key] == told
    counts = await store.read(lambda db: tallies.profiles(db, period=EVER))
    assert counts["sex"] == {Sex.MALE: 0, Sex.FEMALE: 1, None: 1}
    assert counts["age_band"][None] == 2


async def test_a_free_word_is_sealed_and_shares_no_key_with_an_answer(store):
    key = await answered(store)
    await store.write(lambda db: answers.store_word(db, word="Petugasnya ramah", on=DAY))
    row = (await store.read(lambda db: db.rows(select(free_words))))[0]
    assert row.key != key
    assert b"ramah" not in row.word
    assert [one.word for one in await store.read(lambda db: answers.words(db, period=EVER, limit=9))] == [
        "Petugasnya ramah"
    ]


def test_no_column_links_an_answer_to_a_person():
    for table in (answer_sets, free_words, metadata.tables["answer_sums"]):
        assert not table.foreign_keys
        assert not [one.name for one in table.columns if one.name.endswith(("_at", "_id", "_index"))]
    pointing = {key.column.table.name for table in metadata.tables.values() for key in table.foreign_keys}
    assert not pointing & {"answer_sets", "free_words", "answer_sums"}


@pytest.mark.parametrize("wrong", [{"waktu": 0}, {"waktu": 5}, {"complete": False}, {"sex": "perempuan"}])
async def test_the_database_itself_refuses_answers_that_the_form_does_not_have(store, wrong):
    row = {"key": 1, "answered_on": DAY, "time_band": "08-12", "point": "", "service": "", "complete": True}
    row |= {element.value: 4 for element in ELEMENTS} | wrong
    with pytest.raises(IntegrityError):
        await store.write(lambda db: db.run(answer_sets.insert(), row))


async def test_the_sample_is_drawn_from_those_who_were_served_in_the_period(store):
    handed_over = {"stage": "PICKED_UP", "stage_on": DAY, "point": "sooko"}
    await store.write(lambda db: application(db, **handed_over))
    await store.write(
        lambda db: application(db, number="MJK-261102-0008-X", nik="3516995508900002", stage="PRINTED")
    )
    assert await store.read(lambda db: tallies.served(db, period=EVER)) == 1
    assert await store.read(lambda db: tallies.served(db, period=EVER, point="mpp")) == 0


async def test_the_latest_improvement_is_told(store):
    assert await store.read(answers.improvement) == ""
    for told in ("Loket buka saat istirahat.", "Ada kursi tunggu."):
        await store.write(lambda db, told=told: answers.tell_improvement(db, told=told, staff=None))
    assert await store.read(answers.improvement) == "Ada kursi tunggu."


async def test_sums_of_no_answers_are_no_sums(store):
    await answered(store)
    await store.write(lambda db: db.run(answer_sets.delete()))
    await store.write(tallies.rebuild)
    assert await store.read(tallies.days_answered) is None
    assert (await store.read(lambda db: tallies.tally(db, period=EVER))).people == 0


async def test_every_answer_is_exported_once_however_many_pages_it_takes(store, monkeypatch):
    monkeypatch.setattr(answers, "_PAGE", 2)
    keys = [await answered(store) for _ in range(4)]
    assert [one.key for one in await exported(store)] == sorted(keys)
