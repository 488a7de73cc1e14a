"""Facts name their words: in columns that are wider, and refuse what is no word."""

import django.db.models.deletion
import soc_tracker.core.records.words
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0012_more_words'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='grading',
            name='grading_grade_on_scale',
        ),
        migrations.AlterField(
            model_name='finding',
            name='kind',
            field=soc_tracker.core.records.words.WordField(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='inspections.findingkind', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='historicalfinding',
            name='kind',
            field=soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.findingkind', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='grading',
            name='grade',
            field=soc_tracker.core.records.words.WordField(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='inspections.grade', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='historicalgrading',
            name='grade',
            field=soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.grade', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='grading',
            name='scale',
            field=soc_tracker.core.records.words.WordField(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, to='inspections.gradescale', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='historicalgrading',
            name='scale',
            field=soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.gradescale', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='historicalprogramme',
            name='scale',
            field=soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.gradescale', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='programme',
            name='scale',
            field=soc_tracker.core.records.words.WordField(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='inspections.gradescale', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='historicalmonitoringperiod',
            name='stage',
            field=soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.monitoringstage', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='monitoringperiod',
            name='stage',
            field=soc_tracker.core.records.words.WordField(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='inspections.monitoringstage', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='historicalrecommendation',
            name='status',
            field=soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.recommendationstatus', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='historicalrecommendationupdate',
            name='status',
            field=soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.recommendationstatus', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='recommendation',
            name='status',
            field=soc_tracker.core.records.words.WordField(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='inspections.recommendationstatus', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='recommendationupdate',
            name='status',
            field=soc_tracker.core.records.words.WordField(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='inspections.recommendationstatus', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='section',
            field=soc_tracker.core.records.words.WordField(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='inspections.section', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='historicalfinding',
            name='section',
            field=soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.section', to_field='slug'),
        ),
    ]
