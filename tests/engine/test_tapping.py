"""Old buttons, double taps, results that are shown again."""

from tests.engine.playground import SEATS

OLD = "tidak berlaku"


async def test_an_older_questions_button_is_no_longer_valid_and_repeats_the_question(desk, sri):
    await sri.says("/shop")
    first = sri.screen
    await sri.taps("item-1")
    await sri.taps("item-2", of=first)
    sri.hears(OLD, "How many of item-1?")
    assert await desk.effects() == []


async def test_an_old_button_never_answers_a_question_that_stands_in_its_place(desk, sri):
    """A yes that stood under one seat must not become the yes for another one after a step back."""
    await sri.says("/shop")
    await sri.taps("Lainnya")
    await sri.taps("nothing more")
    sure = sri.screen
    await sri.says("kembali")
    await sri.says("1")
    await sri.says("kembali")
    await sri.says("nothing more (id)")
    await sri.taps("Ya", of=sure)
    sri.hears(OLD, "Buy all that?")
    assert await desk.effects() == []
    await sri.taps("Ya")
    assert await desk.effects() == ["buy 0"]


async def test_a_choice_that_moved_is_still_the_same_choice(desk, sri, monkeypatch):
    await sri.says("/seat")
    before = sri.screen
    monkeypatch.setattr("tests.engine.playground.SEATS", ("z9", *SEATS))
    await sri.says("apa?")
    assert sri.labels[0] == "seat z9 (id)"
    await sri.taps("seat a1", of=before)
    sri.hears("Whom is a1 for?")


async def test_a_choice_that_is_gone_is_no_longer_valid(desk, sri, monkeypatch):
    await sri.says("/seat")
    before = sri.screen
    monkeypatch.setattr("tests.engine.playground.SEATS", SEATS[1:])
    await sri.taps("seat a1")
    sri.hears("Silakan pilih salah satu", "Which seat?")
    await sri.taps("seat a1", of=before)
    sri.hears(OLD, "Which seat?")
    assert await desk.effects() == []


async def test_a_double_tap_has_one_effect_and_shows_its_result_again(desk, sri):
    await sri.says("/strict")
    seats = sri.screen
    await sri.taps("seat a1")
    result = sri.screen
    sri.hears("a1 is yours")
    await sri.taps("seat a1", of=seats)
    assert sri.screen == result
    assert await desk.effects() == ["seat a1"]


async def test_a_tap_on_what_was_typed_before_shows_its_result_again(desk, sri):
    await sri.says("/strict")
    seats = sri.screen
    await sri.says("1")
    await sri.taps("seat a1", of=seats)
    sri.hears("a1 is yours")
    await sri.taps("seat a2", of=seats)
    sri.hears(OLD)


async def test_a_repeated_tap_leaves_the_open_question_open(desk, sri):
    await sri.says("/strict")
    seats = sri.screen
    await sri.taps("seat a1")
    await sri.says("/shop")
    await sri.taps("seat a1", of=seats)
    sri.hears("a1 is yours", "What do you take")
    await sri.says("2")
    sri.hears("How many of item-2?")


async def test_digits_answer_the_choices_that_stand_below_a_result_shown_again(desk, sri):
    """The result's own choices are gone: a digit never means what is not on the screen."""
    await sri.says("/gate")
    gate = sri.screen
    await sri.taps("to the seat")
    await sri.says("3")
    await sri.says("/mood")
    await sri.taps("to the seat", of=gate)
    sri.hears("Which seat?", "How are you?")
    assert sri.labels == ["feeling good (id)", "feeling bad (id)"]


async def test_a_result_is_shown_again_for_24_hours(desk, sri, clock):
    await sri.says("/strict")
    seats = sri.screen
    await sri.taps("seat a1")
    for hours in (23, 2):
        sri.hears("a1 is yours")
        clock.move(hours=hours)
        await sri.says("/bantuan")
        await sri.taps("seat a1", of=seats)
    sri.hears(OLD, desk.says("id", "menu-ask"))


async def test_a_result_that_was_blanked_is_no_longer_valid(desk, sri):
    from sqlalchemy import text

    await sri.says("/strict")
    seats = sri.screen
    await sri.taps("seat a1")
    await desk.store.write(lambda db: db.run(text("UPDATE outbox SET body = NULL")))
    await sri.taps("seat a1", of=seats)
    sri.hears(OLD, desk.says("id", "menu-ask"))
    await sri.says("/shop")
    await sri.taps("seat a1", of=seats)
    sri.hears(OLD, "What do you take")


async def test_a_choice_that_was_taken_back_does_not_show_its_result_again(desk, sri):
    await sri.says("/shop")
    items = sri.screen
    await sri.taps("item-1")
    await sri.says("kembali")
    await sri.taps("item-1", of=items)
    sri.hears(OLD, "What do you take")


async def test_a_forwarded_button_does_nothing(desk, sri):
    budi = desk.resident("Budi")
    await budi.says("/strict")
    await sri.sends(kind="choice", choice=budi.button("seat a1").token)
    sri.hears(OLD)
    assert await desk.effects() == []


async def test_a_made_up_page_is_no_danger(desk, sri):
    await sri.says("/shop")
    opening = sri.screen.choices[0].token.rsplit(".", 1)[0]
    for answer in (">999", "<999", ">1000000000", ">", ">-1", "0", ""):
        await sri.sends(kind="choice", choice=f"{opening}.{answer}")
        await sri.says("lanjut saja")  # from the third on, a person is offered above the question
        sri.hears("What do you take")
    await sri.sends(kind="choice", choice=None)
    sri.hears(OLD)
