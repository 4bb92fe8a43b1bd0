"""`chat.once` is only for steps that write; reads use `chat.learn` (decision 0020).

mypy keeps a function that writes out of `learn`. The other way round it cannot help, since whoever may write may read:
so a function that never writes has to take a `Reading`, and `once` has to be given a function that takes a `Writing`.
"""

import ast
import importlib
import inspect
import typing
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from storage.session import Reading
from tests.support.sources import nodes_of

ROOT = Path(__file__).parents[2]
_READS = frozenset(dir(Reading)) | {"now", "vault", "dialect"}
_FOLDERS = ("handlers", "storage")


def _modules() -> list[tuple[ModuleType, list[ast.AST]]]:
    paths = [path for folder in _FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    return [
        (importlib.import_module(name), nodes_of(path))
        for name, path in zip(names, paths, strict=True)
        if "versions" not in path.parts and path.stem not in ("__init__", "env")
    ]


def _meant(expression: ast.expr, module: ModuleType) -> Any:
    """Give the function that a name like `bookings.cancel` means in a module, or None."""
    if isinstance(expression, ast.Name):
        return getattr(module, expression.id, None)
    return (
        getattr(_meant(expression.value, module), expression.attr, None)
        if isinstance(expression, ast.Attribute)
        else None
    )


def _takes(function: Any) -> type | None:
    """Tell what a function wants as its transaction: a Reading or a Writing."""
    if not inspect.isfunction(function):
        return None
    try:
        hints = typing.get_type_hints(function)
    except NameError:  # a library's own function: its hints name what only a type checker imports
        return None
    return next((hints.get(name) for name in inspect.signature(function).parameters), None)


def _functions(nodes: list[ast.AST]) -> Iterator[tuple[ast.AsyncFunctionDef | ast.FunctionDef, str]]:
    """Give the functions whose first argument is a Writing, and its name."""
    for one in nodes:
        if isinstance(one, ast.AsyncFunctionDef | ast.FunctionDef) and one.args.args:
            first = one.args.args[0]
            if first.annotation is not None and ast.unparse(first.annotation) == "Writing":
                yield one, first.arg


def _is_given(one: ast.AST, db: str) -> typing.TypeGuard[ast.Call]:
    """Tell whether this is a call that gets the transaction first."""
    return isinstance(one, ast.Call) and bool(one.args) and ast.unparse(one.args[0]) == db


def _may_write(function: ast.AST, db: str, module: ModuleType) -> bool:
    """Tell whether a transaction is used for more than reading, as far as can be seen."""
    harmless = set()
    for one in ast.walk(function):
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == db:
            if one.attr not in _READS:
                return True
            harmless.add(id(one.value))
        elif _is_given(one, db) and _takes(_meant(one.func, module)) is Reading:
            harmless.add(id(one.args[0]))
    names = [one for one in ast.walk(function) if isinstance(one, ast.Name) and one.id == db]
    return any(id(one) not in harmless for one in names)


def _needless(module: ModuleType, nodes: list[ast.AST]) -> Iterator[str]:
    for function, db in _functions(nodes):
        if not _may_write(function, db, module):
            yield f"{module.__name__}.{function.name}"


def _is_once(called: ast.expr) -> bool:
    """Tell whether it is written `chat.once`."""
    return isinstance(called, ast.Attribute) and called.attr == "once" and ast.unparse(called) == "chat.once"


def _given_to_once() -> list[tuple[str, Any]]:
    """Give every step as it is written, and the function that it means; one that is chosen on the spot means None."""
    return [
        (f"{module.__name__}: {ast.unparse(one.args[1])}", _meant(one.args[1], module))
        for module, nodes in _modules()
        for one in nodes
        if isinstance(one, ast.Call) and _is_once(one.func)
    ]


def test_a_step_that_never_writes_takes_a_reading() -> None:
    """In storage a function may want a Writing to lock rows, so there only what is given to `once` is looked at."""
    steps = {f"{step.__module__}.{step.__name__}" for _, step in _given_to_once() if step is not None}
    needless = {name for module, nodes in _modules() for name in _needless(module, nodes)}
    assert {name for name in needless if name.startswith("handlers.") or name in steps} == set()


def test_what_is_given_to_once_takes_a_writing() -> None:
    found = _given_to_once()
    assert len(found) > 40
    assert [name for name, step in found if _takes(step) is Reading] == []


def _literal_keys(nodes: list[ast.AST]) -> Iterator[int]:
    """Give the lines that look for a recorded step by a key written in place."""
    for one in nodes:
        parts: list[ast.expr] = []
        if isinstance(one, ast.Compare):
            parts = [one.left, *one.comparators]
        elif isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.args:
            parts = [one.func, one.args[0]]
        named = any(isinstance(part, ast.Attribute) and part.attr in ("key", "result") for part in parts)
        if named and any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in parts):
            yield one.lineno


def test_no_transcript_is_searched_for_a_key_written_in_place():
    """The conversation that records a step names its key once; whoever looks for it says that name."""
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for folder in ("handlers", "bot")
        for path in (ROOT / folder).rglob("*.py")
        if path.parent.name != "engine"  # what it compares are its own sentences
        for line in _literal_keys(nodes_of(path))
    ]
    assert found == []
