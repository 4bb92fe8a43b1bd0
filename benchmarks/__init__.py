"""Loket beside other bots, measured on this machine: `python -m benchmarks` (docs/performance.md)."""
