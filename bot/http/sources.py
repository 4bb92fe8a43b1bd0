"""Source of a request, its browser and system, and whether it comes from our own page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.people.networks import Network, read_address, read_networks, source_of_address

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
_LONGEST_AGENT = 512

# Any of these means that a proxy is in between.
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
        "x-original-forwarded-for",
        "x-real-ip",
    }
)
# Proxies of clouds and meshes use their own names.
_FORWARDING_KINDS = ("x-forwarded", "x-envoy-", "x-amzn-", "x-azure-", "fly-", "cf-", "x-cloud-trace")
TRUSTED_PROXIES = "127.0.0.0/8,::1/128"
UNKNOWN = "unknown"
_SOURCE = "loket.source"


@dataclass(frozen=True, slots=True)
class Proxies:
    """Reverse proxies whose X-Forwarded-For is trusted."""

    networks: tuple[Network, ...]

    @classmethod
    def of(cls, networks: str) -> Self:
        """Parse a list of networks (LOKET_TRUSTED_PROXIES)."""
        return cls(read_networks(networks))

    def trusts(self, peer: str) -> bool:
        """Whether the peer of a connection is one of them."""
        try:
            found = read_address(peer)
        except ValueError:
            return False
        return any(found in network for network in self.networks)

    def source_of(self, scope: Scope) -> str:
        """The client's source (domain/people/networks.py).

        Of a trusted proxy's X-Forwarded-For only the last entry counts, which the proxy itself added. An
        entry that is no address counts as the proxy. Peers without an address (Unix sockets) are not trusted
        and share one source.
        """
        client = scope.get("client")
        peer = client[0] if client and client[0] else UNKNOWN
        if self.trusts(peer):
            named = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).rpartition(",")[2].strip()
            if _is_address(named):
                peer = named
        return source_of_address(peer)


_LOOPBACK = Proxies.of(TRUSTED_PROXIES)


@dataclass(frozen=True, slots=True)
class Sources:
    """Stores the source of every request in its scope."""

    app: ASGIApp
    proxies: Proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "lifespan":
            scope[_SOURCE] = self.proxies.source_of(scope)
        await self.app(scope, receive, send)


def source_of(scope: Scope) -> str:
    """Source that `Sources` stored; without it, a proxy on this machine is trusted."""
    noted = scope.get(_SOURCE)
    return noted if isinstance(noted, str) else _LOOPBACK.source_of(scope)


def is_loopback(scope: Scope) -> bool:
    """Whether the peer is this machine (the client or our own proxy)."""
    client = scope.get("client")
    if not client:
        return False
    try:
        return read_address(client[0]).is_loopback
    except ValueError:
        return False


def came_directly(scope: Scope) -> bool:
    """Whether the client is a program on this machine, without a proxy.

    A carelessly configured proxy adds no header, but it passes the public name as Host, or uses HTTP/1.0 as
    nginx does by default; a local monitoring program does neither.
    """
    headers = Headers(scope=scope)
    if not is_loopback(scope) or scope.get("http_version") == "1.0" or not _names_this_machine(headers):
        return False
    return not any(name in FORWARDING or name.startswith(_FORWARDING_KINDS) for name in headers)


def _names_this_machine(headers: Headers) -> bool:
    host = headers.get("host", "").lower()
    if host.rpartition(":")[0] == "localhost" or host == "localhost":
        return True
    try:
        return read_address(host).is_loopback
    except ValueError:
        return False


def is_same_origin(scope: Scope, public_url: str) -> bool:
    """Whether a browser sent this from our own page; other clients send no origin."""
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


def _is_address(text: str) -> bool:
    try:
        read_address(text)
    except ValueError:
        return False
    return True


def device_of(headers: Mapping[str, str]) -> str:
    """Browser and system, like "Chrome, Windows"; "" if neither is known.

    Only names of the lists above are returned, so nothing that a client made up is stored or shown.
    """
    agent = headers.get("user-agent", "")[:_LONGEST_AGENT]
    found = (next((name for part, name in known if part in agent), "") for known in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in found if name)
