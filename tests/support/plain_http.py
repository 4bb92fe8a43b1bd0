"""For HTTP clients of tests, which reach servers of this machine without TLS."""

import ssl

NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody. Otherwise httpx reads a list of authorities for each client, which takes 5 ms of CPU."""
