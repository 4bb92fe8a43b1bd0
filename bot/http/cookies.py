"""Cookies of the web chat: they identify browsers, not persons."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Self

# 256 bits cannot be guessed.
_RANDOM_BYTES = 32
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{43}")
LANGUAGE_COOKIE = "loket-bahasa"


@dataclass(frozen=True, slots=True, kw_only=True)
class Jar:
    """Names and attributes of cookies; `secure` if the public address is https."""

    secure: bool

    @classmethod
    def of(cls, public_url: str) -> Self:
        """Jar for the public address."""
        return cls(secure=public_url.startswith("https://"))

    @property
    def chat(self) -> str:
        """Name of the chat's cookie. `__Host-` prevents other sites of the same domain from setting it."""
        return "__Host-loket" if self.secure else "loket"

    @property
    def staff(self) -> str:
        """Name of the staff session's cookie."""
        return "__Host-loket-staf" if self.secure else "loket-staf"

    @property
    def form(self) -> str:
        """Name of the cookie that a sign-in form is bound to."""
        return "__Host-loket-form" if self.secure else "loket-form"

    @property
    def sign_on(self) -> str:
        """Name of the cookie of a sign-in at another system; sent also when that system leads back (Lax)."""
        return "__Host-loket-sso" if self.secure else "loket-sso"

    @property
    def desk(self) -> str:
        """Name of the cookie with the number of the desk where this computer stands."""
        return "__Host-loket-meja" if self.secure else "loket-meja"

    def header(self, name: str, value: str, *, max_age_seconds: int | None, strict: bool = False) -> str:
        """Set-Cookie value, unreadable for scripts and other sites; 0 seconds deletes the cookie."""
        parts = [f"{name}={value}", "Path=/", "HttpOnly", f"SameSite={'Strict' if strict else 'Lax'}"]
        if max_age_seconds is not None:
            parts.insert(1, f"Max-Age={max_age_seconds}")
        if self.secure:
            parts.append("Secure")
        return "; ".join(parts)

    def chat_header(self, value: str) -> str:
        """The chat's cookie. It outlives the 30 days that a push waits for its reader."""
        return self.header(self.chat, value, max_age_seconds=180 * 24 * 3600)


def fresh() -> str:
    """A new random cookie value."""
    return secrets.token_urlsafe(_RANDOM_BYTES)


def given(cookies: Mapping[str, str], name: str) -> str | None:
    """Value of the cookie if it is well-formed, else None."""
    value = cookies.get(name, "")
    return value if _WELL_FORMED.fullmatch(value) else None


def read(header: str) -> dict[str, str]:
    """Parse a Cookie header; a malformed one contains no cookie."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def name_of(cookie: str) -> str:
    """Name of this browser in the office, from which the cookie cannot be computed.

    256 random bits need no key against guessing, and a name without a key survives key rotation.
    """
    return hashlib.sha256(b"loket/web-chat/" + cookie.encode()).hexdigest()
