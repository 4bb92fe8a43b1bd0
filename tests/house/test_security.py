"""The threat model names tests that exist, and every parser of bytes from outside is fuzzed."""

import ast
import re
from pathlib import Path

from tests.support.sources import nodes_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


def rows_of(heading: str) -> list[str]:
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| ") and not line.startswith("|---")][
        1:
    ]


def test_every_named_test_exists():
    functions = {
        (file, node.name)
        for file in {file for file, _ in NAMED}
        for node in nodes_of(ROOT / file)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert len(NAMED) > 100
    assert set(NAMED) - functions == set()


def test_every_threat_has_its_control_and_its_proof():
    rows = rows_of("Threats")
    assert len(rows) > 20
    for row in rows:
        _, threat, control, proof, _ = row.split("|")
        assert threat.strip()
        assert control.strip()
        assert "`tests/" in proof, threat


def test_every_chapter_of_the_standard_is_answered():
    """OWASP ASVS 5.0 has seventeen; a requirement has a test, a page, or a reason."""
    rows = [row.split("|")[1:3] for row in rows_of("OWASP ASVS 5.0, level 2")]
    assert {int(one) for requirement, _ in rows for one in re.findall(r"V(\d+)", requirement)} == set(
        range(1, 18)
    )
    assert all(len(answer.strip()) > 7 for _, answer in rows)


def test_every_parser_that_the_page_names_is_fuzzed():
    section = PAGE.partition("## Parsers of bytes from outside\n")[2].partition("\n## ")[0]
    fuzz = (ROOT / "tests" / "fuzz" / "test_parsers.py").read_text()
    named = re.findall(r"`(\w+/[\w/]+)\.py`", section)
    assert len(named) > 10
    for module in named:
        assert (ROOT / f"{module}.py").exists()
        assert f"from {module.replace('/', '.')} import" in fuzz, module
