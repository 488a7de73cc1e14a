"""What is still missing from an inspection before it may be published."""

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from forces.models import Organisation
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection
from inspections.recommendations.models import Recommendation
from inspections.vocabularies.models import FindingKind


def bodies_of(inspection: Inspection) -> list[Organisation]:
    """The bodies that it is about: of a region, those that are in it on the day of the inspection."""
    if inspection.organisation:
        return [inspection.organisation]
    day = inspection.fieldwork_on or inspection.published_on or localdate()
    return list(Organisation.objects.in_region(inspection.region, day).order_by("-kind", "name", "pk"))


def list_gaps(inspection: Inspection) -> list[str]:
    """Each thing that the checklist asks for and that is not there, in words."""
    graded = Grading.objects.about_soc().filter(inspection=inspection, organisation=OuterRef("pk"))
    bodies = Organisation.objects.filter(pk__in=[body.pk for body in bodies_of(inspection)])
    concerns = [kind.slug for kind in FindingKind.rows() if kind.is_concern]
    of_it = Recommendation.objects.filter(finding=OuterRef("pk"))
    findings = Finding.objects.filter(inspection=inspection, kind__in=concerns)
    figures = PublishedFigure.objects.filter(inspection=inspection)
    undated = figures.filter(Q(as_at=None) & Q(period_to=None) & Q(period_words="")).select_related("measure")
    return [
        *(
            f"{body} has no grade, and is not called ungraded either."
            for body in bodies.filter(~Exists(graded)).order_by("-kind", "name", "pk")
        ),
        *(
            f"The cause of concern “{finding}” has no recommendation."
            for finding in findings.filter(~Exists(of_it)).order_by("order", "pk")
        ),
        *(
            f"“{finding}” was told before the report: the day of the letter is missing."
            for finding in findings.filter(is_accelerated=True, letter_on=None).order_by("order", "pk")
        ),
        *(f"The figure “{figure.measure}” says neither its period nor its day." for figure in undated.order_by("pk")),
    ]
