"""Records of every model of the admin, some alone and some with everything that may belong to them."""

from datetime import date
from typing import Any

from django.db.models import Model

from disruptions.record import models as record_models
from disruptions.record.services import correct_disruption
from disruptions.services import save_view
from disruptions.threats.services import ASSESSMENTS
from forces.choices import OrganisationKind, SuccessionKind
from forces.services import (
    ALIASES,
    AREAS,
    MEMBERSHIPS,
    ORGANISATIONS,
    OVERSIGHTS,
    PROFILES,
    REGIONS,
    REORGANISATIONS,
    SUCCESSIONS,
)
from inspections.escalation import services as escalation_services
from inspections.figures import services as figures_services
from inspections.findings import services as findings_services
from inspections.gradings import services as gradings_services
from inspections.phrasebook import services as phrases_services
from inspections.practice import services as practice_services
from inspections.practice.choices import UptakeState
from inspections.programmes import services as programmes_services
from inspections.repeats import services as repeats_services
from inspections.repeats.choices import RevisitOutcome
from plans4p.aims import services as aims_services
from plans4p.directory import services as directory_services
from plans4p.plans import services as plans_services
from tests import makers
from tests.makers import make_author

MADE = {"reason": "Made for the test."}


def by() -> dict[str, Any]:
    return {"by": make_author(), **MADE}


class World:
    """Records of every model, some alone and some with everything."""

    def __init__(self) -> None:
        self.north = REGIONS.create(name="North", slug="north", **by())
        self.south = REGIONS.create(name="South", slug="south", **by())
        self.force = makers.make_member(self.north, "Kent Police", ons_code="E23000001")
        self.size = makers.make_size(self.force, "officers", "12.50", date(2023, 3, 31))
        self.alone = makers.make_organisation("Devon Police")
        unit = {"kind": OrganisationKind.ROCU, "short_name": "NROCU", "slug": "nrocu"}
        self.unit = makers.make_member(self.north, "North ROCU", **unit)
        makers.make_size(self.unit, "officers", "5", date(2023, 3, 31))
        self.inspectorate = makers.make_organisation("Inspectorate", kind=OrganisationKind.OTHER)
        ALIASES.create(organisation=self.force, name="Kent Constabulary", **by())
        self._merge()
        self._inspect()
        self._threaten()
        self._plan()

    def _merge(self) -> None:
        """A force that is no more, and what became of it."""
        self.merged = ORGANISATIONS.create(
            name="Rutland Police", short_name="Rutland", slug="rutland", kind="force", valid_to=date(2020, 4, 1), **by()
        )
        MEMBERSHIPS.create(organisation=self.merged, region=self.north, valid_to=date(2020, 4, 1), **by())
        self.succession = SUCCESSIONS.create(
            predecessor=self.merged, successor=self.force, kind=SuccessionKind.MERGED, on=date(2020, 4, 1), **by()
        )
        self.commissioner = makers.make_organisation(
            "Kent Commissioner", kind="policing", short_name="KPCC", slug="kpcc"
        )
        OVERSIGHTS.create(organisation=self.force, responder=self.commissioner, **by())
        self.passing = makers.make_member(self.north, "Essex Police")
        REORGANISATIONS.create(
            kind="merger",
            on=date(2028, 4, 1),
            predecessors=[self.passing],
            successors=[self.force],
            source="An order",
            **by(),
        )
        self.area = AREAS.create(organisation=self.force, name="Maidstone", **by())
        self.second_area = AREAS.create(organisation=self.force, name="Dover", **by())
        self.profile = PROFILES.create(area=self.area, refreshed_on=date(2023, 1, 1), **by())

    def _inspect(self) -> None:
        self.source = programmes_services.SOURCES.create(
            slug="report", title="Report", publisher="HMICFRS", kind="report", licence="ogl", **by()
        )
        self.programme = makers.make_programme()
        self.question = programmes_services.QUESTIONS.create(
            programme=self.programme, slug="soc", text="Tackling SOC", theme="soc", **by()
        )
        self.second_question = programmes_services.QUESTIONS.create(
            programme=self.programme, slug="leadership-soc", text="Leading", parent=self.question, **by()
        )
        self.inspection = makers.make_inspection(self.north, self.programme)
        self.grading = makers.make_grading(self.inspection, self.force, question=self.question)
        gradings_services.CHARACTERISTICS.create(
            {"text": "Leaders own the work.", "locator": "page 3"},
            scale="five",
            grade="outstanding",
            source=self.source,
            **by(),
        )
        self.topic = findings_services.TOPICS.create(name="Plans", slug="plans", **by())
        finding = {"organisation": self.force, "region": None}
        self.finding = makers.make_finding(self.inspection, topics=[self.topic], **finding)
        self.concern = makers.make_finding(self.inspection, "cause_of_concern", "Resources", **finding)
        self.recommendation = makers.make_recommendation(self.finding, self.force)
        self.logged = makers.make_recommendation(self.concern, self.force, due_precision="day", due_on=date(2024, 1, 1))
        makers.make_step(self.logged.requirement, "complete", date(2024, 2, 1))
        makers.make_move(self.logged.requirement, date(2024, 6, 1))
        self.measure = figures_services.MEASURES.create(name="Officers", slug="officers", group="Size", **by())
        phrases_services.PHRASES.create(part="recommendation", text="Proposal for action", **by())
        self.figure = figures_services.FIGURES.create(
            measure=self.measure, slug="kent-officers", organisation=self.force, value=3, unit="count",
            said_by="inspectorate", source=self.source, locator="page 1", finding=self.finding, **by(),
        )  # fmt: skip
        self.monitoring = escalation_services.MONITORING.create(
            {"reason": "Concerns.", "skipped": "Not known.", "locator": "page 2"},
            organisation=self.force,
            stage="engage",
            started_on=date(2023, 1, 1),
            source=self.source,
            **by(),
        )
        later = makers.make_inspection(self.force, makers.make_programme(name="PEEL 2025/26", year=2025))
        about = {"inspection": later, "source": self.source, "locator": "page 3"}
        self.revisit = repeats_services.REVISITS.create(
            about, finding=self.finding, outcome=next(iter(RevisitOutcome)), summary="It is done.", **by()
        )
        self.practice = makers.make_finding(self.inspection, "promising_practice", "Network", **finding)
        self.uptake = practice_services.UPTAKES.create(
            {"practice": self.practice, "organisation": self.alone, "by": make_author()},
            state=next(iter(UptakeState)), on=date(2024, 1, 1), note="They rang.", **by(),
        )  # fmt: skip
        facts = ("inspection", "grading", "finding", "recommendation", "figure", "monitoring", "size")
        for fact in facts:
            values = {fact: getattr(self, fact), "source": self.source, "locator": "line 7"}
            programmes_services.CITATIONS.create(values, **by())

    def _threaten(self) -> None:
        self.crime_type = makers.make_crime_type()
        self.threat = makers.make_threat("OCG-0000001", self.force, area=self.area, crime_types=[self.crime_type])
        makers.make_state(self.threat, date(2022, 6, 1), type="vul")
        ASSESSMENTS.create(threat=self.threat, assessed_on=date(2022, 1, 1), total="41.5", **by())
        self.lone_threat = makers.make_threat("OCG-0000009", self.alone, state=False)
        self.extract = makers.make_extract()
        self.disruption = makers.make_disruption("DIS-1", self.force, threat=self.threat)
        self.corrected = makers.make_disruption(
            "DIS-2", self.force, threat=self.threat, crime_type=self.crime_type, extract=self.extract
        )
        correct_disruption(self.corrected, {"size": "major"}, on=date(2023, 6, 1), expected_version=1, **by())
        self.corrected = record_models.Disruption.objects.current().get(reference="DIS-2")
        self.view = save_view(name="Mine", page="compare", owner=make_author(), by=make_author(), reason="Saved.")

    def _plan(self) -> None:
        officer = makers.make_officer(self.force, user=make_author("lro", "Lee", "Rowe"), threats=[self.threat])
        self.officer = directory_services.OFFICERS.change(
            officer, mentor=makers.make_officer(self.force, "Mo Mentor"), expected_version=1, **by()
        )
        directory_services.TRAININGS.create(
            officer=self.officer, subject="4P plans", completed_on=date(2023, 1, 1), **by()
        )
        self.lone_officer = makers.make_officer(self.alone, "Al Lone")
        self.tactic = aims_services.TACTICS.create(name="Visit", slug="visit", four_p="prevent", **by())
        self.partner = makers.make_partner(serves=[self.force], areas=[self.area])
        directory_services.OFFERS.create(
            partner=self.partner, four_p="prevent", kind="diversion", description="Mentors", **by()
        )
        self.lone_partner = makers.make_partner("Harbour Trust")
        self.draft = makers.make_plan(self.alone, "4P-00001")
        self.signed = makers.make_plan(
            self.force, "4P-00002", status="active", threat=self.threat, owner=self.officer, theme="",
            profiles=[self.profile],
        )  # fmt: skip
        aim = makers.make_aim(self.signed)
        makers.make_aim(self.signed, "prevent")
        self.action = makers.make_action(aim, tactic=self.tactic, partners=[self.partner])
        self.draft_aim = makers.make_aim(self.draft)
        self.lone_action = makers.make_action(self.draft_aim, "Visit the family")
        aims_services.OMISSIONS.create({"reason": "None needed."}, plan=self.signed, four_p="protect", **by())
        plans_services.CONSULTATIONS.create(
            plan=self.signed, partner=self.partner, on=date(2023, 2, 1), note="Met.", **by()
        )
        self.order = makers.make_order(self.force, threat=self.threat)
        directory_services.TERMS.create(order=self.order, kind="communication", text="One telephone.", **by())
        self.lone_order = makers.make_order(self.alone, "SCPO-0002")
        self.site = makers.make_site(self.force, partners=[self.partner])
        directory_services.PHASES.create(site=self.site, phase="clear", starts_on=date(2023, 1, 1), **by())
        self.lone_site = makers.make_site(self.alone, "Harbour")

    def records(self, model: type[Model]) -> list[Model]:
        """Those of a model: all that were made, the ones with related rows among them."""
        current = getattr(model.objects, "current", None)
        return list(current() if current else model._default_manager.all())
