"""What was changed, told in words, in a number of queries that does not grow with the changes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from model_bakery import baker

from forces.areas.models import LocalPolicingArea, LocalProfile
from forces.models import Region
from forces.services import AREAS, ORGANISATIONS, PROFILES, SIZES
from inspections.figures.models import PublishedFigure
from inspections.figures.services import FIGURES
from inspections.findings.models import Topic
from inspections.findings.services import FINDINGS
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from inspections.programmes.services import INSPECTIONS
from soc_tracker.core.access.models import Sight
from soc_tracker.core.records.history import BY_FILE, ChangeKind, Difference, changes_in, changes_of
from soc_tracker.core.records.states import Wording, editable_fields
from soc_tracker.core.records.words import WordField
from tests.architecture.test_reach import models_of_the_record
from tests.makers import (
    REASON,
    make_author,
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_organisation,
    make_size,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return baker.make(Region, name="North West", slug="north-west")


@pytest.fixture
def grading(region) -> Grading:
    return make_grading(make_inspection(region), make_member(region), grade="adequate")


def regraded(grading: Grading, grade: str, reason: str = "Corrected.") -> Grading:
    return GRADINGS.change(grading, by=make_author(), reason=reason, expected_version=grading.version, grade=grade)


def queries(call) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        call()
    return len(captured)


def test_a_change_tells_who_when_why_and_from_what_to_what(grading):
    regraded(grading, "good", "The report was corrected.")
    changed, added = changes_of(grading)
    assert (changed.kind, changed.who, changed.reason) == (
        ChangeKind.CHANGED,
        "Priya Shah",
        "The report was corrected.",
    )
    assert changed.differences == (Difference("Grade", "Adequate", "Good"),)
    assert timezone.now() - changed.when < timedelta(minutes=1)
    assert (added.kind, added.reason, added.differences) == (ChangeKind.ADDED, REASON, ())
    assert changed.record == grading


def test_only_changes_since_a_version(grading):
    for grade in ("good", "outstanding"):
        grading = regraded(grading, grade)
    assert [change.version for change in changes_of(grading, since_version=1)] == [3, 2]
    assert changes_of(grading, since_version=1)[1].differences[0].before == "Adequate"
    assert changes_of(grading, since_version=3) == []


def test_rows_of_one_write_are_one_change(region):
    finding = make_finding(make_inspection(region), topics=[baker.make(Topic)])
    assert finding.history.count() > 1
    assert [change.kind for change in changes_of(finding)] == [ChangeKind.ADDED]


def test_links_are_told_by_name(region):
    plans, orders, other = (baker.make(Topic, name=name) for name in ("4P plans", "Orders", "Analysts"))
    finding = make_finding(make_inspection(region), topics=[plans])
    FINDINGS.change(finding, topics=[orders, other], by=make_author(), reason="Sorted.", expected_version=1)
    assert changes_of(finding)[0].differences == (Difference("Topics", "4P plans", "Analysts, Orders"),)


def test_a_link_to_what_was_removed_since_still_has_words(region):
    plans, orders = (baker.make(Topic, name=name) for name in ("4P plans", "Orders"))
    finding = make_finding(make_inspection(region), topics=[plans])
    FINDINGS.change(finding, topics=[orders], by=make_author(), reason="Sorted.", expected_version=1)
    key = plans.pk
    plans.delete()
    assert changes_of(finding)[0].differences == (Difference("Topics", f"topic {key}, since removed", "Orders"),)


def test_dates_are_told_in_uk_form_and_nothing_as_not_stated():
    organisation = make_organisation()
    values = {"valid_from": date(1974, 4, 1)}
    ORGANISATIONS.change(organisation, values, by=make_author(), reason="Founded.", expected_version=1)
    assert changes_of(organisation)[0].differences == (Difference("Valid from", "not stated", "1 April 1974"),)
    size = make_size(organisation, "population", 1_027_709, date(2011, 3, 27))
    SIZES.change(size, {"value": 1_027_700}, by=make_author(), reason="Rounded.", expected_version=1)
    assert changes_of(size)[0].differences == (Difference("Value", "1,027,709", "1,027,700"),)


def test_a_date_is_told_with_no_more_than_is_known(region):
    inspection = make_inspection(region)
    values = {"published_on": date(2023, 11, 20), "published_precision": "month"}
    INSPECTIONS.change(inspection, values, by=make_author(), reason="Found it.", expected_version=1)
    told = {each.field: each.after for each in changes_of(inspection)[0].differences}
    assert told == {"Published on": "November 2023", "Published precision": "Month"}


def test_numbers_are_told_without_empty_decimals(region):
    inspection = make_inspection(region)
    figure = FIGURES.create(
        slug="seized",
        region=region,
        measure=baker.make("inspections.Measure"),
        value=Decimal(350000),
        unit="pounds",
        step=Decimal(10000),
        said_by="body",
        source=inspection.source,
        locator="paragraph 4",
        by=make_author(),
        reason=REASON,
    )
    FIGURES.change(figure, value=Decimal("1350000.50"), by=make_author(), reason="Misread.", expected_version=1)
    assert changes_of(figure)[0].differences == (Difference("Value", "350,000", "1,350,000.5"),)


def test_a_record_without_an_author_came_from_a_file(grading):
    GRADINGS.change(grading, grade="good", by=None, reason="Reference data.", expected_version=1)
    assert changes_of(grading)[0].who == BY_FILE


def test_an_author_without_a_name_is_told_by_account(grading):
    account = make_author("jo", "", "")
    GRADINGS.change(grading, grade="good", by=account, reason="Corrected.", expected_version=1)
    assert changes_of(grading)[0].who == "jo"


def test_a_removal_tells_what_the_record_said(grading, region):
    GRADINGS.remove(grading, by=make_author(), reason="Entered twice.", expected_version=1)
    removed, added = changes_in(Grading)
    assert (removed.kind, removed.reason, added.kind) == (ChangeKind.REMOVED, "Entered twice.", ChangeKind.ADDED)
    assert ("Grade", "Adequate") in [(each.field, each.before) for each in removed.differences]
    assert (removed.record, removed.url) == (None, "")
    assert removed.title == f"Grading {grading.pk}, since removed"


def test_changes_in_a_model_may_be_filtered_limited_and_dated(grading, region):
    other = make_grading(grading.inspection, make_member(region, "Merseyside Police"), grade="outstanding")
    regraded(regraded(grading, "good"), "inadequate")
    regraded(other, "good")
    mine = changes_in(Grading, organisation=grading.organisation)
    assert [change.record for change in mine] == [grading] * 3
    assert [each.differences for each in mine[:2]] == [
        (Difference("Grade", "Good", "Inadequate"),),
        (Difference("Grade", "Adequate", "Good"),),
    ]
    assert [change.record for change in changes_in(Grading, limit=1)] == [other]
    assert {change.kind for change in changes_in(Grading, kinds=[ChangeKind.CHANGED])} == {ChangeKind.CHANGED}
    assert len(changes_in(Grading, kinds=[ChangeKind.ADDED, ChangeKind.REMOVED])) == 2
    assert changes_in(Grading, since=timezone.now()) == []
    assert len(changes_in(Grading, since=timezone.now() - timedelta(days=1))) == 5


def test_a_change_leads_to_the_record(grading):
    assert changes_in(Grading)[0].url == grading.get_absolute_url()
    area = AREAS.create(organisation=grading.organisation, name="Warrington", by=make_author(), reason=REASON)
    assert changes_in(LocalPolicingArea)[0].url == ""
    assert changes_in(LocalPolicingArea)[0].title == str(area)


def test_the_number_of_queries_does_not_grow_with_changes(region):
    inspection = make_inspection(region)
    names = [f"{letter}shire Police" for letter in "ABCDEF"]
    first, *others = (make_grading(inspection, make_member(region, name), grade="good") for name in names)

    def read() -> None:
        for change in changes_in(Grading):
            assert change.title

    regraded(regraded(first, "adequate"), "good")
    few = queries(read)
    for other in others:
        regraded(regraded(regraded(other, "adequate"), "outstanding"), "inadequate")
    assert queries(read) == few <= 3


def test_names_that_hold_other_names_cost_no_query_each(region):
    force = make_member(region)
    areas = [
        AREAS.create(organisation=force, name=f"Area {number}", by=make_author(), reason=REASON) for number in range(5)
    ]
    profile = PROFILES.create(area=areas[0], refreshed_on=date(2026, 1, 1), by=make_author(), reason=REASON)
    counts = []
    for area in areas[1:]:
        profile = PROFILES.change(
            profile, area=area, by=make_author(), reason="Moved.", expected_version=profile.version
        )
        counts.append(queries(lambda: changes_in(LocalProfile)))
    assert len(set(counts)) == 1


def test_a_figure_in_words_has_no_value(region):
    figure = baker.make(
        PublishedFigure,
        region=region,
        value=None,
        step=None,
        qualifier="more_than_double",
        unit="share",
        said_by="body",
    )
    FIGURES.change(figure, qualifier="more_than_a_third", by=make_author(), reason="Misread.", expected_version=1)
    assert changes_of(figure)[0].differences == (Difference("Qualifier", "more than double", "more than a third"),)


def test_what_somebody_wrote_is_left_out_for_them_and_nothing_else(grading):
    other = make_author("sam", "Sam", "Okoro")
    GRADINGS.change(grading, grade="good", by=other, reason="Corrected.", expected_version=1)
    by_file = GRADINGS.change(grading, grade="adequate", by=None, reason="Loaded.", expected_version=2)
    assert by_file.version == 3
    assert [change.version for change in changes_in(Grading, not_by=other)] == [3, 1]
    assert [change.version for change in changes_in(Grading, not_by=make_author())] == [3, 2]


@pytest.mark.parametrize("model", models_of_the_record(), ids=lambda model: model._meta.label)
def test_what_any_record_links_to_can_be_told_to_whoever_sees_some_bodies(model):
    links = [field for field in editable_fields(model) if field.is_relation]
    state = {field.name: {1} if field.many_to_many else 1 for field in links if not isinstance(field, WordField)}
    wording = Wording(model, [state], state.keys(), Sight(bodies=frozenset({1})))
    assert all(wording.value(name, state) for name in state)
