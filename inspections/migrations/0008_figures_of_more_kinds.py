"""A figure may be a range, a date or of the whole country, and one with a value has a step, without exception."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0007_steps_of_figures'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='publishedfigure',
            name='figure_of_region_or_organisation',
        ),
        migrations.RemoveConstraint(
            model_name='publishedfigure',
            name='figure_has_value_or_words',
        ),
        migrations.AddField(
            model_name='historicalpublishedfigure',
            name='national',
            field=models.BooleanField(db_default=False, default=False, help_text='Of the whole of England and Wales.'),
        ),
        migrations.AddField(
            model_name='historicalpublishedfigure',
            name='value_on',
            field=models.DateField(blank=True, help_text='In place of a value, where the figure is a date.', null=True),
        ),
        migrations.AddField(
            model_name='historicalpublishedfigure',
            name='value_precision',
            field=models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], db_default='day', default='day', max_length=5),
        ),
        migrations.AddField(
            model_name='historicalpublishedfigure',
            name='value_to',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='The upper end, where a range was published.', max_digits=16, null=True),
        ),
        migrations.AddField(
            model_name='publishedfigure',
            name='national',
            field=models.BooleanField(db_default=False, default=False, help_text='Of the whole of England and Wales.'),
        ),
        migrations.AddField(
            model_name='publishedfigure',
            name='value_on',
            field=models.DateField(blank=True, help_text='In place of a value, where the figure is a date.', null=True),
        ),
        migrations.AddField(
            model_name='publishedfigure',
            name='value_precision',
            field=models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], db_default='day', default='day', max_length=5),
        ),
        migrations.AddField(
            model_name='publishedfigure',
            name='value_to',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='The upper end, where a range was published.', max_digits=16, null=True),
        ),
        migrations.AlterField(
            model_name='historicalpublishedfigure',
            name='step',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='The unit of the last digit that was printed; left empty, that of the value as entered.', max_digits=14, null=True),
        ),
        migrations.AlterField(
            model_name='publishedfigure',
            name='step',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='The unit of the last digit that was printed; left empty, that of the value as entered.', max_digits=14, null=True),
        ),
        migrations.AddConstraint(
            model_name='publishedfigure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('national', False), ('organisation__isnull', False), ('region__isnull', True)), models.Q(('national', False), ('organisation__isnull', True), ('region__isnull', False)), models.Q(('national', True), ('organisation__isnull', True), ('region__isnull', True)), _connector='OR'), name='figure_about_one', violation_error_message='Choose an organisation, a region or the whole country: one of them.'),
        ),
        migrations.AddConstraint(
            model_name='publishedfigure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('step__isnull', True), ('value__isnull', True)), models.Q(('step__gt', 0), ('step__isnull', False), ('value__isnull', False), ('value_on__isnull', True)), _connector='OR'), name='figure_value_has_step', violation_error_message='Give a value and its step, or a qualifier that says it all in words.'),
        ),
        migrations.AddConstraint(
            model_name='publishedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('value_to__isnull', True), models.Q(('value__isnull', False), ('value_to__gt', models.F('value'))), _connector='OR'), name='figure_range_in_order', violation_error_message='A range ends above its value.'),
        ),
    ]
