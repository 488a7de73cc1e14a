"""The lead responsible officers of each body, with made-up names.

Their ranks, and what is right or wrong with each network, are as the 2022/23 report on the north-west tells them,
under "Resources and skills" of each force; how many there are is made up unless it was published. Of Cheshire's, one
is in the SOC unit and the others are in local policing: here, their ranks tell them apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from soc_tracker.demo.chance import chance
from soc_tracker.demo.fourp import facts
from soc_tracker.demo.fourp.facts import Facts

COURSE, WRITING, DATABASE = "Lead responsible officer course", "Writing 4P plans", "National database (APMIS)"
FIRST_NAMES = (
    *("Aisha", "Bryn", "Carys", "Dev", "Elin", "Farah", "Gwen", "Hamish", "Imran", "Joanna", "Kofi", "Leah", "Marek"),
    *("Nia", "Owen", "Priti", "Rhys", "Sunita", "Tomasz", "Una", "Victor", "Wendy", "Yusuf", "Zara"),
)
LAST_NAMES = (
    *("Ashdown", "Brackley", "Corrigan", "Dunmore", "Eastgate", "Fairholm", "Garside", "Hallam", "Inskip", "Jarrold"),
    *("Kerridge", "Lowther", "Mistry", "Nuttall", "Okonjo", "Penhale", "Quarmby", "Rowntree", "Silcock", "Tregarth"),
)


@dataclass(frozen=True)
class Network:
    """The officers of a body. ``ranks``, ``courses`` and ``shares`` go round among them; a share of None is not known.

    ``mentors`` is how many of the first officers are mentors of the others.
    """

    size: int
    ranks: tuple[str, ...]
    courses: tuple[tuple[str, ...], ...]
    shares: tuple[int | None, ...]
    mentors: int = 0


NETWORKS: Mapping[str, Network] = {
    "cheshire": Network(
        size=5,
        ranks=("Detective Chief Inspector", *("Chief Inspector",) * 4),
        courses=((COURSE,),),
        shares=(80, 40, 40, 35, 50),
    ),
    "cumbria": Network(4, ("Detective Inspector",), ((COURSE,),), (10, 5, None, 10)),
    "greater-manchester": Network(
        7, ("Detective Superintendent",), ((COURSE, WRITING), (COURSE,), (COURSE,)), (20, 15, 25)
    ),
    "lancashire": Network(8, ("Chief Inspector", "Inspector"), ((COURSE, WRITING),), (30, 25, 35, 40), mentors=2),
    "merseyside": Network(7, ("Chief Inspector", "Inspector"), ((COURSE, WRITING, DATABASE),), (40, 30, 45), mentors=3),
    "north-wales": Network(6, ("Chief Inspector",), ((COURSE,), (), ()), (10, 5, None)),
    "nwrocu": Network(3, ("Detective Chief Inspector",), ((COURSE, DATABASE),), (60, None, 50)),
}


@dataclass(frozen=True)
class Officer:
    """``mentor`` is the place of another officer of the same body in its list; ``courses`` have the order of taking."""

    name: str
    rank: str
    courses: tuple[str, ...]
    share: int | None
    mentor: int | None


def officers(slug: str, published: Facts) -> Iterator[Officer]:
    """The officers of a body; as many as were published, where that is known."""
    network = NETWORKS[slug]
    size = published.get((facts.OFFICERS, slug), network.size)
    names = made_up_names(slug, size)
    for number, name in enumerate(names):
        is_mentored = network.mentors and number >= network.mentors
        yield Officer(
            name=name,
            rank=network.ranks[number % len(network.ranks)],
            courses=network.courses[number % len(network.courses)],
            share=network.shares[number % len(network.shares)],
            mentor=number % network.mentors if is_mentored else None,
        )


def made_up_names(about: str, number: int) -> list[str]:
    """Names of which no two share a part."""
    rng = chance("names", about)
    pairs = zip(rng.sample(FIRST_NAMES, number), rng.sample(LAST_NAMES, number), strict=True)
    return [" ".join(pair) for pair in pairs]
