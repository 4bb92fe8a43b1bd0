"""Webhooks: tells other systems of the office what happened (docs/webhooks.md)."""
