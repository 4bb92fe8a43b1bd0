"""How a conversation is played: a message is understood, the script replayed up to its next question, its choices paged."""
