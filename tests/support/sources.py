"""Python files, parsed once for all tests of a module."""

import ast
import gc
from functools import cache
from pathlib import Path


@cache
def nodes_of(file: Path) -> list[ast.AST]:
    """Everything in a file of Python: what `ast.walk` gives for its module."""
    # CPython 3.11: what the garbage collector runs while `ast.parse` works can make it raise SystemError (gh-106905).
    gc.disable()
    try:
        return list(ast.walk(ast.parse(file.read_text("utf-8"))))
    finally:
        gc.enable()


def forget() -> None:
    """Release all trees: each collection of garbage looks through a million objects, else."""
    nodes_of.cache_clear()
