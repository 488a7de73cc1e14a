"""Cohorts of what must change by the year in which it was published, and the topics that were open on a day."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from forces.models import Membership
from inspections.findings.models import Finding, Topic
from inspections.following.queries import Followed
from soc_tracker.core.stats.histories import Done, done_within, spells
from soc_tracker.core.stats.survival import Survival, kaplan_meier

YEARS = (1, 2, 4)


@dataclass(frozen=True)
class Cohort:
    """What was published in a year, or what is of a kind. ``done`` are those done within 1, 2 and 4 years."""

    name: str
    survival: Survival
    done: tuple[Done, ...]


def list_cohorts(followed: Iterable[Followed], name: Callable[[Followed], str], day: date) -> list[Cohort]:
    """As at the day: those of each name, in order of names, and then all; none where nothing was made by then."""
    groups: dict[str, list[Any]] = defaultdict(list)
    every = [each for each in followed if each.history.made <= day]
    for each in every:
        groups[name(each)].append(each.history)
    if len(groups) > 1:
        groups = {**dict(sorted(groups.items())), "All": [each.history for each in every]}
    cohorts = []
    for words, histories in groups.items():
        survival = kaplan_meier(spells(histories, day))
        if survival:
            cohorts.append(Cohort(words, survival, tuple(done_within(histories, years, day) for years in YEARS)))
    return cohorts


@dataclass(frozen=True)
class OnTopic:
    """A topic with the bodies and regions that had something open on it: as at each of some days, or by group."""

    topic: str
    bodies: tuple[frozenset[str], ...]


def list_on_topics(
    followed: Sequence[Followed], sets: Sequence[Callable[[Followed], bool]], topics: dict[int, list[Topic]]
) -> list[OnTopic]:
    """For each topic, whom each of the sets holds; topics that are in none left out.

    ``topics`` are those of a finding, by its key: see ``topics_of``.
    """
    held: dict[Topic, list[set[str]]] = defaultdict(lambda: [set() for _ in sets])
    for each in followed:
        places = [place for place, holds in enumerate(sets) if holds(each)]
        for topic in topics.get(each.requirement.finding_id, ()) if places else ():
            for place in places:
                held[topic][place].add(each.requirement.addressee.name)
    in_order = sorted(held, key=lambda topic: (topic.order, topic.name))
    return [OnTopic(topic.name, tuple(map(frozenset, held[topic]))) for topic in in_order]


def topics_of(followed: Iterable[Followed]) -> dict[int, list[Topic]]:
    """The topics of their findings, by the key of the finding. One query."""
    findings = {each.requirement.finding_id for each in followed}
    topics: dict[int, list[Topic]] = defaultdict(list)
    links = Finding.topics.through.objects.filter(finding__in=findings).select_related("topic")
    for link in links.order_by("pk"):
        topics[link.finding_id].append(link.topic)
    return topics


def regions_of(followed: Iterable[Followed], day: date) -> dict[str, frozenset[Any]]:
    """By the names of regions, in order, the keys of what each and its bodies on the day have to change. One query."""
    members: dict[int, list[str]] = defaultdict(list)
    for body, region in Membership.objects.valid_on(day).order_by("pk").values_list("organisation", "region__name"):
        members[body].append(region)
    keys: dict[str, set[Any]] = defaultdict(set)
    for each in followed:
        requirement = each.requirement
        own = [requirement.region.name] if requirement.region else members[requirement.organisation_id or 0]
        for region in own:
            keys[region].add(requirement.pk)
    return {region: frozenset(keys[region]) for region in sorted(keys)}
