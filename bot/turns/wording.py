"""From a reply to a screen: texts in the resident's language, one page of choices."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.channel import Heard
from bot.reports.chart import drawn
from domain.codec import light_dataclass
from domain.people.nik import find_nik
from handlers.engine.caps import Caps
from handlers.engine.choosing import MORE, PREVIOUS, page_of, pages
from handlers.engine.dialogue import Offered, OpenQuestion, Transcript
from handlers.engine.playing import Reply
from handlers.engine.scene import Attached, Chart, Choice, OfficeText, Question, Said, Variable
from handlers.engine.screen import File, Link, Place, Screen, ShownChoice
from locales.texts import Texts

PARAGRAPH = "\n\n"
_MARK = re.compile(r"(?<![\w*])\*(?![\s*])|(?<![\s*])\*(?![\w*])")  # begins or ends bold words
_BOLD = re.compile(r"(?<![\w*])\*([^*\s][^*\n]*)\*(?![\w*])")


def word(reply: Reply, *, texts: Texts, language: str, caps: Caps, transcript: Transcript | None) -> Screen:
    """Build one bubble, and record the offered choices in the open question, for later taps and digits.

    `transcript` is that of the conversation that asks the question.
    """
    pen = _Pen(texts, language, caps)
    paragraphs = list(pen.paragraphs(reply.said))
    links = [Link(label=pen.say(label.key, label.variables), url=url) for label, url in reply.enclosed.links]
    # A bubble has one link button; earlier links become text.
    paragraphs += [f"{link.label}: {link.url}" for link in links[:-1]]
    choices: tuple[ShownChoice, ...] = ()
    if reply.question is not None and transcript is not None and transcript.question is not None:
        paragraphs.append(pen.say(reply.question.said.key, reply.question.said.variables))
        choices = tuple(pen.offer(reply.question, transcript, transcript.question))
    asks = reply.question is not None and reply.question.locates
    return Screen(
        text=PARAGRAPH.join(paragraphs),
        choices=choices,
        files=tuple(map(pen.file, reply.enclosed.files)),
        link=links[-1] if links else None,
        place=reply.enclosed.place and pen.place(reply.enclosed.place),
        locate=pen.say("engine-locate") if asks else None,
        language=language,
    )


def shown_again(earlier: Screen, now: Screen) -> Screen:
    """The earlier result of a choice, followed by what is open now, whose choices digits mean."""
    text = earlier.text
    if not text.endswith(now.text):
        text = f"{text}{PARAGRAPH}{now.text}"
    return replace(earlier, text=text, choices=now.choices, locate=now.locate, replaces=None, deletes=None)


def finished(screen: Screen, heard: Heard, caps: Caps, *, redraws: bool = False) -> Screen:
    """The screen with the messages to replace and, if one held a NIK, to delete."""
    replaces = heard.tapped if redraws and caps.edit else None
    deletes = heard.said_in if caps.deletes and heard.text and find_nik(heard.text) else None
    if replaces is None and deletes is None:
        return screen
    return replace(screen, replaces=replaces, deletes=deletes)


def unmarked(variables: Mapping[str, Variable]) -> dict[str, Variable]:
    """The variables without bold marks, which only texts may set. Masks of names and numbers stay."""
    return {
        name: _MARK.sub("\u2217", value)
        if isinstance(value, str) and "*" in value and not isinstance(value, OfficeText)
        else value
        for name, value in variables.items()
    }


@light_dataclass(frozen=True, slots=True)
class _Pen:
    """Writes in one language for one channel."""

    texts: Texts
    language: str
    caps: Caps

    def say(self, key: str, variables: Mapping[str, Variable] | None = None) -> str:
        if not variables:  # as most labels
            return self.texts.say(self.language, key)
        return self.texts.say(self.language, key, **unmarked(variables))

    def paragraphs(self, said: Sequence[Said]) -> Iterator[str]:
        """The texts, with tight ones below the one before."""
        together = ""
        for one in said:
            if together and not one.tight:
                yield together
                together = ""
            text = self.say(one.key, one.variables)
            together = f"{together}\n{text}" if together else text
        if together:
            yield together

    def file(self, file: Attached) -> File:
        """Render a chart or a page; a page has a UTF-8 mark for old phones."""
        if isinstance(file, File):
            return file
        if isinstance(file, Chart):
            return drawn(file, self.texts, self.language)
        lines = [
            _BOLD.sub(r"\1", self.texts.say(self.language, one.key, **one.variables)) for one in file.said
        ]
        text = "\n".join(lines).replace("\n", "\r\n") + "\r\n"
        return File(name=file.name, mime="text/plain", data=text.encode("utf-8-sig"))

    def place(self, place: Place) -> Place:
        name, address = (str(one) for one in unmarked({"n": place.name, "a": place.address}).values())
        return replace(place, name=name, address=address, label=self.say("engine-map"))

    def offer(
        self, question: Question, transcript: Transcript, waiting: OpenQuestion
    ) -> Iterator[ShownChoice]:
        """One page of the choices."""
        waiting.offered = [
            Offered(choice.value, self.say(choice.label, choice.variables)) for choice in question.choices
        ]
        count = len(question.choices)
        waiting.page = min(waiting.page, pages(count, self.caps.page) - 1)
        for number, answer in enumerate(page_of(count, waiting.page, self.caps.page), start=1):
            yield self._shown(number, answer, question, transcript, waiting)

    def _shown(
        self, number: int, answer: str, question: Question, transcript: Transcript, waiting: OpenQuestion
    ) -> ShownChoice:
        if answer in (MORE, PREVIOUS):
            page = waiting.page + (1 if answer == MORE else -1)
            label = self.say("engine-more" if answer == MORE else "engine-previous")
            token = transcript.token(waiting, f"{answer}{page}")
            return ShownChoice(token=token, number=number, label=label)
        choice, offered = question.choices[int(answer)], waiting.offered[int(answer)]
        hint = self._hint(choice, len(question.choices))
        return ShownChoice(
            token=transcript.token(waiting, offered.name),
            number=number,
            label=offered.label,
            hint=None if hint == offered.label else hint,  # no text twice
        )

    def _hint(self, choice: Choice, count: int) -> str | None:
        """The hint of a choice; on a button only one that tells who or where, which its label cannot.

        There, a fixed explanation would list all buttons a second time in the text.
        """
        if choice.hint is None:
            return None
        room = count > self.caps.buttons if self.caps.rows else self.caps.hint
        return self.say(choice.hint, choice.variables) if room or choice.variables else None
