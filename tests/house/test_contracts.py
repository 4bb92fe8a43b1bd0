"""Code uses contracts of channels, languages and recorded values instead of their names.

A channel that others know by its name, or whose members they look for, is half wired without a word.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.channels import CAPS
from locales.texts import DEFAULT, LANGUAGES
from tests.support.sources import nodes_of

ROOT = Path(__file__).parents[2]
# Where Python leaves no other way, with how often; the reason stands beside each in the code.
_REFLECTION = {"domain/codec.py": 2, "handlers/engine/recall.py": 1, "storage/engines/line.py": 1}
_NAMES_CHANNELS = (
    "bot/cli/commands.py",  # `loket whatsapp` is a command about templates, which no other channel has
    "bot/setup/logs.py",  # the name of a library's logger
    "storage/migrations/",  # what rows held at that time
)


def sources() -> list[tuple[str, list[ast.AST]]]:
    """Everything in every module, with its path."""
    return [
        (str(file.relative_to(ROOT)), nodes_of(file))
        for layer in ("bot", "handlers", "storage", "domain")
        for file in sorted((ROOT / layer).rglob("*.py"))
    ]


def _strings(nodes: list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_members_are_asked_for_by_name_only_where_python_demands_it():
    found: Counter[str] = Counter()
    for file, nodes in sources():
        called = [node.func for node in nodes if isinstance(node, ast.Call)]
        names = [one.id for one in called if isinstance(one, ast.Name)]
        if asked := sum(name in ("getattr", "hasattr", "setattr") for name in names):
            found[file] = asked
    assert found == _REFLECTION


def test_a_channel_is_named_only_in_its_folder():
    named = {
        f"{file}: {word}"
        for file, nodes in sources()
        for word in _strings(nodes)
        if word in CAPS and not file.startswith((f"bot/{word}/", *_NAMES_CHANNELS))
    }
    assert named == set()


def test_no_page_names_a_channel():
    pages = sorted((ROOT / "bot/console").rglob("*.html"))
    named = [f"{one.name}: {word}" for one in pages for word in CAPS if f'"{word}"' in one.read_text("utf-8")]
    assert pages
    assert named == []


def test_no_language_but_the_default_is_named_outside_the_texts():
    others = set(LANGUAGES) - {DEFAULT}
    named = {f"{file}: {word}" for file, nodes in sources() for word in _strings(nodes) if word in others}
    assert named == set()
