"""The home page: what each role comes for."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.timezone import now

from disruptions.extracts.models import Upload
from disruptions.services import save_view
from inspections.programmes.models import Inspection
from soc_tracker.core.access.roles import Role
from soc_tracker.dashboards.home.queries import DUE, NEWS, get_due, list_latest_inspections
from tests.dashboards.making import TODAY, text_of
from tests.disruptions.extracts.uploading import bad_file, checked
from tests.makers import (
    make_extract,
    make_finding,
    make_inspection,
    make_organisation,
    make_plan,
    make_programme,
    make_recommendation,
    make_step,
)
from tests.pages import READERS

pytestmark = pytest.mark.django_db


class TestDue:
    def recommendation(self, number: int = 1, **more):
        force = make_organisation(f"Force{number} Police")
        return make_recommendation(make_finding(make_inspection(force), slug=f"finding-{number}"), force, **more)

    def test_each_stands_where_its_date_puts_it(self, user):
        programme = make_programme()
        force = make_organisation()
        finding = make_finding(make_inspection(force, programme))
        past = make_recommendation(finding, force, 1, due_on=date(2024, 11, 1), due_precision="day")
        this_year = make_recommendation(finding, force, 2, due_on=date(2026, 1, 1), due_precision="year")
        yearless = make_recommendation(
            finding, force, 3, due_precision="year_not_stated", due_as_published="1 January, no year stated"
        )
        without = make_recommendation(finding, force, 4)
        make_recommendation(finding, force, 5, due_on=date(2024, 11, 1), due_precision="day", status="complete")
        found = get_due(user, TODAY)
        assert found.overdue.rows == [past.requirement]
        assert found.coming.rows == [this_year.requirement]
        own = finding.requirements.get(recommendation=None)
        assert found.undated.rows == [yearless.requirement, own, without.requirement]

    def test_a_status_says_its_kind_and_day(self, inspector):
        past = {"due_on": date(2024, 11, 1), "due_precision": "day"}
        recommendation = self.recommendation(**past)
        Inspection.objects.update(published_on=date(2023, 11, 1), published_precision="month")
        words = text_of(inspector.get(reverse("home")))
        assert "as published (November 2023), nothing later here" in words
        make_step(recommendation.requirement, "being_progressed", date(2024, 6, 2))
        assert "recorded 2 June 2024" in text_of(inspector.get(reverse("home")))

    def test_lists_are_cut_and_say_so(self, user):
        force = make_organisation()
        finding = make_finding(make_inspection(force))
        for number in range(DUE + 1):
            make_recommendation(finding, force, number + 1, due_on=date(2024, 11, 1), due_precision="day")
        found = get_due(user, TODAY).overdue
        assert (len(found.rows), found.is_cut) == (DUE, True)


def test_the_latest_inspections_come_newest_first_without_undated_ones(user):
    programme = make_programme()
    for number in range(NEWS + 2):
        inspection = make_inspection(make_organisation(f"Force{number} Police"), programme)
        day = date(2023, 1, number + 1) if number else None
        type(inspection).objects.filter(pk=inspection.pk).update(published_on=day)
    found = list_latest_inspections(user)
    assert [inspection.published_on.day for inspection in found] == [7, 6, 5, 4, 3]


class TestPage:
    def test_the_map_that_stood_here_is_one_step_away_at_its_old_address_too(self, reference, inspector):
        response = inspector.get(reverse("home"), {"programme": "peel-2017"})
        assert (response.status_code, response.url) == (302, "/directory/?programme=peel-2017")
        assert f'href="{reverse("directory")}"' in inspector.get(reverse("home")).content.decode()

    def test_an_unknown_parameter_is_named(self, inspector):
        response = inspector.get(reverse("home"), {"colour": "green"})
        assert response.status_code == 400
        assert "“colour”" in response.content.decode()

    def test_an_empty_database_has_a_page_that_says_so(self, inspector):
        page = inspector.get(reverse("home")).content.decode()
        assert "No inspection is held here yet." in page
        assert "Nothing is overdue." in page
        assert "Nothing has been recorded here of what must change." in page

    def test_says_that_a_year_is_not_stated(self, reference, inspector):
        page = inspector.get(reverse("home")).content.decode()
        assert "Year or date not stated: whether these are overdue cannot be told" in page
        assert "1 January, no year stated" in page

    def test_strangers_are_asked_to_sign_in(self, client):
        assert client.get(reverse("home")).status_code == 302

    def test_nothing_is_written_through_it(self, inspector):
        assert inspector.post(reverse("home")).status_code == 405


class TestRoles:
    """Each role finds what it comes for, and not what another does."""

    PARTS = {
        Role.INSPECTOR: "Published last",
        Role.ANALYST: "Files under way",
        Role.LEAD_RESPONSIBLE_OFFICER: "My plans",
        Role.ADMINISTRATOR: "Needs attention",
    }

    @pytest.mark.parametrize("role", READERS)
    def test_each_has_its_own_part_alone(self, role, make_user, client):
        client.force_login(make_user(role))
        words = text_of(client.get(reverse("home")))
        assert [other for other, heading in self.PARTS.items() if heading in words] == [role]

    def test_two_roles_have_both(self, make_user, client):
        user = make_user(Role.INSPECTOR)
        user.groups.add(Group.objects.get(name=Role.ANALYST.label))
        client.force_login(user)
        words = text_of(client.get(reverse("home")))
        assert "Published last" in words
        assert "Files under way" in words

    def test_an_analyst_sees_extracts_files_and_views(self, make_user, client):
        user = make_user(Role.ANALYST)
        client.force_login(user)
        make_extract(file_name="loaded.csv", loaded_at=now())
        upload = checked(bad_file())
        save_view(
            {"name": "Ours", "page": "disruptions:threat_list", "query": "list=master", "owner": user},
            by=user,
            reason="Wanted again.",
        )
        words = text_of(client.get(reverse("home")))
        assert "loaded.csv" in words
        assert Upload.objects.get().file_name in words
        assert upload.get_stage_display() in words
        assert "Ours" in words

    def test_an_administrator_sees_what_needs_attention_and_the_door(self, make_user, client):
        client.force_login(make_user(Role.ADMINISTRATOR))
        make_plan(make_organisation(), "4P-1", owner=None)
        page = client.get(reverse("home"))
        assert "1 Plans without an owner" in text_of(page)
        assert f'href="{reverse("admin:index")}"' in page.content.decode()

    def test_an_officer_without_a_record_is_told_so(self, make_user, client):
        client.force_login(make_user(Role.LEAD_RESPONSIBLE_OFFICER))
        assert "Your account is not that of a lead responsible officer on record" in text_of(
            client.get(reverse("home"))
        )

    @pytest.mark.parametrize("role", READERS)
    def test_queries_stay_within_the_bound(self, role, reference, make_user, client, django_assert_max_num_queries):
        client.force_login(make_user(role))
        client.get(reverse("home"))
        with django_assert_max_num_queries(12):
            client.get(reverse("home"))
