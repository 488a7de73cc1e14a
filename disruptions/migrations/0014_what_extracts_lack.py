import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disruptions', '0013_how_extracts_were_read'),
    ]

    operations = [
        migrations.AddField(
            model_name='extract',
            name='put_back_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalextract',
            name='put_back_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.CreateModel(
            name='Lack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('disruption', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='disruptions.disruption')),
                ('extract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lacks', to='disruptions.extract')),
            ],
            options={
                'ordering': ['extract', 'disruption'],
                'constraints': [models.UniqueConstraint(fields=('extract', 'disruption'), name='lack_once')],
            },
        ),
    ]
