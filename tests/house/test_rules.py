"""docs/rules.md holds every rule that code, tests and pages name, and names what checks it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "rules.md").read_text()
RULES = dict(re.findall(r"^\| ([A-Z]\d+) \| (.*) \|$", PAGE, re.MULTILINE))
FOLDERS = ("demo", "bot", "handlers", "storage", "domain", "locales", "tests", "benchmarks")
_LETTERS = "".join(sorted({rule[0] for rule in RULES}))
_NAMED = re.compile(
    rf"\b([{_LETTERS}])(\d{{1,2}})(?:-[{_LETTERS}]?(\d{{1,2}}))?\b(?! pages?)"
)  # "A4 page" is paper


def named_in(text: str) -> Iterator[str]:
    """The ids in a text; a range names each of its rules."""
    for letter, first, last in _NAMED.findall(text):
        yield from (f"{letter}{number}" for number in range(int(first), int(last or first) + 1))


def told_in(file: Path) -> str:
    """Docstrings, comments and the ids in test names of a Python file; the whole of a page."""
    text = file.read_text()
    if file.suffix == ".md":
        return text
    parts = re.findall(r'"""(.*?)"""', text, re.DOTALL)
    parts += re.findall(r"#\s(.*)", text)
    parts += [found.upper() for found in re.findall(r"def test_([a-z]\d+)_", text)]
    return "\n".join(parts)


@pytest.fixture(scope="module")
def named() -> dict[str, set[str]]:
    """Each id that is named, and the files that name it."""
    files = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")]
    files += [
        page for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if page.name != "rules.md"
    ]
    found: dict[str, set[str]] = {}
    for file in files:
        for rule in named_in(told_in(file)):
            found.setdefault(rule, set()).add(str(file.relative_to(ROOT)))
    return found


def test_every_rule_that_is_named_stands_on_the_page(named):
    assert {rule: files for rule, files in named.items() if rule not in RULES} == {}


def test_every_rule_is_named_or_says_what_checks_it(named):
    unchecked = []
    for rule in RULES.keys() - named.keys():
        tests = re.findall(r"checked by `([\w/.]+)::(\w+)`", RULES[rule])
        if not any(f"def {test}(" in (ROOT / file).read_text() for file, test in tests):
            unchecked.append(rule)
    assert unchecked == []


def test_no_page_outside_the_repository_is_named():
    outside = re.compile(r"\b(?:domain|interfaces|design|libraries|speed|scenarios)\.md\b")
    files = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")]
    assert [str(file) for file in files if outside.search(file.read_text()) and file != Path(__file__)] == []


def test_each_rule_has_one_row():
    rows = re.findall(r"^\| ([A-Z]\d+) \|", PAGE, re.MULTILINE)
    assert len(rows) == len(set(rows)) == len(RULES)
