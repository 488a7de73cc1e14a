import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disruptions', '0017_keys_once_and_days_in_the_years'),
    ]

    operations = [
        migrations.CreateModel(
            name='Resemblance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('likeness', models.PositiveSmallIntegerField(null=True)),
                ('disruption', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='disruptions.disruption')),
                ('extract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resemblances', to='disruptions.extract')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='disruptions.disruption')),
            ],
            options={
                'ordering': ['extract', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('extract', 'disruption', 'other'), name='resemblance_once'), models.CheckConstraint(condition=models.Q(('disruption', models.F('other')), _negated=True), name='resemblance_of_two')],
            },
        ),
    ]
