from typing import Any

from django.db import migrations
from django.db.models import Sum

LEVEL, SOURCE = 20, 16
"""Cells by 4P, size and involvement together, summed from those that tell bodies apart besides."""
NAMES = ("kind_of_data", "activity", "known", "four_p", "size", "involvement")


def add(apps: Any, schema_editor: Any) -> None:
    cells = apps.get_model("disruptions", "Cell").objects.using(schema_editor.connection.alias)
    sums = cells.filter(level=SOURCE).order_by().values(*NAMES).annotate(number=Sum("n")).exclude(number=0)
    made = (cells.model(level=LEVEL, n=row.pop("number"), **row) for row in sums.iterator())
    cells.bulk_create(made, batch_size=5_000)


def remove(apps: Any, schema_editor: Any) -> None:
    apps.get_model("disruptions", "Cell").objects.using(schema_editor.connection.alias).filter(level=LEVEL).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('disruptions', '0019_citations'),
    ]

    operations = [migrations.RunPython(add, remove, elidable=True)]
