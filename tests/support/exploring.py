"""Which examples hypothesis tries, and in which order the tests run.

dev      `make test`: the same examples and the same order each time, so that a failure comes from the change
ci       `make check`: the same, with four times as many examples
random   as many examples as `ci` from --hypothesis-seed, and any order
torture  `make torture`: twenty times as many new examples as `ci`; what they find is kept as a fixed example
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ORDER = 20261127
"""The seed of pytest-randomly in the daily run; any number does, as long as it stays."""
_USUAL = 100  # examples that `ci` tries of a test that asks for no other number
# No example is judged by a clock: hypothesis stops tests whose examples take 200 ms each, or long to draw, on a busy machine.
_UNTIMED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
_NEW: dict[str, Any] = {"derandomize": False, "database": None, "print_blob": True}


def load() -> None:
    """Register the profiles and load `dev`; `--hypothesis-profile` names another."""
    settings.register_profile("dev", max_examples=_USUAL // 4, derandomize=True, database=None, **_UNTIMED)
    settings.register_profile("ci", max_examples=_USUAL, derandomize=True, database=None, **_UNTIMED)
    settings.register_profile("random", max_examples=_USUAL, **_NEW, **_UNTIMED)
    settings.register_profile("torture", max_examples=20 * _USUAL, **_NEW, **_UNTIMED)
    settings.load_profile("dev")


def configure(config: pytest.Config) -> None:
    """Pin the order of a deterministic run; a seed from the command line draws new examples."""
    if config.getoption("hypothesis_seed", None) is not None:
        settings.load_profile("random")
    wanted = config.getoption("hypothesis_profile", None)
    # Absent with -p no:randomly.
    if wanted in (None, "dev", "ci") and getattr(config.option, "randomly_seed", None) == "default":
        config.option.randomly_seed = ORDER


def examples(usual: int) -> int:
    """Return how many examples to try in the loaded profile when `ci` tries `usual`."""
    return max(1, usual * settings.default.max_examples // _USUAL)
