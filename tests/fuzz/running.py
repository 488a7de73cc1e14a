"""How much is tried: each time the same few thousand, or, by hand, as many others as one likes.

``FUZZ=5 FUZZ_SEED=7 python -m pytest tests/fuzz`` tries five times as many as usual, of the seventh kind.
"""

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, seed, settings

TIMES = int(os.environ.get("FUZZ", "1"))
SEED = os.environ.get("FUZZ_SEED")


def tries(number: int) -> Callable[[Any], Any]:
    """Decorates a property: so many examples, the same ones unless a seed is given."""
    amount = settings(
        max_examples=number * TIMES,
        derandomize=SEED is None,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    return lambda test: amount(test if SEED is None else seed(int(SEED))(test))
