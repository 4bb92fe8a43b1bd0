"""Benchmarks of Loket and other bots on this machine: `python -m benchmarks` (docs/performance.md)."""
