"""The report as two A4 pages for the head of office to sign."""

import io
from datetime import date
from decimal import Decimal

from reportlab.pdfgen.canvas import Canvas

from bot.reports.ink import (
    BOLD,
    GRADE_INK,
    HEIGHT,
    INK,
    MARGIN,
    PALE,
    RULE,
    SIGN,
    SOFT,
    WIDTH,
    Sheet,
    register_fonts,
)
from bot.reports.pen import Pen
from domain.ratings.figures import Figures
from domain.ratings.index import ElementResult, Grade, Satisfaction, Tally, satisfaction_of
from domain.ratings.survey import PROFILE

_PAGES = 2
_INNER = WIDTH - 2 * MARGIN
_LABEL = 190.0
_LOWEST, _SPAN = 25, 75
_RANGES = (
    (Grade.D, Decimal(25), Decimal("65.00")),
    (Grade.C, Decimal("65.00"), Decimal("76.61")),
    (Grade.B, Decimal("76.61"), Decimal("88.31")),
    (Grade.A, Decimal("88.31"), Decimal(100)),
)
_MOST_PARTS = 14


def paper(figures: Figures, pen: Pen, *, made_on: date) -> bytes:
    """Draw the report; without answers it says so and still has two pages."""
    register_fonts()
    file = io.BytesIO()
    # Invariant: equal figures give an equal file.
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, lang=pen.language)
    canvas.setTitle(f"{pen.say('skm-title')} · {pen.office.name}")
    canvas.setAuthor(pen.office.name)
    _first_page(Sheet(canvas), figures, pen, made_on)
    canvas.showPage()
    _second_page(Sheet(canvas), figures, pen, made_on)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _first_page(sheet: Sheet, figures: Figures, pen: Pen, made_on: date) -> None:
    _head(sheet, figures, pen)
    found = figures.satisfaction
    if found is None:
        sheet.paragraph(pen.say("skm-none"), size=12)
    else:
        _result(sheet, found, pen)
        for sentence in pen.certainty(figures):
            sheet.paragraph(sentence)
        sheet.down(16)
        sheet.title(pen.say("skm-page-elements"))
        _bars(sheet, found, pen)
        sheet.down(10)
        _parts(sheet, figures, pen)
    _foot(sheet, pen, made_on, 1)


def _second_page(sheet: Sheet, figures: Figures, pen: Pen, made_on: date) -> None:
    sheet.words(MARGIN, f"{pen.say('skm-title')} · {pen.office.name}", size=8, ink=SOFT)
    sheet.words(WIDTH - MARGIN, pen.period(figures), size=8, ink=SOFT, right=True)
    sheet.down(28)
    found = figures.satisfaction
    if found is not None:
        # With fewer people the profile would stand beside their scores.
        if figures.profiles and figures.now.people >= pen.office.rating.min_cell:
            sheet.title(pen.say("skm-profile"))
            _profile(sheet, figures, pen)
        sheet.title(pen.say("skm-page-lowest"))
        for one in found.lowest:
            _plan(sheet, one, pen)
        sheet.down(14)
        sheet.title(pen.say("skm-page-method"))
        for sentence in (
            pen.say("skm-method", people=found.people),
            pen.say("skm-method-grades"),
            pen.say("skm-method-source"),
        ):
            sheet.paragraph(sentence, size=8)
    _signature(sheet, pen)
    _foot(sheet, pen, made_on, _PAGES)


def _head(sheet: Sheet, figures: Figures, pen: Pen) -> None:
    sheet.words(MARGIN, pen.office.name, size=10, ink=SOFT)
    sheet.down(22)
    sheet.words(MARGIN, pen.say("skm-title"), size=19, font=BOLD, ink=SIGN)
    sheet.down(18)
    sheet.words(MARGIN, " · ".join([pen.period(figures), *pen.scope(figures)]), size=10)
    if figures.sample:
        sheet.down(15)
        sheet.words(MARGIN, pen.say("skm-sample"), size=9, font=BOLD, ink=GRADE_INK[Grade.D])
    sheet.down(24)


def _result(sheet: Sheet, found: Satisfaction, pen: Pen) -> None:
    """Draw the index as a number and on its scale with the grade limits."""
    height = 96.0
    bottom = sheet.y - height
    sheet.box(MARGIN, bottom, _INNER, height, PALE)
    sheet.words(MARGIN + 18, pen.number(found.ikm), size=38, font=BOLD, ink=SIGN, y=bottom + 46)
    mark = f"{pen.say('skm-column-grade')} {found.grade}: {pen.grade(found.grade)}"
    sheet.words(MARGIN + 18, mark, size=10, font=BOLD, ink=GRADE_INK[found.grade], y=bottom + 24)
    left, width = MARGIN + 210, _INNER - 240
    sheet.words(left, pen.say("skm-web-scale"), size=8, ink=SOFT, y=bottom + 74)
    sheet.box(left, bottom + 44, width, 16, RULE)
    sheet.box(left, bottom + 44, width * _place(found.ikm), 16, GRADE_INK[found.grade])
    for grade, low, high in _RANGES:
        x, end = left + width * _place(low), left + width * _place(high)
        if low > _LOWEST:
            sheet.canvas.setStrokeColor(INK)
            sheet.canvas.line(x, bottom + 38, x, bottom + 62)
        sheet.words((x + end) / 2 - 3, grade.value, size=8, font=BOLD, y=bottom + 31)
    weight = f"{pen.say('skm-row-index')}: {pen.number(found.index)}"
    sheet.words(left, weight, size=8, y=bottom + 12)
    sheet.down(height + 20)


def _bars(sheet: Sheet, found: Satisfaction, pen: Pen) -> None:
    """Draw the nine elements as bars on one scale, with averages and grades."""
    width = _INNER - _LABEL - 150
    left = MARGIN + _LABEL
    columns = ((100, "skm-column-average"), (48, "skm-column-value"), (0, "skm-column-grade"))
    for offset, key in columns:
        sheet.words(WIDTH - MARGIN - offset, pen.say(key), size=7, ink=SOFT, right=True)
    sheet.down(18)
    for one in found.elements:
        sheet.words(MARGIN, pen.element(one.element), size=9)
        sheet.box(left, sheet.y - 3, width, 12, PALE)
        sheet.box(left, sheet.y - 3, width * _place(one.ikm), 12, GRADE_INK[one.grade])
        for offset, words in (
            (100, pen.number(one.average)),
            (48, pen.number(one.ikm)),
            (0, one.grade.value),
        ):
            sheet.words(WIDTH - MARGIN - offset, words, size=9, right=True)
        sheet.down(23)


def _parts(sheet: Sheet, figures: Figures, pen: Pen) -> None:
    """Draw the index per service point and per service, side by side."""
    top, width = sheet.y, _INNER / 2 - 12
    points = [(pen.point(one), tally) for one, tally in figures.by_point.items()]
    services = [(pen.service(one), tally) for one, tally in figures.by_service.items()]
    for x, key, parts in (
        (MARGIN, "skm-column-point", points),
        (MARGIN + width + 24, "skm-column-service", services),
    ):
        if not parts:
            continue
        sheet.y = top
        sheet.words(x, pen.say(key), font=BOLD, ink=SIGN)
        for offset, column in ((88, "skm-column-people"), (34, "skm-short"), (0, "skm-column-grade")):
            sheet.words(x + width - offset, pen.say(column), size=7, ink=SOFT, right=True)
        sheet.down(6)
        sheet.rule(x, width)
        for name, tally in parts[:_MOST_PARTS]:
            sheet.down(13)
            _part(sheet, x, width, name, tally, pen)


def _part(sheet: Sheet, x: float, width: float, name: str, tally: Tally, pen: Pen) -> None:
    found = satisfaction_of(tally)
    if found is None:
        return
    sheet.words(x, sheet.fitting(name, 8, width - 104), size=8)
    for offset, words in ((88, str(found.people)), (34, pen.number(found.ikm)), (0, found.grade.value)):
        sheet.words(x + width - offset, words, size=8, right=True)


def _profile(sheet: Sheet, figures: Figures, pen: Pen) -> None:
    """Draw the four parts of the profile as columns."""
    top, width = sheet.y, _INNER / len(PROFILE)
    lowest = top
    for column, part in enumerate(PROFILE):
        sheet.y = top
        x = MARGIN + column * width
        sheet.words(x, pen.say(f"skm-part-{part}"), font=BOLD)
        for code, count in figures.profiles.get(part, {}).items():
            sheet.down(13)
            sheet.words(x, pen.profile(part, code), size=8)
            share = f"{count}  ({pen.share(count, figures.now.people)})"
            sheet.words(x + width - 14, share, size=8, right=True)
        lowest = min(lowest, sheet.y)
    sheet.y = lowest
    sheet.down(30)


def _plan(sheet: Sheet, one: ElementResult, pen: Pen) -> None:
    """Draw a low element with lines for its follow-up."""
    mark = f"{pen.number(one.ikm)}  {one.grade}"
    sheet.words(MARGIN, pen.element(one.element), font=BOLD)
    sheet.words(WIDTH - MARGIN, mark, font=BOLD, ink=GRADE_INK[one.grade], right=True)
    sheet.down(34)
    for key, x, width in (
        ("skm-page-plan", MARGIN, 260.0),
        ("skm-page-when", MARGIN + 272, 90.0),
        ("skm-page-who", MARGIN + 374, _INNER - 374),
    ):
        sheet.rule(x, width)
        sheet.words(x, pen.say(key), size=7, ink=SOFT, y=sheet.y - 9)
    sheet.down(30)


def _signature(sheet: Sheet, pen: Pen) -> None:
    x, width = WIDTH - MARGIN - 210, 210.0
    sheet.y = min(sheet.y - 14, 200.0)
    for words, gap in (("skm-page-approved", 20.0), ("skm-page-sign", 62.0)):
        sheet.words(x, pen.say(words), size=9)
        if words == "skm-page-approved":
            sheet.rule(x + 78, width - 78)
        sheet.down(gap)
    sheet.rule(x, width)
    sheet.words(x, pen.say("skm-page-name"), size=7, ink=SOFT, y=sheet.y - 9)
    sheet.down(24)
    sheet.words(x, pen.say("skm-page-nip"), size=8)


def _foot(sheet: Sheet, pen: Pen, made_on: date, number: int) -> None:
    sheet.words(MARGIN, pen.say("skm-page-made", on=made_on), size=7.5, ink=SOFT, y=30)
    page = pen.say("skm-page-number", number=number, pages=_PAGES)
    sheet.words(WIDTH - MARGIN, page, size=7.5, ink=SOFT, y=30, right=True)


def _place(ikm: Decimal) -> float:
    """Position of a value on the scale from 25 to 100, as 0 to 1."""
    return float((ikm - _LOWEST) / _SPAN)
