"""How late disruptions are recorded, in words."""

from disruptions.selectors.measures import RecentMonths
from soc_tracker.dashboards.presenters.names import listing

# By months of delay; longer ones are told together.
DELAYS = ("were recorded in the month itself", "a month later", "two months later")


def in_words(recent: RecentMonths) -> str:
    """The delays that were seen; and, where there is no estimate from them, that there is none."""
    delays = recent.estimate.delays
    seen = sum(delays)
    if seen <= 0:
        return ""
    parts = [f"{number:,} {words}" for number, words in zip(delays, DELAYS, strict=False)]
    if later := sum(delays[len(DELAYS) :]):
        parts.append(f"{later:,} later still")
    said = f"Of {seen:,} lead disruptions in the months looked at, {listing(parts)}."
    if recent.estimated:
        return f"{said} From this the site estimates how complete the newest months are."
    return f"{said} That is too little to estimate how complete the newest months are."
