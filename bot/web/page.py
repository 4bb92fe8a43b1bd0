"""The pages: the chat at `GET /`, and error pages."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

from bot.http import cookies
from bot.http.assets import Assets, templates_in
from bot.http.cookies import Jar
from bot.web.files import FOLDER
from bot.web.frames import FILE_BYTES, TEXT_CHARACTERS
from locales.texts import DEFAULT, Texts

if TYPE_CHECKING:
    from jinja2 import Environment

# Texts of the chat page; its script has all languages, because the language can be switched in between.
CHAT_TEXTS = [
    "web-name",
    "web-skip",
    "web-language",
    "web-finish",
    "web-finish-hint",
    "web-promise-free",
    "web-promise-safe",
    "web-connecting",
    "web-online",
    "web-offline",
    "web-back",
    "web-log",
    "web-from-office",
    "web-from-you",
    "web-writing",
    "web-pending",
    "web-unsent",
    "web-sent",
    "web-hidden",
    "web-newer",
    "web-more",
    "web-choices",
    "web-idle",
    "web-finished",
    "web-start-again",
    "web-write",
    "web-placeholder",
    "web-send",
    "web-attach",
    "web-photo",
    "web-photo-big",
    "web-photo-unreadable",
    "web-sound",
    "web-location",
    "web-no-location",
]
_TOLD = frozenset({401, 403, 404, 405})


@dataclass(frozen=True, kw_only=True)
class Pages:
    """Renders pages in the language that the browser chose, else in Indonesian."""

    texts: Texts
    assets: Assets
    jar: Jar
    office: str

    @cached_property
    def _templates(self) -> "Environment":
        return templates_in(FOLDER / "templates")

    @cached_property
    def _script_texts(self) -> dict[str, dict[str, str]]:
        return {
            language: {
                **{key: self.texts.say(language, key) for key in CHAT_TEXTS},
                "web-title": self.texts.say(language, "web-title", office=self.office),
                # The script inserts the name.
                "web-open-file": self.texts.say(language, "web-open-file", name="{name}"),
            }
            for language in self.texts.languages
        }

    def language(self, request: HTTPConnection) -> str:
        """Language that this browser chose."""
        wanted = request.cookies.get(cookies.LANGUAGE_COOKIE)
        return wanted if wanted in self.texts.languages else DEFAULT

    def draw(self, request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """Render one page."""
        language = self.language(request)

        def say(key: str, **variables: Any) -> str:
            return self.texts.say(language, key, **variables)

        body = self._templates.get_template(template).render(
            say=say, language=language, office=self.office, asset=self.assets.url, **values
        )
        return HTMLResponse(body, status_code=status)

    async def chat(self, request: Request) -> Response:
        """Serve `GET /`: the chat page, and the browser's cookie."""
        page = self.draw(
            request,
            "chat.html",
            script_texts=self._script_texts,
            file_bytes=FILE_BYTES,
            text_characters=TEXT_CHARACTERS,
        )
        # Renewed at each visit, so that it lasts as long as the browser returns.
        cookie = cookies.given(request.cookies, self.jar.chat) or cookies.fresh()
        page.headers.append("Set-Cookie", self.jar.chat_header(cookie))
        return page

    def busy(self, scope: Scope, key: str, status: int) -> Response:
        """Refuse because of too many requests."""
        sentence = self.texts.say(self.language(HTTPConnection(scope)), key)
        headers = {"Retry-After": "30", "Connection": "close"}
        return PlainTextResponse(sentence, status_code=status, headers=headers)

    async def told(self, request: Request, fault: Exception) -> Response:
        """Answer a fault in one sentence, without details."""
        status = fault.status_code if isinstance(fault, HTTPException) else 500
        headers = dict(fault.headers or {}) if isinstance(fault, HTTPException) else {}
        key = f"web-error-{status if status in _TOLD else 500}"
        if "text/html" not in request.headers.get("accept", ""):
            sentence = self.texts.say(self.language(request), key)
            return JSONResponse({"error": sentence}, status_code=status, headers=headers)
        page = self.draw(request, "error.html", status=status, key=key)
        page.headers.update(headers)
        return page
