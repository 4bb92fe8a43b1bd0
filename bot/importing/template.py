"""An empty register file with all headings, for offices that begin one."""

import io

from domain.cards.register import COLUMNS, REQUIRED
from locales.texts import DEFAULT, Texts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH = 20
_WIDE = 60


def empty_register(texts: Texts) -> bytes:
    """The workbook: a sheet to fill in, whose cells are text, and one that explains the columns."""
    import xlsxwriter

    body = io.BytesIO()
    with xlsxwriter.Workbook(body, {"in_memory": True}) as book:
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        sheet = book.add_worksheet(texts.say(DEFAULT, "import-template-sheet"))
        sheet.set_column(0, len(COLUMNS) - 1, _WIDTH, text)
        sheet.write_row(0, 0, COLUMNS, bold)
        sheet.freeze_panes(1, 0)
        about = book.add_worksheet(texts.say(DEFAULT, "import-template-about"))
        about.set_column(0, 0, _WIDTH)
        about.set_column(1, 1, _WIDE)
        for row, column in enumerate(COLUMNS):
            need = "required" if column in REQUIRED else "optional"
            about.write_row(row, 0, [column, texts.say(DEFAULT, f"import-template-{need}")])
        about.write(len(COLUMNS) + 1, 1, texts.say(DEFAULT, "import-template-cells"))
    return body.getvalue()
