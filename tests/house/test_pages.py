"""The pages point at what is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for found in LINK.findall(page.read_text()):
        target = page.parent / (found[0] or found[1])
        assert target.exists(), target


def test_every_decision_is_in_the_list():
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\((\d{4}-[a-z-]+\.md)\)", (folder / "README.md").read_text())
    assert listed == sorted(page.name for page in folder.glob("0*.md"))


def test_every_page_that_code_names_exists():
    named = set()
    for folder in ("bot", "handlers", "storage", "domain", "locales", "benchmarks", "tests"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in {".py", ".ftl", ".toml"}:
                named |= set(re.findall(r"docs/[\w/]+\.md", file.read_text()))
    assert {page for page in named if not (ROOT / page).exists()} == set()
