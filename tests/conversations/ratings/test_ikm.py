"""Staff see the index in their chat, as a sentence and a picture; residents have their public page."""

import io
from datetime import date

from PIL import Image

from domain.ratings.index import ELEMENTS
from domain.ratings.survey import TimeBand
from domain.staff.roles import Role
from storage.audit import SYSTEM
from storage.ratings import answers
from storage.staff import staff
from tests.support.counter import Counter
from tests.support.resident import Resident


async def answered(counter: Counter, score: int, people: int) -> None:
    for _ in range(people):
        await counter.store.write(
            lambda db: answers.store_answers(
                db,
                scores=dict.fromkeys(ELEMENTS, score),
                on=date(2026, 11, 20),
                band=TimeBand.MORNING,
                point="sooko",
                service="ktp_baru",
            )
        )


async def becomes_staff(counter: Counter, who: Resident, role: Role = Role.VIEWER) -> None:
    code = await counter.store.write(lambda db: staff.invite(db, name="Ayu", role=role, actor=SYSTEM))
    await who.says(f"/staf {code}")


async def test_staff_hear_the_index_and_get_its_chart(counter: Counter, sri: Resident):
    await answered(counter, 4, 10)
    await answered(counter, 3, 10)
    await becomes_staff(counter, sri)
    await sri.says("/ikm")
    sri.hears("IKM 87,50", "mutu B", "20 jawaban lengkap", "antara 81,50 dan 93,50", "A dan B")
    (chart,) = sri.screen.files
    assert (chart.name, chart.mime) == ("ikm-2026.png", "image/png")
    picture = Image.open(io.BytesIO(chart.data))
    assert picture.width == 720
    assert len(picture.convert("RGB").getcolors(1 << 24)) > 10


async def test_the_chart_is_sent_in_the_language_of_the_chat(counter: Counter, sri: Resident):
    await answered(counter, 4, 10)
    await becomes_staff(counter, sri)
    await sri.says("/bahasa english")
    await sri.says("/ikm")
    sri.hears("IKM 100.00", "grade A")


async def test_without_answers_there_is_no_data_and_no_picture(counter: Counter, sri: Resident):
    await becomes_staff(counter, sri)
    await sri.says("/ikm")
    sri.hears("Belum ada data")
    assert not sri.screen.files


async def test_so_few_answers_that_they_tell_one_are_for_approvers(counter: Counter, sri: Resident):
    await answered(counter, 4, 4)
    await becomes_staff(counter, sri, Role.OFFICER)
    await sri.says("/ikm")
    sri.hears("mulai 5 jawaban")
    assert not sri.screen.files
    await becomes_staff(counter, sri, Role.APPROVER)
    await sri.says("/ikm")
    sri.hears("IKM 100,00")
    assert sri.screen.files


async def test_a_resident_may_not_and_the_no_is_audited(counter: Counter, sri: Resident):
    await answered(counter, 4, 10)
    await sri.says("/ikm")
    sri.hears("tidak berwenang")
    assert await counter.count("audit", "action = 'refused'") == 1


async def test_with_many_answers_no_interval_is_told(counter: Counter, sri: Resident):
    await answered(counter, 4, 200)
    await answered(counter, 3, 200)
    await becomes_staff(counter, sri)
    await sri.says("/ikm")
    sri.hears("IKM 87,50", "400 jawaban lengkap")
    sri.hears_not("antara")
