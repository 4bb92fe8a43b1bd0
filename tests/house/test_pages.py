"""Links and file names in the documentation exist."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OTHERS = {".venv", ".venv-release", "dist", "var"}  # not ours
PAGES = sorted(page for page in ROOT.rglob("*.md") if not OTHERS & {*page.relative_to(ROOT).parts})
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)|src=\"([^\"]+)\"")


NAMED = re.compile(
    r"\b(?:demo|bot|handlers|storage|domain|locales|tests|docs)/[\w/]+\.(?:py|md|toml|ftl|txt)\b"
)


@cache
def anchors_of(page: Path) -> set[str]:
    """The places of a page that a link can lead to, named as GitHub names its headings."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
    found: set[str] = set()
    for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE):
        name = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        found.add(name if name not in found else f"{name}-1")
    return found


def test_every_link_leads_somewhere():
    links = {(page, *link) for page in PAGES for link in LINK.findall(page.read_text())}
    assert len(links) > 100
    lost = {
        f"{page.relative_to(ROOT)}: {path or picture}#{anchor}"
        for page, path, anchor, picture in links
        if not _leads(page.parent / (path or picture) if path or picture else page, anchor)
    }
    assert lost == set()


def _leads(target: Path, anchor: str) -> bool:
    return target.exists() and (not anchor or anchor in anchors_of(target))


def test_every_decision_is_in_the_list():
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\((\d{4}-[a-z-]+\.md)\)", (folder / "README.md").read_text())
    assert listed == sorted(page.name for page in folder.glob("0*.md"))


def test_every_file_that_a_page_names_exists():
    """`make docs` writes the walks of docs/architecture.md anew."""
    pages = {page: (ROOT / "docs" / page).read_text() for page in ("architecture.md", "first-hour.md")}
    named = {path for text in pages.values() for path in NAMED.findall(text)}
    walks = pages["architecture.md"].partition("<!-- walks -->")[2].partition("<!-- end -->")[0]
    for folder, modules in re.findall(r"^\| `([\w/]+/)` \| (.+) \|$", walks, re.MULTILINE):
        named |= {f"{folder}{module}.py" for module in modules.split(", ")}
    assert len(named) > 100
    missing = {path for path in named if not (ROOT / path).exists()}
    assert missing == {"tests/conversations/test_first_change.py"}  # the newcomer writes it


def test_every_file_that_code_names_exists():
    named = set()
    for folder in ("bot", "handlers", "storage", "domain", "locales", "benchmarks", "tests"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in {".py", ".ftl", ".toml", ".html"}:
                found = NAMED.findall(file.read_text())
                named |= {one for one in found if folder != "tests" or one.startswith("docs/")}
    assert {path for path in named if not (ROOT / path).exists()} == set()
