"""Days as residents type them, in three languages, at the ends of years, and nonsense."""

from datetime import date, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.refusals import BadDay, DayPast, NoSuchDay, NotADate, OtherWeekday, Refusal
from domain.text.date_words import WORDS
from domain.text.dates import Part, parse_day, read_day
from locales.grammar import GRAMMARS

TUESDAY = date(2026, 11, 24)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hari ini", date(2026, 11, 24)),
        ("besok", date(2026, 11, 25)),
        ("BESOK!", date(2026, 11, 25)),
        ("lusa", date(2026, 11, 26)),
        ("besok lusa", date(2026, 11, 26)),
        ("3 hari lagi", date(2026, 11, 27)),
        ("tiga hari lagi", date(2026, 11, 27)),
        ("seminggu lagi", date(2026, 12, 1)),
        ("2 minggu lagi", date(2026, 12, 8)),
        ("minggu depan", date(2026, 11, 30)),
        ("hari minggu", date(2026, 11, 29)),
        ("bulan depan", date(2026, 12, 1)),
        ("depan bulan", date(2026, 12, 1)),
        ("3 bulan lagi", date(2027, 2, 24)),
        ("hari minggu depan", date(2026, 12, 6)),
        ("senin", date(2026, 11, 30)),
        ("senin depan", date(2026, 11, 30)),
        ("hari Jum'at", date(2026, 11, 27)),
        ("jumat depan", date(2026, 12, 4)),
        ("jumat ini", date(2026, 11, 27)),
        ("besok senin", date(2026, 11, 30)),
        ("selasa", date(2026, 12, 1)),  # today is one, and would be called today
        ("tgl 5", date(2026, 12, 5)),
        ("tanggal 24", date(2026, 11, 24)),
        ("tgl 31", date(2026, 12, 31)),  # November has none
        ("tgl 5 bulan depan", date(2026, 12, 5)),
        ("24 Desember", date(2026, 12, 24)),
        ("24 des", date(2026, 12, 24)),
        ("24desember2026", date(2026, 12, 24)),
        ("24/12/2026", date(2026, 12, 24)),
        ("24-12", date(2026, 12, 24)),
        ("24122026", date(2026, 12, 24)),
        ("24 desembr", date(2026, 12, 24)),
        ("minggu depan hari selasa", date(2026, 12, 1)),
        ("24/12/26", date(2026, 12, 24)),
        ("24.12.2026", date(2026, 12, 24)),
        ("2026-12-24", date(2026, 12, 24)),
        ("２４／１２／２０２６", date(2026, 12, 24)),
        ("5 januari", date(2027, 1, 5)),
        ("29/2/2028", date(2028, 2, 29)),
        ("saya mau tanggal 24 desember ya kak", date(2026, 12, 24)),
    ],
)
def test_a_day_in_indonesian(text: str, day: date) -> None:
    assert parse_day(text, TUESDAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("dinten punika", date(2026, 11, 24)),
        ("sesuk", date(2026, 11, 25)),
        ("mbesuk", date(2026, 11, 25)),
        ("benjing", date(2026, 11, 25)),
        ("emben", date(2026, 11, 26)),
        ("embèn", date(2026, 11, 26)),
        ("tigang dinten malih", date(2026, 11, 27)),
        ("Senen", date(2026, 11, 30)),
        ("Slasa", date(2026, 12, 1)),
        ("Rebo", date(2026, 11, 25)),
        ("Kemis", date(2026, 11, 26)),
        ("Jemuwah", date(2026, 11, 27)),
        ("Setu", date(2026, 11, 28)),
        ("Ngahad", date(2026, 11, 29)),
        ("Minggu", date(2026, 11, 29)),
        ("dinten Senen ngajeng", date(2026, 11, 30)),
        ("sesuk Jemuwah", date(2026, 11, 27)),
    ],
)
def test_a_day_in_javanese(text: str, day: date) -> None:
    assert parse_day(text, TUESDAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 25)),
        ("day after tomorrow", date(2026, 11, 26)),
        ("in 3 days", date(2026, 11, 27)),
        ("next monday", date(2026, 11, 30)),
        ("this Friday", date(2026, 11, 27)),
        ("next week", date(2026, 11, 30)),
        ("24 December", date(2026, 12, 24)),
        ("December 24th, 2026", date(2026, 12, 24)),
        ("the 24th of December", date(2026, 12, 24)),
        ("on Thursday, 24 December", date(2026, 12, 24)),
    ],
)
def test_a_day_in_english(text: str, day: date) -> None:
    assert parse_day(text, TUESDAY) == day


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("besok pagi", None),
        ("sesuk enjing", None),
        ("besok jam 9", time(9)),
        ("besok 09.00", time(9)),
        ("besok pukul 09.30", time(9, 30)),
        ("besok jam 2 siang", time(14)),
        ("besok jam 1", time(13)),
        ("besok jam 6 pagi", time(6)),
        ("besok jam 6 sore", time(18)),
        ("tomorrow at 9 am", time(9)),
    ],
)
def test_a_part_of_the_day_or_a_time_may_stand_beside_it(text: str, at: time) -> None:
    typed = read_day(text, TUESDAY)
    assert (typed.day, typed.at) == (date(2026, 11, 25), at)


def test_this_afternoon_is_today() -> None:
    assert read_day("nanti sore", TUESDAY).day == TUESDAY
    assert Part.AFTERNOON.holds(time(15))
    assert not Part.MIDDAY.holds(time(15))


@given(st.times())
def test_every_time_is_in_one_part_of_the_day(moment: time) -> None:
    assert sum(part.holds(moment) for part in Part) == 1


@pytest.mark.parametrize(
    "text",
    # A bare number chooses from a list; 09.00 is a time; nobody says "besok xyz".
    [
        *("", "5", "9", "09.00", "jam 9", "25.00", "besok 25.00", "pagi", "xyz", "besok xyz", "24 12"),
        *(
            "13/13/2026",
            "00/00/0000",
            "99999999999999999999",
            "24 desember 99999",
            "besok" * 30,
            "٣ hari lagi",
        ),
    ],
)
def test_text_that_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        parse_day(text, TUESDAY)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("31 februari", date(2027, 2, 28)),
        ("31 Feb 2028", date(2028, 2, 29)),
        ("29 februari", date(2027, 2, 28)),
        ("31/11", date(2026, 11, 30)),
        ("tgl 32", date(2026, 11, 30)),
    ],
)
def test_a_day_that_a_month_lacks_is_told_with_its_last_one(text: str, last: date) -> None:
    with pytest.raises(NoSuchDay) as refused:
        parse_day(text, TUESDAY)
    assert refused.value.details == {"last": last}


@pytest.mark.parametrize("text", ["kemarin", "wingi", "23 november", "senin ini", "24/12/2025", "1 oktober"])
def test_a_day_that_is_over_is_told_as_such(text: str) -> None:
    with pytest.raises(DayPast) as refused:
        parse_day(text, TUESDAY)
    assert refused.value.day < TUESDAY


def test_a_wrong_weekday_is_refused_with_the_date() -> None:
    with pytest.raises(OtherWeekday) as refused:
        parse_day("Rabu, 24 Desember 2026", TUESDAY)
    assert refused.value.details == {"day": date(2026, 12, 24)}


@pytest.mark.parametrize("language", GRAMMARS)
@given(today=days, ahead=st.integers(0, 20_000))
@example(today=date(2028, 2, 28), ahead=1)
@example(today=date(2026, 12, 31), ahead=1)
def test_a_day_as_we_write_it_is_read_as_that_day(language: str, today: date, ahead: int) -> None:
    grammar, day = GRAMMARS[language], today + timedelta(days=ahead)
    assert parse_day(grammar.day(day), today) == day
    assert parse_day(grammar.short_day(day), today) == day
    assert parse_day(f"{day:%d/%m/%Y}", today) == day
    assert parse_day(f"{day:%Y-%m-%d}", today) == day


@pytest.mark.parametrize("language", GRAMMARS)
@given(today=days, ahead=st.integers(0, 300))
def test_a_day_without_its_year_is_the_next_one(language: str, today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    if (day.month, day.day) == (2, 29):
        return  # asked for in a year without one it is told as a day that month lacks
    assert parse_day(f"{day.day} {GRAMMARS[language].months[day.month - 1]}", today) == day
    assert parse_day(f"{day.day}/{day.month}", today) == day


@pytest.mark.parametrize("language", GRAMMARS)
@given(today=days, weekday=st.integers(0, 6))
def test_a_weekday_alone_is_the_coming_one_and_never_today(language: str, today: date, weekday: int) -> None:
    day = parse_day(GRAMMARS[language].days[weekday], today)
    assert day.weekday() == weekday
    assert 1 <= (day - today).days <= 7


@given(today=days, weekday=st.integers(0, 6))
def test_depan_is_the_week_that_begins_on_the_next_monday(today: date, weekday: int) -> None:
    monday = parse_day("minggu depan", today)
    assert monday.weekday() == 0
    assert 1 <= (monday - today).days <= 7
    assert parse_day(f"{GRAMMARS['jv'].days[weekday]} depan", today) == monday + timedelta(days=weekday)


@given(today=days, number=st.integers(1, 31))
def test_a_number_is_the_next_day_that_has_it(today: date, number: int) -> None:
    day = parse_day(f"tgl {number}", today)
    between = [today + timedelta(days=ahead) for ahead in range((day - today).days)]
    assert day >= today
    assert day.day == number
    assert all(one.day != number for one in between)


@given(today=days, count=st.integers(0, 365))
def test_days_are_counted_from_today(today: date, count: int) -> None:
    assert parse_day(f"{count} hari lagi", today) == today + timedelta(days=count)


words = st.lists(st.sampled_from([*WORDS, "31", "29/2", "0", "/", "-", ".", "2028", "12.30"]), max_size=6)


@given(
    text=st.one_of(st.text(), words.map(" ".join), st.text("0123456789/-. :"), words.map("".join)),
    today=st.dates(),
)
@example(text="besok", today=date.max)
@example(text="minggu depan", today=date.max)
@example(text="999 bulan lagi", today=date.max)
@example(text="kemarin", today=date.min)
@example(text="29/2/0000", today=date.min)
@example(text="1 januari", today=date.min)
@example(text="tgl 31", today=date.max)
def test_whatever_is_typed_is_a_day_from_today_on_or_a_refusal(text: str, today: date) -> None:
    try:
        day = parse_day(text, today)
    except (BadDay, DayPast) as refused:
        again = Refusal.from_json(refused.to_json())
        day = today if again.details == refused.details else date.min
    assert day >= today
