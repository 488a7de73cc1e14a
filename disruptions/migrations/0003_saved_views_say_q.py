"""The words filter of lists is called ``q`` now; it was called ``words`` when these views were saved."""

from urllib.parse import parse_qsl, urlencode

from django.db import migrations


def _rename(apps, before, after):
    SavedView = apps.get_model("disruptions", "SavedView")
    for view in SavedView.objects.filter(query__contains=before).iterator():
        pairs = parse_qsl(view.query, keep_blank_values=True)
        query = urlencode([(after if name == before else name, value) for name, value in pairs])
        if query != view.query:
            SavedView.objects.filter(pk=view.pk).update(query=query)


def forwards(apps, schema_editor):
    _rename(apps, "words", "q")


def backwards(apps, schema_editor):
    _rename(apps, "q", "words")


class Migration(migrations.Migration):
    dependencies = [("disruptions", "0002_text_index")]
    operations = [migrations.RunPython(forwards, backwards, elidable=True)]
