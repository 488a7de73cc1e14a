"""Who enters the admin."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group, User
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from soc_tracker.core.access.roles import Role, ensure_groups, has_role, is_administrator
from tests.forms import admin_url

pytestmark = pytest.mark.django_db
INDEX = "/admin/"
OTHERS = [role for role in Role if role != Role.ADMINISTRATOR]


@pytest.fixture
def member(client):
    """A client whose account is an administrator by role alone."""
    account = User.objects.create_user("by-role", first_name="Ada")
    account.groups.add(Group.objects.get(name=Role.ADMINISTRATOR.label))
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


# Roles


def test_every_role_has_its_group():
    assert set(Group.objects.values_list("name", flat=True)) == {role.label for role in Role}
    ensure_groups()
    assert Group.objects.count() == len(Role)


def test_the_role_makes_the_administrator_and_an_account_out_of_use_is_none():
    account = User.objects.create_user("ada")
    assert not is_administrator(account)
    account.groups.add(Group.objects.get(name=Role.ADMINISTRATOR.label))
    account = User.objects.get(pk=account.pk)
    assert is_administrator(account)
    assert has_role(account, Role.ADMINISTRATOR)
    assert not has_role(account, Role.ANALYST)
    account.is_active = False
    assert not is_administrator(account)
    assert not is_administrator(AnonymousUser())
    assert is_administrator(User.objects.create_superuser("root"))


def test_a_role_carries_every_permission_or_none():
    account = User.objects.create_user("ada")
    assert not account.has_perm("inspections.change_grading")
    assert not account.has_module_perms("inspections")
    account.groups.add(Group.objects.get(name=Role.ADMINISTRATOR.label))
    account = User.objects.get(pk=account.pk)
    assert account.has_perms(["inspections.change_grading", "forces.add_rocu", "auth.view_user"])
    assert account.has_module_perms("inspections")


# Entering


def test_strangers_are_led_to_the_sign_in_page(client):
    for address in (INDEX, reverse("admin:inspections_grading_changelist"), reverse("admin:login")):
        answer = client.get(address, follow=True)
        assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=/admin/")
        assert "admin/login.html" not in [template.name for template in answer.templates]


@pytest.mark.parametrize("role", OTHERS)
def test_others_are_turned_away_without_a_second_form(role, sign_in):
    client = sign_in(role)
    for address in (INDEX, reverse("admin:login"), "/admin/nowhere/", reverse("admin:jsi18n")):
        assert client.get(address, follow=True).status_code == 403


def test_being_staff_alone_is_not_enough(client):
    client.force_login(
        User.objects.create_user("staff", is_staff=True), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(INDEX).status_code == 403


def test_the_role_alone_is_enough(member):
    page = member.get(INDEX)
    assertContains(page, "SOC Tracker administration")
    assertContains(page, "View site")
    assertRedirects(member.get(reverse("admin:login")), INDEX)


def test_the_index_shows_everything_in_order(member):
    apps = member.get(INDEX).context["app_list"]
    assert [app["app_label"] for app in apps] == ["inspections", "disruptions", "plans4p", "forces", "auth"]
    assert [model["object_name"] for model in apps[0]["models"][:3]] == ["Grading", "Finding", "Recommendation"]
    assert [model["object_name"] for model in apps[3]["models"][:3]] == ["Force", "Rocu", "Organisation"]


def test_every_registered_model_is_on_the_index(member):
    apps = member.get(INDEX).context["app_list"]
    assert {model["model"] for app in apps for model in app["models"]} == set(admin.site._registry)


def test_signing_out_leads_to_the_sign_in_page(member):
    assertRedirects(member.post(reverse("admin:logout")), "/accounts/login/")
    assert member.get(INDEX).status_code == 302


def test_passwords_change_where_everybody_changes_theirs(member):
    assert member.get(reverse("admin:password_change")).url == reverse("account_change_password")


# Roles in the admin


def test_roles_are_read_not_edited(member):
    role = Group.objects.get(name=Role.ANALYST.label)
    assertContains(member.get(admin_url(Group, "changelist")), "Analyst")
    assertNotContains(member.get(admin_url(Group, "change", role.pk)), 'name="_save"')
    assert member.post(admin_url(Group, "change", role.pk), {"name": "Boss"}).status_code == 403
    assert member.get(admin_url(Group, "add")).status_code == 403
