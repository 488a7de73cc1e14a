"""The figure of a finding is of the finding's inspection."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_inspections(apps, schema_editor):
    findings = apps.get_model("inspections", "Finding").objects.filter(pk=OuterRef("finding"))
    figures = apps.get_model("inspections", "PublishedFigure").objects.filter(finding__isnull=False)
    figures.update(inspection=Subquery(findings.values("inspection")[:1]))


class Migration(migrations.Migration):
    dependencies = [("inspections", "0027_made_here")]

    operations = [migrations.RunPython(name_inspections, migrations.RunPython.noop, elidable=True)]
