"""`make docs`: write what the product itself knows best into the pages: the settings table, and the screenshots."""

import re
from pathlib import Path

from bot.settings import Settings, variable

DOCS = Path(__file__).parent
_TABLE = re.compile(r"(<!-- settings -->\n).*?(<!-- end -->)", re.DOTALL)


def settings_table() -> str:
    """Give the table of docs/operating.md: variable, default, meaning."""
    lines = ["| variable | default | meaning |", "|---|---|---|"]
    for field, info in Settings.model_fields.items():
        default = "" if info.default in (None, "") else f"`{info.default}`"
        lines.append(f"| `{variable(field)}` | {default} | {info.description} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the pages anew."""
    page = DOCS / "operating.md"
    page.write_text(
        _TABLE.sub(lambda m: m[1] + settings_table() + m[2], page.read_text(encoding="utf-8")),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
