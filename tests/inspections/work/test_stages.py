"""An inspection is planned, visited, drafted, checked by its bodies and published by a second person."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from forces.models import Region
from inspections.findings.models import Finding
from inspections.findings.services import FINDINGS
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from inspections.programmes.models import Inspection, Question
from inspections.programmes.services import INSPECTIONS
from inspections.sources.models import SourceDocument
from inspections.work.models import EvidenceNote, FactCheck, StageMove, TeamMember
from inspections.work.services import NOTES
from soc_tracker.core.access.roles import Role
from soc_tracker.dashboards.gradings.queries import grade_changes
from tests.forms import press
from tests.inspections.work.making import STAGES, graded, ready, take
from tests.makers import make_finding, make_grading, make_recommendation
from tests.reach.planted import account, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]


def test_it_is_planned_on_a_page(lead, bodies, programme):
    client = client_of(lead)
    plan = {"programme": str(programme.pk), "region": str(Region.objects.get().pk), "publisher": "HMI"}
    answer = press(client, client.get("/inspections/plan/"), "Plan it", **plan)
    inspection = Inspection.objects.get()
    assert answer.url == reverse("inspections:work", args=[inspection.slug])
    assert (inspection.stage_id, inspection.published_on, inspection.source.made_here) == ("planned", None, True)
    assert [(member.account, member.is_lead) for member in TeamMember.objects.all()] == [(lead, True)]
    assert "Planned" in client.get(answer.url).content.decode()


def test_no_stage_is_skipped_and_each_step_is_kept(inspection, lead):
    with pytest.raises(ValidationError, match="does not come"):
        take(inspection, "drafting", lead)
    take(inspection, "fieldwork", lead)
    take(inspection, "planned", lead)  # back
    assert [move.stage_id for move in StageMove.objects.all()] == ["planned", "fieldwork", "planned"]
    assert {move.by for move in StageMove.objects.all()} == {lead}


def test_the_page_offers_the_next_stage_and_those_before(inspection, lead):
    take(take(inspection, "fieldwork", lead), "drafting", lead)
    offered = client_of(lead).get(reverse("inspections:work", args=[inspection.slug])).content.decode()
    assert [slug for slug in (*STAGES, "published") if f'value="{slug}"' in offered] == [
        "planned",
        "fieldwork",
        "factual_check",
    ]


def test_a_stage_cannot_be_changed_like_any_field(inspection, lead):
    with pytest.raises(ValidationError, match="can no longer change"):
        INSPECTIONS.change(inspection, stage="published", by=lead, reason="Now.", expected_version=inspection.version)


def test_a_second_person_publishes_it(inspection, bodies, lead, second):
    inspection = ready(inspection, bodies, lead)
    with pytest.raises(ValidationError, match="A second person publishes it"):
        take(inspection, "published", lead)
    published = take(inspection, "published", second)
    assert published.stage.is_published
    assert published.published_on is not None
    assert published.taken_in == "everything"
    assert SourceDocument.objects.get(pk=published.source_id).published_on == published.published_on
    reader = account(Role.ANALYST, "reader")
    assert client_of(reader).get(published.get_absolute_url()).status_code == 200


def test_whoever_sent_it_does_not_publish_it(inspection, bodies, lead, second):
    graded(inspection, bodies)
    for stage in STAGES[1:]:
        take(inspection, stage, second)
    with pytest.raises(ValidationError, match="whoever sent it here"):
        take(inspection, "published", second)


def test_what_is_not_complete_is_not_published_and_the_page_says_what_is_missing(inspection, bodies, lead, second):
    graded(inspection, bodies[:1])
    finding = make_finding(inspection, "cause_of_concern", "No control", organisation=bodies[0], region=None)
    for stage in STAGES[1:]:
        inspection = take(inspection, stage, lead)
    client = client_of(second)
    page = client.get(reverse("inspections:work", args=[inspection.slug]))
    text = page.content.decode()
    assert f"{bodies[1]} has no grade" in text
    assert "The cause of concern “No control” has no recommendation" in text
    for name, slug in (("grades_new", inspection.slug), ("recommendation_new", finding.slug)):
        url = reverse(f"inspections:{name}", args=[slug])
        assert f'href="{url}"' in text
        assert client.get(url).status_code == 200
    refused = press(client, page, "Take it there", stage="published")
    assert refused.status_code == 400
    assert "Not complete" in refused.content.decode()
    assert Inspection.objects.get().stage_id == "quality_assurance"
    make_recommendation(finding, bodies[0])
    make_grading(inspection, bodies[1], "ungraded", question=Question.objects.get())
    page = client.get(reverse("inspections:work", args=[inspection.slug]))
    assert press(client, page, "Take it there", stage="published").status_code == 302
    assert Inspection.objects.get().stage_id == "published"


def test_the_body_checks_the_facts_about_itself_and_nothing_else(inspection, bodies, lead):
    make_finding(inspection, title="About Alder", organisation=bodies[0], region=None)
    make_finding(inspection, title="About Birch", organisation=bodies[1], region=None)
    officer = client_of(account(Role.LEAD_RESPONSIBLE_OFFICER, "officer", organisation=bodies[0]))
    address = reverse("inspections:check", args=[inspection.slug, bodies[0].slug])
    assert officer.get(address).status_code == 404
    for stage in STAGES[1:4]:
        inspection = take(inspection, stage, lead)
    assert f'href="{address}"' in officer.get(reverse("home")).content.decode()
    page = officer.get(address)
    assert "About Alder" in page.content.decode()
    assert "About Birch" not in page.content.decode()
    assert officer.get(reverse("inspections:check", args=[inspection.slug, bodies[1].slug])).status_code == 404
    assert officer.get(inspection.get_absolute_url()).status_code == 404
    refused = press(officer, page, "Send it to the inspectors", verdict="wrong")
    assert "Say what is not so" in refused.content.decode()
    press(officer, page, "Send it to the inspectors", verdict="wrong", text="We have two.")
    check = FactCheck.objects.get()
    assert (check.organisation, check.verdict) == (bodies[0], "wrong")
    inspector = client_of(lead)
    work = inspector.get(reverse("inspections:work", args=[inspection.slug]))
    assert "We have two." in work.content.decode()
    assert f"What {bodies[0]} says of the facts has no answer." in work.content.decode()
    answer = inspector.get(reverse("inspections:check_answer", args=[inspection.slug, check.pk]))
    press(inspector, answer, "Save the answer", answer="Put right.")
    assert "Put right." in officer.get(address).content.decode()


def test_an_inspector_with_national_reach_checks_for_nobody(inspection, bodies, lead):
    for stage in STAGES[1:4]:
        inspection = take(inspection, stage, lead)
    analyst = client_of(account(Role.ANALYST, "national", is_national=True))
    assert analyst.get(reverse("inspections:check", args=[inspection.slug, bodies[0].slug])).status_code == 404
    assert str(inspection) not in analyst.get(reverse("inspections:to_check")).content.decode()


def test_a_note_is_kept_and_found_beside_its_finding(inspection, bodies, lead):
    client = client_of(lead)
    finding = make_finding(inspection, title="About Alder", organisation=bodies[0], region=None)
    address = reverse("inspections:note_new", args=[inspection.slug])
    note = {"on": "2026-03-02", "place": "Control room", "seen": "Duty officer", "what": "Nobody had the plan."}
    said = note | {"organisation": str(bodies[0].pk), "findings": [str(finding.pk)]}
    assert press(client, client.get(address), "Save the note", **said).status_code == 302
    stored = EvidenceNote.objects.get()
    assert (stored.place, stored.by, list(stored.findings.all())) == ("Control room", lead, [finding])
    text = client.get(finding.get_absolute_url()).content.decode()
    assert "Nobody had the plan." in text


def test_a_note_is_seen_by_the_team_alone_even_when_all_is_published(inspection, bodies, lead, second):
    finding = make_finding(inspection, title="About Alder", organisation=bodies[0], region=None)
    values = {"on": "2026-03-02", "place": "Control room", "what": "Nobody had the plan.", "by": lead}
    values |= {"inspection": inspection, "findings": [finding]}
    note = NOTES.create(values, by=lead, reason="Noted.")
    take(ready(inspection, bodies, lead), "published", second)
    for role in (Role.ANALYST, Role.INSPECTOR, Role.ADMINISTRATOR):
        reach = {} if role == Role.ADMINISTRATOR else {"is_national": True}
        other = client_of(account(role, f"other-{role.value}", **reach))
        answer = other.get(finding.get_absolute_url())
        assert answer.status_code == 200
        assert "Nobody had the plan." not in answer.content.decode()
        assert other.get(reverse("inspections:note_edit", args=[inspection.slug, note.pk])).status_code in (403, 404)


def test_administrators_change_a_team_and_see_nothing_of_what_it_writes(inspection, lead):
    other = account(Role.INSPECTOR, "other")
    administrator = client_of(account(Role.ADMINISTRATOR, "chief"))
    address = reverse("inspections:team", args=[inspection.slug])
    assert str(inspection) in administrator.get(reverse("inspections:under_way")).content.decode()
    assert administrator.get(reverse("inspections:work", args=[inspection.slug])).status_code == 404
    page = administrator.get(address)
    press(administrator, page, "Save the team", account=str(other.pk), do="lead")
    assert [member.account for member in TeamMember.objects.filter(is_lead=True)] == [other]
    press(administrator, administrator.get(address), "Save the team", account=str(lead.pk), do="out")
    assert client_of(lead).get(inspection.get_absolute_url()).status_code == 404
    refused = press(administrator, administrator.get(address), "Save the team", account=str(other.pk), do="out")
    assert "another lead first" in refused.content.decode()


def test_removing_it_leaves_nothing_behind(inspection, lead):
    INSPECTIONS.remove(inspection, by=lead, reason="Given up.", expected_version=inspection.version)
    assert (Inspection.objects.count(), SourceDocument.objects.count()) == (0, 0)
    assert (Finding.objects.count(), Grading.objects.count()) == (0, 0)


def test_what_was_changed_while_it_was_drafted_stays_with_the_team(inspection, bodies, lead, second):
    graded(inspection, bodies)
    grading = Grading.objects.get(organisation=bodies[0])
    finding = make_finding(
        inspection, title="A first title", summary="Of plans.", slug="of-plans", organisation=bodies[0], region=None
    )
    version = {"expected_version": 1, "by": lead}
    GRADINGS.change(grading, {"grade": "adequate"}, reason="Thought again.", **version)
    FINDINGS.change(finding, {"title": "A second title"}, reason="Thought again.", **version)
    own = client_of(lead).get(finding.get_absolute_url()).content.decode()
    assert "A first title" in own
    for stage in STAGES[1:]:
        inspection = take(inspection, stage, lead)
    take(inspection, "published", second)
    version = {"expected_version": 2, "by": lead}
    GRADINGS.change(Grading.objects.get(pk=grading.pk), {"grade": "good"}, reason="A slip.", **version)
    FINDINGS.change(Finding.objects.get(pk=finding.pk), {"title": "A third title"}, reason="A slip.", **version)
    reader = client_of(account(Role.ANALYST, "reader"))
    for address in (finding.get_absolute_url(), grading.get_absolute_url()):
        text = reader.get(address).content.decode()
        assert "A slip." in text
        assert "Thought again." not in text
        assert "A first title" not in text
    [change] = grade_changes(lead, bodies[0])
    assert (change.reason, change.after.slug) == ("A slip.", "good")


def test_the_team_changes_a_finding_as_it_is_drafted_and_afterwards_with_a_reason(inspection, bodies, lead, second):
    graded(inspection, bodies)
    finding = make_finding(
        inspection, title="A first title", summary="Of plans.", slug="of-plans", organisation=bodies[0], region=None
    )
    client, address = client_of(lead), reverse("inspections:finding_edit", args=[finding.slug])
    assert press(client, client.get(address), "Save the change", title="A second title").status_code == 302
    for stage in STAGES[1:]:
        inspection = take(inspection, stage, lead)
    take(inspection, "published", second)
    refused = press(client, client.get(address), "Save the change", title="A third title")
    assert refused.status_code == 400
    assert Finding.objects.get(pk=finding.pk).title == "A second title"
    page = client.get(address)
    assert press(client, page, "Save the change", title="A third title", change_reason="A slip.").status_code == 302
    text = client_of(account(Role.ANALYST, "reader")).get(finding.get_absolute_url()).content.decode()
    assert "A slip." in text
    assert "A second title" in text  # what stood there before
    other = client_of(account(Role.INSPECTOR, "other"))
    assert other.get(address).status_code == 404
    assert "Change it" not in other.get(finding.get_absolute_url()).content.decode()


def test_a_grade_is_changed_beside_the_others_of_the_body(inspection, bodies, lead):
    graded(inspection, bodies)
    grading = Grading.objects.get(organisation=bodies[0])
    client, address = client_of(lead), reverse("inspections:grading_edit", args=[grading.pk])
    page = client.get(address)
    assert "What the words of the scale mean" in page.content.decode()
    assert press(client, page, "Save the change", grade="adequate").status_code == 302
    assert Grading.objects.get(pk=grading.pk).grade_id == "adequate"
