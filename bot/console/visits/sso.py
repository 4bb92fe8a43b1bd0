"""OpenID Connect: where a browser signs in with another system's account, and whose account it was.

Only an office that configures it loads authlib. What a sign-in must remember (nonce, PKCE verifier) is made from the
random cookie that the browser brings back, so that nothing is stored and every process can finish it.
"""

import hashlib
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from bot.setup.settings import Settings

PATH = "/staf/sso"
RETURN = f"{PATH}/kembali"
LASTS_SECONDS = 300
# Never HS256: its key is no secret here.
_SIGNATURES = ["RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"]
_LARGEST_BYTES = 256 * 1024
_TIMEOUT_SECONDS = 10
_LEEWAY_SECONDS = 60
_KNOWN_FOR = timedelta(hours=1)
_LOCAL = ("localhost", "127.0.0.1", "::1")
_LONGEST_SUBJECT = 255  # OpenID Connect Core, 2


class SignOnFailed(Exception):
    """The provider gave no account that can be believed; `why` is a code for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(slots=True, kw_only=True)
class SignOn:
    """The office's single sign-on."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    redirect_to: str
    _known: tuple[datetime, dict[str, Any]] | None = None

    async def address(self, *, state: str, cookie: str, now: datetime) -> str:
        """Address at the provider to which a browser with this cookie is sent.

        Raises:
            SignOnFailed: the provider cannot be reached, or describes itself wrongly.
        """
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        asked = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_to,
            "state": state,
            "nonce": _made_of(cookie, "nonce"),
            "code_challenge": create_s256_code_challenge(_made_of(cookie, "verifier")),
            "code_challenge_method": "S256",
        }
        place = (await self._provider(now))["authorization_endpoint"]
        return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"

    async def account(self, given: Mapping[str, str], *, cookie: str, now: datetime) -> str:
        """Account of the provider's answer, as text that is unique among providers.

        Raises:
            SignOnFailed: it was declined, or cannot be believed.
        """
        code = given.get("code", "")
        if not code or given.get("iss", self.issuer) != self.issuer:
            raise SignOnFailed("declined" if "error" in given else "answer")
        provider = await self._provider(now)
        token = await self._fetched(
            provider["token_endpoint"],
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self.redirect_to,
                "client_id": self.client_id,
                "code_verifier": _made_of(cookie, "verifier"),
            },
        )
        keys = await self._fetched(provider["jwks_uri"])
        return self._subject(token, keys, nonce=_made_of(cookie, "nonce"), now=now)

    def _subject(self, token: dict[str, Any], keys: Any, *, nonce: str, now: datetime) -> str:
        """Account of an ID token whose signature and claims are good."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        try:
            signed = jwt.decode(
                str(token.get("id_token", "")), KeySet.import_key_set(keys), algorithms=_SIGNATURES
            )
            claims = CodeIDToken(
                signed.claims,
                signed.header,
                options={"iss": {"essential": True, "value": self.issuer}},
                params={
                    "nonce": nonce,
                    "client_id": self.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(now=int(now.timestamp()), leeway=_LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError, KeyError) as fault:
            raise SignOnFailed("id-token") from fault
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        subject = claims["sub"]
        if self.client_id not in audience or not isinstance(subject, str):
            raise SignOnFailed("audience")
        if not 0 < len(subject) <= _LONGEST_SUBJECT:
            raise SignOnFailed("subject")
        return f"{self.issuer}\n{subject}"

    async def _provider(self, now: datetime) -> dict[str, Any]:
        """The provider's description of itself, asked for once an hour."""
        if self._known is None or self._known[0] <= now:
            found = await self._fetched(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            needed = [found.get(f"{name}_endpoint") for name in ("authorization", "token")]
            if found.get("issuer") != self.issuer or not all(map(_is_safe, [*needed, found.get("jwks_uri")])):
                raise SignOnFailed("description")
            self._known = (now + _KNOWN_FOR, found)
        return self._known[1]

    async def _fetched(self, url: str, form: dict[str, str] | None = None) -> dict[str, Any]:
        """JSON object that the provider answers; with a form, as the client that the office registered."""
        import httpx

        headers = {"Accept": "application/json"}
        if form is not None and self.client_secret:
            pair = f"{quote(self.client_id, safe='')}:{quote(self.client_secret, safe='')}"
            headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        method = "GET" if form is None else "POST"
        try:
            async with (
                httpx.AsyncClient(timeout=_TIMEOUT_SECONDS, follow_redirects=False) as client,
                client.stream(method, url, data=form, headers=headers) as answer,
            ):
                body = b""
                async for part in answer.aiter_bytes():
                    body += part
                    if len(body) > _LARGEST_BYTES:
                        raise SignOnFailed("too-large")
                if not answer.is_success:
                    raise SignOnFailed(f"http-{answer.status_code}")
            found = json.loads(body)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as fault:
            raise SignOnFailed("unreachable") from fault
        if not isinstance(found, dict):
            raise SignOnFailed("answer")
        return found


def sign_on_of(settings: Settings) -> SignOn | None:
    """The office's single sign-on, if it is configured completely."""
    secret = settings.oidc_client_secret
    if not (settings.oidc_issuer and settings.oidc_client_id and settings.public_url):
        return None
    return SignOn(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=secret.get_secret_value() if secret else "",
        name=settings.oidc_name,
        redirect_to=f"{settings.public_url}{RETURN}",
    )


def _made_of(cookie: str, what: str) -> str:
    """A secret of the sign-in; the cookie has 256 random bits, so nobody else can make it."""
    digest = hashlib.sha256(f"loket/sso/{what}/{cookie}".encode()).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _is_safe(url: Any) -> bool:
    """Whether codes and tokens may be sent there: https, or this machine."""
    if not isinstance(url, str):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_here = parts.scheme == "http" and parts.hostname in _LOCAL
    return bool(parts.hostname) and (parts.scheme == "https" or is_here)
