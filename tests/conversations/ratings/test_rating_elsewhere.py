"""R2 and P2: the same service is rated from another chat meanwhile, or the person has everything erased."""

import pytest

from tests.conversations.ratings.test_rating import answer, counted, rows, serve
from tests.support.people import BUDI, SRI, row


@pytest.fixture
async def both_begun(counter, sri):
    """Sri on her phone and Sri on the family's computer have both answered three questions."""
    other = counter.resident("Sri di komputer")
    await serve(counter, sri, other)
    for resident in (sri, other):
        await answer(resident, "1444")
    return sri, other


async def test_r2_the_next_answer_hears_that_the_rating_is_in(counter, both_begun):
    sri, other = both_begun
    await answer(sri, "444444")
    await other.says("4")
    other.hears("sudah diterima")
    other.hears_not("5/9")
    assert await counted(counter) == 1
    assert await counter.count("answer_sets") == 1


async def test_r2_nilai_hears_that_the_rating_is_in(both_begun):
    sri, other = both_begun
    await answer(sri, "444444")
    await other.says("/nilai")
    other.hears("sudah diterima")
    other.hears_not("4/9")


async def test_r2_a_one_that_came_too_late_opens_no_case(counter, both_begun):
    sri, other = both_begun
    await answer(sri, "444444")
    await other.says("1")
    other.hears("sudah diterima")
    assert await counter.count("cases") == 0


async def test_nilai_shows_the_same_question_and_its_old_buttons_stay_good(both_begun):
    sri, _ = both_begun
    shown = sri.screen
    await sri.says("/nilai")
    sri.hears("4/9")
    await sri.taps("Gratis", of=shown)
    sri.hears("5/9")


async def test_r1_a_step_back_crosses_what_was_read_between_the_questions(both_begun):
    sri, _ = both_begun
    await sri.says("kembali")
    sri.hears("3/9")
    await sri.says("kembali")
    sri.hears("2/9")


async def test_p2_erasure_during_a_rating_ends_it_and_leaves_nothing(counter, sri):
    await serve(counter, sri)
    await answer(sri, "114")
    await sri.says("/hapusdata")
    await sri.taps("Ya")
    sri.hears("sudah dihapus")
    sri.hears_not("3/9")
    assert await counter.count("answer_sets") == 0
    assert await counter.count("cases") == 0
    assert await rows(counter, "SELECT state, point, service FROM invitations") == [("spent", None, None)]


async def test_p2_who_is_erased_after_the_ninth_still_counts(counter, sri):
    await serve(counter, sri)
    await answer(sri, "1" + "4" * 9)
    await sri.says("/hapusdata")
    await sri.taps("Ya")
    sri.hears("sudah dihapus")
    assert await counted(counter) == 1
    assert await counter.count("invitations", "state = 'spent'") == 1
    assert SRI["nik"] not in sri.screen.text


async def test_r1_a_follower_of_three_cards_rates_one_and_is_reminded_later(counter, sri):
    children = [SRI, BUDI]
    for child in children:
        await counter.imports(row(child, "CARD_SHIPPED"))
        await sri.asks(child)
    before = len(sri.screens)
    await counter.imports(*[row(child, "CARD_ISSUED", tanggal="2026-11-23") for child in children])
    await counter.passes(minutes=5)
    await counter.passes(minutes=5)
    asked = [one for one in sri.screens[before:] if "Bagaimana pelayanan kami?" in one.text]
    assert len(asked) == 1
    await answer(sri, "1" + "4" * 9)
    await sri.taps("Lewati")
    await sri.taps("Lewati")
    sri.hears("Masih ada layanan lain", "ketik *nilai*")
    await sri.says("nilai")
    sri.hears("1/9")
    await answer(sri, "3" * 9)
    await sri.taps("Lewati")
    await sri.taps("Lewati")
    sri.hears("Terima kasih")
    sri.hears_not("Masih ada layanan lain")
    assert await counted(counter) == 2


async def test_r1_the_other_card_is_asked_about_days_later(counter, sri):
    for child in (SRI, BUDI):
        await counter.imports(row(child, "CARD_SHIPPED"))
        await sri.asks(child)
    await counter.imports(*[row(one, "CARD_ISSUED", tanggal="2026-11-23") for one in (SRI, BUDI)])
    await counter.passes(minutes=5)
    await counter.passes(minutes=5)
    await answer(sri, "1" + "4" * 9)
    await sri.taps("Lewati")
    await sri.taps("Lewati")
    await counter.passes(days=3)
    sri.hears("Bagaimana pelayanan kami?")


@pytest.mark.parametrize("typed", ["0", "5", "10", "tidak tahu"])
async def test_r1_what_is_no_answer_is_told_and_the_question_stays(counter, sri, typed):
    await serve(counter, sri)
    await answer(sri, "14")
    await sri.says(typed)
    sri.hears("pilih salah satu", "2/9")
    await answer(sri, "4" * 8)
    assert await counted(counter) == 1
