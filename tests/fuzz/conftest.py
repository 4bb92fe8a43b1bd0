"""How long the fuzz goes on: some examples in the suite, FUZZ_MINUTES in all under `make fuzz`."""

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings

MINUTES = float(os.environ.get("FUZZ_MINUTES", "0"))
TARGETS = 14
"""How many tests share the minutes."""

SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
settings.register_profile("suite", max_examples=60, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "nightly",
    derandomize=False,
    max_examples=2000,
    deadline=timedelta(seconds=20),
    suppress_health_check=SLOW,
    print_blob=True,
)
