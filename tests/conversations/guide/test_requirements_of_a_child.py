"""Requirements for somebody who is named by age alone: a child card, the recording at 16, the first card."""

import pytest

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
CHILD, AT_16, FIRST = (
    "Kartu Identitas Anak (KIA), syaratnya",
    "usia 16 tahun, syaratnya",
    "KTP-el pertama, syaratnya",
)
SAID = [
    ("buat bayi", CHILD),
    ("untuk anak saya", CHILD),
    ("anak 10 tahun", CHILD),
    ("punya anak", CHILD),
    ("kagem lare", CHILD),
    ("bocah 7 taun", CHILD),
    ("anak 18 bulan", CHILD),
    ("keponakan 8 th", CHILD),
    ("umur 3 tahun", CHILD),
    ("bayi baru lahir", CHILD),
    ("anak kelas 3 sd", CHILD),
    ("for my son", CHILD),
    ("buat adik saya 16 tahun", AT_16),
    ("anak saya 16", AT_16),
    ("anak saya umur 17", FIRST),
    ("anak saya sudah 20 tahun", FIRST),
]


@pytest.mark.parametrize(("said", "heard"), SAID)
async def test_a_child_is_taken_as_its_service_at_the_question(sri, said, heard):
    await sri.says("/syarat")
    await sri.says(said)
    sri.hears(heard)
    sri.hears_not("tidak dilayani")


@CHANNELS
@pytest.mark.parametrize(("said", "heard"), [SAID[0], SAID[1], SAID[2], SAID[3], SAID[12]])
async def test_a_child_is_taken_as_its_service_below_another(counter, channel, said, heard):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("syarat ktp hilang")
    await sri.says(said)
    sri.hears(heard)
    sri.hears_not("tidak dilayani")


@pytest.mark.parametrize("said", ["ktp anak saya hilang", "untuk anak saya yang hilang ktpnya"])
async def test_a_child_beside_another_matter_is_that_matter(sri, said):
    await sri.says("/syarat")
    await sri.says(said)
    sri.hears("Penggantian KTP-el hilang")


async def test_a_sibling_without_an_age_is_no_child(sri):
    await sri.says("/syarat")
    await sri.says("buat adik saya")
    sri.hears_not("syaratnya")
