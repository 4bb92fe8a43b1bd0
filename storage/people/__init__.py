"""Chats: identities at providers, consents, followed applications and budgets."""
