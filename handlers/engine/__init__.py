"""The conversation engine: interprets messages and replays scripts up to their next question."""
