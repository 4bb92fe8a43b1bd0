"""What import-linter's contracts cannot say: read from the source itself."""

import ast
import re
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from handlers.scripts import SCRIPTS
from tests.support.sources import nodes_of

ROOT = Path(__file__).parents[2]
SOURCES = [
    file
    for folder in ("demo", "bot", "handlers", "storage", "domain", "locales")
    for file in (ROOT / folder).rglob("*.py")
]


def imports_of(file: Path) -> set[str]:
    """The top-level names that a module imports, late imports included."""
    found = set()
    for node in nodes_of(file):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_the_domain_stands_on_the_standard_library_alone():
    files = sorted((ROOT / "domain").rglob("*.py"))
    allowed = sys.stdlib_module_names | {"domain"}
    found = {str(file.relative_to(ROOT)): imports_of(file) - allowed for file in files}
    assert len(found) > 50
    assert {file: names for file, names in found.items() if names} == {}


def test_the_contract_names_every_channel():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = {contract["name"]: contract.get("modules") for contract in contracts}
    channels = {file.parent.name for file in (ROOT / "bot").glob("*/channel.py")}
    assert set(named["no channel knows another one"]) == {f"bot.{name}" for name in channels}


def test_no_conversation_imports_another_one():
    files = {f"handlers.{name}": ROOT / "handlers" / f"{name.replace('.', '/')}.py" for name in SCRIPTS}
    found = {name: modules_of(file) & (files.keys() - {name}) for name, file in files.items()}
    assert {name: others for name, others in found.items() if others} == {}


def modules_of(file: Path) -> set[str]:
    """The modules that a module imports: `from a.b import c` counts as a.b and a.b.c."""
    found = set()
    for node in nodes_of(file):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def room_of(module: str) -> str:
    """The layer and folder of a module, or its own name where it lies loose in the layer."""
    return ".".join(module.split(".")[:2])


def package_of(module: str) -> str:
    """The package that a module lies in, however deep, or its own name where it lies loose in the layer."""
    file = ROOT / module.replace(".", "/")
    return module if file.is_dir() or module.count(".") < 2 else module.rpartition(".")[0]


@pytest.mark.parametrize("place_of", [room_of, package_of])
def test_no_packages_form_a_circle(place_of):
    """import-linter's layers name the subjects; this finds a circle through any other folder, too."""
    modules = {
        ".".join(one.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): one
        for one in SOURCES
    }
    arrows: dict[str, set[str]] = {}
    for module, file in modules.items():
        reached = {place_of(one) for one in modules_of(file) & modules.keys()}
        arrows.setdefault(place_of(module), set()).update(reached - {place_of(module)})
    TopologicalSorter(arrows).prepare()  # raises CycleError, which names the circle


LOOSE = {"bot": 8, "handlers": 3, "domain": 4, "storage": 8}
"""The most modules that may lie at the top of a layer."""
SMALL, FEW_SMALL = 40, 25


def test_few_modules_lie_loose_and_few_are_fragments(capsys):
    loose = {layer: len([*(ROOT / layer).glob("*.py")]) - 1 for layer in LOOSE}
    lines = {
        file: len(file.read_text().splitlines())
        for layer in LOOSE
        for file in (ROOT / layer).rglob("*.py")
        if file.name != "__init__.py" and file.parent.name != "versions"
    }
    small = sorted(str(file.relative_to(ROOT)) for file, count in lines.items() if count < SMALL)
    longest = max(lines, key=lambda file: lines[file])
    with capsys.disabled():
        print(
            f"\n{len(lines)} modules, {sum(lines.values())} lines; loose: {loose}; below {SMALL} lines: {len(small)}; "
            f"longest: {longest.relative_to(ROOT)} with {lines[longest]}"
        )
    assert {layer: count for layer, count in loose.items() if count > LOOSE[layer]} == {}
    assert len(small) <= FEW_SMALL, small


def test_only_one_module_reads_the_wall_clock():
    readers = [file.name for file in SOURCES if "datetime.now(" in file.read_text()]
    assert readers == ["clock.py"]


def test_a_file_is_short_enough_to_be_read_at_once():
    files = [*SOURCES, *(ROOT / "tests").rglob("*.py")]
    # A migration is as long as its tables.
    lines = {file: len(file.read_text().splitlines()) for file in files if file.parent.name != "versions"}
    assert len(lines) > 1000
    assert {str(file.relative_to(ROOT)): count for file, count in lines.items() if count > 400} == {}


MOST_WORDS = 12


def test_names_of_tests_state_a_behaviour_in_few_words():
    long = [
        node.name
        for file in (ROOT / "tests").rglob("*.py")
        for node in nodes_of.__wrapped__(file)  # read here alone, and too many to be kept
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and len(node.name.removeprefix("test_").split("_")) > MOST_WORDS
    ]
    assert long == []


def test_every_ignored_rule_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text()
    ignored = tomllib.loads(text)["tool"]["ruff"]["lint"]["ignore"]
    lines = {line.strip().split('"')[1]: line for line in text.splitlines() if line.strip().startswith('"')}
    assert [rule for rule in ignored if "#" not in lines[rule]] == []


@pytest.mark.parametrize("command", [["--help"], ["staff", "--help"], ["import", "--help"]])
def test_help_loads_neither_a_framework_nor_a_database(command):
    heavy = {"aiogram", "telegram", "sqlalchemy", "starlette", "uvicorn", "cryptography", "httpx"}
    code = (
        f"import sys; sys.argv = ['loket', *{command!r}]\nfrom bot.__main__ import main\n"
        f"try: main()\nfinally: print('LOADED', sorted({heavy!r} & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0
    assert "LOADED []" in done.stderr


STARTED = """
import asyncio, sys
import bot.cli.run
from bot.app import Store, _assemble_server, ensure_newest, load_office, listening_socket
from bot.channels import other_channels
from bot.setup.loops import Loops
from bot.setup.office_file import texts_of
from bot.setup.settings import load_settings
from storage.vault import Vault

async def start():
    settings = load_settings()
    store = await Store.open(settings.database_url, vault=Vault([bytes(32)]), clock=None)
    await store.is_current()
    office = load_office(None)
    for channel in other_channels(settings, None, store, texts_of(office), Loops()).values():
        channel.routes()
        await channel.close()
    await store.close()

asyncio.run(start())
import bot.assembly, handlers.scripts
handlers.scripts.load()
print(*sorted(sys.modules))
"""


def test_an_office_that_starts_loads_only_what_it_uses(tmp_path):
    rare = {
        "PIL", "aiogram", "aiohttp", "alembic", "asyncpg", "greenlet", "holidays", "httpx", "icalendar", "jinja2", "mako",
        "pygments", "python_calamine", "rapidfuzz", "reportlab", "resvg_py", "rich", "segno",
        "sqlalchemy.dialects.postgresql", "telegram", "webauthn", "xlsxwriter",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", STARTED],
        cwd=tmp_path,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": "/usr/bin:/bin",
            "LOKET_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/loket.db",
            "LOKET_TELEGRAM_TOKEN": "42:a-token",
            "LOKET_TELEGRAM_MODE": "webhook",
            "LOKET_TELEGRAM_WEBHOOK_SECRET": "a-secret",
            "LOKET_PUBLIC_URL": "https://loket.example",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert loaded & rare == set()
    # Behind the API's door nothing is loaded before the office has a token.
    door = {"bot.api", "bot.api.calls", "bot.api.calls.wire", "bot.api.door"}
    assert {one for one in loaded if one.startswith("bot.api")} == door


def test_the_locks_name_no_place_to_download_from():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        assert "--index" not in text
        assert "--find-links" not in text
        pinned = [line for line in text.splitlines() if "==" in line]
        assert len(pinned) > 60
        assert all(line.endswith("\\") for line in pinned)  # followed by its hashes


def test_make_help_lists_every_target_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text()
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    listed = {line.split()[1] for line in shown.splitlines()}
    promised = {"demo", "test", "check", "bench", "torture", "transcripts", "docs", "help"}
    phony = makefile.partition(".PHONY:")[2].partition("\n")[0].split()
    assert promised <= listed
    assert set(phony) - {"run-setup", "dev-setup"} == listed
    assert all(len(line.split(maxsplit=2)) == 3 for line in shown.splitlines())


def test_no_statement_is_glued_together_from_what_somebody_gave():
    """Words of a statement are written in the source; what varies is bound, or a constant or a table's name of ours."""
    glued = []
    for file in SOURCES:
        if "storage" not in file.parts or "migrations" in file.parts:
            continue
        for node in nodes_of(file):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if ast.unparse(node.func) in {"text", "sa.text"} and not _is_ours(node.args[0]):
                glued.append(f"{file.name}:{node.lineno}")
    assert glued == []


def _is_ours(words: ast.expr) -> bool:
    if isinstance(words, ast.JoinedStr):
        return all(_is_ours(part) for part in words.values)
    if isinstance(words, ast.FormattedValue):
        return _is_ours(words.value)
    if isinstance(words, ast.Attribute):
        return ast.unparse(words) == "table.name"
    return isinstance(words, ast.Constant) or (isinstance(words, ast.Name) and words.id.isupper())


def test_every_scene_is_made_by_its_factory():
    """Scenes made by hand lacked the staff or the holidays."""
    makers = [file for file in SOURCES if re.search(r"\bScene\(", file.read_text())]
    assert makers == []


# Endless loops that are no background work: what they wait for ends them, and a caller sees what they raise.
_ENDLESS = {
    ("bot/http/asgi.py", "body_of"),  # a request's body
    ("bot/web/chat.py", "serve"),  # a tab's messages, until it goes
}


def _endless_loops(file: Path) -> set[tuple[str, str]]:
    return {
        (str(file.relative_to(ROOT)), function.name)
        for function in nodes_of(file)
        if isinstance(function, ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.While) and isinstance(node.test, ast.Constant)
    }


def test_every_background_loop_is_kept_by_the_one_supervisor():
    """A loop of its own ends the process with the first thing that it does not expect (bot/setup/loops.py)."""
    found = set().union(*map(_endless_loops, (ROOT / "bot").rglob("*.py")))
    assert found - _ENDLESS == {("bot/setup/loops.py", "keep")}


def test_every_task_of_the_office_is_one_that_the_supervisor_started():
    """`bot/app.py` starts nothing in the background but through `lasting`; the web server alone ends the process."""
    serve = next(
        node
        for node in nodes_of(ROOT / "bot" / "app.py")
        if isinstance(node, ast.AsyncFunctionDef) and node.name == "_serve"
    )
    started = [
        ast.unparse(node.args[0])
        for node in ast.walk(serve)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "tasks.create_task"
    ]
    assert [one for one in started if not one.startswith("lasting(")] == ["server.run()"]


def test_every_csv_is_written_with_cells_that_no_spreadsheet_runs():
    """`inert` is the one guard; the demo's register is what an office would import, as an office has it."""
    writers = [file for file in SOURCES if re.search(r"csv\.(Dict)?[wW]riter\(", file.read_text())]
    assert writers
    assert {
        file.name
        for file in writers
        if "inert(" not in file.read_text() and "map(inert" not in file.read_text()
    } == {"register.py"}


@pytest.mark.parametrize("layer", ["bot", "handlers", "storage", "domain", "locales", "demo"])
def test_no_two_classes_of_a_layer_have_one_name(layer):
    """Two layers may use one word for their own side of a thing, as `Chat` of an update, of a script and of a row."""
    named: dict[str, list[str]] = {}
    for file in (ROOT / layer).rglob("*.py"):
        for node in nodes_of(file):
            if isinstance(node, ast.ClassDef):
                named.setdefault(node.name, []).append(str(file.relative_to(ROOT)))
    assert {name: files for name, files in named.items() if len(files) > 1} == {}
