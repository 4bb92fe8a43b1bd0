"""The nine elements as a picture for a chat: our own SVG, rendered by resvg with reportlab's fonts."""

from html import escape
from pathlib import Path

from bot.reports.pen import Pen
from domain.ratings.figures import Figures
from domain.ratings.index import ElementResult, Grade, Satisfaction
from handlers.engine.scene import Chart
from handlers.engine.screen import File
from locales.texts import Texts

_WIDTH, _ROW, _HEAD, _FOOT = 720, 50, 172, 92
_LEFT, _BAR = 40, 640
_INK, _SOFT, _PAPER, _GROUND = "#1c2b29", "#51625f", "#fffdf8", "#e4ebe8"
_GRADE_INK = {Grade.A: "#0f5c55", Grade.B: "#3f7a2e", Grade.C: "#8a5a00", Grade.D: "#9c2f1f"}
_CHARACTERS = 88


def drawn(chart: Chart, texts: Texts, language: str) -> File:
    """Render the chart that a conversation attached."""
    pen = Pen(texts=texts, language=language, office=chart.office)
    return File(name=chart.name, mime="image/png", data=index_chart(chart.figures, pen))


def index_chart(figures: Figures, pen: Pen) -> bytes:
    """Render the index and its elements as PNG; the period must have answers."""
    import reportlab
    import resvg_py

    fonts = Path(reportlab.__file__).parent / "fonts"
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=index_svg(figures, pen),
            font_files=[str(fonts / "Vera.ttf"), str(fonts / "VeraBd.ttf")],
            font_family="Bitstream Vera Sans",
            sans_serif_family="Bitstream Vera Sans",
            skip_system_fonts=True,
        )
    )


def index_svg(figures: Figures, pen: Pen) -> str:
    """The picture as SVG.

    Raises:
        ValueError: there are no answers.
    """
    found = figures.satisfaction
    if found is None:
        raise ValueError("a chart of no answers")
    height = _HEAD + _ROW * len(found.elements) + _FOOT
    below = [*pen.spread(figures), pen.trend(figures)][:2]
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}"',
            f' font-family="Bitstream Vera Sans"><rect width="{_WIDTH}" height="{height}" fill="{_PAPER}"/>',
            *_head(figures, found, pen),
            *(_bar(one, _HEAD + place * _ROW, pen) for place, one in enumerate(found.elements)),
            *_sentences(below, height - _FOOT + 22),
            "</svg>",
        ]
    )


def _head(figures: Figures, found: Satisfaction, pen: Pen) -> list[str]:
    scope = " · ".join([pen.office.name, pen.period(figures), *pen.scope(figures)])
    ink = _GRADE_INK[found.grade]
    mark = f"{pen.say('skm-column-grade')} {found.grade}: {pen.grade(found.grade)}"
    people = pen.say("skm-web-answered", people=found.people)
    sample = pen.say("skm-sample") if figures.sample else ""
    return [
        _text(_LEFT, 44, pen.say("skm-title"), size=20, bold=True),
        _text(_LEFT, 68, scope, size=13, ink=_SOFT),
        _text(_LEFT, 132, pen.number(found.ikm), size=54, bold=True, ink=ink),
        _text(_LEFT + 210, 114, mark, size=19, bold=True, ink=ink),
        _text(_LEFT + 210, 136, people, size=12, ink=_SOFT),
        _text(_LEFT + 210, 153, sample, size=12, ink=_SOFT),
    ]


def _bar(one: ElementResult, top: int, pen: Pen) -> str:
    width = float(one.ikm - 25) / 75 * _BAR
    figure = f"{pen.number(one.ikm)}  {one.grade}"
    return "".join(
        [
            _text(_LEFT, top + 14, pen.element(one.element), size=14),
            _text(_LEFT + _BAR, top + 14, figure, size=14, bold=True, anchor="end"),
            f'<rect x="{_LEFT}" y="{top + 21}" width="{_BAR}" height="14" rx="4" fill="{_GROUND}"/>',
            f'<rect x="{_LEFT}" y="{top + 21}" width="{width:.1f}" height="14" rx="4"',
            f' fill="{_GRADE_INK[one.grade]}"/>',
        ]
    )


def _sentences(sentences: list[str], top: int) -> list[str]:
    """Break sentences into lines that fit."""
    lines = [""]
    for sentence in sentences:
        for word in sentence.split():
            if len(lines[-1]) + len(word) >= _CHARACTERS:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        lines.append("")
    shown = [line for line in lines if line]
    return [_text(_LEFT, top + 18 * place, line, size=12, ink=_SOFT) for place, line in enumerate(shown)]


def _text(
    x: int, y: int, words: str, *, size: int, bold: bool = False, ink: str = _INK, anchor: str = "start"
) -> str:
    weight = "bold" if bold else "normal"
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{ink}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )
