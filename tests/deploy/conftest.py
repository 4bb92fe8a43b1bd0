"""The real command line, as tests/cli uses it."""

from tests.cli.conftest import new_folder as loket

__all__ = ["loket"]
