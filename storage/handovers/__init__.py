"""A resident and an officer who talk through the bot."""
