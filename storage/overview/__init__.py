"""Daily sums of the office, which name nobody."""
