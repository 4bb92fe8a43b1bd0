"""The office's services: a fixed id, with titles and requirements in the office's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from domain.text.typed import bare, spellings

INDONESIAN = "id"
"""The language that every text has: it stands in for the others."""
Texts = Mapping[str, str]
TextLists = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service. `aliases` are the office list's words for it; `youngest` is its minimum age.

    `words` are what residents say when they mean it, each a few words in any order. `asked` is its name among the
    questions that are asked most; without one it is not among them. `note` holds local requirements that are not in the law.
    """

    id: str
    title: Texts
    requirements: TextLists
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    asked: Texts = field(default_factory=dict)
    youngest: int = 0
    note: Texts = field(default_factory=dict)

    def title_in(self, language: str) -> str:
        """Title in the language, else in Indonesian."""
        return self.title.get(language, self.title[INDONESIAN])

    def requirements_in(self, language: str) -> tuple[str, ...]:
        """Requirements in the language, else in Indonesian."""
        return self.requirements.get(language, self.requirements[INDONESIAN])

    def reworded(self, *, requirements: TextLists, note: Texts) -> Self:
        """The same service with staff's wording, which includes Indonesian."""
        return replace(self, requirements=requirements, note=note)

    def is_called(self, text: str) -> bool:
        """Whether a name means this service: its id, a title or an alias, ignoring case and separators."""
        return bare(text) in spellings((self.id, *self.title.values(), *self.aliases))
