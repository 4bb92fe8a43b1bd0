"""The office of the conversation tests serves here, too."""

from tests.conversations.conftest import counter, sri

__all__ = ["counter", "sri"]
