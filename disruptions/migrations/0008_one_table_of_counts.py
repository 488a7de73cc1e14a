from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """Sum the rows that are on record to the new cells."""
    if apps.get_model("disruptions", "Disruption").objects.exists():
        from disruptions.counts.services import rebuild_cells

        rebuild_cells()


class Migration(migrations.Migration):

    dependencies = [
        ('disruptions', '0007_views_of_any_list'),
        ('forces', '0002_folded_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('kind_of_data', models.CharField(max_length=12)),
                ('activity', models.DateField(help_text='The first day of the month or year of activity.')),
                ('known', models.DateField(help_text='The first day of the month of becoming known.', null=True)),
                ('four_p', models.CharField(blank=True, db_default='', max_length=7)),
                ('size', models.CharField(blank=True, db_default='', max_length=12)),
                ('involvement', models.CharField(blank=True, db_default='', max_length=7)),
                ('threat_type', models.CharField(blank=True, db_default='', max_length=3)),
                ('n', models.IntegerField()),
                ('crime_type', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='disruptions.crimetype')),
                ('extract', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='disruptions.extract')),
                ('organisation', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='forces.organisation')),
            ],
            options={
                'verbose_name': 'cell',
                'indexes': [
                    models.Index(fields=['level', 'organisation', 'kind_of_data'], name='cell_of_body'),
                    models.Index(condition=models.Q(('level', 16)), fields=['activity', 'kind_of_data'], name='cell_of_year'),
                    models.Index(condition=models.Q(('level', 18)), fields=['activity', 'kind_of_data'], name='cell_of_month'),
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel(name='DetailCell'),
        migrations.DeleteModel(name='MonthCell'),
        migrations.DeleteModel(name='YearCell'),
        migrations.DeleteModel(name='OutlineCell'),
        migrations.DeleteModel(name='MarginCell'),
        migrations.DeleteModel(name='MonthMarginCell'),
    ]
