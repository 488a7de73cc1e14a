"""The way into the administration and back: from each record's page to its form, and from the form to the page."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from disruptions.extracts.models import Upload
from forces.models import Force, Region
from inspections.gradings.models import Grading
from inspections.programmes.models import Programme, Question
from soc_tracker.core.access.roles import Role
from soc_tracker.dashboards.administration.queries import attention
from tests import makers
from tests.core.records.admin.records import World
from tests.forms import admin_url

PAGES = [
    *("force", "unit", "north", "inspection", "grading", "finding", "recommendation", "figure", "source"),
    *("threat", "disruption", "signed", "partner", "order", "officer", "site"),
]


def admin_page(record: Model) -> str:
    return admin_url(type(record), "change", record.pk)


@pytest.mark.parametrize("name", PAGES)
def test_an_administrator_goes_from_a_records_page_to_its_form_and_back(name, world: World, administrator):
    record = getattr(world, name)
    assertContains(administrator.get(record.get_absolute_url()), f'href="{admin_page(record)}"')
    form = administrator.get(admin_page(record))
    assertContains(form, f'href="{record.get_absolute_url()}" class="viewsitelink"')


@pytest.mark.parametrize("name", PAGES)
def test_nobody_else_is_shown_the_way(name, world: World, inspector):
    record = getattr(world, name)
    page = inspector.get(record.get_absolute_url())
    assert page.status_code == 200
    assertNotContains(page, "/admin/")


def test_the_header_leads_to_the_administration_and_the_administration_to_the_site(world: World, administrator):
    assertContains(administrator.get("/methods/"), '<a class="soc-header__link" href="/admin/">Administration</a>')
    assertContains(administrator.get("/admin/"), '<a href="/">View site</a>')


@pytest.mark.parametrize(
    "address", ["account/emailaddress/", "mfa/authenticator/", "django_tasks_database/dbtaskresult/"]
)
def test_what_nobody_edits_by_hand_has_no_page(address, world: World, administrator):
    assert administrator.get(f"/admin/{address}").status_code == 404
    assertNotContains(administrator.get("/admin/"), address)


def test_the_index_tells_apart_the_lists_of_bodies(world: World, administrator):
    page = administrator.get("/admin/")
    for name in ("Forces", "All bodies, of these and other kinds"):
        assertContains(page, name)


# What needs attention


@pytest.mark.django_db
def test_nothing_waits_where_nothing_is_stored():
    assert attention(timezone.now(), date(2024, 1, 1)) == []


@pytest.fixture
def waiting(db: None, world: World) -> datetime:
    """Something of each kind; returns the time at which it waits."""
    now = timezone.now()
    User.objects.create_user("no-role")
    for role in (Role.ADMINISTRATOR, Role.LEAD_RESPONSIBLE_OFFICER):
        User.objects.create_user(f"a-{role}").groups.add(Group.objects.get(name=role.label))
    author = makers.make_author()
    for stage in ("waiting", "failed"):
        Upload.objects.create(
            contents="threats", file_name="a.csv", stage=stage, uploaded_at=now - timedelta(hours=1), uploaded_by=author
        )
    makers.make_recommendation(
        world.finding, world.force, 5, due_precision="day", due_on=now.date() - timedelta(days=9)
    )
    makers.make_plan(world.force, "4P-00077", owner=None)
    return now


def test_the_index_shows_what_an_administrator_acts_on(waiting, world: World, administrator):
    page = administrator.get("/admin/")
    for words in (
        "Accounts without a role",
        "Accounts with a role and without a reach",
        "Administrators without a second factor",
        "Accounts of lead responsible officers that lead to no officer: 1",
        "Files that wait to be read: 1",
        "Files of the last 7 days that could not be read: 1",
        "Of what must change, past its due date and not closed: 1",
        "Plans without an owner: 1",
    ):
        assertContains(page, words)


def test_each_line_leads_to_a_page(waiting, world: World, administrator):
    lines = attention(waiting, timezone.localdate())
    assert len(lines) == 8
    for line in lines:
        assert administrator.get(line.url).status_code == 200


def test_it_is_counted_in_nine_queries(waiting, django_assert_num_queries):
    with django_assert_num_queries(9):
        attention(waiting, timezone.localdate())


# Choosing and removing


def test_a_question_is_chosen_with_its_programme(world: World, administrator):
    asked = {"app_label": "inspections", "model_name": "grading", "field_name": "question", "term": "Tackling"}
    texts = [each["text"] for each in administrator.get("/admin/autocomplete/", asked).json()["results"]]
    assert texts == ["Tackling SOC, PEEL 2022/23"]
    assertContains(administrator.get(admin_url(Grading, "change", world.grading.pk)), texts[0])


def test_what_keeps_a_record_is_named_with_its_pages(world: World, administrator):
    page = administrator.get(admin_url(Force, "delete", world.force.pk))
    assertContains(page, "cannot be deleted while other records refer to it")
    assertContains(page, f'<a href="{admin_url(Grading, "change", world.grading.pk)}">')
    assertContains(page, "3 findings")


def test_only_the_first_of_many_are_named(world: World, administrator):
    for number in range(8):
        makers.make_grading(
            world.inspection, makers.make_member(world.north, f"{number} Police"), question=world.question
        )
    page = administrator.get(admin_url(Question, "delete", world.question.pk))
    assertContains(page, "9 gradings")
    assertContains(page, "and 4 more")


def test_what_keeps_a_part_keeps_the_whole(world: World, administrator):
    """A programme takes its questions with it, so gradings of these keep it."""
    programme = makers.make_programme(name="PEEL 2030", year=2030)
    question = Question.objects.create(programme=programme, slug="other", text="Other")
    part = Question.objects.create(programme=world.programme, slug="part", text="Part", parent=question)
    page = administrator.get(admin_url(Programme, "delete", programme.pk))
    assertContains(page, f'<a href="{admin_url(Question, "change", part.pk)}">')


def test_a_record_that_nothing_refers_to_can_go(world: World, administrator):
    page = administrator.get(admin_url(Region, "delete", world.south.pk))
    assertNotContains(page, "cannot be deleted")
