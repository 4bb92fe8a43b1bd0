from datetime import date

import pytest

from domain.cards.stages import Stage, Standing, stage_of, wins

YESTERDAY, TODAY = date(2026, 11, 22), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("code", "stage"),
    [
        ("berkas diterima", Stage.SUBMITTED),
        ("Berkas-Kurang", Stage.DOCS_INCOMPLETE),
        ("UNREGISTERED", Stage.NOT_RECORDED),
        ("belum rekam", Stage.NOT_RECORDED),
        ("BIO_CAPTURED", Stage.RECORDED),
        ("PROCESSING", Stage.RECORDED),
        ("pro", Stage.RECORDED),
        ("Sudah Rekam", Stage.RECORDED),
        ("SENT_FOR_ENROLLMENT", Stage.SENT_TO_CENTER),
        ("sfe", Stage.SENT_TO_CENTER),
        ("RECEIVED AT CENTRAL", Stage.SENT_TO_CENTER),
        ("ADJUDICATE_RECORD", Stage.NEEDS_REVIEW),
        ("adjudicate.in.process", Stage.NEEDS_REVIEW),
        ("ENROLL_FAILURE_AT_CENTRAL", Stage.RECORD_FAILED),
        ("EFAC", Stage.RECORD_FAILED),
        ("SEARCH_FAILURE_AT_CENTRAL", Stage.RECORD_FAILED),
        ("ENROLL-FAILURE-AT-REGIONAL", Stage.RECORD_FAILED),
        ("DUPLICATE_RECORD", Stage.DUPLICATE),
        ("dup", Stage.DUPLICATE),
        ("PRINT_READY_RECORD", Stage.PRINT_READY),
        ("PRR", Stage.PRINT_READY),
        ("print ready, no stock", Stage.WAITING_BLANK),
        ("SENT_FOR_CARD_PRINTING", Stage.PRINTED),
        ("card printed", Stage.PRINTED),
        ("CARD_SHIPPED", Stage.READY_FOR_PICKUP),
        ("CARD_ISSUED", Stage.PICKED_UP),
        *((stage.value, stage) for stage in Stage),
        *((stage.value.lower().replace("_", " - "), stage) for stage in Stage),
    ],
)
def test_an_offices_code_means_a_stage(code: str, stage: Stage) -> None:
    assert stage_of(code) is stage


@pytest.mark.parametrize("code", ["", "ENTAH", "PR"])
def test_a_code_that_nobody_knows_means_none(code: str) -> None:
    assert stage_of(code) is None


def test_properties_of_each_stage() -> None:
    assert {stage for stage in Stage if stage.final} == {
        Stage.PICKED_UP,
        Stage.DELIVERED,
        Stage.REJECTED,
        Stage.CANCELLED,
    }
    assert {stage for stage in Stage if stage.handed_over} == {Stage.PICKED_UP, Stage.DELIVERED}
    assert {stage for stage in Stage if stage.pauses_clock} == {
        Stage.SENT_TO_CENTER,
        Stage.NEEDS_REVIEW,
        Stage.WAITING_BLANK,
    }
    assert {stage for stage in Stage if stage.waits_for_print} == {Stage.PRINT_READY, Stage.WAITING_BLANK}


def test_an_older_status_does_not_win() -> None:
    recorded = Standing(stage=Stage.READY_FOR_PICKUP, day=TODAY)
    assert not wins(Standing(stage=Stage.PRINTED, day=YESTERDAY), over=recorded)
    assert wins(recorded, over=Standing(stage=Stage.PRINTED, day=YESTERDAY))


def test_of_equal_dates_the_later_import_wins() -> None:
    assert wins(Standing(stage=Stage.PRINTED, day=TODAY), over=Standing(stage=Stage.PICKED_UP, day=TODAY))


@pytest.mark.parametrize("stage", [Stage.PICKED_UP, Stage.DELIVERED, Stage.CANCELLED])
def test_a_handover_by_staff_yields_only_to_a_later_date(stage: Stage) -> None:
    by_staff = Standing(stage=stage, day=YESTERDAY, by_staff=True)
    assert not wins(Standing(stage=Stage.READY_FOR_PICKUP, day=YESTERDAY), over=by_staff)
    assert wins(Standing(stage=Stage.READY_FOR_PICKUP, day=TODAY), over=by_staff)


def test_other_staff_stages_yield_to_an_import_of_the_same_day() -> None:
    by_staff = Standing(stage=Stage.PRINTED, day=TODAY, by_staff=True)
    assert wins(Standing(stage=None, day=TODAY), over=by_staff)


def test_staff_act_at_once_even_against_a_later_date() -> None:
    ahead = Standing(stage=Stage.READY_FOR_PICKUP, day=TODAY)
    assert wins(Standing(stage=Stage.PICKED_UP, day=YESTERDAY, by_staff=True), over=ahead)
