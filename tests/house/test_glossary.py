"""The glossary and the code use the same words."""

import re
from pathlib import Path

from bot.setup.office_file import load_office
from domain.cards.stages import Stage
from domain.staff.roles import Role
from storage.schema import metadata
from tests.support.sources import nodes_of

ROOT = Path(__file__).parents[2]
HEADINGS = (
    "The office's words",
    "Messages and conversations",
    "Appointments",
    "Satisfaction",
    "Announcements",
    "Handover",
    "Staff",
    "Conversations begun by the office, and free sentences",
    "Webhooks",
    "Storage and retention",
)
PAGE = (ROOT / "docs" / "glossary.md").read_text()
CODE = [
    file
    for folder in ("bot", "handlers", "storage", "domain", "locales")
    for file in (ROOT / folder).rglob("*.py")
]


def words_of(heading: str) -> list[str]:
    """The words in code letters of a section's first column."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (.*?) \|", section, re.MULTILINE)
    return [word for cell in cells for word in re.findall(r"`(.+?)`", cell)]


def words_of_the_code() -> set[str]:
    """Every word that a name or a text constant of the code consists of."""
    fields = ("id", "attr", "name", "arg", "module", "value")
    said = (getattr(node, field, None) for file in CODE for node in nodes_of(file) for field in fields)
    names = {one for one in said if isinstance(one, str)}
    parts = {part for name in names for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}
    return {word.lower() for word in names | parts}


def test_the_tables_are_the_schemas():
    section = PAGE.partition("## Tables\n")[2]
    assert set(re.findall(r"`(.+?)`", section)) == set(metadata.tables)


def test_stages_services_and_roles_stand_there_and_no_other():
    assert words_of("Stages") == [stage.value for stage in Stage]
    assert words_of("Services") == [service.id for service in load_office(None).services]
    assert set(words_of("Staff")) >= {role.value for role in Role}


def test_every_state_of_the_outbox_is_explained():
    table = metadata.tables["outbox"]
    (known,) = [
        str(check.sqltext) for check in table.constraints if (check.name or "").endswith("state_known")
    ]
    for state in re.findall(r"'(\w+)'", known):
        assert f"`{state}`" in PAGE


def test_every_word_of_the_glossary_is_a_word_of_the_code():
    code = words_of_the_code()
    assert [heading for heading in HEADINGS if not words_of(heading)] == []
    plain = {word for heading in HEADINGS for word in words_of(heading)}
    used = {word for word in plain if word in code or f"{word}s" in code or word.replace(" ", "_") in code}
    assert plain - used == set()


def test_every_module_of_the_domain_is_named_by_words_that_stand_there():
    """Every subject's module has its term in the glossary."""
    told = set(re.findall(r"[a-z_]+", PAGE.lower()))
    helpers = {
        "__init__",
        "typed",
        "cells",
        "rules",
        "week",
        "office_reading",
        "names",
        "phones",
        "hours",
    }
    for file in (ROOT / "domain").glob("*.py"):
        if file.stem in helpers:
            continue
        parts = {part.removesuffix("s") for part in file.stem.split("_")}
        assert parts & {word.removesuffix("s") for word in told}, file.name
