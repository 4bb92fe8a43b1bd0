"""S15: a follower hears when a range shifts by more than three working days, at most once a week."""

from datetime import timedelta

from sqlalchemy import update

from storage.schema import follows
from tests.conversations.cards.test_forecast import FRIDAY, PAIR, wait_for_print
from tests.support.past import give_past


async def follow(counter, sri) -> None:
    await give_past(counter, until=FRIDAY)
    await wait_for_print(counter)
    await sri.says(PAIR)
    await sri.taps("Kabari saya")
    await counter.assembled.forecasts.tell_shifts()


async def shift(counter, days: int) -> None:
    """As if the range told before ended so many days earlier, and forecasts were made anew."""
    told = FRIDAY + timedelta(days=11 - days)
    await counter.store.write(lambda db: db.run(update(follows).values(told_before=told)))
    counter.clock.move(days=1)
    await counter.assembled.forecasts.refresh()
    await counter.assembled.forecasts.tell_shifts()
    await counter.settle()


async def test_a_follower_hears_of_a_shift_once_a_week(counter, sri):
    await follow(counter, sri)
    heard = len(sri.screens)
    await shift(counter, 14)
    assert len(sri.screens) == heard + 1
    sri.hears("bergeser", "9 dari 10", "berhenti")
    await shift(counter, 14)
    assert len(sri.screens) == heard + 1


async def test_a_small_shift_is_no_news(counter, sri):
    await follow(counter, sri)
    heard = len(sri.screens)
    await shift(counter, 1)
    assert len(sri.screens) == heard


async def test_quiet_hours_wait_for_the_morning(counter, sri):
    await follow(counter, sri)
    heard = len(sri.screens)
    counter.clock.move(hours=13)
    await shift(counter, 14)
    assert len(sri.screens) == heard
    counter.clock.move(hours=10)
    await counter.assembled.forecasts.tell_shifts()
    await counter.settle()
    assert len(sri.screens) == heard + 1


async def test_who_stopped_news_hears_of_no_shift(counter, sri):
    await follow(counter, sri)
    await sri.says("/berhenti")
    heard = len(sri.screens)
    await shift(counter, 14)
    assert len(sri.screens) == heard
