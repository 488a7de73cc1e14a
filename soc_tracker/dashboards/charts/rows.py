"""What the charts of a region share."""

from collections import Counter
from collections.abc import Sequence

from soc_tracker.dashboards.presenters.names import Body, short

PUBLISHED = "published"


def names_of_their_own(bodies: Sequence[tuple[Body, str]]) -> list[str]:
    """A name for each row that no other row has: with the period where a body has several rows.

    A chart's axis puts rows of one name in one place.
    """
    times = Counter(body for body, _ in bodies)
    return [f"{short(body)} ({period})" if times[body] > 1 else short(body) for body, period in bodies]
