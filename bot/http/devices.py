"""Names the browser and system of a request, for its owner to recognise."""

from collections.abc import Mapping

# Products and the part of a User-Agent that names them; the first that fits counts, because Edge, Opera and
# Samsung's browser name Chrome as well, and Chrome names Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
_LONGEST = 512


def device_of(headers: Mapping[str, str]) -> str:
    """Browser and system, like "Chrome, Windows"; "" if neither is known.

    Only names of the lists above are returned, so nothing that a client made up is stored or shown.
    """
    agent = headers.get("user-agent", "")[:_LONGEST]
    found = (next((name for part, name in known if part in agent), "") for known in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in found if name)
