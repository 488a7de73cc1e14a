"""Words of the demo records: made up, and without the name of any person or place."""

import random

from disruptions.choices import FourP
from soc_tracker.demo.chance import picked

CRIME_TYPES = {
    "Drugs supply": 26,
    "County lines": 15,
    "Child sexual exploitation and abuse": 9,
    "Firearms": 8,
    "Fraud": 8,
    "Organised acquisitive crime": 8,
    "Modern slavery and human trafficking": 7,
    "Money laundering": 6,
    "Organised immigration crime": 5,
    "Cyber crime": 4,
    "Intellectual property crime": 2,
    "Corruption": 2,
}
PHASES = {"Active": 60, "Developing": 25, "Monitoring": 15}
CLOSED = "Closed"
AREAS_OF_WORK = ("Alder", "Bracken", "Cobalt", "Damson", "Ember", "Flint", "Granite", "Hazel", "Indigo", "Juniper")
PLACES = ("Basin", "Causeway", "Delta", "Estuary", "Foreland", "Gorge", "Hollow", "Inlet", "Junction", "Knoll", "Ledge")
OFFICERS = ("Lead officer, SOC unit", "Lead officer, local policing", "Lead officer, intelligence bureau")
ASSESSORS = ("Force intelligence bureau", "Regional assessment team", "SOC analyst team")

WHO = {
    FourP.PURSUE: ("Two members of the group", "The principal subject", "A courier", "A money mule", "A supplier"),
    FourP.PREVENT: ("A young person on the edge of the group", "Two pupils", "A prisoner near release", "A runner"),
    FourP.PROTECT: ("A cuckooed tenant", "An exploited child", "A repeat victim of fraud", "A family under threat"),
    FourP.PREPARE: ("Local partners", "Hospital staff", "The control room", "Neighbourhood officers"),
}
WHAT = {
    FourP.PURSUE: (
        "arrested and charged with conspiracy",
        "sentenced to a custodial term",
        "made subject of a serious crime prevention order",
        "stopped, vehicle searched and seized",
        "arrested at a warrant; telephone line closed",
    ),
    FourP.PREVENT: (
        "referred to a diversion scheme and took part",
        "warned in a cease and desist visit",
        "given a mentor and a place in training",
        "taken through a talk on county lines",
    ),
    FourP.PROTECT: (
        "moved to a safe address",
        "given protective security advice and an alarm",
        "referred to the national referral mechanism",
        "helped by the bank to stop a payment",
    ),
    FourP.PREPARE: (
        "briefed, and the joint plan tested",
        "trained to spot the signs of exploitation",
        "given a contingency plan for a change of leadership",
    ),
}
OUTCOME = (
    "cash seized",
    "drugs of class A recovered",
    "a firearm recovered",
    "devices seized for examination",
    "accounts frozen",
    "partners told, plan updated",
    "no further reports since",
    "premises closed by order",
)


def summary(rng: random.Random, four_p: FourP) -> str:
    """What happened, in a sentence."""
    return f"{rng.choice(WHO[four_p])} {rng.choice(WHAT[four_p])}; {rng.choice(OUTCOME)}."


def threat_name(rng: random.Random) -> str:
    return f"{rng.choice(AREAS_OF_WORK)} {rng.choice(PLACES)}"


def crime_types(rng: random.Random) -> tuple[str, ...]:
    """One or, less often, two types."""
    types = {picked(rng, CRIME_TYPES) for _ in range(rng.choice((1, 1, 2)))}
    return tuple(sorted(types))
