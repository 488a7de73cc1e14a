"""What was there before stages were is published: the word for it stands before an inspection names it."""

from django.db import migrations

WORD = {"label": "Published", "order": 60, "is_published": True}


def store_word(apps, schema_editor):
    apps.get_model("inspections", "InspectionStage").objects.get_or_create(slug="published", defaults=WORD)


class Migration(migrations.Migration):
    dependencies = [("inspections", "0025_stages")]

    operations = [migrations.RunPython(store_word, migrations.RunPython.noop)]
