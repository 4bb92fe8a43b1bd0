"""B2-B4, B8, B11, B12: from /jadwal to a ticket."""

from datetime import date, datetime, timedelta

import pytest

from tests.conversations.appointments.steps import (
    FARAH,
    books,
    calendar_of,
    code_of,
    picture_of,
    proof,
    reaches_the_time,
    to_record,
)
from tests.support.counter import Counter
from tests.support.people import BUDI, CHILDREN, SRI, row
from tests.support.resident import Resident

CHANNELS = ["telegram", "whatsapp", "web"]


@pytest.fixture(params=CHANNELS)
async def ani(request: pytest.FixtureRequest, counter: Counter) -> Resident:
    """Somebody on each channel in turn, with Sri's receipt in her hand."""
    await counter.imports(to_record(SRI), to_record(BUDI))
    return counter.resident("Ani", channel=request.param)


async def test_b12_a_ticket_with_code_picture_place_and_calendar_file(ani):
    code = await books(ani, SRI)
    ani.hears("Selasa, 24 November 2026", "09.00", "Kantor Dispendukcapil, Sooko", "Kartu Keluarga", "Gratis")
    assert picture_of(ani) == code, "the counter reads the code and nothing else"
    method, event = calendar_of(ani)
    assert (method, event["UID"], event["SEQUENCE"]) == ("PUBLISH", f"{code}@loket", 0)
    assert event.decoded("DTSTART") == datetime(2026, 11, 24, 9, tzinfo=ani.counter.office.timezone)
    assert event.decoded("DTEND") == event.decoded("DTSTART") + timedelta(minutes=30)
    assert code in event["DESCRIPTION"]
    assert ani.counter.place.said("Sooko") in event["LOCATION"]
    assert ani.screen.place is not None
    assert ani.screen.place.name == "Kantor Dispendukcapil, Sooko"


@pytest.mark.first_office
async def test_booking_asks_in_order_and_only_for_what_is_unknown(ani):
    await ani.says("/jadwal")
    ani.hears("nomor registrasi")
    await ani.says(f"{SRI['no_registrasi']} {proof(ani, SRI)}")
    ani.hears("ke mana")
    assert ani.labels[0] == "Dispendukcapil Sooko", "the one that serves her kecamatan comes first"
    await ani.says("1")
    ani.hears("Pilih hari", "Kantor Dispendukcapil, Sooko")
    assert ani.labels[:2] == ["Senin 23 Nov (40)", "Selasa 24 Nov (56)"]
    await ani.says("2")
    ani.hears("Selasa, 24 November 2026", "Jam berapa")
    assert "09.00 (4)" in ani.labels
    await ani.taps("09.00")
    ani.hears("S*** A***", "09.00", "09.05")
    assert ani.labels == ["Konfirmasi", "Waktu lain"]
    await ani.taps("Konfirmasi")
    code_of(ani)


async def test_six_taps_are_enough_for_somebody_who_is_known(counter):
    """Telegram; on WhatsApp a list takes one tap more to open."""
    await counter.imports(to_record(SRI))
    sri = counter.resident("Sri")
    await sri.asks(SRI)
    assert "Pesan jadwal" in sri.labels
    taps = ["Pesan jadwal", "Sooko", "24 Nov", "09.00", "Konfirmasi"]
    for tap in taps:
        await sri.taps(tap)
    code_of(sri)
    assert len(taps) <= 6


@pytest.mark.parametrize("status", ["BELUM_REKAM", "EFAC"])
async def test_a_report_about_a_card_to_be_recorded_leads_to_the_booking(ani, counter, status):
    await counter.imports(to_record(CHILDREN[0], status=status))
    await ani.says(f"{CHILDREN[0]['no_registrasi']} {proof(ani, CHILDREN[0])}")
    assert ani.labels[0] == "Kabari saya"
    await ani.taps("Pesan jadwal")
    ani.hears("ke mana")


async def test_a_ready_card_is_not_offered_a_recording(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    assert "Pesan jadwal" not in sri.labels


@pytest.mark.parametrize("words", ["jadwal", "Booking", "pesan jadwal", "REKAM", "perekaman", "book a time"])
async def test_words_of_every_day_open_the_booking(sri, words):
    await sri.says(words)
    sri.hears("nomor registrasi")


async def test_an_unknown_pair_is_answered_as_in_the_status_and_counts_alike(ani, counter):
    for _ in range(3):
        await ani.says("/jadwal")
        await ani.says(SRI["no_registrasi"])
        await ani.says(proof(ani, BUDI))
        ani.hears("tidak ditemukan")
    assert await counter.count("tries") > 0
    await ani.taps("Ulangi")
    ani.hears("nomor registrasi")


async def test_after_an_unknown_pair_an_officer_can_be_reached(ani):
    await ani.says("/jadwal")
    await ani.says(SRI["no_registrasi"])
    await ani.says(BUDI["nik"])
    await ani.taps("Petugas")
    ani.hears("petugas")
    ani.hears_not("Mau bagaimana?")


async def test_too_many_wrong_pairs_are_refused_here_as_well(counter):
    await counter.imports(to_record(SRI))
    guesser = counter.resident("guesser", channel="whatsapp")
    for digits in ("9997", "9998", "9999"):
        await guesser.says("/jadwal")
        await guesser.says(f"{SRI['no_registrasi']} {digits}")
    await guesser.says("/jadwal")
    await guesser.says(f"{SRI['no_registrasi']} {SRI['nik'][-4:]}")
    guesser.hears("coba lagi")


async def test_b2_a_double_tap_shows_the_same_ticket(ani, counter):
    await reaches_the_time(ani, SRI)
    await ani.says("09.00")
    summary = ani.screen
    await ani.taps("Konfirmasi", of=summary)
    code = code_of(ani)
    await ani.taps("Konfirmasi", of=summary)
    assert code_of(ani) == code
    assert len(ani.screen.files) == 2, "the picture and the calendar file come again"
    assert await counter.count("bookings") == 1
    assert await counter.count("seats") == 1


async def test_b3_an_expired_hold_is_told_and_renewed_with_one_tap(ani, counter):
    await reaches_the_time(ani, SRI)
    await ani.says("09.00")
    counter.clock.move(seconds=301)
    await ani.taps("Konfirmasi")
    ani.hears("habis", "09.00")
    assert ani.labels[0] == "Konfirmasi"
    assert await counter.count("bookings") == 0
    await ani.taps("Konfirmasi")
    code_of(ani)


@pytest.mark.parametrize("counter", [{"booking": {"seats_per_slot": 1}}], indirect=True)
async def test_b3_an_expired_hold_that_was_taken_leads_to_other_times(counter):
    await counter.imports(to_record(SRI), to_record(BUDI))
    sri, budi = counter.resident("Sri"), counter.resident("Budi")
    await reaches_the_time(sri, SRI)
    await sri.says("09.00")
    counter.clock.move(seconds=301)
    await books(budi, BUDI)
    await sri.taps("Konfirmasi")
    sri.hears("baru saja terisi")
    assert sri.labels[:3] == ["Selasa 24 Nov 08.00", "Selasa 24 Nov 08.30", "Selasa 24 Nov 09.30"]
    await sri.taps("09.30")
    await sri.taps("Konfirmasi")
    sri.hears("09.30")
    code_of(sri)


@pytest.mark.parametrize("word", ["batal", "menu", "/status"])
async def test_whoever_gives_up_lets_go_of_the_seat(ani, counter, word):
    await reaches_the_time(ani, SRI)
    await ani.taps("09.00")
    ani.hears("Sudah benar?")
    assert await counter.count("seats", "state = 'held'") == 1
    await ani.says(word)
    assert await counter.count("seats") == 0


@pytest.mark.parametrize("counter", [{"booking": {"seats_per_slot": 1}}], indirect=True)
async def test_a_time_that_somebody_holds_is_taken_for_the_others(counter):
    await counter.imports(to_record(SRI), to_record(BUDI))
    sri, budi = counter.resident("Sri"), counter.resident("Budi")
    for resident, person in ((sri, SRI), (budi, BUDI)):
        await reaches_the_time(resident, person)
    await sri.taps("09.00")
    await budi.taps("09.00")
    budi.hears("baru saja terisi")
    assert len([label for label in budi.labels if "24 Nov" in label]) == 3


@pytest.mark.parametrize(
    ("typed", "why", "then"),
    [
        pytest.param("sabtu", "Sabtu", "Senin, 30 November 2026", id="a weekend"),
        pytest.param("9 desember", "Pilkada", "Kamis, 10 Desember 2026", id="a local closure"),
        pytest.param("24 Desember", "Cuti Bersama", "Senin, 28 Desember 2026", id="collective leave"),
        pytest.param("25/12/2026", "Natal", "Senin, 28 Desember 2026", id="a national holiday"),
    ],
)
@pytest.mark.parametrize(
    "counter",
    [
        {
            "booking": {"horizon_days": 60},
            "closures": [{"date": date(2026, 12, 9), "reason": "Pilkada"}],
        }
    ],
    indirect=True,
)
async def test_b4_a_closed_day_says_why_and_offers_the_next_open_one(counter, sri, typed, why, then):
    await counter.imports(to_record(SRI))
    await reaches_the_time(sri, SRI, day=typed)
    sri.hears(why, then)
    day = int(then.split()[1])
    assert sri.labels[0].startswith(f"{then.split(',')[0]} {day} "), "the next open day is one tap away"
    await sri.says("1")
    sri.hears(then, "Jam berapa")


@pytest.mark.first_office
async def test_b4_friday_prayer_is_not_offered(counter, sri):
    await counter.imports(to_record(SRI))
    await reaches_the_time(sri, SRI, day="jumat")
    assert [label.partition(" ")[0] for label in sri.labels] == [
        *("08.00", "08.30", "09.00", "09.30", "10.00", "10.30", "13.00", "13.30", "14.00", "14.30")
    ]
    await sri.says("jam 12")
    sri.hears("12.00 kami tutup", "Jumat: 08.00–11.00 dan 13.00–15.00")
    await sri.says("9.15")
    sri.hears("tidak ada atau sudah penuh")


async def test_a_day_can_be_typed_with_its_time(ani):
    await reaches_the_time(ani, SRI, day="rabu jam 10")
    ani.hears("Rabu, 25 November 2026", "10.00")
    assert "Konfirmasi" in ani.labels


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("jam 9", "09.00"),
        ("pukul 13.30", "13.30"),
        ("9.30 pagi", "09.30"),
        ("lusa", "Rabu, 25 November 2026"),
    ],
)
async def test_a_time_can_be_typed_and_so_can_another_day(counter, sri, typed, understood):
    await counter.imports(to_record(SRI))
    await reaches_the_time(sri, SRI)
    await sri.says(typed)
    sri.hears(understood)


@pytest.mark.parametrize("typed", ["entah kapan", "32 desember", "kemarin"])
async def test_what_is_no_day_is_told_and_the_question_stays(ani, typed):
    await reaches_the_time(ani, SRI, day=typed)
    ani.hears("Pilih hari")
    await ani.says("besok")
    ani.hears("Jam berapa")


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("mojosari", "Kantor Kecamatan Mojosari"),
        ("kec. ngoro", "Kantor Kecamatan Mojosari"),
        ("mojosarri", "Kantor Kecamatan Mojosari"),
        ("dawarblandong", "Kantor Kecamatan Jetis"),
        ("Kecamatan Gondang", "Kantor Kecamatan Gondang"),
        ("mpp", "Mal Pelayanan Publik"),
    ],
)
@pytest.mark.first_office
async def test_a_place_is_found_by_kecamatan_and_forgives_a_slip(counter, sri, typed, place):
    await counter.imports(to_record(SRI))
    await reaches_the_time(sri, SRI, place=typed, day="besok")
    await sri.says("09.00")
    sri.hears(place)


@pytest.mark.parametrize(("typed", "told"), [("magersari", "Kota Mojokerto"), ("surabaya", "kecamatan")])
async def test_a_place_that_is_not_ours_is_told_and_the_question_stays(counter, sri, typed, told):
    await counter.imports(to_record(SRI))
    await sri.says("/jadwal")
    await sri.asks(SRI)
    await sri.says(typed)
    sri.hears(told, "ke mana")


@pytest.mark.parametrize("channel", CHANNELS)
async def test_b8_an_active_booking_is_shown_to_whoever_asks_for_that_nik(counter, ani, channel):
    code = await books(ani, SRI)
    adik = counter.resident("Adik", channel=channel)
    await adik.says("/jadwal")
    await adik.says(SRI["no_registrasi"])
    await adik.says(proof(adik, SRI))
    adik.hears(code, "Selasa, 24 November 2026", "09.00")
    assert any("Ubah" in label for label in adik.labels)
    assert any("Batal" in label for label in adik.labels)
    assert await counter.count("bookings") == 1


async def test_b8_two_who_confirm_for_one_person_share_one_appointment(counter):
    await counter.imports(to_record(SRI))
    sri, ibu = counter.resident("Sri"), counter.resident("Ibu", channel="web")
    await reaches_the_time(sri, SRI)
    await reaches_the_time(ibu, SRI)
    await sri.says("09.00")
    await sri.taps("Konfirmasi")
    code = code_of(sri)
    await ibu.says("10.00")
    await ibu.taps("Konfirmasi")
    ibu.hears("sudah ada jadwal", code, "09.00")
    await ibu.taps("Kirim tiket")
    assert picture_of(ibu) == code
    assert await counter.count("bookings") == 1


async def test_jadwal_shows_the_appointment_and_sends_its_ticket_again(ani):
    code = await books(ani, SRI)
    await ani.says("/jadwal")
    ani.hears(code, "Selasa, 24 November 2026", "09.00")
    assert [label for label in ani.labels if "Ubah" in label or "Batal" in label] == [
        "Ubah jadwal",
        "Batal jadwal ini",
    ]
    await ani.taps("Kirim tiket")
    assert picture_of(ani) == code


async def test_one_chat_books_for_the_whole_family(ani, counter):
    await counter.imports(*(to_record(child, layanan="kia") for child in CHILDREN))
    first = await books(ani, CHILDREN[0])
    await ani.says("/jadwal")
    await ani.taps("Pesan yang lain")
    ani.hears("nomor registrasi")
    await ani.says(f"{CHILDREN[1]['no_registrasi']} {proof(ani, CHILDREN[1])}")
    for step in ("sooko", "besok", "09.00"):
        await ani.says(step)
    await ani.taps("Konfirmasi")
    assert code_of(ani) != first
    await ani.says("/jadwal")
    ani.hears("Jadwal yang mana")
    await ani.says("1")
    code_of(ani)


async def test_of_appointments_at_different_times_one_is_chosen_or_another_booked(ani, counter):
    await counter.imports(*(to_record(child, layanan="kia") for child in CHILDREN))
    await books(ani, CHILDREN[0])
    await ani.says("/jadwal")
    await ani.taps("Pesan yang lain")
    await ani.says(f"{CHILDREN[1]['no_registrasi']} {proof(ani, CHILDREN[1])}")
    for step in ("sooko", "besok", "10.00", "1"):
        await ani.says(step)
    second = code_of(ani)
    await ani.says("/jadwal")
    assert ani.labels == ["Selasa 24 Nov 09.00", "Selasa 24 Nov 10.00", "Pesan yang lain"]
    await ani.taps("10.00")
    assert code_of(ani) == second
    await ani.says("/jadwal")
    await ani.taps("Pesan yang lain")
    ani.hears("nomor registrasi")


async def test_b11_a_sixteen_year_old_is_recorded_and_told_on_the_birthday(counter, sri):
    await counter.imports(to_record(FARAH, layanan="ktp_rekam_16"))
    await books(sri, FARAH)
    sri.hears("Belum 17 tahun", "Kamis, 24 Desember 2026")
    counter.clock.move(days=30, hours=20)
    await counter.passes(hours=4)
    sri.hears("ulang tahun ke-17", "dicetak")


async def test_on_a_shared_computer_the_pair_is_asked_again_after_a_while(counter):
    await counter.imports(to_record(SRI))
    sri = counter.resident("Sri", channel="web")
    code = await books(sri, SRI)
    counter.clock.move(minutes=16)
    for _ in range(2):
        await sri.says("/jadwal")
        sri.hears("nomor registrasi")
        sri.hears_not(code, "09.00", "S*** A***")
