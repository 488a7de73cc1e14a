"""What the logs of recommendations said, and the statuses of findings, become steps of what must change.

A status that was published with its fact says no more than that nothing is known since: it becomes a step only where it
told more than that it was open. A word that somebody had entered is kept, with its slug.
"""

from datetime import date

from django.db import migrations
from django.utils.timezone import now

REASON = "Made from what was on record."
WORDS = {
    "open": "awaiting_review",
    "not_stated": "awaiting_review",
    "in_progress": "being_progressed",
    "awaiting_review": "awaiting_review",
    "closed": "complete",
}


def make_steps(apps, schema_editor):
    Requirement = apps.get_model("inspections", "Requirement")
    Statement = apps.get_model("reference", "Statement")
    Statement.objects.filter(kind="events").delete()
    own_words = keep_words(apps)
    for requirement in Requirement.objects.select_related("recommendation", "finding").order_by("pk"):
        fact = requirement.recommendation or requirement.finding
        requirement.number = requirement.recommendation.number if requirement.recommendation else 0
        lines = list(lines_of(fact, has_log=requirement.recommendation is not None))
        is_closed = False
        for line in lines:
            line["status_id"] = WORDS.get(line["status_id"], line["status_id"])
            if is_closed and line["status_id"] == "awaiting_review":
                line["status_id"] = "reopened"
            is_closed = line["status_id"] == "complete" or own_words.get(line["status_id"], True) is False
            store(apps, requirement, line)
        if lines:
            last = lines[-1]
            requirement.status_id, requirement.is_recorded = last["status_id"], last["source_id"] is None
            requirement.status_on, requirement.status_precision = last["on"], last["on_precision"]
        requirement.save()
        told = ("number", "status_id", "is_recorded", "status_on", "status_precision")
        apps.get_model("inspections", "HistoricalRequirement").objects.filter(
            id=requirement.pk, version=requirement.version
        ).update(**{name: getattr(requirement, name) for name in told})


def keep_words(apps):
    """The words of the old vocabulary that were nobody's but the users', by slug with whether they are open."""
    RecommendationStatus = apps.get_model("inspections", "RecommendationStatus")
    RequirementStatus = apps.get_model("inspections", "RequirementStatus")
    kept = {}
    for word in RecommendationStatus.objects.exclude(slug__in=WORDS):
        columns = ("label", "order", "meaning", "colour", "is_open", "is_stated")
        values = {name: getattr(word, name) for name in columns}
        stored, is_new = RequirementStatus.objects.get_or_create(slug=word.slug, defaults=values)
        if is_new:
            others = RequirementStatus.objects.filter(is_stated=True)
            stored.next_steps.set(others)
            for other in others:
                other.next_steps.add(stored)
        kept[word.slug] = word.is_open
    return kept


def lines_of(fact, *, has_log):
    """What was known of a fact, the earliest first: of a recommendation its log, else the status that it had."""
    log = sorted(fact.updates.select_related("source"), key=day_of) if has_log else []
    for each in log:
        columns = ("on", "on_precision", "status_id", "note", "by_id", "source_id", "locator")
        yield {name: getattr(each, name) for name in columns}
    status = fact.status_id if has_log else fact.status
    recorded_on = None if has_log else fact.status_on
    if not log and (recorded_on or status not in ("open", "not_stated", "nothing_to_follow")):
        if status == "nothing_to_follow":
            status = "superseded"
        published = {"source_id": None if recorded_on else fact.source_id, "locator": "" if recorded_on else fact.locator}
        line = {"on": recorded_on, "on_precision": "day", "status_id": status, "note": REASON, "by_id": None}
        yield {**line, **published}


def day_of(line):
    return line.on or (line.source.published_on if line.source else None) or date.max, line.pk


def store(apps, requirement, line):
    step = apps.get_model("inspections", "Step")(requirement_id=requirement.pk, **line)
    step.save()
    columns = {field.attname: getattr(step, field.attname) for field in step._meta.concrete_fields}
    apps.get_model("inspections", "HistoricalStep").objects.create(
        **columns, history_date=now(), history_type="+", history_change_reason=line["note"] or REASON
    )


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0029_status_of_requirements"),
        ("reference", "0001_statements_and_files"),
    ]

    operations = [migrations.RunPython(make_steps, migrations.RunPython.noop, elidable=True)]
