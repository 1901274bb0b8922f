"""How a property is tried; COODIE_EXAMPLES=5000 draws as many examples, anew each time."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("COODIE_EXAMPLES", "0"))


def examples(count: int) -> settings:
    """Return how a property is tried: `count` fixed examples, or as many random ones as were asked for."""
    return settings(
        max_examples=EXAMPLES or count,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
            HealthCheck.filter_too_much,
        ],
        print_blob=True,
    )
