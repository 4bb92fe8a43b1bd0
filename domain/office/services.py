"""The office's services: an id that stays, and titles and requirements that the office words itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from domain.text.typed import bare

INDONESIAN = "id"
"""The language that every text has: it stands in for the others."""
Texts = Mapping[str, str]
TextLists = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service. `aliases` are the words that the office's list has for it; `youngest` the age it begins at.

    `words` are what residents say when they mean it, each a few words in any order. `asked` is its name among the
    questions that are asked most; without one it is not among them. `note` holds local demands that the law does not know.
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
        """Give the title in the language, else in Indonesian."""
        return self.title.get(language, self.title[INDONESIAN])

    def requirements_in(self, language: str) -> tuple[str, ...]:
        """Give what to bring or be, in the language, else in Indonesian."""
        return self.requirements.get(language, self.requirements[INDONESIAN])

    def note_in(self, language: str) -> str | None:
        """Give the office's local demands, if it has any."""
        return self.note.get(language, self.note.get(INDONESIAN))

    def reworded(self, *, requirements: TextLists, note: Texts) -> Self:
        """Give the same service with what staff say about it; the language that is always there is among it."""
        return replace(self, requirements=requirements, note=note)

    def is_called(self, text: str) -> bool:
        """Tell whether an office's list means this service: by id, a title or an alias, however it is spelled."""
        return bare(text) in {bare(name) for name in (self.id, *self.title.values(), *self.aliases)}
