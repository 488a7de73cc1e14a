"""What an inspection says is made, changed and removed by its team on the site; after publication it is corrected."""

import pytest
from django.urls import reverse

from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding
from inspections.recommendations.models import Recommendation
from inspections.vocabularies.models import FindingKind
from soc_tracker.core.access.roles import Role
from tests.dashboards.making import make_figure
from tests.forms import errors, press
from tests.inspections.work.making import STAGES, graded, take
from tests.makers import make_finding, make_recommendation
from tests.reach.planted import account, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]


@pytest.fixture
def concern(inspection, bodies) -> Finding:
    kind = next(kind.slug for kind in FindingKind.rows() if kind.is_concern)
    return make_finding(inspection, kind, "No plans", organisation=bodies[0], region=None)


@pytest.fixture
def drafts(inspection, concern, bodies):
    """One of each that the team may change, with a field of its form and two other texts for it."""
    figure = make_figure(bodies[0], "assets", 12, inspection=inspection, source=inspection.source)
    return (
        ("finding", concern, [concern.slug], "title"),
        ("recommendation", make_recommendation(concern, bodies[0]), None, "text"),
        ("figure", figure, [figure.slug], "note"),
    )


def address(kind, record, key, page):
    return reverse(f"inspections:{kind}_{page}", args=key or [record.pk])


def published(inspection, bodies, lead, second):
    graded(inspection, bodies)
    for stage in STAGES[1:]:
        inspection = take(inspection, stage, lead)
    return take(inspection, "published", second)


def test_a_recommendation_is_added_to_a_draft_cause_of_concern(concern, inspection, bodies, lead):
    client = client_of(lead)
    page = client.get(reverse("inspections:finding", args=[concern.slug]))
    assert "Add a recommendation" in page.content.decode()
    page = client.get(reverse("inspections:recommendation_new", args=[concern.slug]))
    entered = {"text": "Write plans.", "addressed_to": str(bodies[0].pk), "due_precision": "none"}
    assert press(client, page, "Save, then the next recommendation", **entered).status_code == 302
    [recommendation] = Recommendation.objects.all()
    assert (recommendation.text, recommendation.requirement.organisation) == ("Write plans.", bodies[0])
    work = client.get(reverse("inspections:work", args=[inspection.slug])).content.decode()
    assert "has no recommendation" not in work
    other = client_of(account(Role.INSPECTOR, "other"))
    assert other.get(reverse("inspections:recommendation_new", args=[concern.slug])).status_code == 404


def test_a_figure_is_added_to_a_draft(inspection, bodies, lead):
    measure = make_figure(bodies[1], "assets", 7, source=inspection.source).measure
    client, to = client_of(lead), reverse("inspections:figure_new", args=[inspection.slug])
    entered = {"about": bodies[0].slug, "measure": str(measure.pk), "value": "12", "unit": "count"}
    more = {"as_at": "1/2/2026", "said_by": "body", "locator": "Page 3"}
    assert press(client, client.get(to), "Save, then the next figure", **entered, **more).status_code == 302
    figure = PublishedFigure.objects.get(inspection=inspection)
    assert (figure.organisation, figure.value, figure.source) == (bodies[0], 12, inspection.source)
    assert bodies[0].name in client.get(to).content.decode()


def test_each_is_changed_by_the_team_and_corrected_with_a_reason_once_it_is_published(
    drafts, inspection, bodies, lead, second
):
    client = client_of(lead)
    for kind, record, key, field in drafts:
        edit = address(kind, record, key, "edit")
        assert press(client, client.get(edit), "Save the change", **{field: "As drafted"}).status_code == 302
    published(inspection, bodies, lead, second)
    for kind, record, key, field in drafts:
        edit = address(kind, record, key, "edit")
        refused = press(client, client.get(edit), "Save the change", **{field: "As corrected"})
        assert (kind, refused.status_code, list(errors(refused))) == (kind, 400, ["change_reason"])
        why = {"change_reason": f"A slip in the {kind}."}
        assert press(client, client.get(edit), "Save the change", **{field: "As corrected"}, **why).status_code == 302
        page = client_of(account(Role.ANALYST, kind)).get(type(record).objects.get(pk=record.pk).get_absolute_url())
        words = page.content.decode()
        assert f"A slip in the {kind}." in words
        assert "As drafted" in words
        assert "Change it" not in words
        stranger = client_of(account(Role.INSPECTOR, f"{kind}s"))
        assert stranger.get(edit).status_code == 404


def test_a_draft_is_removed_with_a_reason_and_what_is_published_stays(drafts, inspection, bodies, lead, second):
    client = client_of(lead)
    removed = client.get(address(*drafts[0][:3], "remove"))
    assert "Improve the plans." not in removed.content.decode()
    refused = press(client, removed, "Remove", change_reason="Not so.")
    assert refused.status_code == 400  # its recommendation belongs to it
    assert "stays for as long as others belong to it" in refused.content.decode()
    for kind, record, key, _ in reversed(drafts):
        page = client.get(address(kind, record, key, "remove"))
        assert press(client, page, "Remove", change_reason="Not so.").status_code == 302
        assert not type(record).objects.filter(pk=record.pk).exists()
        assert type(record).history.filter(id=record.pk, history_type="-").get().history_change_reason == "Not so."
    finding = make_finding(inspection, title="Stays", organisation=bodies[0], region=None)
    page = client.get(address("finding", finding, [finding.slug], "remove"))
    published(inspection, bodies, lead, second)
    late = press(client, page, "Remove", change_reason="Not so.")
    assert late.status_code == 400
    assert Finding.objects.filter(pk=finding.pk).exists()
    assert "Remove it" not in client.get(finding.get_absolute_url()).content.decode()


def test_after_a_lost_race_what_was_left_alone_is_as_the_other_saved_it(drafts, lead, second, bodies):
    """Sent again, the form puts the loser's own entries in place, and nothing else."""
    for kind, record, key, field in drafts:
        edit = address(kind, record, key, "edit")
        first, other = client_of(lead), client_of(second)
        mine, theirs = first.get(edit), other.get(edit)
        elsewhere = {"addressed_to": str(bodies[1].pk)} if kind == "recommendation" else {"about": bodies[1].slug}
        assert press(other, theirs, "Save the change", **elsewhere).status_code == 302
        lost = press(first, mine, "Save the change", **{field: "Mine"})
        assert lost.status_code == 409
        assert "Somebody else was faster" in lost.content.decode()
        assert press(first, lost, "Save the change").status_code == 302
        stored = type(record).objects.get(pk=record.pk)
        about = stored.addressed_to if kind == "recommendation" else stored.organisation
        assert (kind, getattr(stored, field), about) == (kind, "Mine", bodies[1])


def test_what_is_added_after_publication_is_a_correction_of_the_team_with_its_reason(
    concern, inspection, bodies, lead, second
):
    make_recommendation(concern, bodies[0])
    measure = make_figure(bodies[1], "assets", 7, source=inspection.source).measure
    published(inspection, bodies, lead, second)
    about = {"about": bodies[0].slug, "locator": "Page 3"}
    finding = about | {"kind": "area_for_improvement", "tone": "shortcoming", "section": "resources"}
    finding |= {"title": "Two analysts", "summary": "They serve three teams."}
    figure = about | {"measure": str(measure.pk), "value": "12", "unit": "count", "said_by": "body"}
    pages = (
        ("recommendation_new", concern.slug, "Save, then the next recommendation", Recommendation, {"text": "Added."}),
        ("figure_new", inspection.slug, "Save, then the next figure", PublishedFigure, figure),
        ("finding_new", inspection.slug, "Save, then the next finding", Finding, finding),
    )
    client, other = client_of(lead), client_of(account(Role.INSPECTOR, "other"))
    for name, slug, button, model, entered in pages:
        to = reverse(f"inspections:{name}", args=[slug])
        assert other.get(to).status_code == 404
        refused = press(client, client.get(to), button, **entered)
        assert (name, list(errors(refused))) == (name, ["change_reason"])
        assert press(client, client.get(to), button, **entered, change_reason="Left out.").status_code == 302
        assert model.objects.latest("pk").history.latest("pk").history_change_reason == "Left out."
    assert "Add a finding" not in other.get(inspection.get_absolute_url()).content.decode()
    assert "Left out." in other.get(Finding.objects.latest("pk").get_absolute_url()).content.decode()
