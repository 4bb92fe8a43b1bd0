"""Fixtures of the conversation tests."""

from tests.conversations.conftest import counter, sample_office, sri

__all__ = ["counter", "sample_office", "sri"]
