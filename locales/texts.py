"""The office's texts by language and key, from the Fluent files beside this module."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, resolver
from fluent.runtime.types import FluentInt, FluentType
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

from domain.office.services import INDONESIAN
from domain.text.typed import fold
from locales.grammar import GRAMMARS, Grammar

DEFAULT = INDONESIAN
LANGUAGES = tuple(GRAMMARS)
FOLDER = Path(__file__).parent

# Fluent refuses a value of more than 2,500 characters, in case somebody else wrote the texts. Ours are our own, and what
# people write to each other in a hand-over is longer: a message has up to 4,096 characters.
resolver.MAX_PART_LENGTH = 100_000

_PARSER = FluentParser(with_spans=False)
_COMMENT = re.compile(r"^#.*$", re.MULTILINE)
# A key at the margin, and the indented lines that go on with it. A brace closes at the margin, too.
_MESSAGE = re.compile(r"^([A-Za-z][\w-]*) *=.*(?:\n(?:[ }].*)?)*", re.MULTILINE)
_OF_THE_OFFICE = frozenset({"office", "example", "place", "kind", "policy"})
_SAID_AT_MOST = 10_000  # more than the sentences of all languages together

log = logging.getLogger(__name__)


class TextFault(LookupError):
    """A text is missing or cannot be formatted: our mistake, never a resident's."""


class Held(FluentType):
    """A value that only a function of the texts (DAY, CLOCK, LIST …) may format."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def format(self, locale: object) -> str:  # noqa: ARG002 (Fluent calls it so)
        """Refuse, because a date without a function would look different in every language."""
        raise ValueError(f"a {type(self.value).__name__} needs a function like DAY(…) in the text")


class Count(FluentInt):
    """A number of things, with the language's mark between thousands."""

    def format(self, locale: Any) -> str:
        """For instance "1.234"; `NUMBER($count, useGrouping: 0)` gives "1234"."""
        digits = f"{int(self):,}" if self.options.useGrouping else str(int(self))
        return digits.replace(",", locale.thousands_mark)


class Bundle(FluentBundle):
    """The sentences of one language, with plurals and numbers by its Grammar.

    Fluent would load Babel's data of all locales for that: 5 MB for a rule and a full stop.
    """

    def __init__(self, language: str, grammar: Grammar) -> None:
        self._grammar = grammar
        super().__init__([language], functions=_functions(grammar), use_isolating=False)

    def format_pattern(
        self, pattern: Any, args: Mapping[str, Any] | None = None
    ) -> tuple[Any, list[Exception]]:
        """Format with values as they are held here; Fluent's own method would make a plain number of a Count."""
        faults: list[Exception] = []
        current = resolver.CurrentEnvironment(args=dict(args or {}))
        return pattern(resolver.ResolverEnvironment(context=self, current=current, errors=faults)), faults

    def _get_babel_locale(self) -> Any:
        return self._grammar


class Texts:
    """All sentences of the languages that an office offers, read once.

    A key or a language that is missing is said in Indonesian. With `strict` (tests) a missing variable raises TextFault;
    without it the Indonesian sentence is tried before. Times are told in the office's `zone`.
    """

    def __init__(
        self,
        *,
        zone: tzinfo,
        languages: Sequence[str] = LANGUAGES,
        strict: bool = False,
        folder: Path = FOLDER,
    ) -> None:
        self.strict = strict
        self.languages = tuple(languages)
        self._bundles = {
            language: _bundle(folder / language, replace(GRAMMARS[language], zone=zone), self.languages)
            for language in self.languages
        }
        self._said: dict[tuple[Any, ...], str] = {}

    def has(self, language: str, key: str) -> bool:
        """Tell whether the language has the key itself, without falling back."""
        return language in self._bundles and self._bundles[language].has_message(key)

    def say(self, language: str, key: str, /, **variables: Any) -> str:
        """Give the sentence in the language, or in Indonesian where the language lacks it.

        Raises:
            TextFault: no language has it, or a variable is missing or of the wrong kind.
        """
        held = {name: _held(value, language) for name, value in variables.items()} if variables else {}
        for name, value in held.items():
            if not _is_nobodys(name, value):
                return self._say(language, key, held)
        place = (language, key, *held.items()) if held else (language, key)
        known = self._said.get(place)
        if known is None:
            if len(self._said) >= _SAID_AT_MOST:
                self._said.clear()
            known = self._said[place] = self._say(language, key, held)
        return known

    def alone(self, language: str, key: str) -> str | None:
        """A text without variables; None if it is missing or has some."""
        for one in dict.fromkeys((language, DEFAULT)):
            if self.has(one, key):
                said, fault = _format(self._bundles[one], key, {})
                return said if fault is None else None
        return None

    def words(self, language: str | None, key: str) -> frozenset[str]:
        """Opening words of a key, case-folded; `None`: those of every language."""
        found = [self.say(one, key) for one in ([language] if language else self.languages)]
        return frozenset(fold(word) for words in found for word in words.split(",") if fold(word))

    def _say(self, language: str, key: str, variables: dict[str, Any]) -> str:
        for one in dict.fromkeys((language, DEFAULT)):
            if not self.has(one, key):
                continue
            said, fault = _format(self._bundles[one], key, variables)
            if fault is None:
                return said
            if self.strict:
                raise TextFault(f"{one}/{key}: {fault}") from fault
            log.error("text %s/%s cannot be said: %s", one, key, type(fault).__name__)
        raise TextFault(f"{language}/{key}: no such text")


def _is_nobodys(name: str, value: Any) -> bool:
    """Whether a value tells nothing about a person, so that its sentence may be remembered: a count, a yes, a word of the office."""
    return isinstance(value, int) or value in ("yes", "no") or (name in _OF_THE_OFFICE and type(value) is str)


def _held(value: Any, language: str) -> Any:
    """Give a value as Fluent takes it; a mapping by language gives the words of this one, or the Indonesian ones."""
    if type(value) is str:
        return value
    if isinstance(value, Mapping):
        value = value.get(language, value[DEFAULT])
    if isinstance(value, str):
        return str(value)  # a StrEnum would do as well, but Fluent compares and joins plain strings
    if isinstance(value, Decimal):
        return GRAMMARS[language].number(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return Count(value) if isinstance(value, int) else Held(value)


def _format(bundle: FluentBundle, key: str, variables: dict[str, Any]) -> tuple[str, Exception | None]:
    pattern = bundle.get_message(key).value
    if pattern is None:
        return "", ValueError("a text without words")
    try:
        said, faults = bundle.format_pattern(pattern, variables)
    except Exception as fault:  # noqa: BLE001 (whatever a value does inside a sentence is that sentence's fault)
        return "", fault
    return str(said), faults[0] if faults else None


class _Sources(dict[str, str]):
    """Messages of a language by key; each is parsed when first used.

    Parsing all of them took a third of a second and 10 MB at every start.
    """

    def __getitem__(self, key: str) -> Any:
        entry = _PARSER.parse_entry(super().__getitem__(key))
        if not isinstance(entry, Message):
            raise TextFault(f"{key} cannot be read")
        return entry


def _bundle(folder: Path, grammar: Grammar, offered: Sequence[str]) -> FluentBundle:
    """Read one language's files; a duplicate key or a line outside messages stops the start."""
    bundle = Bundle(folder.name, grammar)
    names = ", ".join(f"{{ language-{one} }}" for one in offered)  # the office's, not those of all files
    sources = _Sources({"language-names": f"language-names = {names}"})
    for path in sorted(folder.glob("*.ftl")):
        text = _COMMENT.sub("", path.read_text("utf-8"))
        end = 0
        for found in _MESSAGE.finditer(text):
            if text[end : found.start()].strip():
                raise TextFault(f"{path}: cannot be read: {text[end : found.start()].strip()[:80]}")
            if found[1] in sources:
                raise TextFault(f"{path}: {found[1]} stands twice")
            sources[found[1]] = found[0]
            end = found.end()
        if text[end:].strip():
            raise TextFault(f"{path}: cannot be read: {text[end:].strip()[:80]}")
    bundle._messages = sources  # type: ignore[assignment]  # noqa: SLF001 (what `add_resource` fills)
    return bundle


def _functions(grammar: Grammar) -> dict[str, Callable[..., Any]]:
    """Functions for the texts; each formats a held value."""
    forms: dict[str, Callable[[Any], str]] = {
        "DAY": grammar.day,
        "DATE": grammar.short_day,
        "DAYMONTH": grammar.day_month,
        "CLOCK": grammar.clock,
        "WEEKDAY": grammar.weekday,
        "TIME": grammar.short_clock,
        "LIST": grammar.join,
        "HOURS": grammar.hours,
    }
    return {**{name: partial(_call, form) for name, form in forms.items()}, "NUMBER": Count}


def _call(form: Callable[[Any], str], held: Held) -> str:
    return form(held.value)
