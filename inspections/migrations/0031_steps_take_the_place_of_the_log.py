"""The log of recommendations and the statuses of facts go: steps of what must change hold them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inspections", "0030_steps_from_the_log")]

    operations = [
        migrations.DeleteModel(name="HistoricalRecommendationUpdate"),
        migrations.DeleteModel(name="RecommendationUpdate"),
        migrations.RemoveField(model_name="recommendation", name="status"),
        migrations.RemoveField(model_name="historicalrecommendation", name="status"),
        migrations.RemoveField(model_name="finding", name="status"),
        migrations.RemoveField(model_name="finding", name="status_on"),
        migrations.RemoveField(model_name="historicalfinding", name="status"),
        migrations.RemoveField(model_name="historicalfinding", name="status_on"),
        migrations.DeleteModel(name="HistoricalRecommendationStatus_next_steps"),
        migrations.DeleteModel(name="HistoricalRecommendationStatus"),
        migrations.DeleteModel(name="RecommendationStatus"),
    ]
