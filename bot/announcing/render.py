"""From an officer's text to a chat's screen, and to its preview."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from bot.channels import CAPS
from bot.setup.holidays import holiday_names
from bot.turns.wording import unmarked
from domain import codec
from domain.announcements.announcement import HIDDEN, Order, Subject, Wording, fill, values_of
from domain.office.office import Office
from domain.staff.roles import StaffMember
from handlers.announcements.service import Preview, look
from handlers.engine.screen import Screen, Template
from locales.texts import Texts
from storage.session import Reading

TEMPLATE = "announcement"


def preview(
    order: Order, *, by: StaffMember | None, office: Office, texts: Texts
) -> Callable[[Reading], Awaitable[Preview]]:
    """A read that returns the preview of the order if `by` released it now."""
    return partial(
        look, order=order, by=by, office=office, channels=CAPS, holidays=holiday_names,
        words=Rendering(texts).text,
    )  # fmt: skip


class Rendering:
    """Builds screens; equal texts and applications give equal screens."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __call__(self, wording: Wording, language: str, subjects: Sequence[Subject]) -> dict[str, Any]:
        """The screen as stored in the outbox."""
        body: dict[str, Any] = codec.dump(self.screen(wording, language, subjects))
        return body

    def screen(self, wording: Wording, language: str, subjects: Sequence[Subject]) -> Screen:
        """Screen for a chat of this language about the applications that it follows."""
        spoken = wording.language(language)
        values = self._values(spoken, subjects)
        text = self._filled(wording.said(spoken), values, spoken, subjects)
        hidden = {**values, "nama": HIDDEN, "nomor": HIDDEN}
        names = (values["nama"], values["nomor"], values["tempat"], text)
        return Screen(
            text=text,
            language=spoken,
            idle_text=self._filled(wording.said(spoken), hidden, spoken, subjects),
            template=Template(name=TEMPLATE, language=spoken, variables=names),
        )

    def text(self, wording: Wording, language: str, subjects: Sequence[Subject]) -> str:
        """Text of the screen."""
        return self.screen(wording, language, subjects).text

    def _values(self, language: str, subjects: Sequence[Subject]) -> dict[str, str]:
        values: dict[str, Any] = unmarked(values_of(subjects))
        comes = next((one for one in subjects if one.comes_at and one.comes_until), None)
        if comes is not None and comes.comes_at is not None and comes.comes_until is not None:
            values["hari"] = self._texts.say(language, "announce-day", at=comes.comes_at)
            values["jam"] = self._texts.say(
                language, "announce-time", opens=comes.comes_at, closes=comes.comes_until
            )
        return values

    def _filled(self, text: str, values: dict[str, str], language: str, subjects: Sequence[Subject]) -> str:
        """The text with its values; in waves with the time to come, if missing, and how to swap it."""
        filled = [fill(text, values)]
        if any(one.comes_at for one in subjects):
            if "{hari}" not in text or "{jam}" not in text:
                filled.append(
                    self._texts.say(language, "announce-comes", day=values["hari"], time=values["jam"])
                )
            filled.append(self._texts.say(language, "announce-swap-hint"))
        return "\n\n".join(filled)
