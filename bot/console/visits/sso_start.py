"""Leads a browser to the single sign-on."""

import structlog
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.console.visits import passkeys
from bot.console.visits.desk import Desk
from bot.console.visits.sso import LASTS_SECONDS, SignOn, SignOnFailed
from bot.http import cookies
from storage.staff import passkeys as keys

log = structlog.get_logger(__name__)


async def begin(desk: Desk, *, member: int) -> Response:
    """Lead a browser to the single sign-on, to enter or, for a member, to link their account.

    Raises:
        HTTPException: 404, the office has none.
        SignOnFailed: it cannot be reached.
    """
    provider, cookie, jar = provider_of(desk), cookies.fresh(), desk.jar
    purpose, browser = purpose_of(member), cookies.name_of(cookie)
    challenge = await desk.store.read(keys.challenge, purpose=purpose, browser=browser)
    state = f"{member}.{passkeys.encoded(challenge)}"
    try:
        to = await provider.address(state=state, cookie=cookie, now=desk.store.clock())
    except SignOnFailed as failed:
        log.warning("console.sign-on", why=failed.why)
        raise
    answer = RedirectResponse(to, status_code=303)
    answer.headers.append("Set-Cookie", jar.header(jar.sign_on, cookie, max_age_seconds=LASTS_SECONDS))
    return answer


def provider_of(desk: Desk) -> SignOn:
    """The office's single sign-on.

    Raises:
        HTTPException: 404, the office has none.
    """
    if desk.sign_on is None:
        raise HTTPException(404)
    return desk.sign_on


def purpose_of(member: int) -> str:
    """What a challenge is for: a sign-in (0), or linking the account of a member."""
    return f"sso:{member}"
