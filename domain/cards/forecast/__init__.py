"""When a card will be ready: a range from the office's own past (docs/decisions/0058)."""
