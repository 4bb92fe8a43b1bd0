"""Handovers: a resident and an officer talk through the bot."""
