"""An inspection that is made here: its stages, its programme and bodies, its lead and a second inspector."""

import pytest
from model_bakery import baker

from forces.models import Region
from inspections.programmes.models import Inspection, Question
from inspections.sources.models import SourceKind
from inspections.vocabularies.models import InspectionStage
from inspections.work.services import TEAM, plan_inspection
from soc_tracker.core.access.roles import Role
from tests.inspections.work.making import STAGES
from tests.makers import make_member, make_programme
from tests.reach.planted import account


@pytest.fixture
def words():
    """The stages and the kind of document that an inspection made here needs."""
    for order, slug in enumerate(STAGES):
        label = slug.replace("_", " ").capitalize()
        values = {"label": label, "order": order, "checked_by_body": slug == "factual_check"}
        InspectionStage.objects.update_or_create(slug=slug, defaults=values)
    SourceKind.objects.update_or_create(slug="report", defaults={"first_hand": True, "label": "Report"})


@pytest.fixture
def programme(words):
    programme = make_programme("five", "Round 2027", 2027)
    baker.make(Question, programme=programme, theme="soc", text="Organised crime", slug="round-2027-soc")
    return programme


@pytest.fixture
def bodies():
    region = baker.make(Region, name="Inland", slug="inland")
    return [make_member(region, name) for name in ("Alder Police", "Birch Police")]


@pytest.fixture
def lead(words):
    return account(Role.INSPECTOR, "lead")


@pytest.fixture
def second(inspection, lead):
    user = account(Role.INSPECTOR, "second")
    TEAM.create(inspection=inspection, account=user, by=lead, reason="Joins.")
    return user


@pytest.fixture
def inspection(bodies, programme, lead) -> Inspection:
    region = Region.objects.get()
    values = {"programme": programme, "region": region, "organisation": None, "title": "", "publisher": "HMI"}
    return plan_inspection(values, by=lead)
