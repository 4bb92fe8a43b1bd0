from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.setup.office_file import SAMPLE, load_office, unknown_office_keys
from domain.office.office import Office
from domain.office.tables import BadOffice

PROMISED = {  # O1
    ("push", "hold_seconds"): 300,
    ("status", "max_wrong_pairs"): 5,
    ("status", "window_minutes"): 15,
    ("status", "whatsapp_max_wrong_pairs"): 3,
    ("status", "whatsapp_window_minutes"): 1440,
    ("booking", "walk_in_share"): 0,
    ("booking", "slot_minutes"): 30,
    ("booking", "horizon_days"): 30,
    ("booking", "hold_seconds"): 300,
    ("booking", "offer_seconds"): 900,
    ("rating", "invite_after_seconds"): 600,
    ("rating", "min_cell"): 5,
    ("announcements", "undo_seconds"): 60,
    ("announcements", "approver_above"): 50,
    ("quiet", "starts"): time(21),
    ("quiet", "ends"): time(6),
    ("retention", "lookups_days"): 30,
    ("retention", "chat_link_days"): 90,
    ("retention", "unfinished_hours"): 24,
    ("retention", "audit_days"): 365,
}


def test_the_sample_holds_the_promised_values_and_says_that_it_is_one() -> None:
    office = load_office(None)
    assert {key: getattr(getattr(office, key[0]), key[1]) for key in PROMISED} == PROMISED
    assert office.sample
    assert [point.id for point in office.points] == ["sooko", "mpp", "mojosari", "gondang", "jetis"]
    assert {service.id for service in office.services} == {
        *("ktp_baru", "ktp_rekam_16", "ktp_hilang", "ktp_rusak", "ktp_ubah", "ktp_pindah", "ktp_wna"),
        *("ikd", "kia"),
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[[points]]\nid = "a"\nname = "A"\naddress = "A"\nshort = "Kantor yang namanya amat panjang sekali"',
            "short",
        ),
        ("[import]\ncodes = 5", "must be a table"),
    ],
)
def test_a_mistake_in_the_file_is_named(office_with, text: str, told: str) -> None:
    with pytest.raises(BadOffice, match=told):
        office_with(text)


def test_districts_of_the_regency_have_points_and_the_city_none() -> None:
    office = load_office(None)
    for district in office.districts:
        assert bool(office.points_for(district.name)) is not office.neighbour.has(district.code)
    assert [point.id for point in office.points_for("kec. dawar blandong")] == ["jetis"]
    assert office.points_for("Wonokromo") == ()


def test_a_partial_file_keeps_the_samples_other_values(office_with) -> None:
    office = office_with(
        '[status]\nwindow_minutes = 1\n[quiet]\nto = "21.00"\n[hours]\nsat = ["08:00-10:00"]'
    )
    assert (office.status.window_minutes, office.status.max_wrong_pairs) == (1, 5)
    assert (office.quiet.starts, office.quiet.ends) == (time(21), time(21))
    assert office.hours.mon
    assert office.hours.sat
    assert len(office.points) == 5


def test_a_list_replaces_the_samples_list_as_a_whole(office_with) -> None:
    office = office_with('[[points]]\nid = "a"\nname = "Loket A"\naddress = "Jalan A"')
    assert [point.id for point in office.points] == ["a"]


def test_times_may_be_written_without_quotes(office_with) -> None:
    assert office_with("[quiet]\nfrom = 22:30:00").quiet.starts == time(22, 30)


def test_the_budget_of_four_digits_is_the_stricter_one(office_with) -> None:
    status = office_with().status
    assert status.budget(full_nik=True).most == 5
    assert status.budget(full_nik=True).window == timedelta(minutes=15)
    assert status.budget(full_nik=False).most == 3
    assert status.budget(full_nik=False).window == timedelta(days=1)


def test_blanks_are_out_only_when_that_is_known(office_with) -> None:
    assert not office_with().printing.out_of_blanks
    assert not office_with("[printing]\nstock = 5").printing.out_of_blanks
    assert office_with("[printing]\nstock = 0").printing.out_of_blanks


def test_points_and_services_are_found_however_they_are_spelled(office_with) -> None:
    office = office_with()
    for text in ("MPP", "mal pelayanan publik"):
        point = office.point(text)
        assert point is not None
        assert point.id == "mpp"
    assert office.point("entah") is None
    for text in ("ktp_hilang", "KTP-Hilang", "kehilangan", "Lost card"):
        service = office.service(text)
        assert service is not None
        assert service.id == "ktp_hilang"
    assert office.service("entah") is None


def test_a_service_speaks_each_language_and_falls_back_to_indonesian(office_with) -> None:
    lost = office_with().service("ktp_hilang")
    assert lost is not None
    assert lost.title_in("en") == "Lost card"
    assert lost.title_in("xx") == lost.title_in("id")
    assert lost.requirements_in("jv") == lost.requirements_in("id")
    assert "police" in lost.requirements_in("en")[0]
    assert lost.note == {}


def test_an_office_words_its_local_demands_in_one_language_or_more(office_with) -> None:
    office = office_with(
        """
        [[services]]
        id = "x"
        title = "Layanan X"
        requirements = { id = ["KK"] }
        note = { id = "Datang pagi", en = "Come early" }
        """
    )
    assert office.services[0].title_in("en") == "Layanan X"
    assert office.services[0].note == {"id": "Datang pagi", "en": "Come early"}


@pytest.mark.parametrize(
    ("zone", "name", "hour"),
    [("Asia/Jakarta", "WIB", 9), ("Asia/Makassar", "WITA", 10), ("Asia/Jayapura", "WIT", 11)],
)
def test_the_wall_clock_of_the_office(office_with, zone: str, name: str, hour: int) -> None:
    office = office_with(f'zone = "{zone}"')
    now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert office.local(now).hour == hour
    assert office.local(now).tzname() == name
    assert office.today(datetime(2026, 11, 23, 17, 0, tzinfo=UTC)) == date(2026, 11, 24)


POINT = '[[points]]\nid = "a"\nname = "A"\naddress = "A"\n'


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[push]\nhold_seconds = "lima"', "push.hold_seconds"),
        ("[push]\nhold_seconds = true", "push.hold_seconds"),
        ("[push]\nhold_seconds = -1", "push.hold_seconds"),
        ("push = 3", "push"),
        ("[status]\nmax_wrong_pairs = 100000000000000000000000", "status.max_wrong_pairs"),
        ('name = "Dinas\\u0000"', "name"),
        ('name = "Dinas\\u202E"', "name"),
        ("[status]\nmax_wrong_pairs = 0", "status.max_wrong_pairs"),
        ("[booking]\nwalk_in_share = 1.5", "booking.walk_in_share"),
        ('[booking]\nwalk_in_share = "a"', "booking.walk_in_share"),
        ("[booking]\nreopen_seconds = [1]", "booking.reopen_seconds"),
        ("[booking]\nreopen_seconds = 60", "booking.reopen_seconds"),
        ("[booking]\nreopen_seconds = [9, 1]", "booking"),
        ('[booking]\nreopen_seconds = [1, "a"]', "booking.reopen_seconds[2]"),
        ('[quiet]\nfrom = "25:00"', "quiet.from"),
        ('[quiet]\nfrom = "malam"', "quiet.from"),
        ("[quiet]\nfrom = 21", "quiet.from"),
        ('[hours]\nmon = ["8-15"]', "hours.mon[1]"),
        ("[hours]\nmon = [8]", "hours.mon[1]"),
        ('zone = "Europe/Paris"', "zone"),
        ("name = 1", "name"),
        ('sample = "no"', "sample"),
        ('[number]\nprefix = "mjk"', "number"),
        ('[number]\npattern = "("', "number"),
        ('[pickup]\nways = ["drone"]', "pickup.ways[1]"),
        ("points = []", "points"),
        ("services = []", "services"),
        ('[[points]]\nid = "a"', "points[1].name"),
        (POINT + POINT, "points"),
        ('[[services]]\nid = "x"\nrequirements = { id = [] }\ntitle = { en = "X" }', "services[1].title"),
        ('[[closures]]\ndate = "2026-12-24"', "closures[1].date"),
        ("[[closures]]\ndate = 2026-12-24T00:00:00", "closures[1].date"),
        ('[[closures]]\ndate = 2026-12-24\npoints = ["x"]', "closures.points"),
    ],
)
def test_an_unusable_value_is_refused_by_its_key(office_with, text: str, key: str) -> None:
    with pytest.raises(BadOffice) as caught:
        office_with(text)
    assert caught.value.key == key
    assert str(caught.value).startswith(f"{key}: ")


def test_without_a_sample_everything_must_be_there() -> None:
    with pytest.raises(BadOffice, match="name: is missing"):
        Office.from_mapping({})


def test_keys_that_nobody_reads_are_told(tmp_path) -> None:
    assert unknown_office_keys(SAMPLE) == []
    file = tmp_path / "office.toml"
    file.write_text(
        'colour = "red"\n[push]\nhold_second = 1\n' + POINT + 'size = 3\nhours = { monday = ["08:00-09:00"] }'
    )
    assert unknown_office_keys(file) == ["colour", "points.size", "points.hours.monday", "push.hold_second"]


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path) -> None:
    with pytest.raises(BadOffice, match="cannot be read"):
        load_office(tmp_path / "missing.toml")
    file = tmp_path / "office.toml"
    for content, said in (
        (b"= broken", "is no TOML"),
        (b"name = '\xff'", "is no text in UTF-8: save it so$"),
    ):
        file.write_bytes(content)
        with pytest.raises(BadOffice, match=said):
            load_office(file)


def test_a_file_that_is_nested_too_deeply_is_refused_in_one_sentence(tmp_path) -> None:
    file = tmp_path / "office.toml"
    file.write_text("a = " + "[" * 5000 + "]" * 5000)
    with pytest.raises(BadOffice, match="nested too deeply"):
        load_office(file)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path) -> None:
    file = tmp_path / "office.toml"
    file.write_bytes(b"\xef\xbb\xbf[push]\r\nhold_seconds = 7\r\n")
    assert load_office(file).push.hold_seconds == 7
