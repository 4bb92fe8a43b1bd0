"""Required papers of a service are edited in the console, shown to residents at once, and reset to the office file."""

from domain.staff.roles import Role
from storage.staff.service_words import as_worded
from tests.console.conftest import ConsoleCounter

LOST = "/staf/layanan/ktp_hilang"


async def needed(counter: ConsoleCounter) -> dict[str, tuple[str, ...]]:
    office = await counter.store.read(lambda db: as_worded(db, office=counter.office, service="ktp_hilang"))
    return dict(office.service("ktp_hilang").requirements)


async def test_an_approver_words_a_service_anew_and_gives_it_back(counter: ConsoleCounter):
    approver = await counter.enter(Role.APPROVER)
    filed = await needed(counter)
    assert LOST in (await approver.opens("/staf/layanan")).text
    assert filed["id"][0] in (await approver.opens(LOST)).text
    told = await approver.sends(
        LOST, LOST, **{"syarat-id": "- Surat <b>kehilangan</b>\n\n  KK asli ", "catatan-id": "Bawa materai."}
    )
    assert "Disimpan" in told.text
    assert "diubah di sini" in told.text
    assert await needed(counter) == {"id": ("Surat <b>kehilangan</b>", "KK asli")}
    assert "Surat &lt;b&gt;kehilangan&lt;/b&gt;" in (await approver.opens(LOST)).text
    back = await approver.sends(LOST, LOST, semula="1")
    assert "berkas kantor" in back.text
    assert await needed(counter) == filed


async def test_a_text_too_long_or_empty_is_refused_beside_its_field(
    counter: ConsoleCounter,
):
    approver = await counter.enter(Role.APPROVER)
    filed = await needed(counter)
    for wrong in ("", "x" * 121, "\n".join("abcdefghijkl")):
        told = await approver.sends(LOST, LOST, **{"syarat-id": wrong, "catatan-id": "x" * 201})
        assert told.status_code == 422
        assert "satu syarat satu baris" in told.text
        assert "Paling panjang 200 huruf" in told.text
    assert await needed(counter) == filed


async def test_a_service_that_the_office_does_not_have_is_no_page(counter: ConsoleCounter):
    approver = await counter.enter(Role.APPROVER)
    assert (await approver.opens("/staf/layanan/sim")).status_code == 404


async def test_who_changed_it_stands_in_the_audit(counter: ConsoleCounter):
    approver = await counter.enter(Role.APPROVER)
    await approver.sends(LOST, LOST, **{"syarat-id": "KK asli"})
    admin = await counter.enter(Role.ADMIN)
    told = (await admin.opens("/staf/audit?apa=service-worded")).text
    assert "service:ktp_hilang" in told
