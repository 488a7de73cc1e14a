"""How an administrator works on the records of each model: what one change enters, and what a new record needs."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.text import slugify

from disruptions.record import models as record_models
from disruptions.saved_views import models as saved_views_models
from disruptions.threats import models as threats_models
from forces import models as forces
from forces.areas import models as areas
from inspections.escalation import models as escalation_models
from inspections.figures import models as figures_models
from inspections.findings import models as findings_models
from inspections.gradings import models as gradings_models
from inspections.phrasebook import models as phrases_models
from inspections.practice import models as practice_models
from inspections.programmes import models as programmes_models
from inspections.recommendations import models as recommendations_models
from inspections.repeats import models as repeats_models
from inspections.sources import models as sources_models
from inspections.vocabularies import models as vocabularies
from plans4p.aims import models as aims_models
from plans4p.officers import models as officers_models
from plans4p.orders import models as orders_models
from plans4p.partners import models as partners_models
from plans4p.plans import models as plans_models
from plans4p.sites import models as sites_models
from tests.core.records.admin.records import World
from tests.makers import make_author


@dataclass(frozen=True)
class Case:
    """``change`` of a stored record; ``add`` for a new one, with ``rows`` by their prefix on its page."""

    change: dict[str, Any]
    add: dict[str, Any]
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)


def cases(world: World) -> dict[type[Model], Case]:
    return body_cases(world) | inspection_cases(world) | threat_cases(world) | plan_cases(world)


def body_cases(world: World) -> dict[type[Model], Case]:
    place = {"region": world.north.pk, "valid_from": "01/04/2001"}
    size = {
        "measure": "population",
        "value": "900",
        "as_at": "30/06/2023",
        "source": world.source.pk,
        "locator": "row 9",
    }
    rows = {"memberships": place, "aliases": {"name": "Known otherwise"}, "sizes": size}
    body = {"name": "Wessex Police", "short_name": "Wessex", "slug": "wessex"}
    change = {"valid_from": "01/04/1974"}
    return {
        forces.Force: Case(change, body, rows),
        forces.Rocu: Case(change, body, rows),
        forces.Organisation: Case(change, body | {"kind": "other"}, rows),
        forces.Region: Case({"note": "Two units."}, {"name": "East", "slug": "east"}),
        forces.Membership: Case({"valid_from": "01/04/1999"}, {"organisation": world.alone.pk, **place}),
        forces.Succession: Case(
            {"note": "By order."},
            {"predecessor": world.alone.pk, "kind": "renamed", "successor": world.inspectorate.pk, "on": "01/04/2020"},
        ),
        forces.Oversight: Case(
            {"valid_from": "01/04/2021"}, {"organisation": world.alone.pk, "responder": world.commissioner.pk}
        ),
        forces.Reorganisation: Case(
            {"note": "By order."},
            {"kind": "renaming", "on": "01/04/2027", "predecessors": [world.alone.pk], "source": "An order"}
            | {"new_bodies": "Devon and Exeter Police; Devon and Exeter"},
        ),
        forces.BodySize: Case(
            {"no_rate_because": "Few live there."}, {"organisation": world.alone.pk, **size}, further_source(world)
        ),
        forces.Alias: Case({"name": "The other name"}, {"organisation": world.force.pk, "name": "KP"}),
        areas.LocalPolicingArea: Case({"name": "West"}, {"organisation": world.alone.pk, "name": "Exeter"}),
        areas.LocalProfile: Case(
            {"partners": "Youth offending team"}, {"area": world.second_area.pk, "refreshed_on": "01/02/2023"}
        ),
    }


def further_source(world: World) -> dict[str, dict[str, Any]]:
    """The row of another document that speaks of a fact."""
    return {"citations": {"stance": "adds", "source": world.source.pk, "locator": "line 1"}}


def inspection_cases(world: World) -> dict[type[Model], Case]:
    source = {"source": world.source.pk, "locator": "paragraph 9"}
    about = {"inspection": world.inspection.pk, "organisation": world.force.pk}
    kept = {"section": "resources", "tone": "shortcoming"}
    words = {"title": "Training", "slug": "training", "summary": "Train them."}
    return {
        gradings_models.Grading: Case(
            {"summary": "Read again."},
            {"inspection": world.inspection.pk, "organisation": world.force.pk, "grade": "good", **source}
            | {"question": world.second_question.pk},
            further_source(world),
        ),
        gradings_models.Characteristic: Case(
            {"text": "Seen in most places."},
            {"scale": "five", "grade": "good", "text": "Threats are known.", **source},
        ),
        findings_models.Finding: Case(
            {"summary": "Read again."},
            {"kind": "area_for_improvement", **about, **kept, **words, **source},
            further_source(world),
        ),
        repeats_models.Revisit: Case(
            {"summary": "It is done by now."},
            {"finding": world.concern.pk, "inspection": world.revisit.inspection.pk, "outcome": world.revisit.outcome}
            | {"summary": "Not yet.", **source},
        ),
        practice_models.Uptake: Case(
            {"note": "They rang twice."},
            {"practice": world.practice.pk, "organisation": world.alone.pk, "state": world.uptake.state}
            | {"on": "01/02/2024", "note": "They came.", "by": make_author().pk},
        ),
        recommendations_models.Recommendation: Case(
            {"text": "Improve them soon."},
            {"finding": world.finding.pk, "number": 2, "text": "Train.", "addressed_to": world.force.pk}
            | {"due_precision": "none", **source},
            further_source(world),
        ),
        figures_models.PublishedFigure: Case(
            {"note": "Counted in March."},
            {"measure": world.measure.pk, "slug": "devon-officers", "organisation": world.alone.pk, "value": "4"}
            | {"unit": "count", "said_by": "body", **source},
            further_source(world),
        ),
        escalation_models.MonitoringPeriod: Case(
            {"reason": "Serious concerns."},
            {"organisation": world.alone.pk, "stage": "scan", "reason": "Routine.", "started_on": "01/01/2022"}
            | source,
            further_source(world),
        ),
        programmes_models.Inspection: Case(
            {"note": "With fieldwork."},
            {"title": "Second", "slug": "second", "programme": world.programme.pk, "organisation": world.alone.pk}
            | source,
            further_source(world),
        ),
        programmes_models.Programme: Case(
            {"note": "Second round."}, {"name": "PEEL 2025", "slug": "peel-2025", "year": "2025", "scale": "five"}
        ),
        programmes_models.Question: Case(
            {"number": "7"}, {"programme": world.programme.pk, "text": "Leadership", "slug": "leadership"}
        ),
        sources_models.SourceDocument: Case(
            {"note": "The web version."},
            {"title": "News", "slug": "news", "publisher": "A paper", "kind": "news"}
            | {"licence": "all_rights_reserved"},
        ),
        findings_models.Topic: Case({"description": "About plans."}, {"name": "Youth", "slug": "youth"}),
        figures_models.Measure: Case(
            {"description": "Full-time."}, {"name": "Analysts", "slug": "analysts", "group": "Size"}
        ),
        phrases_models.Phrase: Case(
            {"text": "Proposal to act"},
            {"part": "kind", "text": "to be better", "stands_for": "area_for_improvement"},
        ),
        **word_cases(),
    }


def word_cases() -> dict[type[Model], Case]:
    """One more word of each vocabulary of inspections, with a longer meaning for those that are there."""

    def word(label: str, **more: Any) -> Case:
        return Case({"meaning": "Said of it since."}, {"label": label, "slug": slugify(label)} | more)

    return {
        vocabularies.Grade: word("splendid", colour="purple"),
        vocabularies.GradeScale: word("Three words", grades=[str(vocabularies.Grade.objects.earliest("pk").pk)]),
        vocabularies.FindingKind: word("Warning", plural="warnings", colour="magenta", must_be_followed_up=True),
        vocabularies.Section: word("Leadership"),
        vocabularies.RequirementStatus: word("Appealed", colour="purple"),
        vocabularies.InspectionStage: word("Consultation"),
        vocabularies.MonitoringStage: word("Reminder letter", delay="28"),
        vocabularies.Qualifier: word("hardly any", says_all=True),
        sources_models.SourceKind: word("court judgment", first_hand=True),
        vocabularies.Unit: word("vehicles", kind="count", one="{} vehicle", several="{} vehicles"),
    }


def threat_cases(world: World) -> dict[type[Model], Case]:
    state = {"valid_from": "01/01/2023", "type": "ocg", "tier": "3", "phase": "Active"}
    state |= {"assessment_type": "tactical", "moderation": "moderated", "is_soc": True}
    event = {"organisation": world.force.pk, "involvement": "lead", "four_p": "prevent", "size": "minor"}
    days = {"activity_date": "01/03/2022", "added_date": "05/03/2022"}
    return {
        threats_models.Threat: Case(
            {"lead_responsible_officer": "DI Rowe"},
            {"reference": "OCG-0000077", "kind_of_data": "recorded", "first_type": "ocg"}
            | {"organisation": world.force.pk, "crime_types": [world.crime_type.pk]},
            {"states": state, "assessments": {"assessed_on": "01/02/2023", "total": "40"}},
        ),
        record_models.Disruption: Case(
            {"summary": "Told again."},
            {"reference": "DIS-9", "kind_of_data": "recorded", "threat": world.threat.pk, **event, **days},
        ),
        threats_models.CrimeType: Case({"name": "Fraud online"}, {"name": "Cyber crime", "slug": "cyber-crime"}),
        saved_views_models.SavedView: Case(
            {"name": "Ours"}, {"name": "Theirs", "page": "compare", "owner": make_author("sam", "Sam", "Okafor").pk}
        ),
    }


def plan_cases(world: World) -> dict[type[Model], Case]:
    aim = {"four_p": "pursue", "counts": "disruptions", "target": "3", "due_on": "01/12/2023"}
    aim |= {"change": "The line is closed", "measure": "Disruptions"}
    ages = {"four_p": "prevent", "kind": "diversion", "description": "Mentors", "youngest": "10", "oldest": "17"}
    recorded = {"kind_of_data": "recorded"}
    order = {"made_on": "01/05/2022", "in_force_from": "01/05/2022", "setting": "community", "manager": "PS Reid"}
    return {
        plans_models.Plan: Case(
            {"intelligence": "A new report."},
            {"reference": "4P-00009", "title": "Guns", "organisation": world.force.pk, "theme": "Guns"}
            | {"owner": world.officer.pk, "starts_on": "01/01/2023", **recorded},
            {
                "aims": aim,
                "omissions": {"four_p": "protect", "reason": "None needed."},
                "consultations": {"partner": world.partner.pk, "on": "01/02/2023", "note": "Met."},
            },
        ),
        aims_models.Action: Case(
            {"description": "Visit the grandparents", "owner": "PC Bell"},
            {"aim": world.draft_aim.pk, "description": "Seize the van", "owner": "DS Kaur", "due_on": "01/06/2023"},
        ),
        officers_models.LeadOfficer: Case(
            {"share_of_time": "40"},
            {"name": "Jo New", "organisation": world.force.pk, **recorded},
            {"trainings": {"subject": "Plans", "completed_on": "01/02/2023"}},
        ),
        partners_models.Partner: Case(
            {"note": "Open on weekdays."},
            {"name": "Youth Trust", "slug": "youth-trust", "sector": "third", "serves": [world.force.pk], **recorded},
            {"offers": ages},
        ),
        orders_models.AncillaryOrder: Case(
            {"managing_unit": "Orders team"},
            {"reference": "SCPO-9", "kind": "scpo", "subject": "SUB-9", "organisation": world.force.pk}
            | {**recorded, **order},
            {"terms": {"kind": "travel", "text": "Stays in Kent."}},
        ),
        sites_models.Site: Case(
            {"measures": "Fewer calls."},
            {"place": "Castle Park", "slug": "castle-park", "organisation": world.force.pk, **recorded},
            {"phases": {"phase": "clear", "starts_on": "01/02/2023"}},
        ),
        aims_models.Tactic: Case({"meaning": "Go and see."}, {"name": "Seize", "slug": "seize", "four_p": "pursue"}),
    }
