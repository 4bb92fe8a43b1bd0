"""Digital identity, child cards and recordings at 16 have sentences of their own."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.cards.application import Application
from domain.cards.stages import Stage
from handlers.cards.pushes import approved_words
from tests.support.people import SRI, row

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])


async def looked_up(counter, service, status, channel="telegram"):
    await counter.imports(row(SRI, status, layanan=service, tanggal_lengkap="2026-11-12"))
    sri = counter.resident("Sri", channel=channel)
    await sri.says("halo")
    await sri.asks(SRI, SRI["nik"][-4:] if channel == "whatsapp" else None)
    return sri


@CHANNELS
@pytest.mark.parametrize(
    ("service", "status", "said", "unsaid"),
    [
        (
            "ikd",
            "WAITING_BLANK",
            ["siap diaktifkan", "HP", "kode QR", "Senin–Kamis: 08.00"],
            ["urutan cetak", "standar"],
        ),
        ("ikd", "CARD_ISSUED", ["diaktifkan"], ["Kartu sudah"]),
        ("ikd", "BELUM_REKAM", ["sesudah KTP-el *direkam*"], ["blangko"]),
        ("ikd", "SFE", ["Sesudah itu IKD"], ["blangko"]),
        ("kia", "WAITING_BLANK", ["menunggu blangko"], ["IKD", "surat keterangan"]),
        ("kia", "CARD_SHIPPED", ["KTP orang tua", "Diambil orang tua"], ["IKD", "sidik jari"]),
        ("kia", "SFE", ["Data anak"], ["dua kali"]),
        ("kia", "BELUM_REKAM", ["tidak memerlukan sidik jari"], ["untuk perekaman"]),
        ("ktp_rekam_16", "WAITING_BLANK", ["dicetak saat usia 17"], ["IKD", "menunggu blangko"]),
        ("ktp_rekam_16", "SFE", ["dicetak saat usia 17"], ["IKD"]),
    ],
)
async def test_each_kind_hears_its_own_words(counter, channel, service, status, said, unsaid):
    sri = await looked_up(counter, service, status, channel)
    sri.hears(*said)
    sri.hears_not(*unsaid)


async def test_no_recording_is_offered_for_a_child_card(counter):
    sri = await looked_up(counter, "kia", "BELUM_REKAM")
    assert "Pesan jadwal" not in sri.labels


async def test_follow_ups_know_the_kind(counter):
    sri = await looked_up(counter, "kia", "WAITING_BLANK")
    await sri.says("ada ktp sementara?")
    sri.hears("untuk anak")
    sri.hears_not("IKD")
    sri = await looked_up(counter, "ktp_rekam_16", "PRR")
    await sri.says("apa artinya?")
    sri.hears("dicetak saat usia 17")
    await sri.says("urutan ke berapa")
    sri.hears_not("Dalam urutan cetak")


async def test_how_fast_printing_goes_is_last_weeks_count(counter):
    await counter.imports(*(row(one, "CARD_PRINTED", tanggal="2026-11-18") for one in (SRI,)))
    sri = await looked_up(counter, "ktp_hilang", "CARD_SHIPPED")
    await sri.says("sehari cetak berapa kartu")
    sri.hears("16 Nov 2026", "22 Nov 2026", "*1* kartu")


@CHANNELS
async def test_status_and_ticket_say_the_same_about_what_to_bring(counter, channel):
    await counter.imports(row(SRI, "BELUM_REKAM", layanan="ktp_baru", kecamatan="Sooko"))
    sri = counter.resident("Sri", channel=channel)
    await sri.says("halo")
    await sri.asks(SRI, SRI["nik"][-4:] if channel == "whatsapp" else None)
    await sri.says("bawa apa?")
    told = sri.screen.text[: sri.screen.text.index("Datang sendiri untuk perekaman")]
    assert "Formulir F-1.02 (ada di loket)" in told
    await sri.taps("Pesan jadwal")
    for _ in range(6):
        if "Kode" in sri.screen.text or not sri.screen.choices:
            break
        await sri.says("1")
    sri.hears(told)


async def test_news_of_a_ready_card_name_the_address(counter, sri):
    await counter.imports(row(SRI, "CARD_PRINTED"))
    await sri.says("halo")
    await sri.asks(SRI)
    await sri.taps("Kabari saya")
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-21"))
    await counter.passes(minutes=6)
    sri.hears("siap diambil", "Jalan R.A. Basuni, Sooko", "Senin–Kamis: 08.00")


async def test_the_approved_words_call_no_digital_identity_a_card(counter):
    digital = Application(
        id=1, number="MJK-261102-0007-Z", name="S*** A***", service="ikd", stage=Stage.READY_FOR_PICKUP,
        raw_code="CARD_SHIPPED", stage_on=date(2026, 11, 20), data_at=datetime(2026, 11, 23, tzinfo=UTC),
    )  # fmt: skip
    name, values = approved_words(digital, counter.office)
    assert name == "status_changed"
    assert values[-1].key == "report-ikd-ready"


def without(counter, service: str) -> None:
    """The office strikes a service from its file and starts again."""
    left = tuple(one for one in counter.office.services if one.id != service)
    counter.office = replace(counter.office, services=left)
    counter.restart()


async def test_a_card_of_a_service_that_ended_is_told_without_its_papers(counter, sri):
    await counter.imports(row(SRI, "BELUM_REKAM", layanan="ktp_baru"))
    await sri.asks(SRI)
    await sri.says("bawa apa?")
    sri.hears("Bawa", "• Fotokopi Kartu Keluarga")
    without(counter, "ktp_baru")
    await sri.says("bawa apa?")
    sri.hears("Bawa")
    sri.hears_not("•")


async def test_a_service_that_ended_is_offered_no_more(counter, sri):
    await sri.says("/syarat")
    await sri.says("ktp hilang")
    sri.hears("kepolisian")
    without(counter, "ktp_hilang")
    await sri.taps("Layanan lain")
    sri.hears("layanan yang mana")
    sri.hears_not("mulai lagi")
    assert "Penggantian KTP-el hilang" not in sri.labels
