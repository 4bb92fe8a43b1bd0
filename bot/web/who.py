"""Where a request comes from, and whether it comes from our own page."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

# Any of these means that somebody stands between the client and us.
FORWARDING = frozenset(
    {
        "cf-connecting-ip",
        "forwarded",
        "true-client-ip",
        "via",
        "x-client-ip",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-port",
        "x-forwarded-proto",
        "x-forwarded-server",
        "x-real-ip",
    }
)
# One household or phone owns a whole /64 of IPv6: a budget per single address would be no budget.
_IPV6_PREFIX = 64


def is_loopback(scope: Scope) -> bool:
    """Tell whether the other end of the line is this machine (the client itself or our own proxy)."""
    client = scope.get("client")
    if not client:
        return False
    try:
        return _plain(client[0]).is_loopback
    except ValueError:
        return False


def came_directly(scope: Scope) -> bool:
    """Tell whether the client is a program of this machine, with no proxy between."""
    return is_loopback(scope) and not FORWARDING.intersection(Headers(scope=scope).keys())


def source_of(scope: Scope) -> str | None:
    """Give the client's network address, for budgets: an IPv4 address or an IPv6 /64.

    A proxy on this machine is believed, and only the entry that it added itself: the last one.
    """
    client = scope.get("client")
    peer = client[0] if client else None
    if is_loopback(scope):
        entries = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
        peer = entries[-1].strip() or peer
    return _grouped(peer) if peer else None


def is_same_origin(scope: Scope, public_url: str) -> bool:
    """Tell whether a browser sent this from our own page; a client that is no browser names no origin."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
    return _authority(origin) in _own_authorities(headers, public_url)


def _own_authorities(headers: Headers, public_url: str) -> Iterable[str]:
    if public_url:
        yield _authority(public_url)
    if host := headers.get("host"):
        yield host.lower()


def _authority(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _plain(address: str) -> IPv4Address | IPv6Address:
    found = ip_address(address)
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _grouped(peer: str) -> str:
    try:
        found = _plain(peer)
    except ValueError:
        # A proxy may append a port or a name; the text itself still names one client.
        return peer[:64]
    if isinstance(found, IPv6Address):
        return str(ip_network((found, _IPV6_PREFIX), strict=False))
    return str(found)
