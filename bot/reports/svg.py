"""Charts as SVG inside a page: coloured by its style sheet, so that they follow dark mode and print in ink.

A chart is 320 units wide, the width of a small phone, where its letters are still 12 pixels high.
"""

from collections.abc import Mapping, Sequence
from html import escape

from markupsafe import Markup

_WIDTH = 320
_ROW, _BAR = 40, 14
_HIGH, _TOP, _BASE = 150, 30, 20
_MOST_LABELS, _LABEL = 6, 36


def bars(rows: Sequence[tuple[str, int]], names: Mapping[str, str], alt: str) -> Markup:
    """One bar for each code, with its name and number above it; `alt` is read aloud instead."""
    most = max((number for _, number in rows), default=0) or 1
    parts = []
    for place, (code, number) in enumerate(rows):
        top = place * _ROW
        parts += [
            _text(0, top + 13, names.get(code, code)),
            _text(_WIDTH, top + 13, _number(number), "end"),
            f'<rect class="ground" x="0" y="{top + 19}" width="{_WIDTH}" height="{_BAR}" rx="4"/>',
            f'<rect class="one" x="0" y="{top + 19}" width="{number / most * _WIDTH:.1f}" height="{_BAR}" rx="4"/>',
        ]
    return _chart(len(rows) * _ROW, parts, alt)


def columns(
    labels: Sequence[str],
    series: Sequence[Sequence[float | None]],
    names: Sequence[str],
    alt: str,
    most: float | None = None,
) -> Markup:
    """Columns side by side for each label, of one or two series; the second is an outline. None leaves a gap.

    `most` is the top of the scale; by default the highest number.
    """
    highest = most or max((number or 0 for one in series for number in one), default=0) or 1
    step = _WIDTH / max(1, len(labels))
    width = step * 0.8 / len(series)
    parts = [*_legend(names), _text(_WIDTH, 13, _number(highest), "end")]
    for place, numbers in enumerate(zip(*series, strict=True)):
        for nth, number in enumerate(numbers):
            height = (number or 0) / highest * _HIGH
            left = place * step + step * 0.1 + nth * width
            parts.append(
                f'<rect class="{("one", "two")[nth]}" x="{left:.1f}" y="{_TOP + _HIGH - height:.1f}" '
                f'width="{width:.1f}" height="{height:.1f}"/>'
            )
    parts.append(f'<line class="base" x1="0" y1="{_TOP + _HIGH}" x2="{_WIDTH}" y2="{_TOP + _HIGH}"/>')
    every = -(-len(labels) // _MOST_LABELS)
    parts += [
        _text(place * step, _TOP + _HIGH + 15, label)
        for place, label in enumerate(labels)
        if place % every == 0 and place * step + _LABEL <= _WIDTH
    ]
    return _chart(_TOP + _HIGH + _BASE, parts, alt)


def _legend(names: Sequence[str]) -> list[str]:
    parts, left = [], 0
    for nth, name in enumerate(names):
        parts.append(f'<rect class="{("one", "two")[nth]}" x="{left + 1}" y="3" width="11" height="11"/>')
        parts.append(_text(left + 17, 13, name))
        left += 30 + 7 * len(name)
    return parts


def _chart(height: int, parts: Sequence[str], alt: str) -> Markup:
    body = "".join(parts)
    return Markup(  # noqa: S704 (every text is escaped)
        f'<svg class="figures" viewBox="0 0 {_WIDTH} {max(1, height)}" role="img" aria-label="{escape(alt)}">{body}</svg>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'


def _number(number: float) -> str:
    return f"{number:,.0f}".replace(",", ".")
