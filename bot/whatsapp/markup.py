"""Text with `*bold*` → the same as WhatsApp reads it; whatever else could format there looks alike and cannot.

WhatsApp formats what stands between two `*`, `_`, `~` or `` ` `` at the edges of words, and lines that begin with `>`,
`-` or `*`. Nothing escapes these marks, so a mark that we did not mean is shown as another character of its form.
"""

import re

_BOLD = re.compile(
    r"(?<![\w*])\*(?![\s*])"  # opens before a word
    r"([^*\n]+?)"
    r"(?<![\s*])\*(?![\w*])"  # closes behind one
)
_MEANT = re.compile(r"[*~`]|(?<![^\W_])_|_(?![^\W_])|^[ \t]*[>-](?=\s)", re.MULTILINE)
LOOKALIKES = {"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb", ">": "\u203a", "-": "\u2013"}


def to_whatsapp(text: str) -> str:
    """Keep our bold words bold, and let nothing else format."""
    if "*" not in text:
        return escaped(text)
    text = text.replace("\0", "")
    pieces, end = [], 0
    for bold in _BOLD.finditer(text):
        pieces += [text[end : bold.start()], f"\0{bold[1]}\0"]
        end = bold.end()
    pieces.append(text[end:])
    # Escaped as one text: what stands at the edge of a word depends on both sides.
    return escaped("".join(pieces).replace("*", LOOKALIKES["*"])).replace("\0", "*")


def escaped(text: str) -> str:
    """Let nothing of the text format."""
    return _MEANT.sub(lambda mark: mark[0][:-1] + LOOKALIKES[mark[0][-1]], text)


def without_bold(text: str) -> str:
    """The words alone, as a template's gaps take them."""
    return escaped(_BOLD.sub(r"\1", text))
