"""The admin of threats and disruptions: every write through the services, with a reason and its day."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from disruptions import admin as disruptions_admin
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption, withdraw_disruption
from disruptions.saved_views.models import SavedView
from disruptions.services import save_view
from disruptions.threats.models import CrimeType, Threat, ThreatState
from tests.forms import admin_url, entries, errors, form_of, press, save
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
LISTS = [model for model in admin.site._registry if model._meta.app_label == "disruptions"]


@pytest.fixture(autouse=True)
def inlines(settings) -> None:
    """Django reads each row that an inline sends by itself."""
    names = ("MorileAssessment", "Threat", "ThreatState")
    settings.ZEAL_ALLOWLIST = [{"model": f"disruptions.{name}", "field": "get()"} for name in names]


def say(version: int = 1) -> dict:
    return {"by": make_author(), "reason": "Looked again.", "expected_version": version}


@pytest.fixture
def disruption(db) -> Disruption:
    return make_disruption(summary="Two nominals arrested.")


@pytest.fixture
def form(disruption) -> str:
    return admin_url(Disruption, "change", disruption.pk)


def standing(disruption: Disruption) -> str:
    return reverse("admin:disruptions_disruption_standing", args=[disruption.pk])


# Lists


@pytest.fixture(scope="module")
def records(rows_of_module) -> None:
    """A few rows in every list."""
    for number in range(4):
        threat = make_threat(f"PI-{number}", make_organisation(f"{number} Constabulary"))
        extract = make_extract(as_at=date(2023, 1, number + 1), file_name=f"{number}.csv")
        make_disruption(f"DIS-{number}", threat.organisation, threat=threat, extract=extract)
        make_crime_type(f"Crime {number}")
        save_view(name=f"View {number}", page="compare", owner=make_author(f"user-{number}"), by=None, reason="Saved.")


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_a_list_reads_its_rows_in_few_queries(model, records, administrator, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = administrator.get(admin_url(model, "changelist"))
    assert len(page.context["cl"].result_list) >= 4 or model not in {Threat, Disruption, Extract, CrimeType, SavedView}


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_every_list_can_be_searched_and_every_record_opened(model, records, administrator):
    page = administrator.get(admin_url(model, "changelist"), {"q": "no such words anywhere"})
    assert page.context["cl"].result_count == 0
    for record in model._default_manager.all()[:1]:
        assert administrator.get(admin_url(model, "change", record.pk)).status_code == 200


def test_words_find_the_present_state_only(disruption, administrator):
    correct_disruption(disruption, {"summary": "Courier sentenced."}, on=date(2022, 6, 1), **say())
    results = [
        list(administrator.get(admin_url(Disruption, "changelist"), {"q": words}).context["cl"].result_list)
        for words in ("courier", "nominals", "")
    ]
    assert results == [[disruption], [], [disruption]]


def test_a_long_list_ends_without_being_counted(records, administrator, monkeypatch):
    monkeypatch.setattr(disruptions_admin, "COUNTED", 3)
    page = administrator.get(admin_url(Disruption, "changelist"))
    assert page.context["cl"].paginator.count == 3


# Disruptions


def test_a_disruption_is_added_by_hand(administrator):
    threat, force = make_threat(), make_organisation()
    said = {
        "reference": "DIS-1",
        "kind_of_data": "recorded",
        "threat": threat.pk,
        "organisation": force.pk,
        "involvement": "lead",
        "four_p": "prevent",
        "size": "minor",
        "summary": "Visited.",
        "activity_date": "2022-03-01",
        "added_date": "2022-03-05",
    }
    address = admin_url(Disruption, "add")
    assert errors(save(administrator, address, **said))["change_reason"]
    assertRedirects(
        save(administrator, address, **said, change_reason="Told by telephone."), admin_url(Disruption, "changelist")
    )
    added = Disruption.objects.get()
    assert (added.known_from, added.threat_type, added.organisation_kind) == (date(2022, 3, 5), "ocg", "force")
    assert added.history.get().history_change_reason == "Told by telephone."


def test_a_change_is_a_correction_as_from_today(disruption, form, administrator):
    answer = save(administrator, form, size="major", change_reason="Assessed again.")
    assertRedirects(answer, admin_url(Disruption, "changelist"))
    now = Disruption.objects.current().get()
    assert (now.size, now.known_from, now.version) == ("major", localdate(), 2)
    assert now.earlier_states.get().size == "moderate"
    assert LogEntry.objects.get().change_message == "Assessed again."


def test_what_does_not_change_is_shown_not_entered(disruption, form, administrator):
    page = administrator.get(form)
    assert {"reference", "kind_of_data", "known_from", "extract"}.isdisjoint(entries(page))
    assertContains(page, "DIS-2022-0000001")
    assertNotContains(page, "deletelink")
    assert administrator.get(admin_url(Disruption, "delete", disruption.pk)).status_code == 403


def test_a_rule_is_told_in_words(form, administrator):
    answer = save(administrator, form, involvement="support", change_reason="x")
    assertContains(answer, "a police force leads")


def test_the_second_of_two_is_shown_both_versions(disruption, form, administrator):
    opened = administrator.get(form)
    correct_disruption(disruption, {"size": "minor"}, on=date(2022, 6, 1), **say())
    answer = press(administrator, opened, "Save", size="major", change_reason="Mine.")
    assert answer.status_code == 409
    [row] = answer.context["conflict"].rows
    assert (row.field, row.opened, row.stored, row.entered) == ("Size", "Moderate", "Minor", "Major")
    assert Disruption.objects.current().get().size == "minor"


def test_its_history_tells_what_it_was(disruption, administrator):
    correct_disruption(disruption, {"size": "minor"}, on=date(2022, 6, 1), **say())
    page = administrator.get(admin_url(Disruption, "history", disruption.pk))
    for words in ("Looked again.", "Moderate", "Minor"):
        assertContains(page, words)


# Withdrawing and putting back


def test_a_disruption_is_withdrawn_with_a_reason(disruption, form, administrator):
    assertContains(administrator.get(form), standing(disruption))
    refused = press(administrator, administrator.get(standing(disruption)), "Withdraw")
    assert errors(refused) == {"change_reason": ["This field is required."]}
    assertRedirects(press(administrator, refused, "Withdraw", change_reason="Entered twice."), form)
    disruption.refresh_from_db()
    assert disruption.withdrawn_on == localdate()
    assert disruption.history.first().history_change_reason == "Entered twice."
    assertContains(administrator.get(form), "Put back on the record")


def test_and_put_back(disruption, form, administrator):
    withdraw_disruption(disruption, on=date(2022, 6, 1), **say())
    page = administrator.get(standing(disruption))
    assertContains(page, "It was withdrawn on 1 June 2022")
    assertRedirects(press(administrator, page, "Put back on the record", change_reason="It was another."), form)
    disruption.refresh_from_db()
    assert (disruption.withdrawn_on, disruption.known_from) == (None, localdate())


def test_a_stale_withdrawal_is_refused_and_may_be_sent_again(disruption, administrator):
    opened = administrator.get(standing(disruption))
    correct_disruption(disruption, {"size": "minor"}, on=date(2022, 6, 1), **say())
    refused = press(administrator, opened, "Withdraw", change_reason="Entered twice.")
    assert "was changed by somebody else in the meantime" in errors(refused)[""][0]
    assert Disruption.objects.current().get().withdrawn_on is None
    assertRedirects(press(administrator, refused, "Withdraw"), admin_url(Disruption, "change", disruption.pk))


def test_what_was_withdrawn_today_cannot_be_changed(disruption, form, administrator):
    withdraw_disruption(disruption, on=date(2022, 6, 1), **say())
    answer = save(administrator, form, size="major", change_reason="x")
    assertContains(answer, "put it back on the record first")


def test_nobody_else_withdraws(disruption, analyst):
    assert analyst.post(standing(disruption), {"change_reason": "x"}).status_code == 403
    assert Disruption.objects.get().withdrawn_on is None


def test_an_earlier_state_has_no_page_of_its_own(disruption, administrator):
    after = correct_disruption(disruption, {"size": "minor"}, on=date(2022, 6, 1), **say())
    earlier = after.earlier_states.get()
    assert administrator.get(standing(earlier)).status_code == 404
    assert administrator.get(admin_url(Disruption, "change", earlier.pk)).status_code == 302


# Threats


def test_states_are_written_beside_the_threat(administrator):
    threat = make_threat(state=False)
    make_state(threat, date(2022, 1, 1))
    address = admin_url(Threat, "change", threat.pk)
    added = {"valid_from": "2022-06-01", "type": "vul", "tier": 3, "assessment_type": "tactical"}
    added |= {"moderation": "moderated", "phase": "Active", "is_soc": True}
    form = form_of(administrator.get(address))
    form.add_row("states", **added)
    assertRedirects(form.press(administrator, "Save", change_reason="Reclassified."), admin_url(Threat, "changelist"))
    first, second = ThreatState.objects.order_by("valid_from")
    assert (first.valid_to, second.type, second.valid_to) == (date(2022, 6, 1), "vul", None)
    assert second.history.get().history_change_reason == "Reclassified."


def test_two_states_of_one_day_are_refused(administrator):
    threat = make_threat(state=False)
    first, _ = make_state(threat, date(2022, 1, 1)), make_state(threat, date(2022, 6, 1))
    address = admin_url(Threat, "change", threat.pk)
    page = administrator.get(address)
    row = form_of(page).row_with("states", id=first.pk)
    answer = press(administrator, page, "Save", **{f"{row}-valid_from": "2022-06-01"}, change_reason="x")
    assert "Please correct the duplicate values below." in errors(answer)[""]
    first.refresh_from_db()
    assert first.valid_from == date(2022, 1, 1)


def test_scores_are_written_beside_the_threat(administrator):
    threat = make_threat()
    form = form_of(administrator.get(admin_url(Threat, "change", threat.pk)))
    form.add_row("assessments", assessed_on="2022-06-01", total="41.5")
    answer = form.press(administrator, "Save", change_reason="Assessed.")
    assertRedirects(answer, admin_url(Threat, "changelist"))
    assert (str(threat.assessments.get().total), threat.assessments.get().physical) == ("41.50", None)


def test_linked_records_are_looked_up(administrator):
    make_threat("OCG-0000077", name="Ashdown")
    make_crime_type("County lines")
    for field, term, expected in (("threat", "ashd", "OCG-0000077 Ashdown"), ("crime_type", "lines", "County lines")):
        asked = {"app_label": "disruptions", "model_name": "disruption", "field_name": field, "term": term}
        [only] = administrator.get("/admin/autocomplete/", asked).json()["results"]
        assert only["text"] == expected


# Extracts


def test_an_extract_is_read_only(administrator):
    extract = make_extract()
    address = admin_url(Extract, "change", extract.pk)
    assertContains(administrator.get(address), extract.sha256)
    assert administrator.post(address, {"file_name": "other.csv"}).status_code == 403
    assert administrator.get(admin_url(Extract, "add")).status_code == 403
    assert administrator.post(admin_url(Extract, "delete", extract.pk)).status_code == 403
