"""A form of the console counts once, for one session and one purpose."""

import asyncio

import pytest
from sqlalchemy import func, select

from storage.schema import staff_forms
from storage.staff import forms
from storage.staff.forms import StaleForm
from storage.store import Store

MINE, HERS = "the secret of one session", "the secret of another"


async def test_the_second_use_of_a_form_is_refused(store: Store):
    given = forms.stamp(MINE, "/staf/petugas/cabut")
    use = {"given": given, "secret": MINE, "purpose": "/staf/petugas/cabut"}
    await store.write(lambda db: forms.use(db, **use))
    with pytest.raises(StaleForm):
        await store.write(lambda db: forms.use(db, **use))


async def test_of_two_clicks_at_once_one_counts(store: Store):
    use = {"given": forms.stamp(MINE, "/a"), "secret": MINE, "purpose": "/a"}
    both = [store.write(lambda db: forms.use(db, **use)) for _ in range(2)]
    ended = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in ended) == ["NoneType", "StaleForm"]


@pytest.mark.parametrize(
    "given",
    [
        forms.stamp(HERS, "/a"),  # somebody else's
        forms.stamp(MINE, "/b"),  # for another deed
        "",
        ".",
        "x" * 500,
        forms.stamp(MINE, "/a")[:-1],
    ],
    # Stamps are random; the names of tests are not.
    ids=["hers", "another-deed", "nothing", "a-dot", "long", "cut"],
)
async def test_a_stamp_of_another_session_or_purpose_counts_for_nothing(store: Store, given: str):
    with pytest.raises(StaleForm):
        await store.write(lambda db: forms.use(db, given=given, secret=MINE, purpose="/a"))
    assert await store.read(lambda db: db.scalar(select(func.count()).select_from(staff_forms))) == 0


async def test_a_failed_action_leaves_its_form_usable(store: Store):
    use = {"given": forms.stamp(MINE, "/a"), "secret": MINE, "purpose": "/a"}

    async def fails(db):
        await forms.use(db, **use)
        raise ValueError("the deed itself did not work")

    with pytest.raises(ValueError, match="did not work"):
        await store.write(fails)
    await store.write(lambda db: forms.use(db, **use))
