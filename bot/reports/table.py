"""The report on a terminal."""

from collections.abc import Iterator, Mapping, Sequence

from bot.reports.pen import Pen
from domain.ratings.figures import Figures
from domain.ratings.index import Tally, satisfaction_of


def table(figures: Figures, pen: Pen) -> list[str]:
    """Lines of the report; numbers have a decimal point, as in the CSV."""
    head = [f"{pen.say('skm-title')} · {pen.office.name}", pen.period(figures), *pen.scope(figures)]
    head += [pen.say("skm-sample"), ""] if figures.sample else [""]
    found = figures.satisfaction
    if found is None:
        return [*head, pen.say("skm-none")]
    names = ("skm-column-element", "skm-column-average", "skm-column-weighted", "skm-column-value")
    rows = [[*map(pen.say, names), pen.say("skm-column-grade")]]
    rows += [
        [pen.element(one.element), str(one.average), str(one.weighted), str(one.ikm), one.grade.value]
        for one in found.elements
    ]
    return [
        *head,
        *_aligned(rows),
        "",
        f"{pen.say('skm-row-index')}  {found.index}",
        f"{pen.say('skm-row-ikm')}  {found.ikm}  {found.grade}  {pen.grade(found.grade)}",
        "",
        *pen.certainty(figures),
        *_parts("skm-column-point", {pen.point(one): t for one, t in figures.by_point.items()}, pen),
        *_parts("skm-column-service", {pen.service(one): t for one, t in figures.by_service.items()}, pen),
    ]


def _parts(title: str, tallies: Mapping[str, Tally], pen: Pen) -> Iterator[str]:
    """Index of each part, if there are several."""
    if len(tallies) <= 1:
        return
    rows = [[pen.say(title), pen.say("skm-column-people"), pen.say("skm-short"), pen.say("skm-column-grade")]]
    for name, tally in tallies.items():
        found = satisfaction_of(tally)
        if found is not None:
            rows.append([name, str(found.people), str(found.ikm), found.grade.value])
    yield ""
    yield from _aligned(rows)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *numbers in rows:
        cells = [name.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(numbers, widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()
