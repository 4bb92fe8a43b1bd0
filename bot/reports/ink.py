"""Drawing tools of the PDF: fonts shipped with reportlab (Bitstream Vera, free), colours, and basic shapes."""

from pathlib import Path
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from domain.ratings.index import Grade

FONTS = Path(reportlab.__file__).parent / "fonts"
PLAIN, BOLD = "Vera", "VeraBd"
WIDTH, HEIGHT = A4
MARGIN = 48.0
INK, SOFT, RULE, SIGN, PALE = (
    HexColor(one) for one in ("#1c2b29", "#51625f", "#b9c4c1", "#0f4c47", "#e4efec")
)
GRADE_INK: dict[Grade, Color] = {
    Grade.A: HexColor("#0f5c55"),
    Grade.B: HexColor("#3f7a2e"),
    Grade.C: HexColor("#8a5a00"),
    Grade.D: HexColor("#9c2f1f"),
}


def register_fonts() -> None:
    """Register the fonts with reportlab; idempotent."""
    for name in (PLAIN, BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))


class Sheet:
    """One A4 page, filled from top to bottom, in points."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.y = HEIGHT - MARGIN

    def down(self, points: float) -> None:
        """Move down."""
        self.y -= points

    def words(
        self,
        x: float,
        text: str,
        *,
        size: float = 9,
        font: str = PLAIN,
        ink: Color = INK,
        y: float | None = None,
        right: bool = False,
    ) -> None:
        """Write a line at the present height."""
        self.canvas.setFont(font, size)
        self.canvas.setFillColor(ink)
        draw = self.canvas.drawRightString if right else self.canvas.drawString
        draw(x, self.y if y is None else y, text)

    def fitting(self, text: str, size: float, width: float) -> str:
        """Shorten a text to the words that fit, with an ellipsis."""
        words = text.split(" ")
        while len(words) > 1 and pdfmetrics.stringWidth(" ".join(words), PLAIN, size) > width:
            words.pop()
            words[-1] = f"{words[-1].rstrip('…,')}…"
        return " ".join(words)

    def title(self, text: str) -> None:
        """Write a section heading with a rule below."""
        self.words(MARGIN, text, size=11.5, font=BOLD, ink=SIGN)
        self.down(6)
        self.rule()
        self.down(14)

    def rule(self, x: float = MARGIN, width: float = WIDTH - 2 * MARGIN) -> None:
        """Draw a thin line."""
        self.canvas.setStrokeColor(RULE)
        self.canvas.setLineWidth(0.7)
        self.canvas.line(x, self.y, x + width, self.y)

    def box(self, x: float, y: float, width: float, height: float, ink: Color) -> None:
        """Fill a rectangle."""
        self.canvas.setFillColor(ink)
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    def paragraph(self, text: str, *, size: float = 8.5) -> None:
        """Write wrapped lines and move below them."""
        style = ParagraphStyle("plain", fontName=PLAIN, fontSize=size, leading=size * 1.4, textColor=INK)
        lines = Paragraph(escape(text), style)
        _, height = lines.wrap(WIDTH - 2 * MARGIN, HEIGHT)
        lines.drawOn(self.canvas, MARGIN, self.y - height + size)
        self.down(height + 3)
