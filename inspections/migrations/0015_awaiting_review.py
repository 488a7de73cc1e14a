"""A recommendation may await review: the word stands before that for what is closed."""

from django.db import migrations

WORD = {"label": "Awaiting review", "colour": "blue", "order": 25, "is_open": True, "is_stated": True}


def store_word(apps, schema_editor):
    statuses = apps.get_model("inspections", "RecommendationStatus").objects
    if not statuses.filter(label=WORD["label"]).exists():
        statuses.get_or_create(slug="awaiting_review", defaults=WORD)


class Migration(migrations.Migration):
    dependencies = [("inspections", "0014_log_of_what_was_published")]

    operations = [migrations.RunPython(store_word, migrations.RunPython.noop, elidable=True)]
