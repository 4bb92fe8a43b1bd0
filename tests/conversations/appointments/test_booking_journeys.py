"""P6, S10, S11 inside the booking: digits alone, going back, other languages, kills, and everything a phone shows."""

import pytest

from bot.whatsapp.caps import WHATSAPP
from bot.whatsapp.render import render
from locales.texts import LANGUAGES
from tests.conversations.appointments.steps import books, code_of, crowd, reaches_the_time, to_record
from tests.conversations.test_surviving import killed_and_started_again
from tests.support.people import BUDI, SRI, number
from tests.support.resident import Resident

SMALL_PHONE = 700


async def digits(resident: Resident, label: str) -> None:
    """Choose by number alone, turning pages where it takes that."""
    while True:
        found = [one for one in resident.screen.choices if label in one.label]
        number = found[0].number if found else resident.button("Lainnya").number
        await resident.says(str(number))
        if found:
            return


@pytest.mark.parametrize("channel", ["telegram", "whatsapp", "web"])
async def test_p6_booking_moving_and_cancelling_with_digits_alone(counter, sri, channel):
    resident = counter.resident("Sri", channel=channel)
    await resident.says("menu")
    await digits(resident, "Pesan jadwal")
    await resident.says(SRI["no_registrasi"])
    await resident.says(SRI["nik"] if resident.phone.caps.full_nik else SRI["nik"][-4:])
    for step in ("Jetis", "15 Des"):
        await digits(resident, step)
    await resident.says("14.30")  # below it, 9 is an hour and not [Lainnya]
    await digits(resident, "Konfirmasi")
    code = code_of(resident)
    resident.hears("Selasa, 15 Desember 2026", "14.30", "Jetis")
    await resident.says("menu")
    await digits(resident, "Pesan jadwal")
    for step in ("Ubah", "Tempat lain", "Sooko", "26 Nov", "08.00", "Konfirmasi"):
        await digits(resident, step)
    assert code_of(resident) == code
    await resident.says("menu")
    for step in ("Pesan jadwal", "Batal", "Ya, batal"):
        await digits(resident, step)
    resident.hears("dibatalkan")


async def test_a_step_back_asks_the_question_before_again(sri):
    await reaches_the_time(sri, SRI)
    await sri.says("/kembali")
    sri.hears("Pilih hari")
    await sri.says("kembali")
    sri.hears("ke mana")
    await sri.says("mojosari")
    await sri.taps("25 Nov")
    sri.hears("Rabu, 25 November 2026")


async def test_a_step_back_at_the_summary_frees_the_seat_and_asks_again(counter, sri):
    await reaches_the_time(sri, SRI)
    await sri.says("09.00")
    await sri.says("kembali")
    sri.hears("Pilih hari")
    assert await counter.count("seats") == 0, "the seat is free for others at once"


async def test_giving_up_in_the_middle_books_nothing(counter, sri):
    await reaches_the_time(sri, SRI)
    await sri.says("09.00")
    await sri.says("batal")
    sri.hears("belum dipesan")
    counter.clock.move(seconds=301)
    await counter.passes()
    assert await counter.count("bookings") == 0


async def test_the_word_for_giving_up_cancels_no_appointment_by_mistake(counter, sri):
    await books(sri, SRI)
    await sri.says("/jadwal")
    await sri.says("batal")
    sri.hears("Batalkan jadwal")
    await sri.says("/batal")
    assert await counter.count("bookings", "state = 'booked'") == 1


@pytest.mark.parametrize(
    ("word", "when", "done"),
    [
        ("english", "Which", "Your time is booked"),
        pytest.param("bahasa jawa", "", "Jadwal panjenengan", marks=pytest.mark.first_office),
    ],
)
async def test_s10_another_language_in_the_middle_keeps_every_answer(sri, word, when, done):
    await reaches_the_time(sri, SRI)
    await sri.says(word)
    assert any("09" in label for label in sri.labels)
    await sri.taps("09.00" if word != "english" else "09:00")
    await sri.says("1")
    sri.hears(done, "24 November 2026")


@pytest.mark.parametrize("stop_after", range(6))
async def test_s11_a_kill_between_any_two_steps_loses_nothing(counter, sri, tmp_path, stop_after):
    steps = ["/jadwal", SRI["no_registrasi"], SRI["nik"], "sooko", "besok", "09.00", "1"]
    for step in steps[: stop_after + 1]:
        await sri.says(step)
    again = await killed_and_started_again(counter, tmp_path)
    sri = again.resident("Sri")
    for place, step in enumerate(steps[stop_after + 1 :]):
        await sri.sends(text=step, message_id=f"after-the-kill-{place}")
    code_of(sri)
    assert await again.count("bookings") == 1
    await again.close()


async def test_s11_an_upgrade_in_the_middle_starts_over_in_one_sentence(counter, sri, monkeypatch):
    await reaches_the_time(sri, SRI)
    monkeypatch.setattr("handlers.shared.pair.NUMBER", "status-ask-number-anew")
    await sri.says("09.00")
    sri.hears("mulai lagi dari awal")


async def test_a_registration_number_in_the_middle_means_another_person(sri):
    await reaches_the_time(sri, SRI)
    await sri.says(BUDI["no_registrasi"])
    sri.hears("NIK")
    await sri.says(BUDI["nik"])
    sri.hears("ke mana")


async def test_who_follows_several_people_chooses_one(counter, sri):
    for person in (SRI, BUDI):
        await sri.asks(person)
    await sri.says("/jadwal")
    sri.hears("Jadwal untuk siapa")
    assert sri.labels[-1] == "Nomor lain"
    await sri.taps("B*** S***")
    sri.hears("ke mana")
    await sri.says("/jadwal")
    await sri.taps("Nomor lain")
    sri.hears("nomor registrasi")


async def test_the_neighbouring_office_is_named_for_its_nik(sri):
    for step in ("/jadwal", number("ZZZZ"), "3576016011900001"):
        await sri.says(step)
    sri.has_heard("tidak ditemukan", "Kota Mojokerto")


async def test_who_was_just_looked_up_is_named_before_the_first_question(sri):
    await sri.asks(SRI)
    await sri.says("/jadwal")
    sri.hears("Untuk S*** A***", SRI["no_registrasi"], "ke mana")
    await sri.says(BUDI["no_registrasi"])
    sri.hears("NIK")


async def test_a_look_up_is_forgotten_after_a_day(counter, sri):
    await sri.asks(SRI)
    counter.clock.move(hours=25)
    await sri.says("/jadwal")
    sri.hears("nomor registrasi")
    sri.hears_not("S*** A***")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_screen_fits_a_small_phone_and_one_message(counter, sri, language):
    """On WhatsApp, the narrowest: one message a turn beside picture and file, every choice tappable."""
    resident = counter.resident("Ani", channel="whatsapp")
    await resident.says(f"/bahasa {language}")
    steps = ["/jadwal", SRI["no_registrasi"], SRI["nik"][-4:], "jetis", "25/12/2026", "besok"]
    steps += [
        "09.00",
        "1",
        "/jadwal",
        "1",
        "sooko",
        "kamis",
        "10.00",
        "1",
        "/jadwal",
        "3",
        "/jadwal",
        "2",
        "1",
    ]
    for step in steps:
        await resident.says(step)
        assert len(resident.screen.text) <= SMALL_PHONE, resident.screen.text
        told = [one for one in render(resident.screen, WHATSAPP) if one.file is None]
        assert len(told) == 1
        assert told[0].kind == ("interactive" if resident.screen.choices or resident.screen.place else "text")
    assert await counter.count("bookings", "state = 'cancelled'") == 1


@pytest.mark.parametrize("counter", [{"booking": {"seats_per_slot": 1}}], indirect=True)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_push_fits_as_well(counter, sri, language):
    (late,) = crowd(1)
    await counter.imports(to_record(late))
    ani, beni = counter.resident("Ani", channel="whatsapp"), counter.resident("Beni", channel="whatsapp")
    for resident, person in ((ani, SRI), (beni, late)):
        await resident.says(f"/bahasa {language}")
        for step in ("/jadwal", person["no_registrasi"], person["nik"][-4:], "sooko", "rabu"):
            await resident.says(step)
    for resident, step in ((ani, "09.00"), (ani, "1"), (beni, "09.00"), (beni, "5")):
        await resident.says(step)
    await counter.passes(days=1)
    pushed = [ani.screen]
    await ani.says("3")
    await counter.passes(minutes=11)  # the undo is over, and the seat still rests
    pushed.append(beni.screen)
    await beni.says("1")
    assert len(beni.screen.files) == 2
    for screen in [*pushed, beni.screen]:
        assert len(screen.text) <= SMALL_PHONE
        assert len([one for one in render(screen, WHATSAPP) if one.file is None]) == 1
