"""/panggil in a staff chat: the next person by time, to a desk, told to the resident."""

from sqlalchemy import select

from handlers.staff.steps import Officer, Result, call
from storage.appointments.counter import mark
from storage.people import consents
from storage.schema import bookings
from storage.staff import staff
from tests.conversations.appointments.steps import books, crowd, to_record
from tests.conversations.staff.test_counter_of_staff import state_of
from tests.support.counter import Counter
from tests.support.officers import officer
from tests.support.people import SRI
from tests.support.resident import Resident


async def three(counter: Counter) -> tuple[list[Resident], list[str]]:
    """Three residents, and their codes, with appointments at 09.00, 09.30 and 10.00; it is ten to nine."""
    people = crowd(3)
    await counter.imports(*(to_record(one) for one in people))
    residents = [counter.resident(one["nama"]) for one in people]
    times = ("09.00", "09.30", "10.00")
    each = zip(residents, people, times, strict=True)
    codes = [await books(who, one, time=time) for who, one, time in each]
    counter.clock.move(hours=23, minutes=50)
    return residents, codes


async def test_the_next_one_is_called_by_time_served_and_the_next_called(counter):
    _, codes = await three(counter)
    wulan = await officer(counter, point="sooko")
    await wulan.says("/panggil")
    wulan.hears("tidak ada yang menunggu")
    for code in reversed(codes[:2]):
        await wulan.says(code)
    await wulan.says("/panggil 2")
    wulan.hears(codes[0], "loket 2")
    assert await state_of(counter, codes[0]) == "called"
    await wulan.taps("Selesai")
    wulan.hears(codes[0], "dilayani")
    await wulan.taps("Panggil berikutnya")
    wulan.hears(codes[1], "loket 2")
    await wulan.taps("Batalkan")
    wulan.hears(codes[1], "tidak jadi dicatat")
    assert [await state_of(counter, code) for code in codes] == ["served", "arrived", "booked"]
    assert await counter.count("audit", "action = 'called'") == 2


async def test_the_day_list_calls_too(counter, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says("/hariini")
    assert "Panggil berikutnya" not in wulan.labels
    await wulan.says(booked)
    await wulan.taps("Panggil berikutnya")
    wulan.hears("Silakan panggil", booked)


async def test_what_a_day_left_open_is_told_the_next_morning(counter, sri, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says(booked)
    await counter.passes(days=1)
    assert await state_of(counter, booked) == "open"
    await wulan.says("/hariini")
    wulan.hears("1 jadwal belum ditutup", f"24/11 {booked}")
    sri.catch_up()
    sri.hears_not("belum bertemu", "sembilan pertanyaan")
    await wulan.says(f"/selesai {booked}")
    assert await state_of(counter, booked) == "served"
    await sri.says("/jadwal")
    sri.hears_not(booked)
    await books(sri, SRI, day="kamis")


async def test_a_resident_asks_how_many_are_ahead_and_is_told_when_called(counter):
    residents, codes = await three(counter)
    wulan, last = await officer(counter, point="sooko"), residents[2]
    await last.says("/antrian")
    last.hears(codes[2], "Tunjukkan kodenya")
    for code in codes:
        await wulan.says(code)
    for words, ahead in (("berapa orang lagi?", "2 orang lagi"), ("antrian saya", "2 orang lagi")):
        await last.says(words)
        last.hears(codes[2], ahead)
    await residents[0].says("/status")  # a question is open
    await wulan.says("/panggil 2")
    await counter.passes(seconds=1)
    residents[0].catch_up()
    residents[0].hears("Nomor Anda", codes[0], "dipanggil", "loket 2")
    await wulan.taps("Panggil berikutnya")
    await last.says("masih berapa orang lagi ya")
    last.hears("berikutnya")
    await residents[1].says("/antrian")
    residents[1].hears(codes[1], "dipanggil", "loket 2")


async def test_a_ticket_for_another_place_is_told_its_place(counter, booked):
    wati = await officer(counter, "Wati", point="jetis")
    await wati.says(booked)
    wati.has_heard(booked, "tiket untuk Kantor Dispendukcapil, Sooko", "tidak berwenang")
    await wati.says(f"/batalkan {booked}")
    wati.has_heard(booked, "tiket untuk Kantor Dispendukcapil, Sooko", "tidak berwenang")
    await wati.says("/batalkan ZZZ222")
    wati.hears("ZZZ222", "tidak ditemukan")
    assert await state_of(counter, booked) == "booked"


async def test_residents_take_no_step_back(sri, booked):
    await sri.says(f"/batalkan {booked}")
    sri.hears("tidak berwenang")


async def test_without_an_appointment_today_there_is_no_queue(sri):
    await sri.says("/antrian")
    sri.hears("Hari ini tidak ada jadwal")


async def test_at_the_counter_an_appointment_shows_its_ticket_and_the_queue(counter, sri, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says(booked)
    for label, heard in (("Berapa orang lagi", "berikutnya"), ("Kirim tiket", "Ini tiketnya")):
        await sri.says("/jadwal")
        sri.hears("sudah tercatat datang")
        await sri.taps(label)
        sri.hears(booked, heard)
    await sri.says("/jadwal")
    await sri.taps("Pesan yang lain")
    sri.hears("nomor registrasi")


async def test_who_is_called_soon_is_told_once(counter):
    residents, codes = await three(counter)
    wulan = await officer(counter, point="sooko")
    for code in codes:
        await wulan.says(code)
    refuse = select(bookings.c.chat_id).where(bookings.c.code == codes[2])
    refusing = await counter.store.read(lambda db: db.scalar(refuse))
    kind = {"chat": refusing, "kind": consents.REMINDERS, "channel": "telegram"}
    await counter.store.write(lambda db: consents.withdraw(db, **kind))
    for _ in (1, 2):
        await wulan.says("/panggil 2")
        await counter.passes(seconds=1)
        for one in residents:
            one.catch_up()
    told = [
        screen.text
        for screen in residents[1].screens
        if "Kami kabari di sini begitu dipanggil" in screen.text
    ]
    assert len(told) == 1, "once, whatever moves on"
    assert codes[1] in told[0]
    assert "berikutnya" in told[0]
    assert not any(f"Nomor *{codes[2]}*" in screen.text for screen in residents[2].screens), "no reminders"


async def test_a_call_taken_back_at_once_is_not_told(counter, sri, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says(booked)
    await wulan.says("/panggil")
    await wulan.taps("Batalkan")
    sri.catch_up()
    await counter.passes(seconds=5)
    assert not sri.catch_up()


async def test_an_appointment_of_somebody_who_is_here_cannot_be_moved(counter, sri, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says(booked)
    await sri.says("/jadwal")
    sri.hears(booked, "sudah tercatat datang")
    assert not [label for label in sri.labels if "Ubah" in label]
    await sri.taps("Berapa orang lagi")
    sri.hears("berikutnya")


async def test_who_is_served_at_once_is_not_called_any_more(counter, sri, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says(booked)
    await wulan.says("/panggil 2")
    await wulan.taps("Selesai")
    sri.catch_up()
    await counter.passes(seconds=5)
    assert not any("dipanggil" in one.text for one in sri.catch_up())


async def test_an_officer_of_another_point_calls_nobody(counter, sri, booked):
    wulan = await officer(counter, point="sooko")
    await wulan.says(booked)
    await officer(counter, "Wati", point="jetis")
    wati = await counter.store.read(lambda db: staff.find(db, name="Wati"))
    step = {"point": "sooko", "officer": Officer(member=wati, chat=1), "office": counter.office, "desk": 2}
    done = await counter.store.write(lambda db: call(db, **step))
    assert done.result is Result.NOT_ALLOWED
    assert await state_of(counter, booked) == "arrived"
    assert await counter.count("audit", "action = 'refused'") == 1


async def test_a_right_to_call_that_ended_meanwhile_is_told(counter, sri, booked, monkeypatch):
    async def checked_before(*_, **__):
        return "sooko"

    wulan = await officer(counter, point="sooko")
    await wulan.says(booked)
    wati = await officer(counter, "Wati", point="jetis")
    monkeypatch.setattr("handlers.staff.call.ask_point", checked_before)
    await wati.says("/panggil 2")
    wati.hears("tidak berwenang")
    wati.hears_not("tidak ada yang menunggu")
    assert await state_of(counter, booked) == "arrived"


async def test_of_two_officers_the_slower_one_records_no_arrival(counter, booked, monkeypatch):
    async def slower(db, *, by, **step):
        await mark(db, by="staff:99", **step)
        return await mark(db, by=by, **step)

    monkeypatch.setattr("storage.appointments.counter.mark", slower)
    wulan = await officer(counter, point="sooko")
    await wulan.says(booked)
    wulan.hears(booked, "sudah tercatat datang")
    assert await state_of(counter, booked) == "arrived"
    assert await counter.count("audit", "action = 'arrived'") == 0
