"""The directory of partners: every one is made up, its name as much as its offers and agreements."""

from collections.abc import Iterator
from dataclasses import dataclass

from disruptions.choices import FourP
from plans4p.choices import OfferKind, Sector

NORTH_WEST = ("cheshire", "cumbria", "greater-manchester", "lancashire", "merseyside", "north-wales", "nwrocu")
Offered = tuple[FourP, OfferKind, str, int | None, int | None]


@dataclass(frozen=True)
class Demo:
    """A partner. ``agreement_ends`` is in days from the day of the demo, negative where past; None is no agreement."""

    name: str
    sector: Sector
    serves: tuple[str, ...]
    offers: tuple[Offered, ...]
    agreement_ends: int | None = 300


def youth(what: str, youngest: int, oldest: int) -> Offered:
    return (FourP.PREVENT, OfferKind.DIVERSION, what, youngest, oldest)


def mentoring(what: str, youngest: int, oldest: int) -> Offered:
    return (FourP.PREVENT, OfferKind.INTERVENTION, what, youngest, oldest)


def offer(four_p: FourP, kind: OfferKind, what: str) -> Offered:
    """An offer for all ages."""
    return (four_p, kind, what, None, None)


PURSUE, PREVENT, PROTECT, PREPARE = FourP.PURSUE, FourP.PREVENT, FourP.PROTECT, FourP.PREPARE
ADULT = 18
THIRD = (
    Demo(
        "Alderway Mentoring",
        Sector.THIRD,
        ("cumbria", "lancashire"),
        (
            mentoring("A mentor for a year, at home and at school", 10, 17),
            youth("Outdoor weeks in the holidays", 11, 16),
        ),
        agreement_ends=400,
    ),
    Demo("Bracken Boxing Academy", Sector.THIRD, ("cheshire",), (youth("Boxing and breakfast before school", 11, 17),)),
    Demo(
        "Cobalt Street Youth Trust",
        Sector.THIRD,
        ("merseyside",),
        (youth("Paid work experience in four shops", 14, 21), mentoring("Street mentors at night", 12, 24)),
    ),
    Demo(
        "Damson House Refuge",
        Sector.THIRD,
        ("lancashire", "greater-manchester"),
        (offer(PROTECT, OfferKind.HOUSING, "Safe rooms for women who leave exploitation"),),
        agreement_ends=60,
    ),
    Demo(
        "Ember Recovery",
        Sector.THIRD,
        ("merseyside", "lancashire", "cheshire"),
        (offer(PREVENT, OfferKind.TREATMENT, "Treatment places within a week of arrest"),),
    ),
    Demo(
        "Flint Lane Play Company",
        Sector.THIRD,
        ("greater-manchester",),
        ((PREPARE, OfferKind.EDUCATION, "A play on county lines for whole year groups", 11, 14),),
        agreement_ends=None,
    ),
    Demo(
        "Granite Gate Families",
        Sector.THIRD,
        ("north-wales",),
        (mentoring("Work with the whole family of a child at risk", 8, 17),),
        agreement_ends=-45,
    ),
    Demo(
        "Hazel Survivors Network",
        Sector.THIRD,
        ("lancashire", "merseyside", "greater-manchester", "nwrocu"),
        (offer(PROTECT, OfferKind.SAFEGUARDING, "First responders for victims of modern slavery"),),
    ),
    Demo(
        "Indigo Elders Line",
        Sector.THIRD,
        NORTH_WEST,
        ((PROTECT, OfferKind.PROTECTION, "Calls and visits for repeat victims of fraud", 60, None),),
        agreement_ends=120,
    ),
    Demo(
        "Juniper Doorway",
        Sector.THIRD,
        ("cheshire", "north-wales"),
        ((PREVENT, OfferKind.INTERVENTION, "Work with adults who leave prison", ADULT, None),),
        agreement_ends=-10,
    ),
    Demo(
        "Basin Football in the Community",
        Sector.THIRD,
        ("cumbria",),
        (youth("Coaching and matches on Friday nights", 10, 17),),
        agreement_ends=20,
    ),
)
BUSINESS = (
    Demo(
        "Causeway Homes",
        Sector.BUSINESS,
        ("merseyside", "cheshire"),
        (offer(PROTECT, OfferKind.HOUSING, "Visits to tenants at risk of cuckooing, and moves"),),
    ),
    Demo(
        "Delta Freight Association",
        Sector.BUSINESS,
        ("nwrocu", "merseyside"),
        (offer(PURSUE, OfferKind.INTELLIGENCE, "Manifests and yard cameras on request"),),
        agreement_ends=None,
    ),
    Demo(
        "Estuary Bank",
        Sector.BUSINESS,
        NORTH_WEST,
        (
            offer(PURSUE, OfferKind.INTELLIGENCE, "Account patterns under the statutory gateway"),
            offer(PROTECT, OfferKind.PROTECTION, "Delayed payments for customers under pressure"),
        ),
        agreement_ends=210,
    ),
    Demo(
        "Foreland Taxis",
        Sector.BUSINESS,
        ("cumbria", "lancashire"),
        (offer(PREPARE, OfferKind.EDUCATION, "Drivers trained to see exploitation"),),
        agreement_ends=-200,
    ),
    Demo(
        "Gorge Retail Park",
        Sector.BUSINESS,
        ("north-wales",),
        (offer(PREPARE, OfferKind.INTELLIGENCE, "Number plates at the entrances"),),
    ),
)


def statutory() -> Iterator[Demo]:
    """One of each kind for two or three bodies. Their names say that they are of the demo: such bodies do exist."""
    kinds = (
        ("children's services", (offer(PROTECT, OfferKind.SAFEGUARDING, "Assessment within a day"),)),
        ("probation", ((PREVENT, OfferKind.INTERVENTION, "Licence conditions and visits", ADULT, None),)),
        ("trading standards", (offer(PURSUE, OfferKind.ENFORCEMENT, "Entry, inspection and seizure of goods"),)),
        ("fire and rescue", (offer(PURSUE, OfferKind.ENFORCEMENT, "Prohibition notices for unsafe premises"),)),
        ("health trust", (offer(PREPARE, OfferKind.TREATMENT, "Navigators in the emergency department"),)),
    )
    shares = (("cheshire", "north-wales"), ("lancashire", "cumbria"), ("merseyside", "greater-manchester", "nwrocu"))
    names = ("South", "North", "Central")
    ends = iter((500, 90, -30, 365, 700, 45, 365, 150, -400, 365, 250, 365, 30, 365, 600))
    for kind, offers in kinds:
        for name, serves in zip(names, shares, strict=True):
            yield Demo(f"Demo {kind}, {name}", Sector.STATUTORY, serves, offers, next(ends))


def partners() -> list[Demo]:
    return [*THIRD, *BUSINESS, *statutory()]
