"""Where webhooks may go: public https addresses, and networks that the office names."""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from urllib.parse import SplitResult, urlsplit

from domain.people.networks import Address, Network, read_address

MOST_CHARACTERS = 1000
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address seen from a network without IPv4
_IPV4 = 2**32 - 1
_NETLOC = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?", re.ASCII)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
# A last label that is a number makes an IPv4 address for resolvers (https://url.spec.whatwg.org/#ends-in-a-number-checker).
_NAME = re.compile(rf"(?:{_LABEL}\.)*(?!(?:[0-9]+|0x[0-9a-f]*)\.?$){_LABEL}\.?", re.ASCII)


class UnusableUrl(Exception):
    """A webhook cannot go to this address; `code` is worded where it is shown."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_url(text: str, allowed: Iterable[Network]) -> str:
    """Return the address of a receiver if webhooks may be sent there, as far as it can be told without a look-up.

    `http` is for networks in `allowed` only; names are checked again at each connection.

    Raises:
        UnusableUrl: `form`, `https`, or `private`.
    """
    if len(text) > MOST_CHARACTERS or not (text.isascii() and text.isprintable()) or " " in text:
        raise UnusableUrl("form")
    at = _split(text)
    if at.scheme not in {"https", "http"} or not at.hostname or _NETLOC.fullmatch(at.netloc) is None:
        raise UnusableUrl("form")
    if "#" in text:
        raise UnusableUrl("form")
    networks = tuple(allowed)
    if at.scheme == "http" and not networks:
        raise UnusableUrl("https")
    try:
        literal = read_address(at.hostname)
    except ValueError:
        if _NAME.fullmatch(at.hostname) is None:
            raise UnusableUrl("form") from None
        return text
    if not may_reach(literal, networks, secure=at.scheme == "https"):
        raise UnusableUrl("private")
    return text


def may_reach(address: Address, allowed: Iterable[Network], *, secure: bool) -> bool:
    """Whether a connection to this address is permitted; without https only within `allowed`."""
    if any(address in network for network in allowed if network.version == address.version):
        return True
    return secure and _is_public(address)


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return _is_public(IPv4Address(int(address) & _IPV4))
        if address.sixtofour is not None or address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _split(text: str) -> SplitResult:
    try:
        at = urlsplit(text)
        port = at.port  # raises for what is no port
    except ValueError:
        raise UnusableUrl("form") from None
    if port == 0:
        raise UnusableUrl("form")
    return at
