"""Network addresses for budgets: a source is one household's or phone's network, a tier a wider network around it."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# A household or phone has a /64, many have a /56, companies and hosted servers often a /48. Each wider network
# gets twice the quota of the narrower one, not 256 times: the owner of a /48 gains only a factor of four by
# changing its /64.
_TIERS = ((64, 1), (56, 2), (48, 4))
_MAPPED_BITS = 96
_NAME_CHARACTERS = 64
# The widest private networks (RFC 1918, RFC 4193); wider ones contain strangers.
_WIDEST = {4: 8, 6: 7}


def read_address(text: str) -> Address:
    """Read an address, with optional port or brackets; an IPv4 address mapped into IPv6 becomes IPv4.

    Raises:
        ValueError: the text is no address.
    """
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    found = ip_address(bare)
    if isinstance(found, IPv6Address):
        # Without the zone of a link-local address.
        return found.ipv4_mapped or IPv6Address(int(found))
    return found


def source_of_address(text: str) -> str:
    """Source of an address: itself, or its /64 for IPv6; other text stands for itself."""
    try:
        found = read_address(text)
    except ValueError:
        return text[:_NAME_CHARACTERS]
    if isinstance(found, IPv4Address):
        return str(found)
    return str(IPv6Network((int(found), _TIERS[0][0]), strict=False))


def tiers_of(source: str) -> tuple[tuple[str, int], ...]:
    """Names under which a source is counted, each with its quota factor: itself, then /56 and /48."""
    try:
        narrow = ip_network(source)
    except ValueError:
        return ((source, 1),)
    if isinstance(narrow, IPv4Network):
        return ((source, 1),)
    return tuple((str(narrow.supernet(new_prefix=bits)), factor) for bits, factor in _TIERS)


def read_networks(text: str) -> tuple[Network, ...]:
    """Read networks separated by commas; a single address is a network of one.

    Raises:
        ValueError: one is invalid, has bits set behind the prefix, or is wider than any private network.
    """
    return tuple(_network(one.strip()) for one in text.split(",") if one.strip())


def _network(text: str) -> Network:
    try:
        found = ip_network(text)
    except ValueError:
        raise ValueError(
            "should be networks, separated by commas, like 10.0.0.0/8,2001:db8::/32, with no bit set behind the prefix"
        ) from None
    if isinstance(found, IPv6Network) and found.prefixlen >= _MAPPED_BITS:
        mapped = found.network_address.ipv4_mapped
        if mapped is not None:
            found = IPv4Network((int(mapped), found.prefixlen - _MAPPED_BITS))
    if found.prefixlen < _WIDEST[found.version]:
        raise ValueError("should name own machines alone, in networks no wider than 10.0.0.0/8 or fc00::/7")
    return found
