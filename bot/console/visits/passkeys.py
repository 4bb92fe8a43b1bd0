"""WebAuthn: where passkeys are offered, what the browser is asked for, and whether its answer is good.

The library is imported when an answer is checked: it takes 0.3 s and memory that an office without passkeys need not have.
"""

import asyncio
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request

from domain.people.networks import read_address
from domain.staff.roles import StaffMember
from storage.session import Reading
from storage.staff import passkeys
from storage.staff.passkeys import Passkey
from storage.store import Store

FIELD = "kunci-sandi"
_LONGEST = 16 * 1024  # characters of an answer; a large attestation has 3 KB
_TIMEOUT_MS = 5 * 60 * 1000
_LOCAL = "localhost"
_ES256, _EDDSA, _RS256 = -7, -8, -257


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeySite:
    """The origin and RP id of the office; `why` tells why passkeys are not offered: http, address, other or ""."""

    origin: str = ""
    rp_id: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedAnswer:
    """A browser's answer to a challenge: whose passkey it claims, and whether it is good."""

    good: bool = False
    passkey: Passkey | None = None
    challenge: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasskey:
    """A passkey that a browser has made, in base64url."""

    credential: str
    public_key: str
    challenge: bytes = field(repr=False)


def site_of(request: Request, public_url: str) -> PasskeySite:
    """Site of this request. Browsers allow passkeys on https with a host name, and on http://localhost."""
    host = request.headers.get("host", "").lower()
    public = _origin(public_url)
    if not public or _host(public) in (_LOCAL, "127.0.0.1", "::1"):
        public = _origin(f"http://{host}")
    name = _host(public)
    with suppress(ValueError):
        read_address(name)
        return PasskeySite(why="address")
    if not public.startswith("https://") and name != _LOCAL:
        return PasskeySite(why="http")
    if _origin(f"{urlsplit(public).scheme}://{host}") != public:
        return PasskeySite(why="other")
    return PasskeySite(origin=public, rp_id=name)


async def options_to_use(
    db: Reading, site: PasskeySite, *, purpose: str, browser: str, member: int | None = None
) -> dict[str, Any]:
    """What `navigator.credentials.get` is called with, for any key or a member's; binary values in base64url."""
    known = [] if member is None else await passkeys.passkeys_of(db, member=member)
    return {
        "challenge": encoded(await passkeys.challenge(db, purpose=purpose, browser=browser)),
        "rpId": site.rp_id,
        "timeout": _TIMEOUT_MS,
        "userVerification": "required",
        "allowCredentials": _named(known),
    }


async def options_to_add(
    db: Reading, site: PasskeySite, *, browser: str, member: StaffMember
) -> dict[str, Any]:
    """What `navigator.credentials.create` is called with; the key finds its owner by itself at the door."""
    known = await passkeys.passkeys_of(db, member=member.id)
    return {
        "challenge": encoded(await passkeys.challenge(db, purpose=passkeys.ADD, browser=browser)),
        "rp": {"id": site.rp_id, "name": "Loket"},
        "user": {"id": encoded(str(member.id).encode()), "name": member.name, "displayName": member.name},
        "pubKeyCredParams": [{"type": "public-key", "alg": one} for one in (_ES256, _RS256, _EDDSA)],
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
        "attestation": "none",
        "timeout": _TIMEOUT_MS,
        "excludeCredentials": _named(known),
    }


async def check_use(
    store: Store, site: PasskeySite, sent: str, *, purpose: str, browser: str
) -> CheckedAnswer:
    """Check an answer of `navigator.credentials.get`; the caller uses its challenge up."""
    credential, challenge = _parsed(sent)
    if credential is None or not isinstance(credential.get("id"), str):
        return CheckedAnswer()
    name: str = credential["id"]
    found = await store.read(passkeys.find, credential=name)
    ours = await store.read(passkeys.is_ours, challenge, purpose=purpose, browser=browser)
    good = (
        found is not None
        and ours
        and await asyncio.to_thread(_verify_use, credential, challenge, site, found)
    )
    return CheckedAnswer(good=good, passkey=found, challenge=challenge)


async def check_new(store: Store, site: PasskeySite, sent: str, *, browser: str) -> NewPasskey | None:
    """Check an answer of `navigator.credentials.create`; the caller uses its challenge up."""
    credential, challenge = _parsed(sent)
    ours = await store.read(passkeys.is_ours, challenge, purpose=passkeys.ADD, browser=browser)
    if credential is None or not ours:
        return None
    return await asyncio.to_thread(_verify_new, credential, challenge, site)


def encoded(data: bytes) -> str:
    """Base64url without padding, as WebAuthn's JSON has it."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Bytes of base64url without padding; none if it is no such text."""
    try:
        return _decoded(text)
    except ValueError:
        return b""


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _parsed(sent: str) -> tuple[dict[str, Any] | None, bytes]:
    """The answer and the challenge that it claims to have signed; (None, b""): it is malformed."""
    try:
        if len(sent) > _LONGEST:
            return None, b""
        credential = json.loads(sent)
        told = json.loads(_decoded(credential["response"]["clientDataJSON"]))
        return dict(credential), _decoded(told["challenge"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None, b""


def _verify_use(credential: dict[str, Any], challenge: bytes, site: PasskeySite, known: Passkey) -> bool:
    from webauthn import verify_authentication_response

    with suppress(Exception):  # a stranger's bytes: whatever the library stumbles over is a refusal
        verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            credential_public_key=_decoded(known.public_key),
            credential_current_sign_count=0,  # not enforced: synced passkeys report equal counters
            require_user_verification=True,
        )
        return _is_owner(credential, known)
    return False


def _verify_new(credential: dict[str, Any], challenge: bytes, site: PasskeySite) -> NewPasskey | None:
    from webauthn import verify_registration_response

    with suppress(Exception):  # as above
        made = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
        return NewPasskey(
            credential=encoded(made.credential_id),
            public_key=encoded(made.credential_public_key),
            challenge=challenge,
        )
    return None


def _is_owner(credential: dict[str, Any], known: Passkey) -> bool:
    """Whether the user that the key names is the one it was made for; old keys name nobody."""
    handle = credential["response"].get("userHandle")
    return not handle or _decoded(handle) == str(known.member).encode()


def _named(known: Sequence[Passkey]) -> list[dict[str, str]]:
    return [{"type": "public-key", "id": one.credential} for one in known]


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url.lower())
        port = parts.port
    except ValueError:
        return ""
    if not parts.hostname:
        return ""
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    return f"{parts.scheme}://{name}" + (f":{port}" if port and port != usual else "")


def _host(origin: str) -> str:
    return urlsplit(origin).hostname or ""
