"""References have a key by which they are compared: see ``soc_tracker.core.text.normal``."""

from django.db import migrations

from soc_tracker.core.text.normal import ReferenceKey


def key():
    return ReferenceKey("reference", blank=True, db_default="", default="", editable=False)


class Migration(migrations.Migration):
    dependencies = [
        ("disruptions", "0015_key_before_an_extract"),
    ]

    operations = [
        migrations.AddField(model_name="disruption", name="reference_key", field=key()),
        migrations.AddField(model_name="threat", name="reference_key", field=key()),
    ]
