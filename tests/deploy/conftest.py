"""The real command line, as tests/cli uses it."""

from tests.cli.conftest import loket

__all__ = ["loket"]
