"""Examples of hypothesis, and the order of tests.

dev       `make test`: always the same examples and order, so that failures come from the change
ci        `make check`: the same, with twice as many examples
random    as many examples as `ci` from --hypothesis-seed, in any order
torture   `make torture`: forty times as many new examples as `ci`; finds are kept as fixed examples
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ORDER = 20261127
"""The seed of pytest-randomly in the daily run; any number, but always the same."""
_USUAL = 100  # examples of `ci` for a test without its own number
# Without time limits: on a busy machine, hypothesis would fail slow examples.
_UNTIMED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
_NEW: dict[str, Any] = {"derandomize": False, "database": None, "print_blob": True}


def load() -> None:
    """Register the profiles and load `dev`; `--hypothesis-profile` selects another."""
    settings.register_profile("dev", max_examples=_USUAL // 4, derandomize=True, database=None, **_UNTIMED)
    settings.register_profile("ci", max_examples=_USUAL // 2, derandomize=True, database=None, **_UNTIMED)
    settings.register_profile("random", max_examples=_USUAL // 2, **_NEW, **_UNTIMED)
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
    """Number of examples in the loaded profile if `ci` tries `usual`."""
    return max(1, usual * settings.default.max_examples // _USUAL)
