"""Code uses contracts of channels, languages and recorded values instead of their names.

A channel that others know by its name, or whose members they look for, is half wired without a word.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bot.channels import CAPS
from bot.setup.office_file import OTHER_SAMPLES, SAMPLE, load_office
from locales.texts import DEFAULT, LANGUAGES
from tests.support.sources import nodes_of

ROOT = Path(__file__).parents[2]
LAYERS = ("bot", "handlers", "storage", "domain")
# Where Python leaves no other way, with how often; the reason stands beside each in the code.
_REFLECTION = {"domain/codec.py": 2, "handlers/engine/recall.py": 1, "storage/engines/line.py": 1}
_NAMES_CHANNELS = (
    "bot/cli/commands.py",  # `loket whatsapp` is a command about templates, which no other channel has
    "bot/setup/logs.py",  # the name of a library's logger
    "storage/migrations/",  # what rows held at that time
)
_MAY_NAME_PLACES = (
    "demo/people.py",  # where invented people come from who moved here
    "domain/text/examples/",  # questions are sorted by what people ask; it is never said
)


def sources(*layers: str) -> list[tuple[str, list[ast.AST]]]:
    """Everything in every module of the product, or of these layers, with its path."""
    return [
        (str(file.relative_to(ROOT)), nodes_of(file))
        for layer in layers or LAYERS
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


def _languages_by_hand(nodes: list[ast.AST]) -> Iterator[ast.expr | None]:
    """Where a bare "id" can only be the language: a constant's value, a default, an argument of that name."""
    for node in nodes:
        match node:
            case ast.Assign(value=value) | ast.keyword(arg="language", value=value):
                yield value
            case ast.arguments(defaults=values, kw_defaults=others):
                yield from (*values, *others)


def test_the_default_language_is_spelled_once():
    found = [
        file
        for file, nodes in sources()
        for value in _languages_by_hand(nodes)
        if isinstance(value, ast.Constant) and value.value == DEFAULT
    ]
    assert found == ["domain/office/services.py"]
    by_hand = re.compile(rf'\{{[{{%][^}}]*"{DEFAULT}"')
    assert [page.name for page in ROOT.glob("bot/**/*.html") if by_hand.search(page.read_text("utf-8"))] == []


def test_nothing_names_a_place_of_the_first_sample():
    """What an office leaves out comes from its file, never from a sentence, an example or an error message."""
    office = load_office(None)
    codes = {one.code[:4] for one in office.districts}
    words = {
        "Mojokerto",
        "Dispendukcapil",
        office.number.prefix,
        *codes,
        *(f"{one[:2]}.{one[2:]}" for one in codes),
    }
    words |= {one.name for one in office.districts}
    named = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, sorted(words)))})(?![A-Za-z])")
    told = {
        file: "\n".join({*_strings(nodes)} - {*_docstrings(nodes)})
        for file, nodes in sources(*LAYERS, "demo")
        if not file.startswith(_MAY_NAME_PLACES)
    }
    offices = {SAMPLE, *OTHER_SAMPLES.iterdir(), ROOT / "demo/names.toml"}  # villages by kecamatan
    for folder in (*LAYERS, "demo", "locales", "deploy"):
        for file in {*(ROOT / folder).rglob("*.*")} - offices:
            if file.suffix in {".html", ".js", ".toml", ".ftl", ".yml", ".json", ".template", ".env"}:
                told[str(file.relative_to(ROOT))] = file.read_text("utf-8")
    found = [(file, found[0]) for file, text in sorted(told.items()) if (found := named.search(text))]
    assert found == []


def _docstrings(nodes: list[ast.AST]) -> Iterator[str]:
    yield from _strings([node.value for node in nodes if isinstance(node, ast.Expr)])
