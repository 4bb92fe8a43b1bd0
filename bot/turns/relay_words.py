"""Texts of handover lines for the other side: for residents, and for officers."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.turns.wording import PARAGRAPH, unmarked
from domain.office.office import Office
from handlers.engine.registry import CONVERSATIONS
from handlers.engine.screen import File, Screen
from locales.texts import DEFAULT, Texts
from storage.handovers.lines import CONTEXT, HELD, LOST, TalkLine
from storage.handovers.views import code_of


class RelayTexts:
    """Builds screens for both sides in their languages."""

    def __init__(self, texts: Texts, office: Office) -> None:
        self._texts = texts
        self._office = office

    def for_resident(self, line: TalkLine, language: str, *, name: str | None) -> Screen:
        """An officer's message; with their name only if the office file allows it."""
        if name is None:
            text = self._say(language, "handover-officer-says", word=line.word)
        else:
            text = self._say(language, "handover-named-officer-says", word=line.word, name=name)
        return Screen(text=text, language=language)

    def for_officer(self, lines: Sequence[TalkLine], language: str, *, handover: int) -> Screen:
        """A resident's messages or events, with files."""
        code = code_of(handover)
        text = PARAGRAPH.join(part for line in lines for part in self.parts(line, language, code=code))
        files = [
            File(name=line.file.name or "berkas", mime=line.file.mime, data=line.file.data)
            for line in lines
            if line.file is not None
        ]
        return Screen(text=text, files=tuple(files), language=language)

    def over(self, by: str, language: str, *, handover: int) -> Screen:
        """The end of a handover, for the officer."""
        text = self._say(language, "handover-over-for-officer", by=by, code=code_of(handover))
        return Screen(text=text, language=language)

    def parts(self, line: TalkLine, language: str, *, code: str) -> Iterator[str]:
        """Texts of one line from the resident's side, for a chat or the console."""
        if line.what == CONTEXT:
            yield from self._context(line.codes, language, code)
        elif line.what == HELD:
            key = "handover-held" if line.codes.get("state") == "waiting" else "handover-failed"
            yield self._say(language, key, code=code, reason=str(line.codes.get("reason", "")))
        elif line.what == LOST:
            yield self._say(language, "handover-not-fetched", code=code)
        elif line.word:
            yield self._say(language, "handover-resident-says", code=code, word=line.word)
        else:
            yield self._say(language, "handover-resident-sends", code=code)

    def _context(self, codes: Any, language: str, code: str) -> Iterator[str]:
        known = {name: str(codes.get(name, "")) for name in ("channel", "language", "why")}
        yield self._say(language, "handover-context", code=code, **known)
        topic = self._topic(str(codes.get("conversation", "")), language)
        if topic:
            yield self._say(language, "handover-context-topic", topic=topic)
        question = self._question(str(codes.get("question", "")), language)
        if question:
            yield self._say(language, "handover-context-question", question=question)
        for number, owner in codes.get("about", ()):
            yield self._say(language, "handover-context-about", number=number, owner=owner)
        if codes.get("shared"):
            yield self._say(language, "handover-context-shared")

    def _topic(self, name: str, language: str) -> str:
        """Title of a conversation on the menu or as a choice, else its name."""
        entry = CONVERSATIONS.get(name)
        keys = [entry.label if entry else None, f"meant-{name}"]
        found = [key for key in keys if key and self._texts.has(DEFAULT, key)]
        return self._say(language, found[0]) if found else name

    def _question(self, key: str, language: str) -> str:
        """Text of a question, if it needs no values."""
        return self._texts.alone(language, key) or "" if key else ""

    def _say(self, tongue: str, key: str, /, **variables: str) -> str:
        return self._texts.say(tongue, key, **unmarked(dict(variables)))
