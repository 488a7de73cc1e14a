"""What is on record and must change gets its requirement, with the words that say where one stands.

The words are as the files of reference data have them, which may change them: no history says that somebody wrote them.
"""

from django.db import migrations
from django.utils.timezone import now

WORDS = [
    ("not_stated", "No later information", "grey", True, False, False, False),
    ("awaiting_review", "Awaiting review", "blue", True, True, False, False),
    ("being_progressed", "Being progressed", "yellow", True, True, False, False),
    ("awaiting_sign_off", "Awaiting sign-off", "purple", True, True, True, False),
    ("complete", "Complete", "green", False, True, True, True),
    ("superseded", "Superseded", "grey", False, True, False, False),
    ("reopened", "Reopened", "orange", True, True, False, False),
]
COLUMNS = ("slug", "label", "colour", "is_open", "is_stated", "needs_evidence", "needs_second_person")
NEXT_STEPS = {
    "not_stated": ["awaiting_review", "superseded"],
    "awaiting_review": ["being_progressed", "superseded"],
    "being_progressed": ["awaiting_sign_off", "superseded"],
    "awaiting_sign_off": ["complete", "being_progressed", "superseded"],
    "complete": ["reopened"],
    "superseded": ["reopened"],
    "reopened": ["being_progressed", "superseded"],
}
REASON = "Made from what was on record."


def store_words(apps, schema_editor):
    statuses = apps.get_model("inspections", "RequirementStatus").objects
    words = {row[0]: statuses.create(**dict(zip(COLUMNS, row)), order=10 * place) for place, row in enumerate(WORDS, 1)}
    for slug, steps in NEXT_STEPS.items():
        words[slug].next_steps.set([words[step] for step in steps])


def make_requirements(apps, schema_editor):
    Requirement = apps.get_model("inspections", "Requirement")
    findings = apps.get_model("inspections", "Finding").objects.filter(kind__must_be_followed_up=True).order_by("pk")
    recommendations = apps.get_model("inspections", "Recommendation").objects.order_by("pk")
    rows = [
        Requirement(finding_id=each.pk, organisation_id=each.organisation_id, region_id=each.region_id, status_id="not_stated")
        for each in findings
    ]
    rows += [
        Requirement(
            finding_id=each.finding_id,
            recommendation_id=each.pk,
            organisation_id=each.addressed_to_id,
            status_id="not_stated",
            first_due_on=each.due_on,
            first_due_precision=each.due_precision,
            due_on=each.due_on,
            due_precision=each.due_precision,
        )
        for each in recommendations
    ]
    HistoricalRequirement = apps.get_model("inspections", "HistoricalRequirement")
    for row in rows:
        row.save()
        columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        HistoricalRequirement.objects.create(**columns, history_date=now(), history_type="+", history_change_reason=REASON)


class Migration(migrations.Migration):
    dependencies = [("inspections", "0019_requirements")]

    operations = [
        migrations.RunPython(store_words, migrations.RunPython.noop),
        migrations.RunPython(make_requirements, migrations.RunPython.noop, elidable=True),
    ]
