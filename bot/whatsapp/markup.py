"""Text with `*bold*` → WhatsApp's markup; other marks are replaced by lookalikes.

WhatsApp formats text between two `*`, `_`, `~` or `` ` `` at word boundaries, and lines that begin with `>`,
`-` or `*`. There is no escape, so unintended marks become similar characters.
"""

import re

_BOLD = re.compile(
    r"(?<![\w*])\*(?![\s*])"  # opens before a word
    r"([^*\n]+?)"
    r"(?<![\s*])\*(?![\w*])"  # closes after one
)
_MEANT = re.compile(r"[*~`]|(?<![^\W_])_|_(?![^\W_])|^[ \t]*[>-](?=\s)", re.MULTILINE)
LOOKALIKES = {"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb", ">": "\u203a", "-": "\u2013"}


def to_whatsapp(text: str) -> str:
    """Keep our bold words, and disable other formatting."""
    if "*" not in text:
        return escaped(text)
    text = text.replace("\0", "")
    pieces, end = [], 0
    for bold in _BOLD.finditer(text):
        pieces += [text[end : bold.start()], f"\0{bold[1]}\0"]
        end = bold.end()
    pieces.append(text[end:])
    # Escaped as one text, because a word boundary depends on both sides.
    return escaped("".join(pieces).replace("*", LOOKALIKES["*"])).replace("\0", "*")


def escaped(text: str) -> str:
    """Disable all formatting."""
    return _MEANT.sub(lambda mark: mark[0][:-1] + LOOKALIKES[mark[0][-1]], text)


def without_bold(text: str) -> str:
    """The text without bold marks, for variables of templates."""
    return escaped(_BOLD.sub(r"\1", text))
