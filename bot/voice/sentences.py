"""The sentences of a prompt: what is read aloud for it, in one language."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256

from domain.office.office import Office
from handlers.shared.prompts import PLACED, VARIANTS, all_prompts
from locales.grammar import GRAMMARS, Grammar
from locales.texts import Texts

_GAP = "\x1f"
_BOLD = re.compile(r"(?<![\w*])\*([^*\s][^*\n]*)\*(?![\w*])")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
_HASH_CHARACTERS = 8


def _date(grammar: Grammar, written: str) -> list[str]:
    day = date.fromisoformat(written)
    return [grammar.days[day.weekday()], *grammar.count(day.day), grammar.months[day.month - 1]]


def _clock(grammar: Grammar, written: str) -> list[str]:
    hour, minute = map(int, written.split(":"))
    return [*grammar.count(hour), *(grammar.count(minute) if minute else ())]


_IN_WORDS: Mapping[str, Callable[[Grammar, str], list[str]]] = {
    "number": lambda grammar, written: grammar.count(int(written)),
    "day": lambda grammar, written: [grammar.days[int(written)]],
    "month": lambda grammar, written: [grammar.months[int(written) - 1]],
    "date": _date,
    "clock": _clock,
}


class Sentences:
    """Sentences of an office."""

    def __init__(self, texts: Texts, office: Office) -> None:
        self._texts = texts
        self._office = office

    def of(self, prompt: str, language: str) -> Sequence[str]:
        """Sentences of a prompt, in order; none where there is nothing to say."""
        kind, _, value = prompt.partition(".")
        if kind in _IN_WORDS:
            return _IN_WORDS[kind](GRAMMARS[language], value)
        if kind in ("point", "address"):
            point = next((one for one in self._office.points if one.id == value), None)
            return [] if point is None else [point.name if kind == "point" else point.address]
        return self._text(kind, value, language)

    def every(self, language: str) -> Iterator[tuple[str, str]]:
        """Each sentence once, with the name of its recording."""
        told: set[str] = set()
        for prompt in all_prompts(self._office):
            for place, sentence in enumerate(self.of(prompt, language)):
                if sentence not in told:
                    told.add(sentence)
                    yield recording_name(prompt if place == 0 else f"{prompt}.{place}", sentence), sentence

    def _text(self, key: str, value: str, language: str) -> list[str]:
        variables = {"noted": False, "note": ""} if key.startswith("report-") else {}
        part = 0
        if key in VARIANTS:
            variables = {VARIANTS[key]: value}
        if key in PLACED:
            variables = {**variables, "place": _GAP}
            part = 1 if value == "after" else 0
        said = _BOLD.sub(r"\1", self._texts.say(language, key, **variables))
        pieces = [" ".join(piece.split()).strip(" .,:;") for piece in said.split(_GAP)]
        return [pieces[part]] if part < len(pieces) and pieces[part] else []


def hash_of(sentence: str) -> str:
    """Short hash of a sentence; it names the recording, so a changed sentence has none."""
    return sha256(sentence.encode()).hexdigest()[:_HASH_CHARACTERS]


def recording_name(prompt: str, sentence: str) -> str:
    """File name of a recording; only the hash before the ending is read back."""
    return f"{_NOT_IN_A_NAME.sub('-', prompt)}.{hash_of(sentence)}.opus"
