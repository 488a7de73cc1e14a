"""Every count equals what plain Python counts on the rows, whatever was written, narrowed, grouped or asked."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disruptions.choices import DataKind, FourP, Involvement, Size
from disruptions.counts.models import Cell
from disruptions.counts.queries import DIMENSIONS, Scope, count_by, facets, total, total_up_to
from disruptions.counts.services import rebuild_cells
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption, reinstate_disruption, withdraw_disruption
from disruptions.standpoint.queries import Standpoint, standpoint
from forces.choices import OrganisationKind
from soc_tracker.core.access.models import EVERYTHING, Sight
from tests.makers import (
    make_author,
    make_crime_type,
    make_disruption,
    make_extract,
    make_organisation,
    make_state,
    make_threat,
)

pytestmark = pytest.mark.django_db
MONTH = "activity_month"
FIRST, LAST = date(2021, 11, 1), date(2022, 4, 30)  # what happens here, over the end of a year
LATER = LAST + timedelta(days=400)
DAYS = st.dates(FIRST, LAST)
KINDS = st.sampled_from(list(DataKind))


# What is written


@pytest.fixture
def world(db) -> dict[str, list]:
    """What disruptions refer to: a force and a unit, threats of both kinds, one of which changes its type."""
    bodies = [make_organisation(), make_organisation("North West ROCU", OrganisationKind.ROCU, slug="north-west-rocu")]
    threats = {
        kind: [make_threat(f"OCG-{kind}", kind=kind), make_threat(f"VUL-{kind}", kind=kind)] for kind in DataKind
    }
    for kind in DataKind:
        make_state(threats[kind][0], date(2022, 1, 10), type="vul")
    return {
        "organisation": bodies,
        "threat": threats,
        "crime_type": [None, make_crime_type(), make_crime_type("County lines")],
        "extract": [None, make_extract(as_at=FIRST), make_extract(as_at=date(2022, 2, 11))],
    }


VALUES = st.fixed_dictionaries(
    {
        "organisation": st.integers(0, 1),
        "involvement": st.sampled_from(list(Involvement)),
        "four_p": st.sampled_from(list(FourP)),
        "size": st.sampled_from(list(Size)),
        "threat": st.integers(0, 1),
        "crime_type": st.integers(0, 2),
        "extract": st.integers(0, 2),
    }
)
RECORDED = st.tuples(st.just("record"), KINDS, VALUES, st.tuples(DAYS, DAYS).map(sorted))
CHANGED = st.tuples(st.sampled_from(["correct", "withdraw", "reinstate"]), st.integers(0, 9), VALUES, DAYS)
WRITES = st.lists(RECORDED | CHANGED, min_size=1, max_size=12)


class Writer:
    """Does what a drawn list of writes says; what the services refuse is left out."""

    def __init__(self, world: dict[str, list]) -> None:
        self.world, self.written = world, 0

    def write(self, writes: list[tuple], *, after: date = date.min) -> None:
        for write in writes:
            try:
                with transaction.atomic():
                    self._record(*write, after) if write[0] == "record" else self._change(*write, after)
            except ValidationError:
                continue

    def _record(self, _, kind: DataKind, values: dict, days: list[date], after: date) -> None:
        activity, added = days
        if added > after:
            self.written += 1
            make_disruption(
                f"DIS-{self.written}", kind=kind, activity_date=activity, added_date=added, **self._values(kind, values)
            )

    def _change(self, verb: str, which: int, values: dict, on: date, after: date) -> None:
        rows = list(Disruption.objects.current().order_by("pk"))
        if rows and on > after:
            row = rows[which % len(rows)]
            said = {"on": on, "by": make_author(), "reason": "Looked again.", "expected_version": row.version}
            if verb == "correct":
                correct_disruption(row, self._values(row.kind_of_data, values), **said)
            else:
                {"withdraw": withdraw_disruption, "reinstate": reinstate_disruption}[verb](row, **said)

    def _values(self, kind: str, drawn: dict) -> dict:
        lists = self.world | {"threat": self.world["threat"][kind]}
        return {name: lists[name][value] if name in lists else value for name, value in drawn.items()}


@contextmanager
def undone() -> Iterator[None]:
    """Leave nothing of an example to the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# What is asked


@st.composite
def questions(draw) -> dict:
    """What is asked of the counts, before the keys of what it refers to are known."""
    narrowed = draw(st.sets(st.sampled_from(DIMENSIONS), max_size=3))
    return {
        "kind": draw(KINDS),
        "day": draw(st.dates(FIRST, LAST) | st.just(LATER)),
        "narrowed": {name: draw(st.sets(st.integers(0, 3), max_size=3)) for name in sorted(narrowed)},
        "activity": draw(st.tuples(st.none() | ENDS, st.none() | ENDS)),
        "rows": draw(st.booleans()),
        "sees": draw(st.none() | st.sets(st.integers(0, 1))),
        "by": draw(st.lists(st.sampled_from([*DIMENSIONS, MONTH]), unique=True, max_size=4)),
    }


# The ends of years and months are where counts are told from several tables.
ENDS = DAYS | st.sampled_from([date(2021, 12, 31), date(2022, 1, 1), date(2022, 1, 31), date(2022, 2, 1)])


def scope_of(question: dict, world: dict) -> Scope:
    offered = {
        "organisation": [body.pk for body in world["organisation"]],
        "four_p": list(FourP),
        "size": list(Size),
        "involvement": list(Involvement),
        "threat_type": ["ocg", "vul"],
        "crime_type": [each and each.pk for each in world["crime_type"]],
        "extract": [each and each.pk for each in world["extract"]],
        "activity_year": [2021, 2022],
    }
    values = {
        name: frozenset(offered[name][place % len(offered[name])] for place in places)
        for name, places in question["narrowed"].items()
    }
    sees = question["sees"]
    bodies = frozenset(offered["organisation"][place] for place in sees or ())
    sight = EVERYTHING if sees is None else Sight(bodies=bodies)
    return Scope(
        standpoint(kind=question["kind"], day=question["day"], today=LATER, sight=sight),
        values,
        *question["activity"],
        rows=Disruption.objects.filter(reference__contains="1") if question["rows"] else None,
    )


# What Python counts


def value(row: Disruption, dimension: str):
    match dimension:
        case "activity_year":
            return row.activity_date.year
        case "activity_month":
            return row.activity_date.replace(day=1)
        case "organisation" | "crime_type" | "extract":
            return getattr(row, f"{dimension}_id")
    return getattr(row, dimension)


def counted(scope: Scope) -> list[Disruption]:
    """The rows of a scope, told one by one."""
    day = scope.standpoint.day
    return [
        row
        for row in Disruption.objects.all()
        if row.kind_of_data == scope.standpoint.kind
        and scope.standpoint.sight.sees(row.organisation_id)
        and row.known_from <= day
        and (row.known_to is None or day < row.known_to)
        and (scope.activity_from or date.min) <= row.activity_date <= (scope.activity_to or date.max)
        and all(value(row, name) in wanted for name, wanted in scope.values.items())
        and (scope.rows is None or "1" in row.reference)
    ]


def by_hand(scope: Scope, dimensions: list[str]) -> dict[tuple, int]:
    return Counter(tuple(value(row, name) for name in dimensions) for row in counted(scope))


def facets_by_hand(scope: Scope, dimensions: tuple[str, ...]) -> dict[str, dict]:
    return {name: {key: n for (key,), n in by_hand(scope.without(name), [name]).items()} for name in dimensions}


# The properties

HYPOTHESIS = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@HYPOTHESIS
@given(writes=WRITES, asked=st.lists(questions(), min_size=6, max_size=6))
def test_counts_are_those_of_the_rows(world, writes, asked):
    with undone():
        Writer(world).write(writes)
        for question in asked:
            scope = scope_of(question, world)
            assert count_by(scope, *question["by"]) == by_hand(scope, question["by"]), question
            assert total(scope) == total_up_to(scope, 100) == len(counted(scope))
            assert facets(scope, DIMENSIONS) == facets_by_hand(scope, DIMENSIONS)


@HYPOTHESIS
@given(WRITES, WRITES, st.dates(FIRST, LAST), KINDS, st.booleans())
def test_a_figure_as_at_a_day_stays_whatever_is_written_later(world, writes, later_writes, day, kind, by_month):
    by = [name for name in DIMENSIONS if name != "extract"] + [MONTH] * by_month
    with undone():
        writer = Writer(world)
        writer.write(writes)
        scope = Scope(Standpoint(kind, day, LATER, sight=EVERYTHING))
        before = count_by(scope, *by)
        writer.write(later_writes, after=day)
        assert count_by(scope, *by) == before


@HYPOTHESIS
@given(WRITES)
def test_cells_made_anew_are_the_same(world, writes):
    with undone():
        Writer(world).write(writes)
        before = sums(Cell)
        rebuild_cells()
        assert sums(Cell) == before


def sums(model: type) -> Counter:
    """What the cells of a table come to, by all that they tell apart."""
    columns = [field.attname for field in model._meta.fields if field.name not in ("id", "n")]
    found: Counter = Counter()
    for *key, n in model.objects.values_list(*columns, "n"):
        found[tuple(key)] += n
    return Counter({key: n for key, n in found.items() if n})
