"""Fixtures of the conversation tests."""

from tests.conversations.conftest import counter, sri

__all__ = ["counter", "sri"]
