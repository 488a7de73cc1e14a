"""The names that people search by, for telling them what they may have meant."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.text import capfirst

from disruptions.threats.models import CrimeType, Threat
from forces.areas.models import LocalPolicingArea
from forces.models import Alias, Organisation, Region
from inspections.figures.models import Measure
from inspections.findings.models import Topic
from inspections.programmes.models import Programme
from plans4p.aims.models import Tactic
from plans4p.officers.models import LeadOfficer
from plans4p.partners.models import Partner
from plans4p.sites.models import Site
from soc_tracker.core.lists.filter_fields import Elsewhere, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.text.normal import fold
from soc_tracker.dashboards.bodies.queries import User

MOST = 5_000
"""Of each kind: enough for all but the names of threats, of which there may be more than anybody could be helped by."""


def names(user: User) -> list[str]:
    """Names of bodies, regions, areas, partners, officers, sites, subjects and threats that the user may see."""
    kinds: tuple[tuple[QuerySet, str], ...] = (
        (Region.objects.visible_to(user), "name"),
        (Organisation.objects.visible_to(user), "name"),
        (Alias.objects.visible_to(user), "name"),
        (LocalPolicingArea.objects.visible_to(user), "name"),
        (Topic.objects.visible_to(user), "name"),
        (Programme.objects.visible_to(user), "name"),
        (Measure.objects.visible_to(user), "name"),
        (CrimeType.objects.visible_to(user), "name"),
        (Tactic.objects.visible_to(user), "name"),
        (Partner.objects.visible_to(user), "name"),
        (LeadOfficer.objects.visible_to(user), "name"),
        (Site.objects.visible_to(user), "place"),
        (Threat.objects.visible_to(user).exclude(name=""), "name"),
    )
    return [name for rows, field in kinds for name in rows.order_by("pk").values_list(field, flat=True)[:MOST]]


def count_all(queries: Sequence[QuerySet], *, most: int) -> list[int]:
    """How many rows each gives, up to ``most``: all in one query."""
    parts: list[str] = []
    params: list[Any] = []
    for number, rows in enumerate(queries):
        try:
            sql, values = rows[:most].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {number:d}, COUNT(*) FROM ({sql}) AS found")  # noqa: S608  Django's own SQL
        params += values
    counts: dict[int, int] = {}
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), params)
            counts = dict(cursor.fetchall())
    return [counts.get(number, 0) for number in range(len(queries))]


# The texts in which a words filter looked for its words, for showing where they stand.


class Passage(NamedTuple):
    """A text of a row, or of what belongs to it, and what it is."""

    label: str
    text: str


Passages = Sequence[Passage]


def texts_of(filters: StrictFilterSet, keys: Sequence[Any], words: Sequence[str]) -> Mapping[Any, Passages]:
    """The texts of rows by their keys: one query, and one more for each kind of text elsewhere that it takes."""
    words_filter: WordsFilter = filters.filters["q"]
    model = filters.queryset.model
    labels, paths = zip(*_sources(model, words_filter.fields), strict=True)
    links = [each.path for each in words_filter.elsewhere]
    texts: dict[Any, list[Passage]] = {}
    linked: dict[str, dict[Any, Any]] = {link: {} for link in links}
    for key, *values in model._base_manager.filter(pk__in=keys).values_list("pk", *paths, *links):
        texts[key] = [Passage(label, text) for label, text in zip(labels, values[: len(paths)], strict=True) if text]
        for link, value in zip(links, values[len(paths) :], strict=True):
            linked[link][key] = value
    for each in words_filter.elsewhere:
        lacking = [key for key in texts if not _hold(texts[key], words)]
        if lacking:
            further = _texts_elsewhere(each, {linked[each.path][key] for key in lacking}, filters.user)
            for key in lacking:
                texts[key] += further[linked[each.path][key]]
    return texts


def _hold(texts: Passages, words: Sequence[str]) -> bool:
    folded = [fold(text) for _, text in texts]
    return all(any(word in text for text in folded) for word in words)


def _texts_elsewhere(elsewhere: Elsewhere, keys: set[Any], user: User) -> Mapping[Any, list[Passage]]:
    paths = [path for _, path in _sources(elsewhere.model, [elsewhere.field])]
    found: dict[Any, list[Passage]] = defaultdict(list)
    rows = elsewhere.rows(user).filter(**{f"{elsewhere.key}__in": keys - {None}}).order_by("pk")
    for key, *values in rows.values_list(elsewhere.key, *paths):
        found[key] += [Passage(elsewhere.label, text) for text in values if text]
    return found


def _sources(model: type[Model], fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is folded into the fields: of each text what it is, and the path to it."""
    for path in fields:
        *steps, name = path.split("__")
        owner, label = model, ""
        for step in steps:
            relation: Any = owner._meta.get_field(step)
            owner, label = relation.related_model, capfirst(relation.verbose_name)
        folded: Any = owner._meta.get_field(name)
        for source in folded.sources:
            own: Any = owner._meta.get_field(source)
            yield label or capfirst(own.verbose_name), "__".join([*steps, source])
