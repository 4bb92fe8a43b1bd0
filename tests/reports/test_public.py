"""R6: public figures, from which no hidden figure can be computed."""

import csv
import io
from datetime import date

from bot.reports.public import Public
from domain.ratings.index import ELEMENTS
from tests.reports.conftest import KNOWN, answered, figures_of

FOURS = [dict.fromkeys(ELEMENTS, 4)]


async def public_of(store, pen) -> Public:
    return Public(figures=await figures_of(store), pen=pen, least=5)


async def test_four_answers_show_nothing_and_five_show_the_index(rated, pen):
    await answered(rated, FOURS * 4)
    public = await public_of(rated, pen)
    assert public.found is None
    assert "100" not in public.as_csv()
    await answered(rated, FOURS)
    assert str((await public_of(rated, pen)).found.ikm) == "100.00"


async def test_a_point_of_few_answers_is_hidden_with_one_more(rated, pen):
    await answered(rated, KNOWN, point="sooko")
    await answered(rated, FOURS * 12, point="mpp")
    await answered(rated, FOURS * 4, point="jetis")
    public = await public_of(rated, pen)
    assert {cell.name: bool(cell.found) for cell in public.points} == {
        "Kantor Dispendukcapil, Sooko": True,
        "Mal Pelayanan Publik": False,
        "Kantor Kecamatan Jetis": False,
    }
    rows = {row["nama"]: row for row in csv.DictReader(io.StringIO(public.as_csv()))}
    assert rows["Kantor Kecamatan Jetis"]["jawaban"] == rows["Mal Pelayanan Publik"]["ikm"] == ""


async def test_months_stand_in_order_and_a_quiet_one_is_hidden(rated, pen):
    await answered(rated, KNOWN, on=date(2026, 10, 5))
    await answered(rated, FOURS * 9, on=date(2026, 9, 5))
    await answered(rated, FOURS * 2, on=date(2026, 2, 5))
    public = await public_of(rated, pen)
    assert [(cell.name, bool(cell.found)) for cell in public.months] == [
        ("Feb 2026", False),
        ("Sep 2026", False),
        ("Okt 2026", True),
    ]


async def test_a_service_named_like_a_formula_is_inert_in_spreadsheets(rated, pen):
    await answered(rated, KNOWN, service="=HYPERLINK(1)")
    assert '"=' not in (await public_of(rated, pen)).as_csv()
    assert "'=HYPERLINK(1)" in (await public_of(rated, pen)).as_csv()
