"""The cookies of the web chat: who a browser is, without knowing who anybody is."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Self

# 256 bits: nobody finds another resident's cookie by trying.
_RANDOM_BYTES = 32
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{43}")
LANGUAGE_COOKIE = "loket-bahasa"


@dataclass(frozen=True, slots=True, kw_only=True)
class Jar:
    """How cookies are set here; `secure` when the public address is https."""

    secure: bool

    @classmethod
    def of(cls, public_url: str) -> Self:
        """Give the jar that fits the public address."""
        return cls(secure=public_url.startswith("https://"))

    @property
    def chat(self) -> str:
        """The name of the chat's cookie. `__Host-` keeps other sites of the same domain from planting one."""
        return "__Host-loket" if self.secure else "loket"

    @property
    def staff(self) -> str:
        """The name of the staff session's cookie."""
        return "__Host-loket-staf" if self.secure else "loket-staf"

    @property
    def form(self) -> str:
        """The name of the cookie that a log-in form is bound to."""
        return "__Host-loket-form" if self.secure else "loket-form"

    def header(self, name: str, value: str, *, max_age_seconds: int | None, strict: bool = False) -> str:
        """Write a Set-Cookie value that no script and no other site can read; 0 seconds takes the cookie back."""
        parts = [f"{name}={value}", "Path=/", "HttpOnly", f"SameSite={'Strict' if strict else 'Lax'}"]
        if max_age_seconds is not None:
            parts.insert(1, f"Max-Age={max_age_seconds}")
        if self.secure:
            parts.append("Secure")
        return "; ".join(parts)

    def chat_header(self, value: str) -> str:
        """Write the chat's cookie. It outlives the 30 days that a push waits for its reader."""
        return self.header(self.chat, value, max_age_seconds=180 * 24 * 3600)


def fresh() -> str:
    """Draw a new random cookie value."""
    return secrets.token_urlsafe(_RANDOM_BYTES)


def given(cookies: Mapping[str, str], name: str) -> str | None:
    """Give the cookie's value if it looks like one of ours; anything else counts as missing."""
    value = cookies.get(name, "")
    return value if _WELL_FORMED.fullmatch(value) else None


def read(header: str) -> dict[str, str]:
    """Read a Cookie header; one that is malformed holds no cookie."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def name_of(cookie: str) -> str:
    """Give the name that the office knows this browser by: it cannot be turned back into the cookie.

    256 random bits need no key against guessing, and a name without a key survives the rotation of keys.
    """
    return hashlib.sha256(b"loket/web-chat/" + cookie.encode()).hexdigest()
