"""Every change is told in its own transaction, once per target, without names; and not at all without a target."""

import ast
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from bot.importing.run import import_register
from bot.setup.office_file import load_office
from domain.appointments.booking import BookingState
from domain.cards.stages import Stage
from domain.ratings.index import ELEMENTS
from domain.ratings.survey import TimeBand
from domain.webhooks.webhook import EventType
from storage.appointments import counter, undo
from storage.audit import SYSTEM
from storage.cards import desk, stage_undo
from storage.cards.register_undo import undo as take_back
from storage.ids import new_id
from storage.ratings import answers, cases
from storage.schema import webhook_deliveries
from storage.webhooks import targets
from tests.storage import rows
from tests.storage.appointments.town import Counter
from tests.support.people import number, row
from tests.support.texts import the_texts

ROOT = Path(__file__).parents[3]
DAY = date(2026, 11, 23)
NIK, NUMBER, NAME = "3516994107900001", "MJK-261102-0007-Z", "Sri Aminah"


async def listens(store, *kinds: EventType, numbers: bool = False) -> int:
    """Make a target of these events, or of all."""
    url = "https://hooks.example/in"
    target, _ = await store.write(
        lambda db: targets.add(db, url=url, events=kinds or (*EventType,), numbers=numbers, actor=SYSTEM)
    )
    return target


async def told(store) -> list[tuple[str, dict]]:
    """Type and data of the events that wait, in order; they are taken out."""

    async def take(db):
        found = await db.rows(select(webhook_deliveries).order_by(webhook_deliveries.c.event_id))
        await db.run(delete(webhook_deliveries))
        return found

    bodies = [json.loads(one.body) for one in await store.write(take)]
    assert all(NIK not in str(one) and NAME not in str(one) for one in bodies)
    return [(one["type"], one["data"]) for one in bodies]


async def changes(store, application: int, stage: Stage) -> None:
    given = {"application": application, "stage": stage, "day": DAY, "member": 7}
    assert await store.write(lambda db: desk.change_stage(db, **given, rules=load_office(None)))


async def imports(store, tmp_path, *lines: dict[str, str]):
    path = tmp_path / "daftar.csv"
    heading = list(lines[0])
    text = [",".join(heading), *(",".join(line[name] for name in heading) for line in lines)]
    path.write_text("\n".join(text), "utf-8")
    return await import_register(store, path, office=load_office(None), texts=the_texts())


def person(place: int) -> dict[str, str]:
    return {
        "no_registrasi": number(f"{place:04d}"),
        "nik": f"351699410790{place:04d}",
        "nama": NAME,
    }


async def test_nothing_is_written_without_a_target_that_wants_it(store):
    card = await store.write(lambda db: rows.application(db, number=NUMBER, nik=NIK))
    await changes(store, card, Stage.PICKED_UP)
    await listens(store, EventType.BOOKED)
    await changes(store, card, Stage.CANCELLED)
    assert await told(store) == []


async def test_a_stage_changed_at_the_counter_is_told_without_names(store):
    card = await store.write(lambda db: rows.application(db, number=NUMBER, nik=NIK, point="sooko"))
    await listens(store)
    await changes(store, card, Stage.PICKED_UP)
    data = {
        "application": str(card), "stage": "PICKED_UP", "stage_on": "2026-11-23",
        "previous": "READY_FOR_PICKUP", "point": "sooko",
    }  # fmt: skip
    assert await told(store) == [("application.stage_changed", data)]


async def test_a_stage_taken_back_at_the_counter_is_told(store):
    card = await store.write(lambda db: rows.application(db, number=NUMBER, nik=NIK))
    await store.write(
        lambda db: rows.passed(db, application=card, stage=Stage.READY_FOR_PICKUP, on=date(2026, 11, 20))
    )
    await changes(store, card, Stage.PICKED_UP)
    await listens(store)
    given = {"application": card, "member": 7, "rules": load_office(None)}
    assert await store.write(lambda db: stage_undo.take_back(db, **given))
    ((_, data),) = await told(store)
    assert (data["previous"], data["stage"]) == ("PICKED_UP", "READY_FOR_PICKUP")


async def test_registration_numbers_go_only_to_targets_that_may_have_them(store):
    card = await store.write(lambda db: rows.application(db, number=NUMBER, nik=NIK))
    await listens(store)
    await listens(store, numbers=True)
    await changes(store, card, Stage.PICKED_UP)
    events = await store.read(lambda db: db.rows(select(webhook_deliveries.c.event_id).distinct()))
    assert len(events) == 1  # one id for both
    assert sorted(data.get("number", "") for _, data in await told(store)) == ["", NUMBER]


async def test_a_change_that_is_rolled_back_is_not_told(store):
    card = await store.write(lambda db: rows.application(db, number=NUMBER, nik=NIK))
    await listens(store)

    async def breaks(db):
        given = {"application": card, "stage": Stage.PICKED_UP, "day": DAY, "member": 7}
        await desk.change_stage(db, **given, rules=load_office(None))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await store.write(breaks)
    assert await told(store) == []


async def test_an_import_and_taking_it_back_are_told(store, tmp_path, clock):
    await imports(store, tmp_path, *(row(person(place), "PRR") for place in (1, 2)))
    await listens(store, EventType.STAGE_CHANGED)
    clock.move(minutes=1)
    lines = [row(person(1), "CARD_SHIPPED"), row(person(2), "PRR"), row(person(3), "CARD_SHIPPED")]
    done = await imports(store, tmp_path, *lines)
    found = [(data["previous"], data["stage"], data.get("removed")) for _, data in await told(store)]
    assert set(found) == {(None, "READY_FOR_PICKUP", None), ("PRINT_READY", "READY_FOR_PICKUP", None)}
    assert len(found) == 2
    hold = timedelta(seconds=300)
    await take_back(store, import_id=done.import_id, actor=SYSTEM, hold=hold, advance=lambda _: None)
    found = [(data["previous"], data["stage"], data.get("removed")) for _, data in await told(store)]
    assert set(found) == {
        ("READY_FOR_PICKUP", "PRINT_READY", None),
        ("READY_FOR_PICKUP", None, True),
    }


async def test_each_step_of_an_appointment_is_told(store, clock):
    town = Counter(store, clock)
    await listens(store)
    booked = await town.books(await town.person("sri"), town.slot())
    data = {
        "appointment": booked.code.text, "state": "booked", "point": "sooko", "service": "ktp_baru",
        "starts_at": "2026-11-30T02:00:00+00:00",
    }  # fmt: skip
    assert await told(store) == [("appointment.booked", data)]
    await town.marks(booked, BookingState.ARRIVED)
    await town.marks(booked, BookingState.CALLED)
    await town.marks(booked, BookingState.SERVED)
    assert [kind for kind, _ in await told(store)] == ["appointment.arrived", "appointment.served"]
    await store.write(lambda db: counter.undo(db, code=booked.code, by="staff:1", office=town.office))
    ((kind, data),) = await told(store)
    assert (kind, data["state"]) == ("appointment.arrived", "called")


async def test_moving_cancelling_and_restoring_an_appointment_are_told(store, clock):
    town = Counter(store, clock)
    sri = await town.person("sri")
    booked = await town.books(sri, town.slot())
    await listens(store)
    moved = await town.moves(sri, booked, town.slot(hour=10))
    await town.cancels(moved)
    await store.write(lambda db: undo.allow(db, booking=moved.id))
    await store.write(lambda db: undo.restore(db, booking=moved.id, chat=sri.chat, office=town.office))
    found = await told(store)
    assert [kind for kind, _ in found] == ["appointment.moved", "appointment.cancelled", "appointment.booked"]
    assert {data["appointment"] for _, data in found} == {booked.code.text}
    assert found[0][1]["starts_at"] == "2026-11-30T03:00:00+00:00"


async def test_ratings_of_an_hour_are_told_once_as_a_sum(store, clock):
    scores = dict.fromkeys(ELEMENTS, 4)

    async def rates(scores=scores):
        place = {"on": DAY, "band": TimeBand.MORNING, "point": "sooko", "service": "ktp_baru"}
        await store.write(lambda db: answers.store_answers(db, scores=scores, **place))

    await rates()
    await listens(store)
    await rates()
    clock.move(minutes=31)
    await rates()
    await rates(dict.fromkeys(ELEMENTS[:8], 1))  # incomplete
    (row,) = await store.read(lambda db: db.rows(select(webhook_deliveries)))
    assert row.due_at == clock.now.replace(minute=0) + timedelta(hours=1)
    assert await told(store) == [("rating.received", {"month": "2026-11", "answers": 3})]


async def test_a_case_is_told_after_the_hour_or_by_its_week(store, clock):
    await listens(store)
    clock.move(minutes=17)
    about = {"word": "lama", "chat": None, "on": DAY + timedelta(days=3), "due_days": 5}
    opened = await store.write(lambda db: cases.open_case(db, kind="complaint", **about))
    rated = await store.write(lambda db: cases.open_case(db, kind="low", of_answers=True, **about))
    before = new_id()
    found = await store.read(lambda db: db.rows(select(webhook_deliveries)))
    said = {json.loads(one.body)["data"]["case"]: one for one in found}
    hour = clock.now.replace(minute=0) + timedelta(hours=1)
    assert {one.due_at for one in found} == {hour}
    assert json.loads(said[opened.number].body)["timestamp"] == hour.isoformat(timespec="milliseconds")
    assert json.loads(said[rated.number].body)["timestamp"] == "2026-11-23T00:00:00.000+00:00"
    assert before - said[opened.number].event_id < 10**12  # made just now, as its id tells
    assert abs(before - said[rated.number].event_id) > 10**12
    await told(store)
    await store.write(lambda db: cases.close(db, number=rated.number, by="staff:1"))
    assert await told(store) == [("case.closed", {"case": rated.number})]


async def test_a_disabled_target_is_written_nothing(store):
    target = await listens(store)
    await store.write(lambda db: targets.disable(db, target=target, why="http-410"))
    card = await store.write(lambda db: rows.application(db, number=NUMBER, nik=NIK))
    await changes(store, card, Stage.PICKED_UP)
    assert await told(store) == []


def calls_of(name: str) -> set[str]:
    """Modules of the store that call a function or method of this name."""
    found = set()
    for file in (ROOT / "storage").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name:
                found.add(file.name)
    return found


def test_no_write_goes_around_the_functions_that_tell():
    """The sums of applications and the history of appointments are written in one place each, which tells, too."""
    assert calls_of("moved") == {"changes.py"}
    users = [
        file.name
        for file in (ROOT / "storage").rglob("*.py")
        if "booking_history.insert" in file.read_text() or "insert(booking_history" in file.read_text()
    ]
    assert users == ["booking_rows.py"]


async def test_an_import_that_changes_no_stage_tells_nothing(store, tmp_path, clock):
    await listens(store)
    await imports(store, tmp_path, row(person(1), "PRR"))
    assert [kind for kind, _ in await told(store)] == [EventType.STAGE_CHANGED]
    clock.move(minutes=1)
    await imports(store, tmp_path, row({**person(1), "nama": "Sri Aminah Lestari"}, "PRR"))
    assert await told(store) == []
