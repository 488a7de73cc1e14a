"""A figure names its unit and its qualifier: in a column that is wider, and refuses what is no word."""

import django.db.models.deletion
import soc_tracker.core.records.words
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0005_units_and_qualifiers'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='publishedfigure',
            name='figure_has_value_or_words',
        ),
        migrations.RemoveConstraint(
            model_name='publishedfigure',
            name='figure_percent_within_bounds',
        ),
        migrations.AlterField(
            model_name='historicalpublishedfigure',
            name='qualifier',
            field=soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.qualifier', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='publishedfigure',
            name='qualifier',
            field=soc_tracker.core.records.words.WordField(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='inspections.qualifier', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='historicalpublishedfigure',
            name='unit',
            field=soc_tracker.core.records.words.WordField(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='inspections.unit', to_field='slug'),
        ),
        migrations.AlterField(
            model_name='publishedfigure',
            name='unit',
            field=soc_tracker.core.records.words.WordField(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='inspections.unit', to_field='slug'),
        ),
        migrations.AddConstraint(
            model_name='publishedfigure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('step__isnull', True), ('value__isnull', True)), models.Q(('step__gt', 0), ('value__isnull', False)), _connector='OR'), name='figure_has_value_or_words', violation_error_message='Give a value and its step, or a qualifier that says it all in words.'),
        ),
    ]
