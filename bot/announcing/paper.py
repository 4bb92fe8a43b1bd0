"""The report as A4 pages in landscape format, with the fonts of the satisfaction report."""

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from bot.announcing.report import Clerk, Report
from bot.reports.ink import BOLD, INK, MARGIN, PALE, PLAIN, RULE, SOFT, register_fonts

_PART = 400  # rows per table: layout time grows with the square of the length


def paper(
    report: Report, clerk: Clerk, header: Sequence[str], rows: Sequence[Sequence[str]], *, letters: bool
) -> bytes:
    """Draw the table with its heading; names are shown as plain text."""
    register_fonts()
    file = io.BytesIO()
    title = clerk.say("announce-report-letters" if letters else "announce-report-title")
    document = SimpleDocTemplate(
        file, pagesize=landscape(A4), title=title, leftMargin=MARGIN / 2, rightMargin=MARGIN / 2,
        topMargin=MARGIN / 2, bottomMargin=MARGIN, invariant=1,
    )  # fmt: skip
    plain = ParagraphStyle("plain", fontName=PLAIN, fontSize=7, leading=9, textColor=INK)
    bold = ParagraphStyle("bold", parent=plain, fontName=BOLD)
    approved = clerk.say("announce-report-approved", approved=report.approved, at=report.made_at)
    story: list[object] = [
        Paragraph(
            escape(f"{title}: {report.announcement.name}"), ParagraphStyle("title", parent=bold, fontSize=13)
        ),
        Spacer(1, 10),
        Paragraph(escape(approved), ParagraphStyle("soft", parent=plain, textColor=SOFT)),
        Spacer(1, 10),
    ]
    head = [Paragraph(escape(cell), bold) for cell in header]
    width = (landscape(A4)[0] - MARGIN) / len(header)
    for start in range(0, max(len(rows), 1), _PART):
        body = [[Paragraph(escape(cell), plain) for cell in row] for row in rows[start : start + _PART]]
        table = Table([head, *body], colWidths=[width] * len(header), repeatRows=1)
        table.setStyle(
            TableStyle(
                [
                    ("GRID", (0, 0), (-1, -1), 0.4, RULE),
                    ("BACKGROUND", (0, 0), (-1, 0), PALE),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ]
            )
        )
        story.append(table)

    def foot(canvas: Canvas, _document: object) -> None:
        canvas.setFont(PLAIN, 7)
        canvas.setFillColor(SOFT)
        canvas.drawString(MARGIN / 2, MARGIN / 2, f"{title} · {canvas.getPageNumber()}")

    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return file.getvalue()
