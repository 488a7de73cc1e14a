"""A value that was stored without a step is as precise as it was entered: to the last of its decimals, or whole."""

from decimal import Decimal

from django.db import migrations


def fill(apps, schema_editor):
    for figure in apps.get_model("inspections", "PublishedFigure").objects.filter(value__isnull=False, step__isnull=True):
        figure.step = Decimal(1).scaleb(min(0, figure.value.normalize().as_tuple().exponent))
        figure.save(update_fields=["step"])


class Migration(migrations.Migration):
    dependencies = [("inspections", "0006_figures_name_words")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
