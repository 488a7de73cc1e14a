"""Clear, Hold, Build sites: where they are as the report says it, when their phases began made up.

The report names Murdishaw (Cheshire, "Tackling SOC and safeguarding people and communities", 4th heading) and Cheetham
Hill (Greater Manchester, same section, 2nd heading). Of Merseyside and North Wales it gives only how many sites
there are: theirs have names that are plainly invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from plans4p.choices import Phase
from soc_tracker.demo.fourp import facts
from soc_tracker.demo.fourp.facts import Facts

Phases = tuple[tuple[Phase, int, int | None], ...]
"""Each with the days before the last demo extract on which it began and ended; None is not ended."""
NAMED = {"cheshire": "Murdishaw", "greater-manchester": "Cheetham Hill"}
INVENTED = ("Cobalt Wharf", "Bracken Rise", "Ember Park", "Granite Hollow", "Indigo Knoll")
UNNAMED = ("merseyside", "north-wales")
PHASES: tuple[Phases, ...] = (
    ((Phase.CLEAR, 420, 250), (Phase.HOLD, 300, 60), (Phase.BUILD, 150, None)),
    ((Phase.CLEAR, 260, 80), (Phase.HOLD, 140, None), (Phase.BUILD, 40, None)),
    ((Phase.CLEAR, 330, 180), (Phase.HOLD, 240, 30), (Phase.BUILD, 190, None)),
    ((Phase.CLEAR, 200, None), (Phase.HOLD, 70, None)),
    ((Phase.CLEAR, 90, None),),
)
MEASURES = "Reports of open dealing, calls about weapons, residents who say that they feel safe, empty homes let again."
EVALUATION = "A survey of residents before the first phase and each year after it."


@dataclass(frozen=True)
class DemoSite:
    body: str
    place: str
    phases: Phases
    measures: str = MEASURES
    evaluation: str = EVALUATION


def sites(published: Facts) -> Iterator[DemoSite]:
    """The places that the report names, and for the other bodies as many as were published."""
    invented = iter(INVENTED)
    places = list(NAMED.items())
    places += [(body, f"{next(invented)} (invented)") for body in UNNAMED for _ in range(published[facts.SITES, body])]
    for number, (body, place) in enumerate(places):
        yield DemoSite(body, place, PHASES[number % len(PHASES)])
